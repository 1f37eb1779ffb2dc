/** Arithmetic with balls: every operation adds what it rounds away to the error. */
import { refuse } from '../../base/problem.ts';
import { type BigFloat, bitLength, FloatArithmetic, LARGEST_EXPONENT, shiftBy } from '../../number/big-float.ts';
import { Rational } from '../../number/rational.ts';
import { type Ball, ball, exactly, isApart, isExactZero, isNothing, made, PrecisionLoss, sizeOf } from './ball.ts';
import { FloatRing } from './float-ring.ts';
import { GREATEST_ROOT, type Ring } from './ring.ts';

/** An operation of {@link FloatArithmetic} is wrong by less than this many units of 2^(size − bits). */
const ROUNDING = 4;
/** The same for functions that pass through decimals. */
const FUNCTION_ROUNDING = 64;
/** 1/(1 − 1/8), rounded up: an error of an eighth of a number changes its inverse, root or logarithm by no larger factor. */
const APART = 1.15;

export class BallRing implements Ring<Ball> {
  readonly zero: Ball;
  readonly one: Ball;
  /** How often a part was too small to be seen in a result, so that the result says nothing of it: e^{−1000} in 1 + e^{−1000}. */
  swallowed = 0;
  readonly #bits: number;
  readonly #arithmetic: FloatArithmetic;
  readonly #floats: FloatRing;
  /** The balls of fractions: a division each, and the same few numbers stand in a formula and in its sample. */
  readonly #fractions = new WeakMap<Rational, Ball>();

  /** Midpoints have at least `digits` significant digits. */
  constructor(digits: number) {
    this.#floats = new FloatRing(digits);
    this.#bits = this.#floats.bits;
    this.#arithmetic = new FloatArithmetic(this.#bits);
    this.zero = exactly(this.#floats.zero);
    this.one = exactly(this.#floats.one);
  }

  pi(): Ball {
    const value = this.#floats.pi();
    return ball(value, 0, 0, 0, 0, FUNCTION_ROUNDING, sizeOf(value) - this.#bits);
  }
  fromRational(rational: Rational): Ball {
    const { num, den } = rational;
    if (den === 1n || (den & (den - 1n)) === 0n) {
      const value = this.#arithmetic.scaled(num, den === 1n ? 0 : 1 - den.toString(2).length);
      if (value.length < this.#bits) return exactly(value);
    }
    const known = this.#fractions.get(rational);
    if (known !== undefined) return known;
    const value = this.#arithmetic.fromRational(rational);
    const made = ball(value, 0, 0, 0, 0, ROUNDING, sizeOf(value) - this.#bits);
    this.#fractions.set(rational, made);
    return made;
  }
  add(a: Ball, b: Ball): Ball {
    if (isExactZero(a)) return b;
    if (isExactZero(b)) return a;
    return this.#sum(a, b, b);
  }
  /** A number less itself is zero: one ball stands for one number. */
  subtract(a: Ball, b: Ball): Ball {
    if (a === b) return this.zero;
    if (isExactZero(b)) return a;
    if (isExactZero(a)) return this.negate(b);
    return this.#sum(a, b, this.#arithmetic.negate(b));
  }
  /** The sum of the ball a and the float `addend`, whose error is b's. */
  #sum(a: Ball, b: Ball, addend: BigFloat): Ball {
    const isEmpty = isNothing(a) || isNothing(b);
    const [one, other] = [sizeOf(a), sizeOf(b)];
    if (isEmpty || Math.abs(one - other) > this.#bits) {
      if (!isEmpty) this.swallowed += 1;
      const value = this.#arithmetic.add(a, addend);
      return ball(
        value,
        a.radius,
        a.scale,
        b.radius,
        b.scale,
        isEmpty ? 0 : ROUNDING,
        Math.max(one, other) - this.#bits,
      );
    }
    const gap = a.exponent - b.exponent;
    let { mantissa } = addend;
    let { exponent } = a;
    if (gap === 0) mantissa += a.mantissa;
    else if (gap < 0) mantissa = a.mantissa + (mantissa << shiftBy(-gap));
    else {
      mantissa += a.mantissa << shiftBy(gap);
      exponent = b.exponent;
    }
    if (mantissa === 0n) return ball(this.#floats.zero, a.radius, a.scale, b.radius, b.scale, 0, 0);
    // Cut only where the sum needs all bits; a sum that cancels is exact.
    const largest = Math.max(one, other);
    let length = bitLength(mantissa, largest + 1 - exponent);
    const excess = length - this.#bits;
    if (excess > 0) {
      mantissa >>= shiftBy(excess);
      exponent += excess;
      length = this.#bits;
    }
    return made(
      mantissa,
      exponent,
      length,
      a.radius,
      a.scale,
      b.radius,
      b.scale,
      excess > 0 ? ROUNDING : 0,
      largest - this.#bits,
    );
  }
  negate({ mantissa, exponent, length, radius, scale }: Ball): Ball {
    return { mantissa: -mantissa, exponent, length, radius, scale };
  }
  multiply(a: Ball, b: Ball): Ball {
    if (isExactZero(a) || isExactZero(b)) return this.zero;
    const [one, other] = [sizeOf(a), sizeOf(b)];
    let mantissa = a.mantissa * b.mantissa;
    let exponent = a.exponent + b.exponent;
    // Refuses what has no place to be written.
    if (Math.abs(exponent) > LARGEST_EXPONENT) this.#arithmetic.scaled(1n, exponent);
    let length = mantissa === 0n ? 0 : bitLength(mantissa, a.length + b.length);
    const excess = length - this.#bits;
    if (excess > 0) {
      mantissa >>= shiftBy(excess);
      exponent += excess;
      length = this.#bits;
    }
    const product = made(
      mantissa,
      mantissa === 0n ? 0 : exponent,
      length,
      a.mantissa === 0n ? 0 : b.radius,
      b.scale + one,
      b.mantissa === 0n ? 0 : a.radius,
      a.scale + other,
      excess > 0 ? ROUNDING : 0,
      exponent + length - this.#bits,
    );
    if (a.radius === 0 || b.radius === 0) return product;
    return ball(product, product.radius, product.scale, a.radius * b.radius, a.scale + b.scale, 0, 0);
  }
  divide(a: Ball, b: Ball): Ball {
    if (isExactZero(b)) refuse('division-by-zero', 'division by zero');
    if (!isApart(b)) throw new PrecisionLoss({ code: 'division-by-zero', message: 'division by zero' });
    if (isExactZero(a)) return a;
    const value = this.#arithmetic.divide(a, b);
    // |a/b − â/b̂| ≤ (r_a + |â/b̂| r_b)/(|b̂| − r_b), and |b̂| − r_b is at least 2^(size − 1)/APART.
    const size = sizeOf(b);
    return ball(
      value,
      isNothing(a) ? 0 : b.radius * APART,
      b.scale + sizeOf(a) - 2 * size + 2,
      a.radius * APART,
      a.scale - size + 1,
      isNothing(value) ? 0 : ROUNDING,
      sizeOf(value) - this.#bits,
    );
  }
  root(a: Ball, degree: number): Ball {
    if (isExactZero(a)) return a;
    if (this.sign(a) < 0) refuse('undefined-at-point', 'root of a negative number');
    if (degree > GREATEST_ROOT && !this.isZero(a))
      return this.exp(this.divide(this.log(a), this.fromRational(Rational.of(degree))));
    const value = this.#arithmetic.root(a, degree);
    // The slope is the root over the number, or less, up to APART.
    const size = sizeOf(value);
    return ball(value, a.radius * APART, a.scale + size - sizeOf(a) + 1, 0, 0, ROUNDING, size - this.#bits);
  }
  exp(a: Ball): Ball {
    if (isExactZero(a)) return this.one;
    this.#requireSmallError(a);
    this.#noteSmall(sizeOf(a));
    const value = this.#floats.exp(a);
    return ball(value, a.radius, a.scale + sizeOf(value) + 1, 0, 0, FUNCTION_ROUNDING, sizeOf(value) - this.#bits);
  }
  log(a: Ball): Ball {
    if (isExactZero(a) || this.sign(a) < 0) refuse('undefined-at-point', 'logarithm of a number that is not positive');
    const value = this.#floats.log(a);
    if (isNothing(value) && a.radius === 0) return this.zero;
    this.#noteSmall(sizeOf(value));
    return ball(
      value,
      a.radius * APART,
      a.scale - sizeOf(a) + 1,
      0,
      0,
      isNothing(value) ? 0 : FUNCTION_ROUNDING,
      sizeOf(value) - this.#bits,
    );
  }
  tanh(a: Ball): Ball {
    if (isExactZero(a)) return a;
    this.#noteSmall(2 * sizeOf(a));
    this.#noteLarge(a);
    return this.#contracting(a, this.#floats.tanh(a), false);
  }
  sin(a: Ball): Ball {
    if (isExactZero(a)) return a;
    this.#noteSmall(2 * sizeOf(a));
    // Near a multiple of π beyond 0 the reduction of the angle costs leading digits.
    return this.#contracting(a, this.#floats.sin(a), sizeOf(a) > 0);
  }
  cos(a: Ball): Ball {
    if (isExactZero(a)) return this.one;
    this.#noteSmall(2 * sizeOf(a));
    return this.#contracting(a, this.#floats.cos(a), true);
  }
  sinh(a: Ball): Ball {
    if (isExactZero(a)) return a;
    return this.#hyperbolic(a, this.#floats.sinh(a));
  }
  cosh(a: Ball): Ball {
    if (isExactZero(a)) return this.one;
    return this.#hyperbolic(a, this.#floats.cosh(a));
  }
  arctan(a: Ball): Ball {
    if (isExactZero(a)) return a;
    this.#noteSmall(2 * sizeOf(a));
    // arctan x = ±π/2 − 1/x + …
    this.#noteSmall(-sizeOf(a));
    return this.#contracting(a, this.#floats.arctan(a), false);
  }
  abs(a: Ball): Ball {
    return this.sign(a) < 0 ? this.negate(a) : a;
  }
  sign(a: Ball): -1 | 0 | 1 {
    if (isApart(a)) return this.#arithmetic.sign(a);
    throw new PrecisionLoss({ code: 'not-differentiable', message: 'a root, logarithm or kink is met at zero' });
  }
  compare(a: Ball, b: Ball): -1 | 0 | 1 {
    return this.sign(this.subtract(a, b));
  }
  /** Certainly zero. */
  isZero(a: Ball): boolean {
    return isExactZero(a);
  }
  /** The ball of an element, which is the element. */
  ball(a: Ball): Ball {
    return a;
  }

  /** What is smaller than 2^{`size`} is added to a number of size 1: cos x = 1 − x²/2 + …, tanh x = x(1 − x²/3 + …). */
  #noteSmall(size: number): void {
    if (size < -this.#bits) this.swallowed += 1;
  }
  /** tanh x = 1 − 2e^{−2x} + …, and 2 cosh x = e^x(1 + e^{−2x}). */
  #noteLarge(a: Ball): void {
    if (sizeOf(a) > Math.log2(this.#bits / (2 * Math.LOG2E))) this.swallowed += 1;
  }
  #requireSmallError({ radius, scale }: Ball): void {
    if (radius > 0 && Math.log2(radius) + scale > -2)
      throw new PrecisionLoss({ code: 'number-too-large', message: 'an exponent is too uncertain' });
  }
  /** A function whose derivative is at most 1 in size; `isAbsolute`: its value is known to so many bits behind the point only. */
  #contracting(a: Ball, value: BigFloat, isAbsolute: boolean): Ball {
    const isExact = isNothing(value) && !isAbsolute;
    const size = isAbsolute ? Math.max(0, sizeOf(value)) : sizeOf(value);
    return ball(value, a.radius, a.scale, 0, 0, isExact ? 0 : FUNCTION_ROUNDING, size - this.#bits);
  }
  /** sinh and cosh have derivatives below cosh, and cosh(x + e) ≤ 2 cosh x for small e. */
  #hyperbolic(a: Ball, value: BigFloat): Ball {
    this.#requireSmallError(a);
    this.#noteSmall(2 * sizeOf(a));
    this.#noteLarge(a);
    const slope = a.radius === 0 ? 0 : Math.max(1, sizeOf(this.#floats.cosh(a)) + 1);
    const rounding = isNothing(value) ? 0 : FUNCTION_ROUNDING;
    return ball(value, a.radius, a.scale + slope, 0, 0, rounding, sizeOf(value) - this.#bits);
  }
}
