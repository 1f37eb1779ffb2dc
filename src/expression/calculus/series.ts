/**
 * Power series in the step size h with expressions as coefficients: series[q] is the coefficient of h^q; missing
 * coefficients are zero, and everything beyond the order asked for is dropped.
 */
import { Rational } from '../../number/rational.ts';
import type { Assumptions } from '../arithmetic/assumptions.ts';
import {
  add,
  type Expression,
  isZero,
  multiply,
  negate as negateExpression,
  ONE_EXPRESSION,
  scale,
  ZERO_EXPRESSION,
} from '../core/expression.ts';
import { power } from '../arithmetic/power.ts';

export type Series = readonly Expression[];

export const constantSeries = (value: Expression): Series => (isZero(value) ? [] : [value]);
/** h itself. */
export const STEP_SERIES: Series = [ZERO_EXPRESSION, ONE_EXPRESSION];

export const coefficient = (series: Series, q: number): Expression => series[q] ?? ZERO_EXPRESSION;

function trim(coefficients: readonly Expression[]): Series {
  let length = coefficients.length;
  while (length > 0 && isZero(coefficients[length - 1] ?? ZERO_EXPRESSION)) length -= 1;
  return coefficients.slice(0, length);
}

export const mapSeries = (series: Series, map: (coefficient: Expression) => Expression): Series =>
  trim(series.map(map));

export function addSeries(...summands: readonly Series[]): Series {
  const length = Math.max(0, ...summands.map(s => s.length));
  return trim(Array.from({ length }, (_, q) => add(...summands.map(s => coefficient(s, q)))));
}

export const negateSeries = (series: Series): Series => series.map(negateExpression);

export function multiplySeries(
  left: Series,
  right: Series,
  order: number,
  product: (a: Expression, b: Expression) => Expression = multiply,
): Series {
  const result: Expression[] = [];
  for (let q = 0; q <= order && q <= left.length + right.length - 2; q += 1) {
    const parts: Expression[] = [];
    for (let r = 0; r <= q; r += 1) {
      const a = coefficient(left, r);
      const b = coefficient(right, q - r);
      if (!isZero(a) && !isZero(b)) parts.push(product(a, b));
    }
    result.push(add(...parts));
  }
  return trim(result);
}

/**
 * The series to a rational power, by c_q = (1/(q·b_0)) Σ_{r=1}^{q} (r·e − q + r) b_r c_{q−r}. A series that begins with
 * h^s, s > 0, has only non-negative integer powers here; null otherwise. So has one without a term, which may begin beyond `order`.
 */
export function powerSeries(base: Series, exponent: Rational, order: number, assumptions: Assumptions): Series | null {
  if (exponent.isZero()) return [ONE_EXPRESSION];
  const leading = coefficient(base, 0);
  const isWhole = exponent.isInteger() && exponent.sign() > 0;
  if (base.length <= 1)
    return base.length === 0 && !isWhole ? null : constantSeries(power(leading, exponent, assumptions));
  if (isZero(leading)) {
    if (!isWhole) return null;
    let result: Series = [ONE_EXPRESSION];
    for (let i = 0n; i < exponent.num; i += 1n) result = multiplySeries(result, base, order);
    return result;
  }
  const inverseLeading = power(leading, Rational.minusOne, assumptions);
  const result: Expression[] = [power(leading, exponent, assumptions)];
  for (let q = 1; q <= order; q += 1) {
    const parts: Expression[] = [];
    for (let r = 1; r <= q; r += 1) {
      const b = coefficient(base, r);
      const c = result[q - r] ?? ZERO_EXPRESSION;
      if (isZero(b) || isZero(c)) continue;
      const weight = exponent.multiply(Rational.of(r)).add(Rational.of(r - q));
      parts.push(scale(multiply(inverseLeading, b, c), weight.divide(Rational.of(q))));
    }
    result.push(add(...parts));
  }
  return trim(result);
}

/** All ways to write `total` as an ordered sum of `parts` positive integers. */
export function compositions(total: number, parts: number): number[][] {
  if (parts === 0) return total === 0 ? [[]] : [];
  const result: number[][] = [];
  for (let first = 1; first <= total - parts + 1; first += 1) {
    for (const rest of compositions(total - first, parts - 1)) result.push([first, ...rest]);
  }
  return result;
}

export function factorial(n: number): bigint {
  let result = 1n;
  for (let i = 2n; i <= BigInt(n); i += 1n) result *= i;
  return result;
}
