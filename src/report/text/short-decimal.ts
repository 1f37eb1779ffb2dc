/** A printed decimal number with fewer digits, for tables that people compare by eye. It never goes through a float. */

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/;

/**
 * `text` rounded (half away from zero) to `digits` significant digits, trailing zeros dropped; what has no more digits, or
 * is no decimal number, stays as it is. Example: `0.4590919837460386` to 10 digits is `0.4590919837`.
 */
export function shortDecimal(text: string, digits: number): string {
  const [, sign, whole, fraction = '', power = '0'] = DECIMAL.exec(text) ?? [];
  if (sign === undefined || whole === undefined) return text;
  const all = (whole + fraction).replace(/^0+/, '');
  if (all.length <= digits) return text;
  const up = Number(all.charAt(digits)) >= 5 ? 1n : 0n;
  const rounded = String(BigInt(all.slice(0, digits)) + up);
  // The value is 0.rounded times ten to this power.
  const exponent = Number(power) + whole.length - ((whole + fraction).length - all.length) + rounded.length - digits;
  return sign + placed(rounded.replace(/0+$/, ''), exponent);
}

/** 0.`digits` · 10^`exponent`, in plain notation where that is not much longer. */
function placed(digits: string, exponent: number): string {
  if (exponent > 0 && exponent <= 12)
    return exponent >= digits.length
      ? digits.padEnd(exponent, '0')
      : `${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
  if (exponent <= 0 && exponent > -4) return `0.${'0'.repeat(-exponent)}${digits}`;
  const rest = digits.slice(1);
  return `${digits.charAt(0)}${rest === '' ? '' : `.${rest}`}e${exponent - 1}`;
}

/** Digits that are shown of a value at least, and how many more at a time where two values do not differ in them. */
const SHOWN = 10;
const MORE = 5;

/**
 * Two values as people compare them: 10 digits, or as many as it takes to see that they differ, with … where digits are left out.
 * Example: `0.70710678118654752` beside `0.5` is `0.7071067811…` beside `0.5`.
 */
export function shortPair(first: string, second: string): readonly [string, string] {
  for (let digits = SHOWN; ; digits += MORE) {
    const [one, other] = [cut(first, digits), cut(second, digits)];
    if (one !== other || (one === first && other === second)) return [one, other];
  }
}

/** The first `digits` significant digits and …; what has no more, or is no decimal number, as it is. */
function cut(text: string, digits: number): string {
  if (!DECIMAL.test(text)) return text;
  const [mantissa = '', power] = text.split('e');
  const first = mantissa.search(/[1-9]/);
  const point = mantissa.indexOf('.');
  if (first === -1 || point === -1) return text;
  const end = first + digits + (point > first ? 1 : 0);
  if (end <= point || end >= mantissa.length) return text;
  return `${mantissa.slice(0, end)}…${power === undefined ? '' : `e${power}`}`;
}
