/**
 * Signs for every n: a sum of polynomials in n times powers r^n is carried to zero by the operators a(n+1) − r·a(n). Where
 * the values at the first n of the sequence and of what the operators leave are not negative, none of it is: a(n+1) is
 * r·a(n) plus something that is not negative. The operators commute, so each set of them is looked at once.
 *
 * Source: Graham, Knuth, Patashnik, Concrete Mathematics, 7.3 (such sums are what products of these operators take to zero); the rest is an
 * induction over n.
 */
import type { Budget } from '../../base/budget.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import {
  type Expression,
  factorExpression,
  isZero,
  multiply,
  ONE_EXPRESSION,
  substituteIndices,
  subtract,
} from '../../expression/core/expression.ts';
import { exponentOf, factorForms, integerExponent } from '../../expression/core/factor.ts';
import { ITERATION_INDEX } from '../../expression/core/indices.ts';
import { isPlainTerm } from '../../expression/core/single.ts';
import type { Term } from '../../expression/core/term.ts';
import { coefficientOf, constantForm, variableForm } from '../../number/linear-form.ts';
import type { ProofStep, SignOf } from '../trace.ts';
import { hasPositiveCoefficients } from './sign-coefficients.ts';
import { unfold } from '../../rewrite/unfold.ts';

/** More operators than this are not tried. */
const MAX_OPERATORS = 12;

interface Ratio {
  readonly value: Expression;
  /** How often its operator has to be applied: the degree in n and one. */
  readonly count: number;
  readonly isPositive: boolean;
}

/** Whether a sum without denominators is positive, or not negative, for every n ≥ 0. */
export function isPositiveSequence(
  numerator: Expression,
  strictly: boolean,
  assumptions: Assumptions,
  budget: Budget,
  shown: ShownSign = { where: [], steps: [] },
): boolean {
  if (hasPositiveCoefficients(numerator, strictly, assumptions)) {
    shown.steps.push(ofOneSign(numerator, strictly, shown.where));
    return true;
  }
  const ratios = ratiosOf(numerator, assumptions, budget);
  if (ratios === null || ratios.length === 0 || ratios.reduce((sum, { count }) => sum + count, 0) > MAX_OPERATORS)
    return false;
  if (strictly && ratios.some(({ isPositive }) => !isPositive)) return false;
  const known = new Map<string, boolean>();
  const ways = new Map<Expression, Way>();
  const holds = (value: Expression, left: readonly number[], strict: boolean): boolean => {
    if (isZero(value)) return true;
    const key = left.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, false);
    const first = unfold(substituteIndices(value, new Map([[ITERATION_INDEX, constantForm(0)]])), budget);
    const result =
      hasPositiveCoefficients(first, strict, assumptions) &&
      ratios.some(({ value: ratio }, at) => {
        if ((left[at] ?? 0) <= 0) return false;
        const rest = applied(value, ratio, budget);
        const found = holds(
          rest,
          left.map((count, other) => (other === at ? count - 1 : count)),
          false,
        );
        if (found) ways.set(value, { ratio, rest, strict });
        return found;
      });
    known.set(key, result);
    return result;
  };
  const found = holds(
    numerator,
    ratios.map(({ count }) => count),
    strictly,
  );
  if (found) shown.steps.push(...recursions(numerator, ways, shown.where));
  return found;
}

/** Where the steps go that show it, and where they hold. */
export interface ShownSign {
  readonly where: readonly SignOf[];
  readonly steps: ProofStep[];
}

/** How a sequence was found not to be negative. */
interface Way {
  readonly ratio: Expression;
  readonly rest: Expression;
  readonly strict: boolean;
}

/** The operators one after the other, down to what is zero or was shown before. */
function recursions(start: Expression, ways: ReadonlyMap<Expression, Way>, where: readonly SignOf[]): ProofStep[] {
  const steps: ProofStep[] = [];
  let before = start;
  for (let way = ways.get(before); way !== undefined; way = ways.get(before)) {
    const { ratio, rest, strict } = way;
    steps.push({
      rule: 'recursion in n',
      before,
      after: rest,
      relation: { kind: 'recursion', ratio, strict, where },
      lemmas: [],
    });
    before = rest;
  }
  return steps;
}

const ofOneSign = (value: Expression, strict: boolean, where: readonly SignOf[]): ProofStep => ({
  rule: 'coefficients of one sign',
  before: value,
  after: value,
  relation: { kind: 'sign', strict, where, exactly: null },
  lemmas: [],
});

/** a(n+1) − r·a(n). */
function applied(value: Expression, ratio: Expression, budget: Budget): Expression {
  budget.spend(value.terms.length);
  const next = substituteIndices(value, new Map([[ITERATION_INDEX, variableForm(ITERATION_INDEX, 1)]]));
  return unfold(subtract(next, multiply(ratio, value)), budget);
}

/** The ratios r of the terms; null where n stands anywhere else than in exponents and polynomials. */
function ratiosOf(numerator: Expression, assumptions: Assumptions, budget: Budget): Ratio[] | null {
  const found = new Map<string, Ratio>();
  for (const term of numerator.terms) {
    const own = ratioOf(term, assumptions, budget);
    if (own === null) return null;
    const key = own.value.terms.map(({ coefficient, key: name }) => `${coefficient}·${name}`).join();
    const known = found.get(key);
    if (known === undefined || known.count < own.count) found.set(key, own);
  }
  return [...found.values()];
}

function ratioOf(term: Term, assumptions: Assumptions, budget: Budget): Ratio | null {
  if (!isPlainTerm(term)) return null;
  let [value, degree, isPositive] = [ONE_EXPRESSION, 0, true];
  for (const { factor, exponent } of term.factors) {
    const slope = coefficientOf(exponent.form, ITERATION_INDEX);
    const isInside = factorForms(factor).some(form => coefficientOf(form, ITERATION_INDEX) !== 0);
    if (isInside) {
      const power = integerExponent(exponent);
      if (factor.kind !== 'index' || power === null || power < 0) return null;
      degree += power;
    }
    if (slope === 0) continue;
    if (factor.kind === 'integer' ? factor.value === -1n : slope < 0) return null;
    const base = factorExpression(factor, exponentOf(1));
    if (!hasPositiveCoefficients(unfold(base, budget), false, assumptions)) return null;
    isPositive &&= hasPositiveCoefficients(unfold(base, budget), true, assumptions);
    value = multiply(value, factorExpression(factor, exponentOf(slope)));
  }
  return { value, count: degree + 1, isPositive };
}
