/** The exact value of a small formula of hyperparameters, as `at=` has them. It rounds nothing: what is not rational is refused. */
import { refuse } from '../../base/problem.ts';
import type { Formula } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';

const LARGEST_EXPONENT = 64;

/** The value where the names stand for `scalars`. Refuses what is not rational or has no value. */
export function exactValue(formula: Formula, scalars: ReadonlyMap<string, Rational>): Rational {
  const inner = (part: Formula): Rational => exactValue(part, scalars);
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'parameter':
      return scalars.get(formula.name) ?? refuse('undefined-name', `${formula.name} has no value`, formula.span);
    case 'add':
      return formula.terms.map(inner).reduce((sum, term) => sum.add(term), Rational.zero);
    case 'negate':
      return inner(formula.argument).negate();
    case 'multiply':
      return formula.factors.map(inner).reduce((product, factor) => product.multiply(factor), Rational.one);
    case 'divide': {
      const below = inner(formula.denominator);
      if (below.isZero()) return refuse('division-by-zero', 'division by zero', formula.span);
      return inner(formula.numerator).divide(below);
    }
    case 'power': {
      const [base, exponent] = [inner(formula.base), inner(formula.exponent)];
      const count = exponent.toNumber();
      if (!exponent.isInteger() || count < 0 || count > LARGEST_EXPONENT) break;
      return base.power(count);
    }
    default:
      break;
  }
  return refuse('bad-value', 'a value of at= must be a rational expression of hyperparameters', formula.span);
}
