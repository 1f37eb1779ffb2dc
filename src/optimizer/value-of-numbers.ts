/** Formulas of numbers alone. */
import type { Formula } from '../formula/formula.ts';
import type { Rational } from '../number/rational.ts';

/** The number that a formula of numbers is. */
export function valueOfNumbers(formula: Formula): Rational | null {
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'negate':
      return valueOfNumbers(formula.argument)?.negate() ?? null;
    case 'divide': {
      const [above, below] = [valueOfNumbers(formula.numerator), valueOfNumbers(formula.denominator)];
      return above && below && !below.isZero() ? above.divide(below) : null;
    }
    default:
      return null;
  }
}
