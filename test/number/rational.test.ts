/** Sums, products and quotients of fractions against their definitions, in lowest terms, for short and for long numbers. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Rational } from '../../src/number/rational.ts';

/** Many common factors: products of small primes, and numbers beyond 2^53 and 2^256. */
const size = fc.oneof(
  fc.bigInt({ min: 0n, max: 12n }),
  fc.constantFrom(360n, 1001n, 2n ** 40n * 3n ** 5n, 6n ** 30n, 10n ** 18n, 2n ** 300n * 7n, 3n ** 200n),
  fc.bigInt({ min: 0n, max: 10n ** 30n }),
);
const fraction = fc
  .tuple(size, size, fc.boolean())
  .map(([num, den, isNegative]) => Rational.of(isNegative ? -num : num, den + (den === 0n ? 1n : 0n)));

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : divisor(b, a % b));

function isWorth(found: Rational, num: bigint, den: bigint): void {
  expect(found.num * den).toBe(num * found.den);
  expect(found.den > 0n).toBe(true);
  expect(divisor(found.num, found.den)).toBe(1n);
}

it('has the value of a fraction, in lowest terms', () => {
  fc.assert(
    fc.property(fraction, fraction, (a, b) => {
      isWorth(a.add(b), a.num * b.den + b.num * a.den, a.den * b.den);
      isWorth(a.subtract(b), a.num * b.den - b.num * a.den, a.den * b.den);
      isWorth(a.multiply(b), a.num * b.num, a.den * b.den);
      if (!b.isZero()) isWorth(a.divide(b), a.num * b.den, a.den * b.num);
    }),
    { numRuns: 2_000, seed: 1 },
  );
});

it.each([
  ['1/6', '1/6', '1/3'],
  ['1/6', '-1/6', '0'],
  ['5/12', '1/18', '17/36'],
  ['-3', '1/3', '-8/3'],
  ['0', '0', '0'],
])('%s + %s = %s', (a, b, sum) => {
  expect(`${Rational.parse(a)?.add(Rational.parse(b) ?? Rational.zero)}`).toBe(sum);
});
it.each([
  ['2/3', '3/2', '1'],
  ['4/9', '0', '0'],
  ['-6', '1/4', '-3/2'],
  ['10/21', '14/25', '4/15'],
])('%s · %s = %s', (a, b, product) => {
  expect(`${Rational.parse(a)?.multiply(Rational.parse(b) ?? Rational.zero)}`).toBe(product);
});
