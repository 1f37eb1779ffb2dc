/**
 * What the numeric route computes with: numbers of high precision, and truncated power series over any such ring.
 *
 * Every formula is evaluated through this interface alone, so that one evaluator gives values, derivatives (series with
 * δ² = 0) and expansions in h. An operation that has no value or no derivative at its argument refuses with one of the
 * codes `division-by-zero`, `undefined-at-point`, `not-differentiable`; it never returns NaN or infinity.
 */
import { work } from '../../base/work.ts';
import type { ElementaryArithmetic } from '../../formula/elementary.ts';
import type { Rational } from '../../number/rational.ts';

export interface Ring<T> extends ElementaryArithmetic<T> {
  readonly zero: T;
  readonly one: T;
  /** π; refuses `not-rational` where numbers are exact. */
  pi(): T;
  subtract(a: T, b: T): T;
  /** Refuses `division-by-zero` where `b` is zero (for a series: where its constant term is). */
  divide(a: T, b: T): T;
  /** The principal root; refuses where `a` is negative, and for a series where its constant term is zero. */
  root(a: T, degree: number): T;
  /** Refuses where `a` is not positive. */
  log(a: T): T;
  /** For a series with a vanishing constant term that is not zero: refuses `not-differentiable`; likewise `sign`, `compare`. */
  abs(a: T): T;
  sign(a: T): -1 | 0 | 1;
  /** The sign of a − b. */
  compare(a: T, b: T): -1 | 0 | 1;
  /** Exactly zero as computed; a sum that cancels but for rounding is not. */
  isZero(a: T): boolean;
  /** For a series: zero also in what was cut off, and known to be. Where a ring has no such method, {@link isZero} tells it. */
  isSurelyZero?(a: T): boolean;
}

/** Roots of higher degrees are taken by exponentials: those of integers cost in proportion to the degree. */
export const GREATEST_ROOT = 16;

/** base^exponent by squaring; 0⁰ = 1. Refuses a negative power of zero. */
export function integerPower<T>(ring: Ring<T>, base: T, exponent: number): T {
  if (exponent < 0) return ring.divide(ring.one, integerPower(ring, base, -exponent));
  work(Math.ceil(Math.log2(exponent + 1) / 2));
  let result: T | null = null;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result === null ? square : ring.multiply(result, square);
    if (rest > 1) square = ring.multiply(square, square);
  }
  return result ?? ring.one;
}

/** base^exponent for a rational exponent: an integer power, else a power of a root (base not negative). */
export function rationalPower<T>(ring: Ring<T>, base: T, exponent: Rational): T {
  const numerator = Number(exponent.num);
  if (exponent.isInteger()) return integerPower(ring, base, numerator);
  return integerPower(ring, rootOf(ring, base, Number(exponent.den)), numerator);
}

/** The principal root; of what is zero all along, as a series in h may be, it is zero all along, as |0| is. */
export function rootOf<T>(ring: Ring<T>, base: T, degree: number): T {
  return ring.isSurelyZero?.(base) === true ? ring.zero : ring.root(base, degree);
}

/** base^exponent = exp(exponent · log base) for a positive base. */
export function realPower<T>(ring: Ring<T>, base: T, exponent: T): T {
  return ring.exp(ring.multiply(exponent, ring.log(base)));
}
