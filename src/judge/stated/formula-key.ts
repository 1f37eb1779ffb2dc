/** Formulas by what they say, not by where they stand. */
import type { Formula } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';

/** Equal for formulas that are typed alike. */
export const formulaKey = (formula: Formula | null): string =>
  JSON.stringify(formula, (name, value: unknown) =>
    name === 'span' ? undefined : value instanceof Rational ? value.toString() : value,
  );
