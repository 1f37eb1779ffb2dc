import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BigFloat,
  FloatArithmetic,
  integerRoot,
  logarithmOfSize,
  toDigits,
  toRational,
} from '../../src/number/big-float.ts';
import { decimalsWith } from '../../src/number/decimal.ts';
import { Rational } from '../../src/number/rational.ts';

const arithmetic = new FloatArithmetic(160);
const fraction = fc
  .tuple(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.bigInt(1n, 10n ** 25n), fc.integer({ min: -40, max: 40 }))
  .map(([num, den, power]) => Rational.of(num, den).multiply(Rational.of(10).power(power)));

/** |value − exact| ≤ 2^{−155} |exact|. */
function isClose(value: BigFloat, exact: Rational): boolean {
  const error = toRational(value).subtract(exact).abs();
  return error.compare(exact.abs().multiply(Rational.of(1, 2n ** 155n))) <= 0;
}

describe('binary floats of 160 bits', () => {
  it('add, multiply and divide like exact rationals up to the last bits', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        const [x, y] = [arithmetic.fromRational(a), arithmetic.fromRational(b)];
        expect(isClose(arithmetic.multiply(x, y), a.multiply(b))).toBe(true);
        if (!b.isZero()) expect(isClose(arithmetic.divide(x, y), a.divide(b))).toBe(true);
        // A sum may cancel: its error is measured by the summands.
        const sum = toRational(arithmetic.add(x, y)).subtract(a.add(b)).abs();
        expect(
          sum.compare(
            a
              .abs()
              .add(b.abs())
              .multiply(Rational.of(1, 2n ** 155n)),
          ) <= 0,
        ).toBe(true);
      }),
    );
  });

  it('keeps the stored length within one bit of the true one', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        const value = arithmetic.subtract(arithmetic.fromRational(a), arithmetic.fromRational(b));
        const size = value.mantissa < 0n ? -value.mantissa : value.mantissa;
        const length = size === 0n ? 0 : size.toString(2).length;
        expect(value.length - length === 0 || value.length - length === 1).toBe(true);
      }),
    );
  });

  it('takes roots', () => {
    fc.assert(
      fc.property(fraction, fc.integer({ min: 2, max: 7 }), (a, degree) => {
        const root = toRational(arithmetic.root(arithmetic.fromRational(a.abs()), degree));
        const error = root.power(degree).subtract(a.abs()).abs();
        expect(error.compare(a.abs().multiply(Rational.of(1, 2n ** 150n))) <= 0).toBe(true);
      }),
    );
  });

  it('rounds to decimal digits as decimal.js does', () => {
    fc.assert(
      fc.property(fraction, fc.integer({ min: 1, max: 40 }), (a, digits) => {
        const value = arithmetic.fromRational(a);
        const exact = toRational(value);
        const { coefficient, power } = toDigits(value, digits);
        const exactly = decimalsWith(2_000);
        const expected = new exactly(exact.num.toString()).div(exact.den.toString()).toSignificantDigits(digits);
        expect(new exactly(`${coefficient}e${power}`).equals(expected)).toBe(true);
      }),
    );
  });

  it.each([
    [Rational.of(2, 3), 3, { coefficient: 667n, power: -3 }],
    [Rational.of(9999, 1000), 2, { coefficient: 10n, power: 0 }],
    [Rational.of(-1, 8), 2, { coefficient: -13n, power: -2 }],
    [Rational.of(1200), 2, { coefficient: 12n, power: 2 }],
    [Rational.zero, 5, { coefficient: 0n, power: 0 }],
  ])('rounds %s to %d digits', (value, digits, expected) => {
    expect(toDigits(arithmetic.fromRational(value), digits)).toEqual(expected);
  });

  it('refuses numbers too long to print', () => {
    let [large, small] = [Rational.of(3), Rational.of(1, 3)].map(value => arithmetic.fromRational(value));
    const squareOften = (): void => {
      for (let time = 0; time < 30; time += 1) {
        if (large) large = arithmetic.multiply(large, large);
        if (small) small = arithmetic.multiply(small, small);
      }
    };
    expect(squareOften).toThrow('more than five million digits');
    expect(large && logarithmOfSize(large)).toBeGreaterThan(2e6);
    expect(small && logarithmOfSize(small)).toBeLessThan(-2e6);
  });

  it('measures sizes', () => {
    expect(logarithmOfSize(arithmetic.fromRational(Rational.of(-1000)))).toBeCloseTo(3, 12);
    expect(logarithmOfSize(arithmetic.fromRational(Rational.of(1, 10n ** 400n)))).toBeCloseTo(-400, 9);
    expect(logarithmOfSize(arithmetic.fromRational(Rational.zero))).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('the integer root', () => {
  it('is the floor', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 120n), fc.integer({ min: 1, max: 9 }), (n, degree) => {
        const root = integerRoot(n, degree);
        expect(root ** BigInt(degree) <= n && n < (root + 1n) ** BigInt(degree)).toBe(true);
      }),
    );
  });

  it.each([400, 1_000, 3_000])('is the floor for the degree %i of a long number', degree => {
    fc.assert(
      fc.property(fc.bigInt(2n, 60n), fc.bigInt(0n, 10n ** 50n), (base, more) => {
        const n = base ** BigInt(degree) + more;
        const root = integerRoot(n, degree);
        expect(root ** BigInt(degree) <= n && n < (root + 1n) ** BigInt(degree)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
