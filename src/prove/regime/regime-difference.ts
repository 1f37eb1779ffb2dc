/**
 * A ≈ T_1 + … + T_m in a regime: A − ΣT is of smaller order than every term shown. Both sides are expanded in s; every
 * coefficient of A − ΣT must vanish through the order of the smallest term shown. Where a cancellation leaves that order
 * unknown, both are expanded again with more terms; a coefficient that stays unknown is no zero.
 *
 * Source: NIST Digital Library of Mathematical Functions, 2.1(i) and 2.1(iii): what ∼ means, and differences of expansions.
 */
import type { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { add, type Expression, isZero, subtract } from '../../expression/core/expression.ts';
import { Rational } from '../../number/rational.ts';
import { isProbablyNonzero } from '../../rewrite/probably-nonzero.ts';
import { testZero } from '../zero/zero-test.ts';
import { expandRegime, type RegimeExpansion } from './regime.ts';
import type { RegimeScaling } from './scaling.ts';
import { BeyondExpansion, coefficientAt, exponentsOf, isKnownTo, type ScaledSeries } from './scaled-series.ts';

export interface RegimeDifference {
  readonly what: string;
  readonly value: Expression;
}

export interface RegimeComparison {
  readonly differences: readonly RegimeDifference[];
  /** The coefficients that are shown, by powers of s: where one vanishes, nothing of that size is said. */
  readonly shown: readonly Expression[];
  /** What else must not vanish. */
  readonly divisors: readonly Expression[];
  /** Both sides with their coefficients, as far as they were used. */
  readonly expansions: readonly Expansion[];
}

export interface Expansion {
  readonly before: Expression;
  readonly terms: readonly { readonly power: Rational; readonly coefficient: Expression }[];
  readonly through: Rational;
}

/** So many coefficients are looked at, one count after the other. */
const COUNTS = [4, 8, 12, 20] as const;

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
  if (present.length === 0)
    return isZero(derived)
      ? { differences: [], shown: [], divisors: [], expansions: [] }
      : refuse('nothing-shown', `${what}: no term is shown`);
  const expand = (value: Expression, count: number): RegimeExpansion =>
    expandRegime(value, scaling, count, assumptions, budget);
  const orders = present.map(value =>
    withEnough(what, count => {
      const { series } = expand(value, count);
      return leadingOrder(what, series, assumptions, budget);
    }),
  );
  const last = orders.reduce((a, b) => Rational.max(a, b));
  return withEnough(what, count => {
    const total = add(...present);
    const [a, t] = [expand(derived, count), expand(total, count)];
    if (!isKnownTo(a.series, last) || !isKnownTo(t.series, last)) return null;
    return {
      differences: between(what, a.series, t.series, last),
      shown: unique(orders).map(order => coefficientAt(t.series, order)),
      divisors: [...a.divisors, ...t.divisors],
      expansions: [expansion(derived, a.series, last), expansion(total, t.series, last)],
    };
  });
}

const expansion = (before: Expression, series: ScaledSeries, through: Rational): Expansion => ({
  before,
  terms: exponentsOf(series)
    .filter(power => power.compare(through) <= 0)
    .map(power => ({ power, coefficient: coefficientAt(series, power) })),
  through,
});

/** The first answer that some number of coefficients is enough for. */
function withEnough<T>(what: string, answer: (count: number) => T | null): T {
  for (const count of COUNTS) {
    try {
      const found = answer(count);
      if (found !== null) return found;
    } catch (error) {
      if (!(error instanceof BeyondExpansion)) throw error;
    }
  }
  return refuse('too-far', `${what}: the orders are too far apart`);
}

/** The exponent of the first coefficient that does not vanish identically; null where the series does not reach it. */
function leadingOrder(what: string, series: ScaledSeries, assumptions: Assumptions, budget: Budget): Rational | null {
  for (const order of exponentsOf(series)) {
    const value = coefficientAt(series, order);
    if (isZero(value)) continue;
    if (isProbablyNonzero(value)) return order;
    if (testZero(value, assumptions, budget).kind !== 'zero')
      return refuse('no-expansion', `${what}: the size of a term shown is not decided`);
  }
  return series.known === 'exact' ? refuse('no-expansion', `${what}: a term shown is zero`) : null;
}

/** Every coefficient of T − A through the last order. */
function between(what: string, a: ScaledSeries, t: ScaledSeries, last: Rational): RegimeDifference[] {
  const orders = unique([...exponentsOf(a), ...exponentsOf(t)].filter(order => order.compare(last) <= 0));
  return orders.map(order => ({
    what: `${what}, order s^${order}`,
    value: subtract(coefficientAt(t, order), coefficientAt(a, order)),
  }));
}

/** Each once, ascending. */
const unique = (orders: readonly Rational[]): Rational[] =>
  orders.filter((order, at) => orders.findIndex(other => other.equals(order)) === at).sort((a, b) => a.compare(b));
