/**
 * Sums in which every term that may be negative is outweighed by another one: |x| ≥ ±x term by term under a sum, a sum of what is not negative is
 * at least each of its terms, and s ≥ r for s ≥ 0 where s² ≥ r². A sum over pairs is at least its diagonal, and outweighs one whose square is the
 * product of its term and the turned one (summed-pairs.ts). So |∇_jE| ≤ ‖∇E‖, |Σ_i x_i| ≤ Σ_i |x_i|, (Σ x_iy_i)² ≤ Σ x_i² Σ y_i². Sufficient only.
 */
import type { Budget } from '../../base/budget.ts';
import { type Assumptions, isPositivePower, withIndices } from '../../expression/arithmetic/assumptions.ts';
import { isPositiveFactor } from '../../expression/arithmetic/sure-sign.ts';
import {
  add,
  type Expression,
  factorExpression,
  multiply,
  openTerm,
  sameExpression,
  scale,
  substituteIndices,
  subtract,
  sumOverAll,
} from '../../expression/core/expression.ts';
import { type FactorPower, factorForms, integerExponent, plainExponent } from '../../expression/core/factor.ts';
import { isBound } from '../../expression/core/indices.ts';
import { isPlainTerm } from '../../expression/core/single.ts';
import type { Term } from '../../expression/core/term.ts';
import { variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { Bases } from '../../rewrite/rules/bases.ts';
import { isAboveDiagonal, outweighsPairs } from './summed-pairs.ts';

/** More terms are not compared with each other. */
const MOST_TERMS = 24;

interface Tools {
  readonly assumptions: Assumptions;
  readonly budget: Budget;
}

/** Whether the expression is positive, or not negative, by such comparisons of its terms. */
export function isPositiveByDominance(
  expression: Expression,
  strictly: boolean,
  assumptions: Assumptions,
  budget: Budget,
): boolean {
  const tools: Tools = { assumptions, budget };
  if (expression.terms.length > MOST_TERMS) return false;
  return (
    isOutweighed(expression, strictly, tools) ||
    isAboveItsRoot(expression, strictly, tools) ||
    isRootAbove(expression, strictly, tools)
  );
}

const whole = (term: Term): Expression => ({ terms: [term] });

/** s − r with s ≥ 0 and a root r: its sign is that of s² − r². */
function isAboveItsRoot(expression: Expression, strictly: boolean, tools: Tools): boolean {
  const negative = expression.terms.filter(term => !isNeverNegative(term, tools));
  const [only, ...more] = negative;
  if (only === undefined || more.length > 0 || only.coefficient.sign() >= 0) return false;
  if (!isRoot({ ...only, coefficient: only.coefficient.negate() }, tools)) return false;
  const rest: Expression = { terms: expression.terms.filter(term => term !== only) };
  const difference = subtract(multiply(rest, rest), multiply(whole(only), whole(only)));
  return isOutweighed(canonical(difference, tools), strictly, tools);
}

/** r − t with a root r: it is above 0 where r² is above t², whatever the sign of t. */
function isRootAbove(expression: Expression, strictly: boolean, tools: Tools): boolean {
  return expression.terms.some(only => {
    if (!isRoot(only, tools)) return false;
    const rest: Expression = { terms: expression.terms.filter(term => term !== only) };
    const difference = subtract(multiply(whole(only), whole(only)), multiply(rest, rest));
    return isOutweighed(canonical(difference, tools), strictly, tools);
  });
}

/** A term that is never negative and has a square root in it, as √p‖v‖. */
const isRoot = (term: Term, tools: Tools): boolean =>
  isPlainTerm(term) &&
  isNeverNegative(term, tools) &&
  term.factors.some(({ exponent }) => plainExponent(exponent)?.equals(Rational.of(1, 2)) === true);

const canonical = (expression: Expression, { assumptions, budget }: Tools): Expression =>
  new Bases(assumptions, budget).canonical(expression);

/** Whether nothing is left that may be negative once each such term is taken out of one that outweighs it. */
function isOutweighed(expression: Expression, strictly: boolean, tools: Tools): boolean {
  let current = expression;
  for (let round = 0; round < MOST_TERMS; round += 1) {
    tools.budget.spend();
    const negative = current.terms.find(term => !isNeverNegative(term, tools));
    if (negative === undefined)
      return !strictly || current.terms.some(term => isPositivePlainTerm(term, tools.assumptions));
    const next = withoutOne(current, negative, tools);
    if (next === null) return false;
    current = next;
  }
  return false;
}

/** The expression with something smaller in place of two of its terms, the negative one among them. */
function withoutOne({ terms }: Expression, negative: Term, tools: Tools): Expression | null {
  const size = negative.coefficient.abs();
  for (const positive of terms) {
    if (positive === negative || !isNeverNegative(positive, tools)) continue;
    const others: Expression = { terms: terms.filter(term => term !== positive && term !== negative) };
    if (positive.coefficient.compare(size) >= 0 && hasSameSquare(positive, negative, tools)) {
      const left = positive.coefficient.subtract(size);
      return left.isZero() ? others : add(others, whole({ ...positive, coefficient: left }));
    }
    if (negative.coefficient.sign() < 0 && positive.coefficient.compare(size) >= 0) {
      const own = (value: Expression): Expression => canonical(value, tools);
      if (isAboveDiagonal(positive, negative, own) || outweighsPairs(positive, negative, own)) {
        const left = positive.coefficient.subtract(size);
        return left.isZero() ? others : add(others, whole({ ...positive, coefficient: left }));
      }
    }
    const one = negative.coefficient.sign() < 0 ? termLike(positive, negative) : null;
    if (one === null) continue;
    const difference = canonical(add(one, whole(negative)), tools);
    // What is as large as the term of the sum, or larger, is no gain.
    if (difference.terms.every(term => isNeverNegative(term, tools))) return add(others, difference);
  }
  return null;
}

/** Whether both are sums over one range of what has one square: then the one without sign is the absolute value of the other. */
function hasSameSquare(one: Term, other: Term, tools: Tools): boolean {
  if (one.sorts.length !== other.sorts.length) return false;
  const [first, second] = [one, other].map(term => {
    const { open, sorts, constraints, factors } = openTerm(term);
    const body = multiply(...factors.map(({ factor, exponent }) => factorExpression(factor, exponent)));
    return canonical(sumOverAll(multiply(body, body), open, sorts, constraints), tools);
  });
  return first !== undefined && second !== undefined && first.terms.length === 1 && sameExpression(first, second);
}

/** One term of a sum over all coordinates, at a coordinate of the other term: what is not negative is no more than the sum. */
function termLike(sum: Term, other: Term): Expression | null {
  if (sum.sorts.length !== 1 || sum.sorts[0] !== 'coordinate' || sum.constraints.length > 0) return null;
  const { open, factors, coefficient } = openTerm(sum);
  const [index] = open;
  const body = scale(
    multiply(...factors.map(({ factor, exponent }) => factorExpression(factor, exponent))),
    coefficient,
  );
  for (const own of coordinatesOf(other)) {
    if (isBound(own) || index === undefined) continue;
    const there = substituteIndices(body, new Map([[index, variableForm(own)]]));
    const [only, ...more] = there.terms;
    if (only !== undefined && more.length === 0 && only.key === other.key) return there;
  }
  return null;
}

/** The free indices that its factors have by themselves. */
const coordinatesOf = ({ factors }: Term): readonly number[] => [
  ...new Set(
    factors.flatMap(({ factor }) =>
      factorForms(factor).flatMap(({ constant, terms }) => {
        const [only, ...more] = terms;
        return only !== undefined && more.length === 0 && only[1] === 1 && constant === 0 ? [only[0]] : [];
      }),
    ),
  ),
];

/** Whether a term, a sum over a range that may be empty too, is not negative wherever it has a value. */
function isNeverNegative({ coefficient, factors, constraints }: Term, { assumptions }: Tools): boolean {
  const inside = withIndices(assumptions, assumptions.indices.with(constraints));
  return (
    coefficient.sign() > 0 &&
    factors.every(own => isEvenOrRoot(own) || isPositivePower(own, inside) || isPositiveFactor(own, inside))
  );
}

/** An even power, or a power of a principal root, which has no other sign. */
function isEvenOrRoot({ factor, exponent }: FactorPower): boolean {
  const count = integerExponent(exponent);
  if (count !== null) return count % 2 === 0;
  return factor.kind === 'template' && plainExponent(exponent)?.den === 2n;
}

const isPositivePlainTerm = (term: Term, assumptions: Assumptions): boolean =>
  term.coefficient.sign() > 0 && isPlainTerm(term) && term.factors.every(own => isPositiveFactor(own, assumptions));
