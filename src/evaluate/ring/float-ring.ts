/**
 * The ring of high-precision numbers: binary floats for the field operations, roots and exp, decimal.js for log, sin and cos.
 *
 * Only the leading digits that two precisions agree on may be shown; see evaluate-equation.ts.
 */
import { refuse } from '../../base/problem.ts';
import { work } from '../../base/work.ts';
import { type BigFloat, FloatArithmetic, logarithmOfSize, toDigits } from '../../number/big-float.ts';
import { type Decimal, type DecimalConstructor, decimalsWith } from '../../number/decimal.ts';
import { exponential } from '../../number/exponential.ts';
import { Rational } from '../../number/rational.ts';
import { GREATEST_ROOT, type Ring } from './ring.ts';

const BITS_A_DIGIT = Math.log2(10);
/** exp of a larger argument has more than 43,000 digits before or behind the point, which no document means. */
const LARGEST_EXPONENT = 1e5;
/** For units of work: squares of lengths, of exp in bits and of the other functions in digits. */
const EXP_BITS_A_UNIT = 2_500;
const DIGITS_A_UNIT = 10;
/** sin and cos of a larger argument would spend all of π's known digits on the reduction. */
const LARGEST_ANGLE_DIGITS = 300;
/** The digits of π and ln 10 that decimal.js knows, less the guard digits. */
const MOST_FUNCTION_DIGITS = 1000;

export class FloatRing implements Ring<BigFloat> {
  readonly digits: number;
  /** The length of mantissas. */
  readonly bits: number;
  readonly zero: BigFloat;
  readonly one: BigFloat;
  readonly #arithmetic: FloatArithmetic;
  #pi: BigFloat | null = null;

  /** Numbers with at least `digits` significant decimal digits. */
  constructor(digits: number) {
    this.digits = digits;
    this.bits = Math.ceil(digits * BITS_A_DIGIT) + 8;
    this.#arithmetic = new FloatArithmetic(this.bits);
    this.zero = this.#arithmetic.fromBigInt(0n);
    this.one = this.#arithmetic.fromBigInt(1n);
  }

  pi(): BigFloat {
    this.#pi ??= this.#through(this.one, 0, x => x.negated().acos());
    return this.#pi;
  }
  fromRational(value: Rational): BigFloat {
    return this.#arithmetic.fromRational(value);
  }
  add(a: BigFloat, b: BigFloat): BigFloat {
    return this.#arithmetic.add(a, b);
  }
  subtract(a: BigFloat, b: BigFloat): BigFloat {
    return this.#arithmetic.subtract(a, b);
  }
  negate(a: BigFloat): BigFloat {
    return this.#arithmetic.negate(a);
  }
  multiply(a: BigFloat, b: BigFloat): BigFloat {
    return this.#arithmetic.multiply(a, b);
  }
  divide(a: BigFloat, b: BigFloat): BigFloat {
    if (this.isZero(b)) refuse('division-by-zero', 'division by zero');
    return this.#arithmetic.divide(a, b);
  }
  root(a: BigFloat, degree: number): BigFloat {
    if (this.sign(a) < 0) refuse('undefined-at-point', 'root of a negative number');
    if (degree > GREATEST_ROOT && !this.isZero(a))
      return this.exp(this.divide(this.log(a), this.fromRational(Rational.of(degree))));
    return this.#arithmetic.root(a, degree);
  }
  exp(a: BigFloat): BigFloat {
    if (this.isZero(a)) return this.one;
    if (logarithmOfSize(a) > Math.log10(LARGEST_EXPONENT))
      refuse('number-too-large', 'exp of a number above 10^5 in size');
    work(Math.ceil(this.bits ** 2 / EXP_BITS_A_UNIT));
    return exponential(a, this.bits);
  }
  log(a: BigFloat): BigFloat {
    if (this.sign(a) <= 0) refuse('undefined-at-point', 'logarithm of a number that is not positive');
    // Near 1 the logarithm is small and its leading digits are those in which the argument differs from 1.
    const nearOne = Math.max(0, Math.ceil(-logarithmOfSize(this.subtract(a, this.one))));
    if (nearOne === Number.POSITIVE_INFINITY) return this.zero;
    return this.#through(a, Math.min(nearOne, this.digits + 5), x => x.ln());
  }
  tanh(a: BigFloat): BigFloat {
    if (this.isZero(a)) return this.zero;
    // Beyond this size tanh differs from ±1 by less than the last digit.
    if (logarithmOfSize(a) > Math.log10(this.digits + 10) + 0.1)
      return this.sign(a) < 0 ? this.negate(this.one) : this.one;
    return this.#nearZero(a, (ring, x) => {
      const up = ring.exp(ring.add(x, x));
      return ring.divide(ring.subtract(up, ring.one), ring.add(up, ring.one));
    });
  }
  sinh(a: BigFloat): BigFloat {
    if (this.isZero(a)) return this.zero;
    return this.#nearZero(a, (ring, x) => {
      const up = ring.exp(x);
      return half(ring.subtract(up, ring.divide(ring.one, up)));
    });
  }
  cosh(a: BigFloat): BigFloat {
    const up = this.exp(a);
    return half(this.add(up, this.divide(this.one, up)));
  }
  sin(a: BigFloat): BigFloat {
    return this.#hasNoSquare(a) ? a : this.#through(a, this.#angleDigits(a), x => x.sin());
  }
  cos(a: BigFloat): BigFloat {
    return this.#hasNoSquare(a) ? this.one : this.#through(a, this.#angleDigits(a), x => x.cos());
  }
  arctan(a: BigFloat): BigFloat {
    return this.#hasNoSquare(a) ? a : this.#through(a, 0, x => x.atan());
  }
  abs(a: BigFloat): BigFloat {
    return this.sign(a) < 0 ? this.negate(a) : a;
  }
  sign(a: BigFloat): -1 | 0 | 1 {
    return this.#arithmetic.sign(a);
  }
  compare(a: BigFloat, b: BigFloat): -1 | 0 | 1 {
    return this.sign(this.subtract(a, b));
  }
  isZero(a: BigFloat): boolean {
    return a.mantissa === 0n;
  }

  /** An odd function with slope 1 at 0 whose formula cancels there: computed with as many more digits. */
  #nearZero(a: BigFloat, compute: (ring: FloatRing, x: BigFloat) => BigFloat): BigFloat {
    const lost = Math.max(0, Math.ceil(-logarithmOfSize(a)));
    // x − x³/3 + … is x to all digits.
    if (lost > this.digits) return a;
    const value = compute(lost === 0 ? this : new FloatRing(this.digits + lost + 2), a);
    return this.multiply(value, this.one);
  }
  /** Whether 1 + a² is 1 to all digits: so it is for the rest that is left of a zero, which is no angle to reduce. */
  #hasNoSquare(a: BigFloat): boolean {
    return 2 * logarithmOfSize(a) < -(this.digits + 8);
  }
  #angleDigits(a: BigFloat): number {
    const size = Math.ceil(Math.abs(logarithmOfSize(a)));
    if (size > LARGEST_ANGLE_DIGITS)
      refuse('number-too-large', `sine or cosine of an argument of size 10^${Math.round(logarithmOfSize(a))}`);
    // decimal.js reduces the angle with as many more digits as the argument has.
    if (2 * (this.digits + size) > MOST_FUNCTION_DIGITS)
      refuse('too-many-digits', `sine and cosine are evaluated to at most ${MOST_FUNCTION_DIGITS / 2} digits`);
    return size;
  }
  /** Applies a function of decimal.js with `extra` digits for what the function's reduction loses. */
  #through(a: BigFloat, extra: number, apply: (x: Decimal) => Decimal): BigFloat {
    const digits = this.digits + extra + 8;
    if (digits > MOST_FUNCTION_DIGITS)
      refuse('too-many-digits', `elementary functions are evaluated to at most ${MOST_FUNCTION_DIGITS} digits`);
    const decimals = decimalsWith(digits);
    work(Math.ceil(digits ** 2 / DIGITS_A_UNIT));
    const result = apply(toDecimal(a, digits, decimals));
    if (!result.isFinite()) refuse('number-too-large', 'an elementary function overflows');
    return this.fromDecimal(result);
  }
  /** The exact value of a decimal, cut to this ring's precision. */
  fromDecimal(value: Decimal): BigFloat {
    const [digits = '0', power = '0'] = value.toExponential().split('e');
    const [whole = '0', part = ''] = digits.split('.');
    const coefficient = this.#arithmetic.fromBigInt(BigInt(whole + part));
    const exponent = Number(power) - part.length;
    const ten = this.#arithmetic.fromBigInt(10n ** BigInt(Math.abs(exponent)));
    return exponent >= 0 ? this.multiply(coefficient, ten) : this.divide(coefficient, ten);
  }
}

const half = (a: BigFloat): BigFloat => (a.mantissa === 0n ? a : { ...a, exponent: a.exponent - 1 });

function toDecimal(a: BigFloat, digits: number, decimals: DecimalConstructor): Decimal {
  const { coefficient, power } = toDigits(a, digits);
  return new decimals(`${coefficient}e${power}`);
}

/** The value rounded to `digits` significant digits, as decimal.js prints it: "0.125", "-1.5e-9". */
export function printFloat(a: BigFloat, digits: number): string {
  return toDecimal(a, digits, decimalsWith(digits)).toString();
}
