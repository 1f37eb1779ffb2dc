/** Common divisors and multiples of integers; a division of long numbers counts as work. */
import { work } from '../base/work.ts';

/** The greatest common divisor, not negative. */
export const gcd = (a: bigint, b: bigint): bigint => {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  let divisions = 0;
  while (y !== 0n) {
    if (x <= LARGEST_SAFE && y <= LARGEST_SAFE) return BigInt(safeGcd(Number(x), Number(y)));
    // A division costs as the numbers are long.
    if (divisions % DIVISIONS_AT_ONCE === 0)
      work(Math.ceil(((1 + digitsOf(y) / DIGITS_A_UNIT) * DIVISIONS_AT_ONCE) / DIVISIONS_A_UNIT));
    divisions += 1;
    [x, y] = [y, x % y];
  }
  return x;
};

const DIVISIONS_AT_ONCE = 16;
const DIVISIONS_A_UNIT = 8;
const DIGITS_A_UNIT = 400;
/** Hexadecimal digits, found in time in proportion to them. */
const digitsOf = (value: bigint): number => (value < VERY_LONG ? 0 : value.toString(16).length);
const VERY_LONG = 2n ** 256n;

const LARGEST_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** The same for numbers that Float64 holds exactly, at a tenth of the cost. */
function safeGcd(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return x;
}

/** The least common multiple of positive numbers. */
export const lcm = (a: bigint, b: bigint): bigint => (a / gcd(a, b)) * b;
