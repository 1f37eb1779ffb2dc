/**
 * The ring of exact rationals: what is decided here is decided. Roots are taken where they are rational, functions where
 * their value is (at 0, and log at 1); everything else refuses with `not-rational`, so that nothing is ever rounded.
 */
import { refuse } from '../../base/problem.ts';
import { Rational } from '../../number/rational.ts';
import type { Ring } from './ring.ts';

/** Numerators and denominators longer than this are given up: they would cost more than they decide. */
const MOST_BITS = 20_000;

const irrational = (what: string): never => refuse('not-rational', `${what} is not a rational number`);

export class RationalRing implements Ring<Rational> {
  readonly zero = Rational.zero;
  readonly one = Rational.one;
  readonly #limit: bigint;

  /** Refuses numbers that are longer than so many bits. */
  constructor(mostBits = MOST_BITS) {
    this.#limit = 1n << BigInt(mostBits);
  }

  pi(): Rational {
    return irrational('π');
  }
  fromRational(value: Rational): Rational {
    return value;
  }
  add(a: Rational, b: Rational): Rational {
    return this.#bounded(a.add(b));
  }
  subtract(a: Rational, b: Rational): Rational {
    return this.#bounded(a.subtract(b));
  }
  negate(a: Rational): Rational {
    return a.negate();
  }
  multiply(a: Rational, b: Rational): Rational {
    return this.#bounded(a.multiply(b));
  }
  divide(a: Rational, b: Rational): Rational {
    if (b.isZero()) refuse('division-by-zero', 'division by zero');
    return this.#bounded(a.divide(b));
  }
  root(a: Rational, degree: number): Rational {
    if (a.sign() < 0) refuse('undefined-at-point', 'root of a negative number');
    const [num, den] = [wholeRoot(a.num, degree), wholeRoot(a.den, degree)];
    return num === null || den === null ? irrational('a root') : Rational.of(num, den);
  }
  exp(a: Rational): Rational {
    return a.isZero() ? Rational.one : irrational('exp');
  }
  log(a: Rational): Rational {
    if (a.sign() <= 0) refuse('undefined-at-point', 'logarithm of a number that is not positive');
    return a.isOne() ? Rational.zero : irrational('a logarithm');
  }
  tanh(a: Rational): Rational {
    return a.isZero() ? Rational.zero : irrational('tanh');
  }
  sin(a: Rational): Rational {
    return a.isZero() ? Rational.zero : irrational('sin');
  }
  cos(a: Rational): Rational {
    return a.isZero() ? Rational.one : irrational('cos');
  }
  sinh(a: Rational): Rational {
    return a.isZero() ? Rational.zero : irrational('sinh');
  }
  cosh(a: Rational): Rational {
    return a.isZero() ? Rational.one : irrational('cosh');
  }
  arctan(a: Rational): Rational {
    return a.isZero() ? Rational.zero : irrational('arctan');
  }
  abs(a: Rational): Rational {
    return a.abs();
  }
  sign(a: Rational): -1 | 0 | 1 {
    return a.sign();
  }
  compare(a: Rational, b: Rational): -1 | 0 | 1 {
    return a.subtract(b).sign();
  }
  isZero(a: Rational): boolean {
    return a.isZero();
  }
  #bounded(value: Rational): Rational {
    const tooLong = value.num > this.#limit || value.num < -this.#limit || value.den > this.#limit;
    return tooLong ? refuse('number-too-large', 'a rational number became too long') : value;
  }
}

/** The root of a non-negative integer where it is one, by Newton's iteration from above; else null. */
export function wholeRoot(value: bigint, degree: number): bigint | null {
  if (value < 2n) return value;
  const k = BigInt(degree);
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / degree));
  for (;;) {
    const next = ((k - 1n) * guess + value / guess ** (k - 1n)) / k;
    if (next >= guess) break;
    guess = next;
  }
  return guess ** k === value ? guess : null;
}
