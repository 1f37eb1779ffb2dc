/**
 * High-precision numbers with a rigorous bound of their error: midpoint ± radius · 2^scale.
 *
 * Whatever is printed from a ball is proved: no two precisions have to agree by chance, and 10^100 + 1/3 − 10^100 is not
 * taken for zero. Where a decision (a sign, a division) depends on what the bound does not tell, {@link PrecisionLoss} asks
 * for more digits.
 */
import { type Problem, refuse } from '../base/problem.ts';
import { type BigFloat, FloatArithmetic, toDigits } from '../number/big-float.ts';
import { decimalsWith } from '../number/decimal.ts';
import type { Rational } from '../number/rational.ts';
import { FloatRing } from './float-ring.ts';
import type { Ring } from './ring.ts';

/** Every number within radius · 2^scale of the midpoint is possible. Radius 0: the midpoint is exact. */
export interface Ball {
  readonly value: BigFloat;
  readonly radius: number;
  readonly scale: number;
}

/**
 * The digits do not suffice to tell a number from zero. The caller takes more digits; where that does not help either, the
 * number counts as zero and `problem` says what is wrong with that.
 */
export class PrecisionLoss extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'PrecisionLoss';
    this.problem = problem;
  }
}

/** An operation of {@link FloatArithmetic} is wrong by less than this many units of 2^(size − bits). */
const ROUNDING = 4;
/** The same for functions that pass through decimals. */
const FUNCTION_ROUNDING = 64;
const LARGEST_RADIUS = 2 ** 40;

/** A bound 2^… of the size. */
const sizeOf = ({ length, exponent }: BigFloat): number => length + exponent;
const isNothing = ({ mantissa }: BigFloat): boolean => mantissa === 0n;
const isExactZero = ({ value, radius }: Ball): boolean => value.mantissa === 0n && radius === 0;

/** 2^{−k}, from a table because it is needed several times an operation; beyond 60 the last entry bounds it. */
const POWERS = Float64Array.from({ length: 61 }, (_, k) => 2 ** -k);
const down = (k: number): number => POWERS[Math.min(k, 60)] ?? 1;

/** a · 2^p + b · 2^q + c · 2^r as radius and scale. */
function ball(value: BigFloat, a: number, p: number, b: number, q: number, c: number, r: number): Ball {
  let scale = Number.NEGATIVE_INFINITY;
  if (a > 0) scale = p;
  if (b > 0 && q > scale) scale = q;
  if (c > 0 && r > scale) scale = r;
  if (scale === Number.NEGATIVE_INFINITY) return { value, radius: 0, scale: 0 };
  let radius = 0;
  if (a > 0) radius += a * down(scale - p);
  if (b > 0) radius += b * down(scale - q);
  if (c > 0) radius += c * down(scale - r);
  return radius > LARGEST_RADIUS
    ? { value, radius: radius / LARGEST_RADIUS, scale: scale + 40 }
    : { value, radius, scale };
}

/** Whether the error is at most half of the number. */
function isApart({ value, radius, scale }: Ball): boolean {
  return radius === 0 || (!isNothing(value) && Math.log2(radius) + scale <= sizeOf(value) - 4);
}

export class BallRing implements Ring<Ball> {
  readonly zero: Ball;
  readonly one: Ball;
  readonly #bits: number;
  readonly #arithmetic: FloatArithmetic;
  readonly #floats: FloatRing;

  /** Midpoints have at least `digits` significant digits. */
  constructor(digits: number) {
    this.#floats = new FloatRing(digits);
    this.#bits = this.#floats.bits;
    this.#arithmetic = new FloatArithmetic(this.#bits);
    this.zero = { value: this.#floats.zero, radius: 0, scale: 0 };
    this.one = { value: this.#floats.one, radius: 0, scale: 0 };
  }

  fromRational(rational: Rational): Ball {
    const value = this.#arithmetic.fromRational(rational);
    const isExact = rational.den === 1n && value.length < this.#bits;
    return isExact ? { value, radius: 0, scale: 0 } : this.#rounded(value, ROUNDING);
  }
  add(a: Ball, b: Ball): Ball {
    if (isExactZero(a)) return b;
    if (isExactZero(b)) return a;
    const value = this.#arithmetic.add(a.value, b.value);
    // Cut only where the sum needs all bits; a sum that cancels is exact.
    const isCut = value.length >= this.#bits || Math.abs(sizeOf(a.value) - sizeOf(b.value)) > this.#bits;
    const largest = Math.max(
      isNothing(a.value) ? Number.NEGATIVE_INFINITY : sizeOf(a.value),
      isNothing(b.value) ? Number.NEGATIVE_INFINITY : sizeOf(b.value),
    );
    const cut = isCut && largest !== Number.NEGATIVE_INFINITY ? ROUNDING : 0;
    return ball(value, a.radius, a.scale, b.radius, b.scale, cut, largest - this.#bits);
  }
  subtract(a: Ball, b: Ball): Ball {
    return this.add(a, this.negate(b));
  }
  negate(a: Ball): Ball {
    return { value: this.#arithmetic.negate(a.value), radius: a.radius, scale: a.scale };
  }
  multiply(a: Ball, b: Ball): Ball {
    if (isExactZero(a) || isExactZero(b)) return this.zero;
    const value = this.#arithmetic.multiply(a.value, b.value);
    const isCut = a.value.length + b.value.length > this.#bits;
    const product = ball(
      value,
      b.radius,
      b.scale + sizeOf(a.value),
      a.radius,
      a.scale + sizeOf(b.value),
      isCut ? ROUNDING : 0,
      sizeOf(value) - this.#bits,
    );
    if (a.radius === 0 || b.radius === 0) return product;
    return ball(value, product.radius, product.scale, a.radius * b.radius, a.scale + b.scale, 0, 0);
  }
  divide(a: Ball, b: Ball): Ball {
    if (isExactZero(b)) refuse('division-by-zero', 'division by zero');
    if (!isApart(b)) throw new PrecisionLoss({ code: 'division-by-zero', message: 'division by zero' });
    if (isExactZero(a)) return a;
    const value = this.#arithmetic.divide(a.value, b.value);
    // |b| ≥ 2^(size − 2), and half of it stays after the error.
    const size = sizeOf(b.value);
    return ball(
      value,
      b.radius,
      b.scale + sizeOf(a.value) - 2 * size + 5,
      a.radius,
      a.scale - size + 5,
      ROUNDING,
      sizeOf(value) - this.#bits,
    );
  }
  root(a: Ball, degree: number): Ball {
    if (isExactZero(a)) return a;
    if (this.sign(a) < 0) refuse('undefined-at-point', 'root of a negative number');
    const value = this.#arithmetic.root(a.value, degree);
    return ball(
      value,
      a.radius,
      a.scale + sizeOf(value) - sizeOf(a.value) + 4,
      0,
      0,
      ROUNDING,
      sizeOf(value) - this.#bits,
    );
  }
  exp(a: Ball): Ball {
    const value = this.#floats.exp(a.value);
    this.#requireSmallError(a);
    return ball(value, a.radius, a.scale + sizeOf(value) + 1, 0, 0, FUNCTION_ROUNDING, sizeOf(value) - this.#bits);
  }
  log(a: Ball): Ball {
    if (isExactZero(a) || this.sign(a) < 0) refuse('undefined-at-point', 'logarithm of a number that is not positive');
    const value = this.#floats.log(a.value);
    return ball(value, a.radius, a.scale - sizeOf(a.value) + 4, 0, 0, FUNCTION_ROUNDING, sizeOf(value) - this.#bits);
  }
  tanh(a: Ball): Ball {
    return this.#contracting(a, this.#floats.tanh(a.value));
  }
  sin(a: Ball): Ball {
    return this.#contracting(a, this.#floats.sin(a.value));
  }
  cos(a: Ball): Ball {
    return this.#contracting(a, this.#floats.cos(a.value));
  }
  sinh(a: Ball): Ball {
    return this.#hyperbolic(a, this.#floats.sinh(a.value));
  }
  cosh(a: Ball): Ball {
    return this.#hyperbolic(a, this.#floats.cosh(a.value));
  }
  abs(a: Ball): Ball {
    return this.sign(a) < 0 ? this.negate(a) : a;
  }
  sign(a: Ball): -1 | 0 | 1 {
    if (isApart(a)) return this.#arithmetic.sign(a.value);
    throw new PrecisionLoss({ code: 'not-differentiable', message: 'a root, logarithm or kink is met at zero' });
  }
  compare(a: Ball, b: Ball): -1 | 0 | 1 {
    return this.sign(this.subtract(a, b));
  }
  /** Certainly zero. */
  isZero(a: Ball): boolean {
    return isExactZero(a);
  }

  #rounded(value: BigFloat, units: number): Ball {
    return ball(value, 0, 0, 0, 0, isNothing(value) ? 0 : units, sizeOf(value) - this.#bits);
  }
  #requireSmallError({ radius, scale }: Ball): void {
    if (radius > 0 && Math.log2(radius) + scale > -2)
      throw new PrecisionLoss({ code: 'number-too-large', message: 'an exponent is too uncertain' });
  }
  /** A function whose derivative is at most 1 in size. */
  #contracting(a: Ball, value: BigFloat): Ball {
    if (isExactZero(a)) return { value, radius: 0, scale: 0 };
    return ball(value, a.radius, a.scale, 0, 0, FUNCTION_ROUNDING, (isNothing(value) ? 0 : sizeOf(value)) - this.#bits);
  }
  /** sinh and cosh have derivatives below cosh, and cosh(x + e) ≤ 2 cosh x for small e. */
  #hyperbolic(a: Ball, value: BigFloat): Ball {
    this.#requireSmallError(a);
    const slope = Math.max(1, sizeOf(this.#floats.cosh(a.value)) + 1);
    return ball(
      value,
      a.radius,
      a.scale + slope,
      0,
      0,
      isExactZero(a) ? 0 : FUNCTION_ROUNDING,
      sizeOf(value) - this.#bits,
    );
  }
}

/** Whether zero is among the numbers of the ball. */
export function mayBeZero({ value, radius, scale }: Ball): boolean {
  if (isNothing(value)) return true;
  return radius > 0 && Math.log2(radius) + scale > sizeOf(value) - 3;
}

/**
 * The number rounded half away from zero to `digits` significant digits, as decimal.js prints it, if all numbers of the
 * ball round to it; else null. An exact zero is "0".
 */
export function printBall(value: Ball, digits: number): string | null {
  if (isExactZero(value)) return '0';
  if (mayBeZero(value)) return null;
  const arithmetic = new FloatArithmetic(value.value.length + 64);
  // The radius as a float above it: 53 bits and a power of two.
  const radius = value.radius === 0 ? 0n : BigInt(Math.ceil(value.radius * 2 ** 10));
  const error = arithmetic.scaled(radius, value.scale - 10);
  const [low, high] = [arithmetic.subtract(value.value, error), arithmetic.add(value.value, error)].map(end =>
    toDigits(end, digits),
  );
  if (low === undefined || high === undefined || low.coefficient !== high.coefficient || low.power !== high.power)
    return null;
  const decimals = decimalsWith(digits);
  return new decimals(`${low.coefficient}e${low.power}`).toString();
}
