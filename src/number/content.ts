/** What rational numbers have in common. */
import { gcd, lcm } from './gcd.ts';
import { Rational } from './rational.ts';

/** The positive number of which all are integer multiples without a common divisor; 1 where all are zero. */
export function contentOfRationals(values: readonly Rational[]): Rational {
  let num = 0n;
  let den = 1n;
  for (const value of values) {
    num = gcd(num, value.num);
    den = lcm(den, value.den);
  }
  return num === 0n ? Rational.one : Rational.of(num, den);
}
