/** Series in a regime: what is not known is never read as zero. */
import { describe, expect, it } from 'vitest';
import { asNumber, constant } from '../../src/expression/core/expression.ts';
import { Rational } from '../../src/number/rational.ts';
import { Random } from '../rewrite/random.ts';
import {
  addScaled,
  BeyondExpansion,
  coefficientAt,
  exactSeries,
  exponentsOf,
  isKnownZero,
  multiplyScaled,
  isKnownTo,
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
    expect(isKnownTo(own, Rational.of(4))).toBe(false);
    expect(isKnownTo(own, Rational.of(7, 2))).toBe(true);
    expect(at(series(0, [1], 'exact'), 100)).toBe('0');
  });
  it('has fractional exponents', () => {
    const own = exactSeries(constant(5), 2, 3);
    expect(asNumber(coefficientAt(own, Rational.of(2, 3)))?.toString()).toBe('5');
    for (const [above, below] of [
      [1, 2],
      [2, 9],
      [2, 6],
      [1, 9],
    ] as const)
      expect(asNumber(coefficientAt(own, Rational.of(above, below)))?.toString()).toBe('0');
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
    expect(isKnownZero(trimmed(series(0, [0, 0], 2)))).toBe(false);
    expect(isKnownZero(trimmed(series(0, [0, 0], 'exact')))).toBe(true);
  });
});

describe('a sum and a product', () => {
  it('know as much as their parts', () => {
    const total = addScaled(1, [series(-1, [1, 1], 3), series(-1, [-1, 4, 5], 2)]);
    expect(total.known).toBe(2);
    expect(at(total, 0)).toBe('5');
    expect(() => at(total, 2)).toThrow(BeyondExpansion);
  });
  it('know min(known(a) + val b, known(b) + val a)', () => {
    const product = multiplyScaled(series(-2, [1, 1], 1), series(1, [1, 1, 1], 6));
    expect(product.known).toBe(2);
    expect([-1, 0, 1].map(power => at(product, power))).toEqual(['1', '2', '2']);
    expect(() => at(product, 2)).toThrow(BeyondExpansion);
  });
  it('have no coefficient beyond that', () => {
    const product = multiplyScaled(series(0, [1, 1], 2), series(0, [1, 1], 2));
    expect(product.known).toBe(2);
    expect(product.coefficients).toHaveLength(2);
    const total = addScaled(1, [series(0, [1, 1, 1], 3), series(0, [1], 1)]);
    expect(total.known).toBe(1);
    expect(total.coefficients).toHaveLength(1);
  });
  it('of something unknown is not zero', () => {
    const unknown = trimmed(series(0, [0], 1));
    const product = multiplyScaled(unknown, series(-3, [1], 'exact'));
    expect(isKnownZero(product)).toBe(false);
    expect(() => at(product, -2)).toThrow(BeyondExpansion);
    expect(isKnownZero(multiplyScaled(unknown, series(0, [], 'exact')))).toBe(true);
  });
});

describe('series by their coefficients alone', () => {
  /** Values from −12 to 20; undefined where nothing is known. */
  const RANGE = Array.from({ length: 33 }, (_, i) => i - 12);
  const values = (own: ScaledSeries): (string | undefined)[] =>
    RANGE.map(power => (isKnownTo(own, Rational.of(power)) ? at(own, power) : undefined));
  const random = new Random(4);
  const whole = (from: number, to: number): number => random.int(from, to);
  const drawn = (): ScaledSeries => {
    const start = whole(-3, 3);
    const coefficients = Array.from({ length: whole(0, 4) }, () => whole(-1, 2));
    return series(start, coefficients, whole(0, 2) === 0 ? 'exact' : start + coefficients.length + whole(0, 2));
  };
  const isTrim = ({ coefficients, start, known }: ScaledSeries): boolean =>
    [coefficients[0], coefficients.at(-1)].every(end => end === undefined || !asNumber(end)?.isZero()) &&
    (coefficients.length > 0 || start === (known === 'exact' ? 0 : known));
  it('are trimmed without a change', () => {
    for (let run = 0; run < 60; run += 1) {
      const own = drawn();
      const trim = trimmed(own);
      expect(values(trim)).toEqual(values(own));
      expect(isTrim(trim)).toBe(true);
      expect(trim.known).toBe(own.known);
    }
  });
  it('are cut to fewer coefficients, and to none that were known wrongly', () => {
    for (let run = 0; run < 60; run += 1) {
      const [own, count] = [drawn(), whole(0, 3)];
      const cut = truncated(own, count);
      expect(cut.coefficients.length).toBeLessThanOrEqual(count);
      const [before, after] = [values(own), values(cut)];
      const enough = own.coefficients.length <= count;
      after.forEach((value, i) => {
        const isKept = enough || (RANGE[i] ?? 0) < own.start + count;
        expect(value).toBe(isKept ? before[i] : undefined);
      });
    }
  });
  it('are added where all are known, and only there', () => {
    for (let run = 0; run < 60; run += 1) {
      const parts = Array.from({ length: whole(0, 3) }, drawn);
      const total = addScaled(1, parts);
      expect(isTrim(total)).toBe(true);
      const all = parts.map(values);
      values(total).forEach((value, i) => {
        const own = all.map(each => each[i]);
        const sum = own.reduce<number>((part, each) => part + Number(each), 0);
        expect(value).toBe(own.includes(undefined) ? undefined : `${sum}`);
      });
    }
  });
  it('are multiplied as far as no unknown coefficient takes part', () => {
    for (let run = 0; run < 80; run += 1) {
      const [a, b] = [drawn(), drawn()];
      const product = multiplyScaled(a, b);
      expect(isTrim(product)).toBe(true);
      if (isKnownZero(a) || isKnownZero(b)) {
        expect(isKnownZero(product)).toBe(true);
        continue;
      }
      const known = Math.min(
        a.known === 'exact' ? Infinity : a.known + b.start,
        b.known === 'exact' ? Infinity : b.known + a.start,
      );
      expect(product.known).toBe(known === Infinity ? 'exact' : known);
      for (const power of RANGE.filter(each => each < known)) {
        let sum = 0;
        for (let i = a.start; i < a.start + a.coefficients.length; i += 1) {
          const j = power - i;
          if (j < b.start || j >= b.start + b.coefficients.length) continue;
          sum += Number(at(a, i)) * Number(at(b, j));
        }
        expect(at(product, power), `s^${power}`).toBe(`${sum}`);
      }
    }
  });
  it('list their exponents, in units of the denominator', () => {
    const own = { ...series(-1, [1, 0, 2], 'exact'), denominator: 2 };
    expect(exponentsOf(own).map(String)).toEqual(['-1/2', '0', '1/2']);
    expect(exactSeries(constant(0), 3, 2)).toEqual({ denominator: 2, start: 0, coefficients: [], known: 'exact' });
    expect(isKnownZero(exactSeries(constant(0), 3, 2))).toBe(true);
    expect(isKnownZero(exactSeries(constant(1), 3, 2))).toBe(false);
    expect(isKnownZero(series(0, [], 1))).toBe(false);
  });
});
