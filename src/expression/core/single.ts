/** Expressions without a range or a condition, taken apart: one term, one factor, numbers and multiples of single factors. */
import { Rational } from '../../number/rational.ts';
import type { Expression } from './expression.ts';
import { type FactorPower, integerExponent } from './factor.ts';
import type { Factor } from './factors.ts';
import type { RawTerm, Term } from './term.ts';

/** Whether a term is neither summed over an index nor under a condition. */
export const isPlainTerm = ({ sorts, constraints }: RawTerm): boolean => sorts.length === 0 && constraints.length === 0;

/** The term that an expression is, a plain one; null for every other expression, 0 among them. */
export function singleTerm({ terms }: Expression): Term | null {
  const [only, ...more] = terms;
  return only !== undefined && more.length === 0 && isPlainTerm(only) ? only : null;
}

/** The power of one factor that an expression is; null for every other. */
export function singlePower(expression: Expression): FactorPower | null {
  const only = singleTerm(expression);
  const [own, ...others] = only?.factors ?? [];
  return own !== undefined && others.length === 0 && only?.coefficient.isOne() === true ? own : null;
}

/** A number and multiples of factors: constant + Σ by·factor. */
export interface LinearParts {
  readonly constant: Rational;
  readonly parts: readonly { readonly factor: Factor; readonly by: Rational }[];
}

/** The parts of an expression that is linear in its factors, each to the power 1; null where one is multiplied by another or summed. */
export function linearParts({ terms }: Expression): LinearParts | null {
  let constant = Rational.zero;
  const parts: { factor: Factor; by: Rational }[] = [];
  for (const term of terms) {
    const [own, ...others] = term.factors;
    if (!isPlainTerm(term) || others.length > 0) return null;
    if (own === undefined) constant = term.coefficient;
    else if (integerExponent(own.exponent) === 1) parts.push({ factor: own.factor, by: term.coefficient });
    else return null;
  }
  return { constant, parts };
}
