/**
 * A sum over times as weights times quantities at single times, for the theorem of Silverman and Toeplitz (Hardy, *Divergent
 * Series*, theorem 2, here with several summed times): T_n = Σ w_n(x) s(x) tends to lim s · lim Σ w_n when
 *
 *  1. s, which does not contain n, has a value at every x of the range and tends to a limit as its times go to infinity,
 *  2. Σ |w_n| is bounded,
 *  3. for each time t of s and every fixed value of t the sum of |w_n| over the other times tends to 0,
 *  4. Σ w_n has a limit.
 *
 * Here the sum is only taken apart; the conditions are checked where limits are taken. Without a way to take it apart that
 * fits the theorem the answer is null, never a guess.
 */
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import type { Constraint } from '../../expression/core/domain.ts';
import {
  type Expression,
  factorExpression,
  multiply,
  ONE_EXPRESSION,
  openTerm,
  sumOverAll,
} from '../../expression/core/expression.ts';
import { type FactorPower, factorForms, timesAbove, plainExponent } from '../../expression/core/factor.ts';
import { IndexFacts } from '../../expression/core/index-facts.ts';
import { freeSort, ITERATION_INDEX, ZERO } from '../../expression/core/indices.ts';
import { endsAtForm, type Term } from '../../expression/core/term.ts';
import type { IndexSort } from '../../formula/formula.ts';
import { coefficientOf, type LinearForm, variableForm } from '../../number/linear-form.ts';
import type { Rational } from '../../number/rational.ts';
import { isWeightFactor, sizeOfWeight } from './size-of-weight.ts';

/** A limit is one for large n: this n and more are enough. */
const LARGE = 1_000;

export interface WeightedSum {
  readonly coefficient: Rational;
  /** Factors without any summed time; they may contain n and summed coordinates. */
  readonly outer: readonly FactorPower[];
  /** Factors of one time each, without n. */
  readonly inner: readonly InnerFactor[];
  /** The times that the inner factors contain. */
  readonly times: readonly number[];
  /** Σ w over all times, and Σ |w|; both without the coefficient. */
  readonly weights: Expression;
  readonly sizes: Expression;
  /** Σ |w| over all times but one, which is free. */
  readonly sizesAt: (time: number) => Expression;
  /** Sums over coordinates, which stay outside. */
  readonly overCoordinates: (value: Expression) => Expression;
}

export interface InnerFactor {
  readonly power: FactorPower;
  readonly time: number;
  /** The least value of the time in the range, for large n. */
  readonly from: number;
}

/** The term as weights times quantities; null where it is no such sum. */
export function weightedSum(term: Term, assumptions: Assumptions): WeightedSum | null {
  if (endsAtForm(term)) return null;
  const opened = openTerm(term);
  const times = opened.open.filter((_, at) => opened.sorts[at] === 'history');
  const coordinates = opened.open.filter((_, at) => opened.sorts[at] === 'coordinate');
  const isTime = (index: number): boolean => times.includes(index);
  const ofTimes = opened.constraints.filter(({ left, right }) => isTime(left) || isTime(right));
  // For large n what says n ≥ c holds.
  const ofOthers = opened.constraints.filter(each => !ofTimes.includes(each) && each.right !== ITERATION_INDEX);
  if (times.length === 0 || !ofTimes.every(each => isAmongTimes(each, isTime))) return null;
  if (ofOthers.some(({ left }) => left === ITERATION_INDEX)) return null;
  const large: Constraint = { left: ZERO, right: ITERATION_INDEX, bound: -LARGE };
  const facts = IndexFacts.NONE.with([...ofTimes, large]);
  if (facts.isEmpty) return null;
  const outer: FactorPower[] = [];
  const inner: InnerFactor[] = [];
  const weights: FactorPower[] = [];
  const sizes: Expression[] = [];
  for (const power of opened.factors) {
    const kind = kindOf(power, isTime);
    if (kind === null) return null;
    if (kind === 'outer') outer.push(power);
    else if (kind === 'weight') {
      const size = sizeOfWeight(power, assumptions, facts);
      if (size === null) return null;
      weights.push(power);
      sizes.push(size);
    } else {
      const from = facts.low(variableForm(kind.time));
      if (!Number.isFinite(from)) return null;
      inner.push({ power, time: kind.time, from });
    }
  }
  const size = multiply(ONE_EXPRESSION, ...sizes);
  const sorts = (list: readonly number[]): IndexSort[] => list.map(() => 'history' as const);
  return {
    coefficient: opened.coefficient,
    outer,
    inner,
    times: [...new Set(inner.map(({ time }) => time))],
    weights: sumOverAll(
      multiply(ONE_EXPRESSION, ...weights.map(({ factor, exponent }) => factorExpression(factor, exponent))),
      times,
      sorts(times),
      ofTimes,
    ),
    sizes: sumOverAll(size, times, sorts(times), ofTimes),
    sizesAt: time => {
      const others = times.filter(each => each !== time);
      return sumOverAll(size, others, sorts(others), ofTimes);
    },
    overCoordinates: value =>
      sumOverAll(
        value,
        coordinates,
        coordinates.map(() => 'coordinate' as const),
        ofOthers,
      ),
  };
}

const isAmongTimes = ({ left, right }: Constraint, isTime: (index: number) => boolean): boolean =>
  [left, right].every(index => isTime(index) || freeSort(index) === 'history');

/** What a factor is in the sum; null where the theorem has no place for it. */
function kindOf(
  own: FactorPower,
  isTime: (index: number) => boolean,
): 'outer' | 'weight' | { readonly time: number } | null {
  const { factor, exponent } = own;
  const inExponent = exponent.form.terms.some(([index]) => isTime(index));
  const forms = factorForms(factor);
  const inFactor = forms.some(form => form.terms.some(([index]) => isTime(index)));
  if (!inExponent && !inFactor) {
    const hasN = [exponent.form, ...forms].some(form => coefficientOf(form, ITERATION_INDEX) !== 0);
    return hasN && isWeightFactor(own) ? 'weight' : 'outer';
  }
  if (inExponent) return !inFactor && (factor.kind === 'symbol' || factor.kind === 'integer') ? 'weight' : null;
  if (factor.kind === 'index') {
    if (timesAbove(own) !== 0) return 'weight';
  } else if (factor.kind !== 'template' && factor.kind !== 'function') return null;
  if (plainExponent(exponent) === null) return null;
  return timeOf(forms, isTime);
}

/** The one time in the forms, where it stands in one form, with a positive coefficient, and neither n nor another label does. */
function timeOf(forms: readonly LinearForm[], isTime: (index: number) => boolean): { readonly time: number } | null {
  const ofHistory = forms.filter(form => form.terms.some(([index]) => isTime(index) || freeSort(index) === 'history'));
  const [form] = ofHistory;
  const [only] = form?.terms ?? [];
  if (ofHistory.length !== 1 || form?.terms.length !== 1 || only === undefined) return null;
  const [time, coefficient] = only;
  return isTime(time) && coefficient > 0 ? { time } : null;
}
