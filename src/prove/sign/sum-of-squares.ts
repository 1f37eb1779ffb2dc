/**
 * Signs by completing squares: with a positive a, 4a (a v² + b v + c) = (2 a v + b)² + 4 a c − b², so that a v² + b v + c is positive, or not
 * negative, where 4 a c − b² is (Lagrange's reduction of a quadratic form, v a real power of a factor). Sufficient only.
 *
 * Source: Gantmacher, The Theory of Matrices, vol. 1, chapter X, § 3 (Lagrange's method).
 */
import type { Budget } from '../../base/budget.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { type Expression, expressionOf, multiply, scale, subtract } from '../../expression/core/expression.ts';
import { factorKey, plainExponent } from '../../expression/core/factor.ts';
import type { Factor } from '../../expression/core/factors.ts';
import { indexName } from '../../expression/core/indices.ts';
import { isPlainTerm } from '../../expression/core/single.ts';
import type { Term } from '../../expression/core/term.ts';
import { Rational } from '../../number/rational.ts';
import { unfold } from '../../rewrite/unfold.ts';
import { hasPositiveCoefficients } from './sign-coefficients.ts';

/** Squares that are completed one after the other. */
const MOST_SQUARES = 3;
/** Terms of an expression of which squares are completed. */
const MOST_TERMS = 40;

/** Whether a sum without denominators is positive, or not negative, at every point of the domains. */
export function isPositiveBySquares(
  value: Expression,
  strictly: boolean,
  assumptions: Assumptions,
  budget: Budget,
  left = MOST_SQUARES,
): boolean {
  const { terms } = value;
  if (left === 0 || terms.length > MOST_TERMS || terms.some(isSummed)) return false;
  return factorsOf(terms).some(factor => {
    const parts = inSquares(terms, factor, assumptions);
    if (parts === null) return false;
    const [a, b, c] = parts;
    budget.spend(terms.length);
    if (!hasPositiveCoefficients(a, true, assumptions)) return false;
    const rest = unfold(subtract(scale(multiply(a, c), Rational.of(4)), multiply(b, b)), budget);
    return (
      (!strictly && rest.terms.length === 0) ||
      hasPositiveCoefficients(rest, strictly, assumptions) ||
      isPositiveBySquares(rest, strictly, assumptions, budget, left - 1)
    );
  });
}

/** A sum over an index is no number that a square can be completed with. */
const isSummed = (term: Term): boolean => !isPlainTerm(term);

function factorsOf(terms: readonly Term[]): Factor[] {
  const found = new Map<string, Factor>();
  for (const { factors } of terms) for (const { factor } of factors) found.set(factorKey(factor, indexName), factor);
  return [...found.values()];
}

/**
 * a, b and c where the expression is a v² + b v + c for a power v of the factor; null where it is not. A root is real where nothing below it is
 * negative.
 */
function inSquares(
  terms: readonly Term[],
  factor: Factor,
  assumptions: Assumptions,
): readonly [Expression, Expression, Expression] | null {
  const key = factorKey(factor, indexName);
  const isOwn = (each: Term['factors'][number]): boolean => factorKey(each.factor, indexName) === key;
  const degrees: Rational[] = [];
  for (const { factors } of terms) {
    const own = factors.find(isOwn);
    const degree = own === undefined ? Rational.zero : plainExponent(own.exponent);
    if (degree === null || degree.sign() < 0) return null;
    degrees.push(degree);
  }
  const most = degrees.reduce(Rational.max, Rational.zero);
  const half = most.divide(Rational.of(2));
  const isReal = half.isInteger() || (factor.kind === 'symbol' && assumptions.isPositive(factor.name));
  if (most.isZero() || !isReal || !degrees.every(each => [Rational.zero, half, most].some(own => own.equals(each))))
    return null;
  const ofDegree = (degree: Rational): Expression =>
    expressionOf(
      terms.flatMap((term, at) =>
        degrees[at]?.equals(degree) === true ? [{ ...term, factors: term.factors.filter(each => !isOwn(each)) }] : [],
      ),
    );
  return [ofDegree(most), ofDegree(half), ofDegree(Rational.zero)];
}
