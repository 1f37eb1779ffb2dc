/** Common divisors of integers and of rational numbers: by their laws, at random and at the ends. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOfRationals } from '../../src/number/content.ts';
import { gcd, lcm } from '../../src/number/gcd.ts';
import { Rational } from '../../src/number/rational.ts';

const anyInteger = fc.oneof(fc.bigInt({ min: -60n, max: 60n }), fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }));
const anyPositive = anyInteger.filter(value => value > 0n);

describe('the greatest common divisor', () => {
  it('divides both, and what is left has none', () => {
    fc.assert(
      fc.property(anyInteger, anyInteger, (a, b) => {
        const divisor = gcd(a, b);
        if (divisor === 0n) expect([a, b]).toEqual([0n, 0n]);
        else {
          expect(divisor > 0n).toBe(true);
          expect([a % divisor, b % divisor, gcd(a / divisor, b / divisor)]).toEqual([0n, 0n, 1n]);
        }
      }),
    );
  });
  it('is the one that is known', () => {
    expect([gcd(12n, -18n), gcd(0n, -5n), gcd(0n, 0n), gcd(2n ** 120n, 6n ** 70n)]).toEqual([6n, 5n, 0n, 2n ** 70n]);
  });
});

it('the least common multiple is the product over the greatest common divisor', () => {
  fc.assert(
    fc.property(anyPositive, anyPositive, (a, b) => {
      expect(lcm(a, b) * gcd(a, b)).toBe(a * b);
    }),
  );
});

describe('what rational numbers have in common', () => {
  it('leaves integers without a common divisor', () => {
    const anyRational = fc.tuple(anyInteger, anyPositive).map(([num, den]) => Rational.of(num, den));
    fc.assert(
      fc.property(fc.array(anyRational, { minLength: 1, maxLength: 4 }), values => {
        const content = contentOfRationals(values);
        const whole = values.map(value => value.divide(content));
        const isZero = values.every(value => value.isZero());
        expect(content.sign()).toBe(1);
        expect(whole.every(value => value.isInteger())).toBe(true);
        expect(isZero ? 1n : whole.reduce((divisor, { num }) => gcd(divisor, num), 0n)).toBe(1n);
      }),
    );
  });
  it('is 2/15 of 2/3 and −4/5, and 1 of nothing', () => {
    const of = (...pairs: [number, number][]): string =>
      String(contentOfRationals(pairs.map(([num, den]) => Rational.of(num, den))));
    expect([of([2, 3], [-4, 5]), of([0, 1]), of()]).toEqual(['2/15', '1', '1']);
  });
});
