/** Exact rational numbers on BigInt, always in lowest terms with a positive denominator. Immutable. */
import { gcd } from './gcd.ts';

export class Rational {
  readonly num: bigint;
  readonly den: bigint;

  private constructor(num: bigint, den: bigint) {
    this.num = num;
    this.den = den;
  }

  static readonly zero = new Rational(0n, 1n);
  static readonly one = new Rational(1n, 1n);
  static readonly minusOne = new Rational(-1n, 1n);

  /** num/den in lowest terms. Throws RangeError when den is zero. Numbers must be safe integers. */
  static of(num: bigint | number, den: bigint | number = 1n): Rational {
    const n = BigInt(num);
    const d = BigInt(den);
    if (d === 0n) throw new RangeError('division by zero');
    if (d === 1n) return new Rational(n, 1n);
    const g = gcd(n, d);
    if (g === 1n) return d < 0n ? new Rational(-n, -d) : new Rational(n, d);
    return d < 0n ? new Rational(-n / g, -d / g) : new Rational(n / g, d / g);
  }

  /**
   * Reads "3", "-2/5", "0.25", "1e-8", "-1.5E3" exactly; null when the text is none of these or its exponent exceeds
   * 10,000 in size.
   */
  static parse(text: string): Rational | null {
    const fraction = /^\s*([+-]?\d+)\s*\/\s*(\d+)\s*$/.exec(text);
    if (fraction) {
      const den = BigInt(fraction[2] ?? '0');
      return den === 0n ? null : Rational.of(BigInt(fraction[1] ?? '0'), den);
    }
    const decimal = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/.exec(text);
    if (!decimal) return null;
    const [, sign, whole = '', part = '', exponent = '0'] = decimal;
    if (whole + part === '') return null;
    const power = Number(exponent) - part.length;
    if (!(Math.abs(power) <= 10_000)) return null;
    const digits = BigInt(whole + part) * (sign === '-' ? -1n : 1n);
    return power >= 0 ? Rational.of(digits * 10n ** BigInt(power)) : Rational.of(digits, 10n ** BigInt(-power));
  }

  /**
   * Sums and products look for common factors before they multiply, as in Knuth, The Art of Computer Programming, 4.5.1: of
   * numbers half as long, and mostly there are none.
   */
  add(other: Rational): Rational {
    if (this.den === 1n)
      return new Rational(other.den === 1n ? this.num + other.num : this.num * other.den + other.num, other.den);
    if (other.den === 1n) return new Rational(this.num + other.num * this.den, this.den);
    if (this.den === other.den) return Rational.of(this.num + other.num, this.den);
    const common = gcd(this.den, other.den);
    if (common === 1n) return new Rational(this.num * other.den + other.num * this.den, this.den * other.den);
    const own = this.den / common;
    const num = this.num * (other.den / common) + other.num * own;
    const left = gcd(num, common);
    return left === 1n ? new Rational(num, own * other.den) : new Rational(num / left, own * (other.den / left));
  }
  subtract(other: Rational): Rational {
    return this.add(other.negate());
  }
  multiply(other: Rational): Rational {
    let { num: a, den: b } = this;
    let { num: c, den: d } = other;
    if (d !== 1n) {
      const common = gcd(a, d);
      if (common !== 1n) [a, d] = [a / common, d / common];
    }
    if (b !== 1n) {
      const common = gcd(c, b);
      if (common !== 1n) [c, b] = [c / common, b / common];
    }
    return new Rational(a * c, b * d);
  }
  /** Throws RangeError when `other` is zero. */
  divide(other: Rational): Rational {
    return Rational.of(this.num * other.den, this.den * other.num);
  }
  negate(): Rational {
    return new Rational(-this.num, this.den);
  }
  /** Throws RangeError at zero. */
  inverse(): Rational {
    return Rational.of(this.den, this.num);
  }
  /** Integer power; 0⁰ = 1; a negative power of zero throws RangeError. */
  power(exponent: number): Rational {
    if (exponent < 0) return this.inverse().power(-exponent);
    return new Rational(this.num ** BigInt(exponent), this.den ** BigInt(exponent));
  }
  abs(): Rational {
    return this.num < 0n ? this.negate() : this;
  }
  /** The smaller of two numbers. */
  static min(one: Rational, other: Rational): Rational {
    return one.compare(other) <= 0 ? one : other;
  }
  /** The larger of two numbers. */
  static max(one: Rational, other: Rational): Rational {
    return one.compare(other) >= 0 ? one : other;
  }
  sign(): -1 | 0 | 1 {
    return this.num === 0n ? 0 : this.num < 0n ? -1 : 1;
  }
  compare(other: Rational): number {
    const difference = this.num * other.den - other.num * this.den;
    return difference === 0n ? 0 : difference < 0n ? -1 : 1;
  }
  equals(other: Rational): boolean {
    return this.num === other.num && this.den === other.den;
  }
  isZero(): boolean {
    return this.num === 0n;
  }
  isOne(): boolean {
    return this.num === 1n && this.den === 1n;
  }
  isInteger(): boolean {
    return this.den === 1n;
  }
  /** The largest integer not above this. */
  floor(): bigint {
    const quotient = this.num / this.den;
    return this.num < 0n && quotient * this.den !== this.num ? quotient - 1n : quotient;
  }
  toNumber(): number {
    return Number(this.num) / Number(this.den);
  }
  /** "3" or "-2/5": what {@link Rational.parse} reads. */
  toString(): string {
    return this.den === 1n ? `${this.num}` : `${this.num}/${this.den}`;
  }
}
