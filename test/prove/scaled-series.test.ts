/** Series in a regime: what is not known is never read as zero. */
import { describe, expect, it } from 'vitest';
import { asNumber, constant } from '../../src/expression/core/expression.ts';
import { Rational } from '../../src/number/rational.ts';
import {
  addSeries,
  BeyondExpansion,
  coefficientAt,
  exactSeries,
  isExactZero,
  multiplySeries,
  reaches,
  type ScaledSeries,
  trimmed,
  truncated,
} from '../../src/prove/regime/scaled-series.ts';

const series = (start: number, coefficients: number[], known: number | 'exact'): ScaledSeries => ({
  denominator: 1,
  start,
  coefficients: coefficients.map(value => constant(value)),
  known,
});
const at = (own: ScaledSeries, power: number): string =>
  asNumber(coefficientAt(own, Rational.of(power)))?.toString() ?? '?';

describe('a series', () => {
  it('gives the coefficients that it knows, and throws beyond them', () => {
    const own = series(-1, [2, 0, 3], 4);
    expect([-2, -1, 0, 1, 2, 3].map(power => at(own, power))).toEqual(['0', '2', '0', '3', '0', '0']);
    expect(() => at(own, 4)).toThrow(BeyondExpansion);
    expect(reaches(own, Rational.of(4))).toBe(false);
    expect(reaches(own, Rational.of(7, 2))).toBe(true);
    expect(at(series(0, [1], 'exact'), 100)).toBe('0');
  });
  it('has fractional exponents', () => {
    const own = exactSeries(constant(5), 2, 3);
    expect(asNumber(coefficientAt(own, Rational.of(2, 3)))?.toString()).toBe('5');
    expect(asNumber(coefficientAt(own, Rational.of(1, 2)))?.toString()).toBe('0');
  });
  it('forgets what it is cut at', () => {
    const cut = truncated(series(0, [1, 2, 3, 4], 'exact'), 2);
    expect(at(cut, 1)).toBe('2');
    expect(() => at(cut, 2)).toThrow(BeyondExpansion);
    expect(truncated(series(0, [1, 2], 'exact'), 2).known).toBe('exact');
  });
  it('whose coefficients all cancel starts where nothing is known', () => {
    const inner = trimmed(series(-1, [0, 3, 0, 4, 0, 0], 9));
    expect([inner.start, inner.coefficients.length, inner.known]).toEqual([0, 3, 9]);
    expect(trimmed(series(0, [0, 0], 2)).start).toBe(2);
    expect(isExactZero(trimmed(series(0, [0, 0], 2)))).toBe(false);
    expect(isExactZero(trimmed(series(0, [0, 0], 'exact')))).toBe(true);
  });
});

describe('a sum and a product', () => {
  it('know as much as their parts', () => {
    const total = addSeries(1, [series(-1, [1, 1], 3), series(-1, [-1, 4, 5], 2)]);
    expect(total.known).toBe(2);
    expect(at(total, 0)).toBe('5');
    expect(() => at(total, 2)).toThrow(BeyondExpansion);
  });
  it('know min(known(a) + val b, known(b) + val a)', () => {
    const product = multiplySeries(series(-2, [1, 1], 1), series(1, [1, 1, 1], 6));
    expect(product.known).toBe(2);
    expect([-1, 0, 1].map(power => at(product, power))).toEqual(['1', '2', '2']);
    expect(() => at(product, 2)).toThrow(BeyondExpansion);
  });
  it('of something unknown is not zero', () => {
    const unknown = trimmed(series(0, [0], 1));
    const product = multiplySeries(unknown, series(-3, [1], 'exact'));
    expect(isExactZero(product)).toBe(false);
    expect(() => at(product, -2)).toThrow(BeyondExpansion);
    expect(isExactZero(multiplySeries(unknown, series(0, [], 'exact')))).toBe(true);
  });
});
