/**
 * The ring of JavaScript's own numbers: for figures and simulations, where some 15 digits are enough. Verdicts never rest
 * on it. Like every ring it refuses what has no value; an overflow is refused too.
 */
import { refuse } from '../../base/problem.ts';
import type { Rational } from '../../number/rational.ts';
import type { Ring } from './ring.ts';

function finite(value: number): number {
  return Number.isFinite(value) ? value : refuse('number-too-large', 'a number is too large for a Float64');
}

const signOf = (value: number): -1 | 0 | 1 => (value > 0 ? 1 : value < 0 ? -1 : 0);

export const doubleRing: Ring<number> = {
  zero: 0,
  one: 1,
  pi: () => Math.PI,
  fromRational: (value: Rational) => finite(value.toNumber()),
  add: (a, b) => finite(a + b),
  subtract: (a, b) => finite(a - b),
  negate: a => -a,
  multiply: (a, b) => finite(a * b),
  divide: (a, b) => (b === 0 ? refuse('division-by-zero', 'division by zero') : finite(a / b)),
  root: (a, degree) => {
    if (a < 0) return refuse('undefined-at-point', 'root of a negative number');
    return degree === 2 ? Math.sqrt(a) : degree === 3 ? Math.cbrt(a) : a ** (1 / degree);
  },
  exp: a => finite(Math.exp(a)),
  log: a => (a <= 0 ? refuse('undefined-at-point', 'logarithm of a number that is not positive') : Math.log(a)),
  tanh: Math.tanh,
  sin: Math.sin,
  cos: Math.cos,
  sinh: a => finite(Math.sinh(a)),
  cosh: a => finite(Math.cosh(a)),
  arctan: Math.atan,
  abs: Math.abs,
  sign: signOf,
  compare: (a, b) => signOf(a - b),
  isZero: a => a === 0,
};
