/**
 * Numbers that are exact as long as they are short rationals, and balls with a rigorous bound of their error beyond.
 *
 * β² − ρ at β = 1/2, ρ = 1/4 is zero here, not a number of size 10^{−60}: what decides whether a point lies on a pole, a kink
 * or in a domain is decided. Where only a ball is known and it does not tell, {@link PrecisionLoss} asks for more digits;
 * nothing is ever taken for zero because it is small.
 */
import { refuse } from '../../base/problem.ts';
import { integerRoot } from '../../number/big-float.ts';
import { Rational } from '../../number/rational.ts';
import type { Ball } from './ball.ts';
import { BallRing } from './ball-ring.ts';
import type { Ring } from './ring.ts';

/** An exact number or a ball. */
export type Enclosure = Rational | Ball;

/** A ball of what is known to be so many times π, of which sine and cosine may be exact. */
interface TimesPi extends Ball {
  readonly timesPi: Rational;
}
const timesPiOf = (a: Enclosure): Rational | null => ('timesPi' in a ? (a as TimesPi).timesPi : null);

/** A ring whose elements enclose real numbers. */
export interface EnclosingRing<T> extends Ring<T> {
  /** The ball of an element. */
  ball(a: T): Ball;
}

/** Exact numbers are at most so long above and below the fraction bar: longer ones cost more than they decide. */
const MOST_BITS = 128;
const LIMIT = 1n << BigInt(MOST_BITS);

const isExact = (a: Enclosure): a is Rational => a instanceof Rational;
const isShort = ({ num, den }: Rational): boolean => num < LIMIT && num > -LIMIT && den < LIMIT;

/** What squares leave when they are divided by 64. */
const SQUARES: ReadonlySet<number> = new Set(Array.from({ length: 64 }, (_, root) => (root * root) % 64));

/** The root of an integer that is not negative, where it is an integer; else null. */
function exactRoot(value: bigint, degree: number): bigint | null {
  if (value < 2n) return value;
  if (degree % 2 === 0 && !SQUARES.has(Number(BigInt.asUintN(6, value)))) return null;
  const root = integerRoot(value, degree);
  return root ** BigInt(degree) === value ? root : null;
}

const HALF = Rational.of(1, 2);
/** The sines of k π/6, k = 0 … 11, that are rational; by Niven's theorem no other rational multiple of π has a rational sine. */
const SINES: readonly (Rational | null)[] = [
  ...[Rational.zero, HALF, null, Rational.one, null, HALF],
  ...[Rational.zero, HALF.negate(), null, Rational.minusOne, null, HALF.negate()],
];

/** sin(times · π) where it is rational, else null. Source: NIST Digital Library of Mathematical Functions, table 4.17.1. */
function sineOfPiTimes(times: Rational): Rational | null {
  const sixths = times.multiply(Rational.of(6));
  return sixths.isInteger() ? (SINES[Number(((sixths.num % 12n) + 12n) % 12n)] ?? null) : null;
}

export class EnclosureRing implements EnclosingRing<Enclosure> {
  readonly zero: Enclosure = Rational.zero;
  readonly one: Enclosure = Rational.one;
  readonly #balls: BallRing;
  readonly #known = new WeakMap<Rational, Ball>();
  #pi: TimesPi | null = null;

  /** Numbers that are not exact have at least `digits` significant digits before anything cancels. */
  constructor(digits: number) {
    this.#balls = new BallRing(digits);
  }

  /** How often a part was too small to be seen in a result; of exact numbers nothing is lost. */
  get swallowed(): number {
    return this.#balls.swallowed;
  }
  ball(a: Enclosure): Ball {
    if (!isExact(a)) return a;
    const known = this.#known.get(a);
    if (known !== undefined) return known;
    const made = this.#balls.fromRational(a);
    this.#known.set(a, made);
    return made;
  }
  pi(): Enclosure {
    this.#pi ??= { ...this.#balls.pi(), timesPi: Rational.one };
    return this.#pi;
  }
  fromRational(value: Rational): Enclosure {
    return this.#kept(value);
  }
  add(a: Enclosure, b: Enclosure): Enclosure {
    if (isExact(a) && isExact(b)) return this.#kept(a.add(b));
    if (isExact(a) && a.isZero()) return b;
    if (isExact(b) && b.isZero()) return a;
    const [one, other] = [timesPiOf(a), timesPiOf(b)];
    if (one !== null && other !== null) return this.#timesPi(one.add(other));
    return this.#certainZero(this.#balls.add(this.ball(a), this.ball(b)));
  }
  subtract(a: Enclosure, b: Enclosure): Enclosure {
    if (isExact(a) && isExact(b)) return this.#kept(a.subtract(b));
    if (isExact(b) && b.isZero()) return a;
    const [one, other] = [timesPiOf(a), timesPiOf(b)];
    if (one !== null && other !== null) return this.#timesPi(one.subtract(other));
    return this.#certainZero(this.#balls.subtract(this.ball(a), this.ball(b)));
  }
  negate(a: Enclosure): Enclosure {
    if (isExact(a)) return a.negate();
    const times = timesPiOf(a);
    return times === null ? this.#balls.negate(a) : this.#timesPi(times.negate());
  }
  multiply(a: Enclosure, b: Enclosure): Enclosure {
    if (isExact(a) && isExact(b)) return this.#kept(a.multiply(b));
    if (this.isZero(a) || this.isZero(b)) return this.zero;
    if (isExact(a) && a.isOne()) return b;
    if (isExact(b) && b.isOne()) return a;
    const [one, other] = [timesPiOf(a), timesPiOf(b)];
    if (one !== null && isExact(b)) return this.#timesPi(one.multiply(b));
    if (other !== null && isExact(a)) return this.#timesPi(other.multiply(a));
    return this.#balls.multiply(this.ball(a), this.ball(b));
  }
  divide(a: Enclosure, b: Enclosure): Enclosure {
    if (this.isZero(b)) refuse('division-by-zero', 'division by zero');
    if (isExact(a) && isExact(b)) return this.#kept(a.divide(b));
    if (isExact(b) && b.isOne()) return a;
    const [one, other] = [timesPiOf(a), timesPiOf(b)];
    if (one !== null && isExact(b) && !b.isZero()) return this.#timesPi(one.divide(b));
    if (one !== null && other !== null) return this.#kept(one.divide(other));
    return this.#certainZero(this.#balls.divide(this.ball(a), this.ball(b)));
  }
  root(a: Enclosure, degree: number): Enclosure {
    if (!isExact(a)) return this.#balls.root(a, degree);
    if (a.sign() < 0) refuse('undefined-at-point', 'root of a negative number');
    const den = exactRoot(a.den, degree);
    const num = den === null ? null : exactRoot(a.num, degree);
    return num === null || den === null ? this.#balls.root(this.ball(a), degree) : Rational.of(num, den);
  }
  exp(a: Enclosure): Enclosure {
    return this.isZero(a) ? this.one : this.#balls.exp(this.ball(a));
  }
  log(a: Enclosure): Enclosure {
    return isExact(a) && a.isOne() ? this.zero : this.#balls.log(this.ball(a));
  }
  tanh(a: Enclosure): Enclosure {
    return this.isZero(a) ? this.zero : this.#balls.tanh(this.ball(a));
  }
  sin(a: Enclosure): Enclosure {
    const times = timesPiOf(a);
    const known = times === null ? null : sineOfPiTimes(times);
    if (known !== null) return known;
    return this.isZero(a) ? this.zero : this.#balls.sin(this.ball(a));
  }
  cos(a: Enclosure): Enclosure {
    const times = timesPiOf(a);
    const known = times === null ? null : sineOfPiTimes(times.add(HALF));
    if (known !== null) return known;
    return this.isZero(a) ? this.one : this.#balls.cos(this.ball(a));
  }
  sinh(a: Enclosure): Enclosure {
    return this.isZero(a) ? this.zero : this.#balls.sinh(this.ball(a));
  }
  cosh(a: Enclosure): Enclosure {
    return this.isZero(a) ? this.one : this.#balls.cosh(this.ball(a));
  }
  arctan(a: Enclosure): Enclosure {
    return this.isZero(a) ? this.zero : this.#balls.arctan(this.ball(a));
  }
  abs(a: Enclosure): Enclosure {
    return this.sign(a) < 0 ? this.negate(a) : a;
  }
  sign(a: Enclosure): -1 | 0 | 1 {
    return isExact(a) ? a.sign() : this.#balls.sign(a);
  }
  compare(a: Enclosure, b: Enclosure): -1 | 0 | 1 {
    return this.sign(this.subtract(a, b));
  }
  /** Certainly zero. */
  isZero(a: Enclosure): boolean {
    return isExact(a) ? a.isZero() : this.#balls.isZero(a);
  }

  #kept(value: Rational): Enclosure {
    return isShort(value) ? value : this.#balls.fromRational(value);
  }
  /** So many times π; what is too long to be exact is a ball like any other. */
  #timesPi(times: Rational): Enclosure {
    if (times.isZero()) return this.zero;
    const value = this.#balls.multiply(this.ball(times), this.ball(this.pi()));
    if (!isShort(times)) return value;
    const known: TimesPi = { ...value, timesPi: times };
    return known;
  }
  /** A zero that is certain stays one. */
  #certainZero(value: Ball): Enclosure {
    return this.#balls.isZero(value) ? this.zero : value;
  }
}
