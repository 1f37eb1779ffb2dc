/**
 * A ≈ T_1 + … + T_m in a regime: A − ΣT is of smaller order than every term shown. Both sides are expanded in s; every
 * coefficient of A − ΣT must vanish through the order of the smallest term shown.
 */
import type { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import type { Assumptions } from '../../expression/assumptions.ts';
import { add, type Expression, isZero, subtract } from '../../expression/expression.ts';
import { coefficientAt, expandRegime, type RegimeScaling, type ScaledSeries } from './regime.ts';

export interface RegimeDifference {
  readonly what: string;
  readonly value: Expression;
}

export interface RegimeComparison {
  readonly differences: readonly RegimeDifference[];
  /** The coefficients that are shown, by powers of s: where one vanishes, nothing of that size is said. */
  readonly shown: readonly Expression[];
}

/** More coefficients than this are not looked at. */
const MOST_TERMS = 12;

/** The coefficients of A − ΣT that must vanish, by powers of s, and those of ΣT that must not. */
export function compareInRegime(
  what: string,
  derived: Expression,
  shown: readonly Expression[],
  scaling: RegimeScaling,
  assumptions: Assumptions,
  budget: Budget,
): RegimeComparison {
  const present = shown.filter(value => !isZero(value));
  const total = add(...present);
  if (present.length === 0)
    return isZero(derived) ? { differences: [], shown: [] } : refuse('nothing-shown', `${what}: no term is shown`);
  const orders = present.map(value => expandRegime(value, scaling, 2, assumptions, budget).start);
  const last = Math.max(...orders);
  for (let count = 4; count <= MOST_TERMS; count += 4) {
    const a = expandRegime(derived, scaling, count, assumptions, budget);
    const t = expandRegime(total, scaling, count, assumptions, budget);
    const first = Math.min(...[a, t].map(({ start, coefficients }) => (coefficients.length === 0 ? last : start)));
    if (last - first < count)
      return {
        differences: between(what, a, t, first, last),
        shown: [...new Set(orders)].map(order => coefficientAt(t, order)),
      };
  }
  return refuse('too-far', `${what}: the orders are too far apart`);
}

function between(what: string, a: ScaledSeries, t: ScaledSeries, first: number, last: number): RegimeDifference[] {
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    what: `${what}, order s^${first + i}`,
    value: subtract(coefficientAt(t, first + i), coefficientAt(a, first + i)),
  }));
}
