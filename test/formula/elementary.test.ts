/** The table of elementary functions beside what depends on it: derivatives as expressions, as recurrences of series and of jets. */
import { describe, expect, it } from 'vitest';
import { refuse } from '../../src/base/problem.ts';
import { constant, factorExpression } from '../../src/expression/core/expression.ts';
import { applyFunction } from '../../src/expression/arithmetic/functions.ts';
import { ELEMENTARY_FUNCTIONS, elementaryFunction } from '../../src/formula/elementary.ts';
import type { BigFloat } from '../../src/number/big-float.ts';
import { FloatRing } from '../../src/evaluate/ring/float-ring.ts';
import { SeriesRing } from '../../src/evaluate/ring/series-ring.ts';
import { Rational } from '../../src/number/rational.ts';
import { Interpreter } from '../../src/recheck/interpreter.ts';
import type { World } from '../../src/recheck/world.ts';
import { elementarySeries } from '../../src/simulate/jet/jet.ts';

const POINTS = [0.3, 0.75, 1.5];
const ring = new FloatRing(30);
const number = (value: BigFloat): number => Number(value.mantissa) * 2 ** value.exponent;
const exact = (x: number): BigFloat => ring.fromRational(Rational.of(Math.round(x * 100), 100));
const nothing = (): never => refuse('undefined-name', 'nothing else is there');
/** A world with one symbol. */
const worldOf = (x: number): World<BigFloat> => ({
  ring,
  dimension: 1,
  symbol: () => exact(x),
  loss: nothing,
  moment: nothing,
  point: nothing,
  recursive: nothing,
  schedule: nothing,
  function: nothing,
  vectorFunction: nothing,
});

describe.each(ELEMENTARY_FUNCTIONS.map(each => [each.name, each] as const))('%s', (name, entry) => {
  it('has its parity and its value at 0', () => {
    for (const x of entry.ofPositive ? [] : POINTS) {
      const [at, opposite] = [entry.float(x), entry.float(-x)];
      if (entry.parity === 'odd') expect(opposite).toBeCloseTo(-at, 14);
      else if (entry.parity === 'even') expect(opposite).toBeCloseTo(at, 14);
      else expect(Math.abs(Math.abs(opposite) - Math.abs(at))).toBeGreaterThan(1e-3);
    }
    const atZero = entry.float(0);
    expect(Number.isFinite(atZero) ? atZero : null).toBe(entry.atZero);
  });

  it('stays in its range, and comes near to its ends', () => {
    // The ends of arctan are no rational numbers: the table knows none.
    const ends = name === 'arctan' ? { least: -Math.PI / 2, greatest: Math.PI / 2 } : {};
    const { least, greatest, positive } = { ...entry.range, ...ends };
    const values = Array.from({ length: 801 }, (_, i) => (i - 400) / 10)
      .filter(x => !entry.ofPositive || x > 0)
      .map(entry.float);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    if (least === null) expect(low).toBeLessThan(-2);
    else expect(low).toBeGreaterThanOrEqual(least);
    if (least !== null) expect(low).toBeLessThan(least + 0.03);
    if (greatest === null) expect(high).toBeGreaterThan(2);
    else expect(high).toBeLessThanOrEqual(greatest);
    if (greatest !== null) expect(high).toBeGreaterThan(greatest - 0.03);
    expect(values.every(value => value > 0)).toBe(positive);
  });

  it('has a value of many digits that begins like the float', () => {
    for (const x of POINTS) expect(number(entry.value(ring, exact(x)))).toBeCloseTo(entry.float(x), 13);
  });

  it('has the same derivatives as an expression, as a series and as a jet', () => {
    const series = new SeriesRing(ring, 4);
    for (const x of POINTS) {
      const coefficients = entry.value(series, series.add(series.constant(exact(x)), series.monomial(ring.one, 1)));
      let factorial = 1;
      for (const order of [1, 2, 3]) {
        factorial *= order;
        const expected = number(series.coefficient(coefficients, order)) * factorial;
        const symbol = factorExpression({ kind: 'symbol', name: 'x' });
        const derivative = applyFunction(name, entry.parity, order, symbol);
        expect(number(new Interpreter(worldOf(x)).value(derivative, new Map()))).toBeCloseTo(expected, 10);
        if (entry.smooth && name !== 'sign')
          expect((elementarySeries(name, Float64Array.of(x, 1, 0, 0))[order] ?? Number.NaN) * factorial).toBeCloseTo(
            expected,
            10,
          );
      }
    }
  });
});

describe.each(ELEMENTARY_FUNCTIONS.map(entry => [entry.name, entry] as const))('%s at a number', (name, entry) => {
  it.each([0, 1, -1, 2].filter(at => at > 0 || !entry.ofPositive))('%i has all of its derivatives', at => {
    const series = new SeriesRing(ring, 5);
    const near = series.add(series.constant(exact(at)), series.monomial(ring.one, 1));
    if (name === 'sign' && at === 0) return expect(() => entry.value(series, near)).toThrow();
    const coefficients = entry.value(series, near);
    let factorial = 1;
    for (const order of [1, 2, 3, 4]) {
      factorial *= order;
      const derivative = applyFunction(name, entry.parity, order, constant(at));
      const found = number(new Interpreter(worldOf(1)).value(derivative, new Map()));
      expect(found).toBeCloseTo(number(series.coefficient(coefficients, order)) * factorial, 10);
    }
  });
});

it('knows no other name', () => {
  expect(elementaryFunction('erf')).toBeNull();
});
