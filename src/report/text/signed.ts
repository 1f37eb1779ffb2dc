/** A number in a figure's text: three significant digits, thousands apart, a true minus. */
export const signedNumber = (value: number): string =>
  value.toLocaleString('en', { maximumSignificantDigits: 3 }).replace('-', '−');
