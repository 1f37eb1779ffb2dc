/** Formulas by what they are, wherever they stand in a text. */

/** A text that formulas have in common where they are the same tree. */
export const formulaKey = (value: unknown): string =>
  JSON.stringify(value, (key, each: unknown) =>
    key === 'span' ? undefined : typeof each === 'bigint' ? `${each}` : each,
  );
