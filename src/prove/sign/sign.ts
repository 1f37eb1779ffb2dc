/**
 * Signs of rational expressions for all n from some n on and all values in the domains, by coefficients
 * (sign-coefficients.ts) and recursions in n (sign-sequence.ts). Sufficient only: `false` says nothing.
 */
import type { Budget } from '../../base/budget.ts';
import { RememberedOf } from '../../base/work.ts';
import { attempt } from '../../base/problem.ts';
import { type Assumptions, assumptionsKey, withDomain } from '../../expression/arithmetic/assumptions.ts';
import {
  constant,
  type Expression,
  factorExpression,
  multiply,
  scale,
  substituteIndices,
  subtract,
} from '../../expression/core/expression.ts';
import type { FactorPower } from '../../expression/core/factor.ts';
import { ITERATION_INDEX, ZERO } from '../../expression/core/indices.ts';
import { substituteSymbol } from '../../expression/calculus/substitute-symbol.ts';
import { isPlainTerm } from '../../expression/core/single.ts';
import type { Term } from '../../expression/core/term.ts';
import type { Domain } from '../../formula/declaration.ts';
import { coefficientOf, constantForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { Bases } from '../../rewrite/rules/bases.ts';
import { underContext } from '../../rewrite/context.ts';
import { divideExpression } from '../../rewrite/divide-exactly.ts';
import { sumOut } from '../../rewrite/rules/sums/resum.ts';
import type { Proof, ProofStep, SignOf, StepRelation } from '../trace.ts';
import { isPositiveAtIntegers } from './at-integers.ts';
import { isPositiveByFunctions } from './function-bounds.ts';
import { isPositiveByDominance } from './dominated-terms.ts';
import { positiveNumerator } from './positive-numerator.ts';
import { isPositiveBySquares } from './sum-of-squares.ts';
import { hasPositiveCoefficients, isPositiveDomain } from './sign-coefficients.ts';
import { isPositiveSequence } from './sign-sequence.ts';
import { symbolsOf } from './symbols-of.ts';
import { unfold } from '../../rewrite/unfold.ts';

/** Where a sign is asked for: the domains of the symbols, and n ≥ `from`. */
export interface Region {
  readonly assumptions: Assumptions;
  readonly from: number;
  /** The conditions that made it as small as it is, and the ends of domains that were left out. */
  readonly given?: readonly SignOf[];
  /** Gets what is shown on the way; what an attempt that fails has shown is taken out again. */
  readonly proofs?: Proof[];
}

/** Whether it is so; otherwise what was shown for it is forgotten. */
export function shownOnly({ proofs }: Pick<Region, 'proofs'>, attemptIt: () => boolean): boolean {
  const before = proofs?.length ?? 0;
  const found = attemptIt();
  if (!found && proofs !== undefined) proofs.length = before;
  return found;
}

/** The conditions n steps later. */
const givenFrom = ({ given = [], from }: Region): readonly SignOf[] =>
  given.map(({ gap, strict }) => ({ gap: shifted(gap, from), strict }));

/** First values of n that are looked at one by one where sums have a condition on n. */
const MAX_FIRST = 6;

/** Whether the expression is positive (or, not strictly, non-negative) wherever it is defined in the region. */
export function provablyPositive(expression: Expression, strictly: boolean, region: Region, budget: Budget): boolean {
  return (
    shownOnly(region, () => isPositiveInside(expression, strictly, region, budget)) ||
    (strictly && shownOnly(region, () => isPositiveToTheEnds(expression, region, budget))) ||
    shownOnly(region, () => isPositiveByParity(expression, strictly, region, budget))
  );
}

/** (−1)^n is 1 for even n and −1 for odd ones: positive at 2n and at 2n + 1. */
function isPositiveByParity(expression: Expression, strictly: boolean, region: Region, budget: Budget): boolean {
  const later = normal(shifted(expression, region.from), region.assumptions, budget);
  if (!alternates(later)) return false;
  return [0, 1].every(odd => {
    const half = (value: Expression): Expression =>
      substituteIndices(value, new Map([[ITERATION_INDEX, { constant: odd, terms: [[ITERATION_INDEX, 2] as const] }]]));
    const there = half(later);
    const given = givenFrom(region).map(({ gap, strict }) => ({ gap: half(gap), strict }));
    return !alternates(there) && provablyPositive(there, strictly, { ...region, from: 0, given }, budget);
  });
}

const alternates = ({ terms }: Expression): boolean =>
  terms.some(({ factors }) =>
    factors.some(
      ({ factor, exponent }) =>
        factor.kind === 'integer' && factor.value === -1n && coefficientOf(exponent.form, ITERATION_INDEX) !== 0,
    ),
  );

/** Strictly positive at an end that belongs to a domain, and without it. */
function isPositiveToTheEnds(expression: Expression, region: Region, budget: Budget): boolean {
  for (const name of symbolsOf(expression)) {
    const domain = region.assumptions.domain(name);
    if (domain === null) continue;
    const { lower, upper, lowerOpen, upperOpen } = domain;
    const end = lower !== null && !lowerOpen ? lower : upper !== null && !upperOpen ? upper : null;
    if (end === null) continue;
    const open: Domain = end === lower ? { ...domain, lowerOpen: true } : { ...domain, upperOpen: true };
    const there = attempt(() => substituteSymbol(expression, name, constant(end), region.assumptions));
    if (!there.ok || !provablyPositive(there.value, true, region, budget)) return false;
    const side = subtract(factorExpression({ kind: 'symbol', name }), constant(end));
    const inside: SignOf = { gap: end === lower ? side : scale(side, Rational.minusOne), strict: true };
    return provablyPositive(
      expression,
      true,
      {
        ...region,
        assumptions: withDomain(region.assumptions, name, open),
        given: [...(region.given ?? []), inside],
      },
      budget,
    );
  }
  return false;
}

function isPositiveInside(expression: Expression, strictly: boolean, region: Region, budget: Budget): boolean {
  const { assumptions, from, proofs } = region;
  // As it is typed, where squares stand together.
  if (hasPositiveCoefficients(expression, strictly, assumptions)) {
    const where = region.given ?? [];
    proofs?.push(
      signProof(expression, [
        { rule: COEFFICIENTS, before: expression, after: expression, relation: leaf(strictly, where), lemmas: [] },
      ]),
    );
    return true;
  }
  const where = givenFrom(region);
  const start = shifted(expression, from);
  const steps: ProofStep[] = [];
  const equal = (rule: string, before: Expression, after: Expression): Expression => {
    if (before !== after) steps.push({ rule, before, after, relation: { kind: 'equal' }, lemmas: [] });
    return after;
  };
  let rest = normal(start, assumptions, budget);
  for (let first = 0; first < MAX_FIRST && rest.terms.some(isConditional); first += 1) {
    const there = substituteIndices(rest, new Map([[ITERATION_INDEX, constantForm(0)]]));
    const now = positiveNumerator(there, assumptions, budget);
    if (now === null || !isPositiveSequence(now, strictly, assumptions, budget)) return false;
    proofs?.push(
      signProof(there, [{ rule: COEFFICIENTS, before: there, after: there, relation: leaf(strictly, []), lemmas: [] }]),
    );
    rest = underContext(shifted(rest, 1));
  }
  const isWhole = rest === normal(start, assumptions, budget);
  const begin = isWhole ? start : rest;
  if (isWhole) equal(CLOSED, start, rest);
  const numerator = positiveNumerator(rest, assumptions, budget);
  if (numerator === null) return false;
  if (numerator !== rest)
    steps.push({
      rule: POSITIVE,
      before: rest,
      after: numerator,
      relation: { kind: 'same-sign', where: isWhole ? where : [] },
      lemmas: [],
    });
  const shown: ProofStep[] = [];
  if (!isPositiveSequence(numerator, strictly, assumptions, budget, { where: isWhole ? where : [], steps: shown })) {
    const rule = isPositiveBySquares(numerator, strictly, assumptions, budget)
      ? SQUARES
      : isPositiveAtIntegers(numerator, strictly, budget)
        ? INTEGERS
        : isPositiveByDominance(numerator, strictly, assumptions, budget)
          ? DOMINATED
          : isPositiveByFunctions(numerator, strictly, assumptions, (value, strict, known) =>
                provablyPositive(value, strict, { assumptions: known, from: 0 }, budget),
              )
            ? FUNCTIONS
            : null;
    if (rule === null) return false;
    const relation = leaf(strictly, isWhole ? where : []);
    shown.splice(0, shown.length, { rule, before: numerator, after: numerator, relation, lemmas: [] });
  }
  proofs?.push(signProof(begin, [...steps, ...shown]));
  return true;
}

const COEFFICIENTS = 'coefficients of one sign';
const CLOSED = 'sums in closed form';
const SQUARES = 'squares completed';
const FUNCTIONS = 'ranges and tangents of functions';
const DOMINATED = 'terms outweighed by others';
const INTEGERS = 'first values one by one, coefficients of one sign from there on';
const POSITIVE = 'positive denominators multiplied by';

const leaf = (strict: boolean, where: readonly SignOf[]): StepRelation => ({
  kind: 'sign',
  strict,
  where,
  exactly: null,
});
const signProof = (start: Expression, steps: readonly ProofStep[]): Proof => ({ goal: 'sign', what: '', start, steps });

/** Whether every denominator is known to be positive or an even power, so that no sign changes at a pole. */
export function hasPositiveDenominators(
  expression: Expression,
  { assumptions, from }: Region,
  budget: Budget,
): boolean {
  return positiveNumerator(normal(shifted(expression, from), assumptions, budget), assumptions, budget) !== null;
}

/** n + by in place of n. */
const shifted = (expression: Expression, by: number): Expression =>
  by === 0
    ? expression
    : substituteIndices(expression, new Map([[ITERATION_INDEX, variableForm(ITERATION_INDEX, by)]]));

const isConditional = (term: Term): boolean =>
  term.sorts.length === 0 &&
  term.constraints.some(({ left, right }) => [left, right].every(index => index === ZERO || index === ITERATION_INDEX));

const normals = new RememberedOf<Expression, Expression>();

/** Multiplied out, sums in closed form; several rules ask for it in turn. */
function normal(expression: Expression, assumptions: Assumptions, budget: Budget): Expression {
  const made = (): Expression => {
    const bases = new Bases(assumptions, budget);
    return underContext(bases.canonical(sumOut(bases.canonical(expression), assumptions, budget)));
  };
  return normals.get(expression, assumptionsKey(assumptions), made, budget);
}

/** Whether `left` is `right` times something provably positive, so that they have one sign everywhere. */
export function provablySameSign(
  left: Expression,
  right: Expression,
  { assumptions, from }: Region,
  budget: Budget,
): boolean {
  const [a, b] = [left, right].map(side =>
    positiveNumerator(normal(shifted(side, from), assumptions, budget), assumptions, budget),
  );
  if (a == null || b == null) return false;
  return isPositiveMultiple(a, b, assumptions, budget) || isPositiveMultiple(b, a, assumptions, budget);
}

function isPositiveMultiple(a: Expression, b: Expression, assumptions: Assumptions, budget: Budget): boolean {
  for (const one of a.terms) {
    for (const other of b.terms) {
      // Equal but for the coefficient and powers of symbols: the quotient of these two terms may be the factor. That it is one is looked at.
      const ratio = quotientOfTerms(one, other, assumptions, budget);
      if (ratio !== null && subtract(a, unfold(multiply(ratio, b), budget)).terms.length === 0) return true;
    }
  }
  const quotient = divideExpression(a, b, budget);
  return quotient !== null && isPositiveFactor(quotient, assumptions, budget);
}

/** Positive everywhere, without poles. */
const isPositiveFactor = (value: Expression, assumptions: Assumptions, budget: Budget): boolean =>
  value.terms.every(term => term.factors.every(own => isWithoutPole(own, assumptions))) &&
  provablyPositive(value, true, { assumptions, from: 0 }, budget);

function quotientOfTerms(one: Term, other: Term, assumptions: Assumptions, budget: Budget): Expression | null {
  const inverse = {
    ...other,
    coefficient: other.coefficient.inverse(),
    factors: other.factors.map(({ factor, exponent }) => ({
      factor,
      exponent: {
        constant: exponent.constant.negate(),
        form: { constant: 0, terms: exponent.form.terms.map(([v, c]) => [v, -c] as const) },
      },
    })),
  };
  if (!isPlainTerm(one) || !isPlainTerm(other)) return null;
  const ratio = multiply(
    { terms: [one] },
    ...inverse.factors.map(({ factor, exponent }) => factorExpression(factor, exponent)),
  );
  const value = scale(ratio, inverse.coefficient);
  return isPositiveFactor(value, assumptions, budget) ? value : null;
}

/** Whether a power has a value everywhere: 1/λ is not positive where λ may be zero. */
function isWithoutPole({ factor, exponent }: FactorPower, assumptions: Assumptions): boolean {
  if (exponent.constant.sign() >= 0 && exponent.form.terms.every(([, c]) => c >= 0)) return true;
  return factor.kind === 'integer' || (factor.kind === 'symbol' && isPositiveDomain(assumptions.domain(factor.name)));
}
