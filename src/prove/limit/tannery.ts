/**
 * A sum over times as a dominating series times bounded quantities, for Tannery's theorem (Bromwich, *An Introduction to the Theory of
 * Infinite Series*, § 49, here with several summed times): Σ w(x) f(n, x) over a range that grows with n has the limit Σ w(x) lim f(n, x)
 * when
 *
 *  1. for each fixed choice of the times f(n, x) tends to a limit,
 *  2. |w(x) f(n, x)| ≤ C g(x) in the whole range for all large n,
 *  3. the sums Σ g(x) over the range are bounded.
 *
 * Each time may be counted from an end such as n or 2n − 3 down first, so that the terms that matter stay where they are. Here the sum is taken apart and 2 is
 * shown (bounded.ts); 1 and 3 are checked where limits are taken. Without a way to take it apart that fits the answer is null.
 */
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { closeConstraints, closureConstraints, type Constraint } from '../../expression/core/domain.ts';
import {
  type Expression,
  factorExpression,
  formExpression,
  multiply,
  ONE_EXPRESSION,
  openTerm,
  type OpenedTerm,
  sumOverAll,
  substituteIndices,
} from '../../expression/core/expression.ts';
import { type FactorPower, factorForms, substituteExponent, substituteFactor } from '../../expression/core/factor.ts';
import type { IndexFacts } from '../../expression/core/index-facts.ts';
import { atomForm, DIMENSION_INDEX, freeSort, ITERATION_INDEX, ZERO } from '../../expression/core/indices.ts';
import type { Term } from '../../expression/core/term.ts';
import {
  addForms,
  coefficientOf,
  type LinearForm,
  shiftForm,
  substituteForm,
  variableForm,
} from '../../number/linear-form.ts';
import type { Rational } from '../../number/rational.ts';
import type { Bounds } from './bounded.ts';
import { lateFacts } from './late-range.ts';
import { isWeightFactor, sizeOfWeight } from './size-of-weight.ts';

/** More summed times than this are not counted from both ends. */
const MOST_TIMES = 3;

export interface DominatedSum {
  readonly coefficient: Rational;
  /** Factors with n and without summed times that have a limit by themselves, and those with neither. */
  readonly outer: readonly FactorPower[];
  /** Factors with n whose limit is taken at fixed times. */
  readonly moving: readonly FactorPower[];
  /** Whether every fixed choice of the times leaves the range. */
  readonly isLeft: boolean;
  /** Σ g over the range. */
  readonly sizes: Expression;
  /** Σ g f², which is bounded where f is. */
  readonly dominated: Expression;
  /** Σ over the range of the weights times a value, which may contain the times. */
  readonly sum: (value: Expression) => Expression;
}

/** The ways in which the term may be such a sum, each giving null where it is not. */
export function dominatedSums(term: Term, assumptions: Assumptions, bounds: Bounds): (() => DominatedSum | null)[] {
  const opened = openTerm(term);
  const times = opened.open.filter((_, at) => opened.sorts[at] === 'history');
  if (times.length === 0 || times.length > MOST_TIMES) return [];
  const facts = lateFacts(assumptions, opened.constraints);
  if (facts.isEmpty) return [];
  const ends = opened.constraints.flatMap(({ left, right }) =>
    times.includes(left) && speedOf(right) > 0 ? [right] : [],
  );
  const ways = subsetsOf(times).flatMap(turned =>
    (turned.length === 0 ? [ITERATION_INDEX] : [...new Set(ends)]).map(end => ({ turned, end })),
  );
  return ways.map(way => () => dominatedSum(opened, times, way, facts, assumptions, bounds));
}

function dominatedSum(
  opened: OpenedTerm,
  times: readonly number[],
  { turned, end }: Turning,
  facts: IndexFacts,
  assumptions: Assumptions,
  bounds: Bounds,
): DominatedSum | null {
  const range = turnedRange(opened.constraints, times, { turned, end });
  if (range === null) return null;
  const down = new Map(turned.map(time => [time, addForms(atomForm(end), variableForm(time), -1)] as const));
  const turn = (form: LinearForm): LinearForm => substituteForm(form, down);
  // The same substitution leads back.
  const places = times.map(time => turn(variableForm(time)));
  if (!places.every(place => Number.isFinite(facts.low(place)))) return null;
  const outer: FactorPower[] = [];
  const moving: FactorPower[] = [];
  const weights: FactorPower[] = [];
  /** What is to be bounded, with the times as they were. */
  const held: FactorPower[] = [];
  const sizes: Expression[] = [];
  for (const own of opened.factors) {
    const [hasN, hasTime] = kindOf(own, turn, times);
    if (!hasTime && !(hasN && isWeightFactor(own))) outer.push(own);
    else if (hasN) {
      moving.push(own);
      held.push(own);
    } else {
      weights.push(own);
      // What falls with the times is to be bounded.
      const falls = own.factor.kind === 'index' && own.exponent.constant.sign() < 0;
      const size = falls ? null : sizeOfWeight(own, assumptions, facts);
      if (size === null) held.push(own);
      else sizes.push(substituteIndices(size, down));
    }
  }
  if (moving.length === 0 || sizes.length === 0) return null;
  const grown = bounds.growth(held, places, facts);
  if (grown === null) return null;
  const growing = grown.map(form => formExpression(turn(shiftForm(form, 1 - facts.low(form)))));
  const g = multiply(ONE_EXPRESSION, ...sizes, ...growing);
  const history = times.map(() => 'history' as const);
  const over = (value: Expression): Expression => sumOverAll(value, times, history, range.ofTimes);
  const turnedFactor = (own: FactorPower): Expression => substituteIndices(asExpression(own), down);
  const f = multiply(ONE_EXPRESSION, ...held.map(turnedFactor));
  return {
    coefficient: opened.coefficient,
    outer,
    moving: moving.map(({ factor, exponent }) => ({
      factor: substituteFactor(factor, down),
      exponent: substituteExponent(exponent, down),
    })),
    isLeft: range.isLeft,
    sizes: over(g),
    dominated: over(multiply(g, f, f)),
    sum: value =>
      sumOverAll(multiply(...weights.map(turnedFactor), value), opened.open, opened.sorts, [
        ...range.ofTimes,
        ...range.ofOthers,
      ]),
  };
}

const asExpression = ({ factor, exponent }: FactorPower): Expression => factorExpression(factor, exponent);

/** Whether a factor contains n, and a summed time, once the times are turned. */
function kindOf(
  { factor, exponent }: FactorPower,
  turn: (form: LinearForm) => LinearForm,
  times: readonly number[],
): readonly [boolean, boolean] {
  const forms = [exponent.form, ...factorForms(factor)].map(turn);
  return [
    forms.some(form => coefficientOf(form, ITERATION_INDEX) !== 0),
    forms.some(({ terms }) => terms.some(([index]) => times.includes(index))),
  ];
}

/** The times x that are counted as e − x. */
interface Turning {
  readonly turned: readonly number[];
  readonly end: number;
}

interface TurnedRange {
  readonly ofTimes: readonly Constraint[];
  readonly ofOthers: readonly Constraint[];
  readonly isLeft: boolean;
}

/**
 * The range with e − x in place of the turned times x, e an end such as n or 2n − 3. What ties a turned time to another one,
 * x + y ≤ e + c, holds for all large n at fixed times, so that the sum may be taken without it; of x + y ≥ e + c nothing is left at
 * fixed times.
 */
function turnedRange(
  constraints: readonly Constraint[],
  times: readonly number[],
  { turned, end }: Turning,
): TurnedRange | null {
  const closure = closeConstraints(constraints);
  if (closure === null) return null;
  const isTime = (index: number): boolean => times.includes(index);
  const ofOthers = constraints.filter(({ left, right }) => !isTime(left) && !isTime(right));
  if (ofOthers.some(({ left, right }) => speedOf(left) !== 0 || speedOf(right) !== 0)) return null;
  const ofTimes: Constraint[] = [];
  let isLeft = false;
  for (const each of closureConstraints(closure)) {
    const { left, right, bound } = each;
    if (!isTime(left) && !isTime(right)) continue;
    if ([left, right].some(index => freeSort(index) === 'coordinate' && index !== DIMENSION_INDEX)) return null;
    const [leftTurned, rightTurned] = [turned.includes(left), turned.includes(right)];
    if (!leftTurned && !rightTurned) ofTimes.push(each);
    else if (leftTurned && rightTurned) ofTimes.push({ left: right, right: left, bound });
    else if (leftTurned) {
      // e − x − y ≤ c.
      if (right === end) ofTimes.push({ left: ZERO, right: left, bound });
      else if (right === ZERO) ofTimes.push({ left: end, right: left, bound });
      else if (speedOf(right) < speedOf(end)) isLeft = true;
      else if (speedOf(right) === speedOf(end)) return null;
    } else if (left === end) ofTimes.push({ left: right, right: ZERO, bound });
    else if (left === ZERO) ofTimes.push({ left: right, right: end, bound });
    // y − e + x ≤ c.
    else if (speedOf(left) > speedOf(end)) isLeft = true;
    else if (speedOf(left) === speedOf(end)) return null;
  }
  return { ofTimes, ofOthers, isLeft };
}

/** How many times n an index is that stands in a range; summed times and letters are fixed. */
const speedOf = (index: number): number => coefficientOf(atomForm(index), ITERATION_INDEX);

function subsetsOf(list: readonly number[]): readonly (readonly number[])[] {
  const [first, ...others] = list;
  if (first === undefined) return [[]];
  const rest = subsetsOf(others);
  return [...rest, ...rest.map(each => [first, ...each])];
}
