/** The laws of rings and of the elementary functions on them, to be applied to every ring; see broken-ring.ts for twins. */
import { Rational } from '../../src/number/rational.ts';
import { integerPower, rationalPower, realPower, type Ring } from '../../src/evaluate/ring/ring.ts';

/** What a law needs: three elements, the first with a positive constant term. */
export type Sample<T> = readonly [positive: T, T, T];
export type Law = <T>(ring: Ring<T>, sample: Sample<T>) => readonly [T, T];

export const RING_LAWS: Readonly<Record<string, Law>> = {
  'addition commutes': (ring, [a, b]) => [ring.add(a, b), ring.add(b, a)],
  'addition associates': (ring, [a, b, c]) => [ring.add(ring.add(a, b), c), ring.add(a, ring.add(b, c))],
  'zero is neutral': (ring, [, b]) => [ring.add(b, ring.zero), b],
  'subtraction undoes addition': (ring, [a, b]) => [ring.subtract(ring.add(a, b), b), a],
  'negation is subtraction from zero': (ring, [, b]) => [ring.negate(b), ring.subtract(ring.zero, b)],
  'multiplication commutes': (ring, [a, b]) => [ring.multiply(a, b), ring.multiply(b, a)],
  'multiplication associates': (ring, [a, b, c]) => [
    ring.multiply(ring.multiply(a, b), c),
    ring.multiply(a, ring.multiply(b, c)),
  ],
  'one is neutral': (ring, [, b]) => [ring.multiply(b, ring.one), b],
  'multiplication distributes': (ring, [a, b, c]) => [
    ring.multiply(a, ring.add(b, c)),
    ring.add(ring.multiply(a, b), ring.multiply(a, c)),
  ],
  'division undoes multiplication': (ring, [a, b]) => [ring.divide(ring.multiply(b, a), a), b],
  'numbers are embedded': (ring, [, b]) => [ring.multiply(ring.fromRational(Rational.of(2)), b), ring.add(b, b)],
};

export const FUNCTION_LAWS: Readonly<Record<string, Law>> = {
  'a root squared': (ring, [a]) => [integerPower(ring, ring.root(a, 2), 2), a],
  'a cube root cubed': (ring, [a]) => [integerPower(ring, ring.root(a, 3), 3), a],
  'a root of degree 1000 to that power': (ring, [a]) => [integerPower(ring, ring.root(a, 1_000), 1_000), a],
  'exp of a sum': (ring, [, b, c]) => [ring.exp(ring.add(b, c)), ring.multiply(ring.exp(b), ring.exp(c))],
  'log undoes exp': (ring, [, b]) => [ring.log(ring.exp(b)), b],
  'exp undoes log': (ring, [a]) => [ring.exp(ring.log(a)), a],
  'tanh through exp': (ring, [, b]) => [
    ring.multiply(ring.tanh(b), ring.add(ring.exp(ring.add(b, b)), ring.one)),
    ring.subtract(ring.exp(ring.add(b, b)), ring.one),
  ],
  'sine and cosine on the circle': (ring, [, b]) => [
    ring.add(integerPower(ring, ring.sin(b), 2), integerPower(ring, ring.cos(b), 2)),
    ring.one,
  ],
  'sine of a double': (ring, [, b]) => [
    ring.sin(ring.add(b, b)),
    ring.multiply(ring.fromRational(Rational.of(2)), ring.multiply(ring.sin(b), ring.cos(b))),
  ],
  'cosine of a double': (ring, [, b]) => [
    ring.cos(ring.add(b, b)),
    ring.subtract(integerPower(ring, ring.cos(b), 2), integerPower(ring, ring.sin(b), 2)),
  ],
  'sinh and cosh make exp': (ring, [, b]) => [ring.add(ring.sinh(b), ring.cosh(b)), ring.exp(b)],
  'sinh is odd, cosh even': (ring, [, b]) => [
    ring.add(ring.sinh(ring.negate(b)), ring.cosh(ring.negate(b))),
    ring.subtract(ring.cosh(b), ring.sinh(b)),
  ],
  'rational powers multiply': (ring, [a]) => [
    ring.multiply(rationalPower(ring, a, Rational.of(3, 2)), rationalPower(ring, a, Rational.of(-1, 2))),
    a,
  ],
  'a real power of a power': (ring, [a]) => [
    realPower(ring, a, ring.fromRational(Rational.of(5, 3))),
    rationalPower(ring, a, Rational.of(5, 3)),
  ],
  'the absolute value of a positive': (ring, [a]) => [ring.abs(ring.negate(a)), a],
};
