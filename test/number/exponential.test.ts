import { describe, expect, it } from 'vitest';
import { FloatArithmetic, toDigits } from '../../src/number/big-float.ts';
import { decimalsWith } from '../../src/number/decimal.ts';
import { exponential } from '../../src/number/exponential.ts';
import { Rational } from '../../src/number/rational.ts';

describe('exp', () => {
  const arguments_ = [
    '1',
    '-1',
    '1/3',
    '-22/7',
    '1000',
    '-1000',
    '1/1000000000000000000000',
    '355/113',
    '99999',
    '-99999',
    '693147180559945/1000000000000000',
    '0',
  ];
  it.each(arguments_.flatMap(text => [15, 50, 120, 400].map(digits => [text, digits] as const)))(
    'of %s to %d digits agrees with decimal.js',
    (text, digits) => {
      const value = Rational.parse(text) ?? Rational.zero;
      const bits = Math.ceil(digits * 3.33) + 16;
      const made = exponential(new FloatArithmetic(bits + 80).fromRational(value), bits);
      const decimals = decimalsWith(digits + 12);
      const expected = new decimals(value.num.toString()).div(value.den.toString()).exp().toSignificantDigits(digits);
      const { coefficient, power } = toDigits(made, digits);
      expect(new decimals(`${coefficient}e${power}`).equals(expected)).toBe(true);
    },
  );
  it('refuses arguments whose result has no use', () => {
    expect(() => exponential(new FloatArithmetic(60).fromRational(Rational.of(2n ** 50n)), 60)).toThrow(RangeError);
  });
});
