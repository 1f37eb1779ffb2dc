import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RegimeWatch } from '../../../src/figures/training/regime.ts';
import { bandOf, correlationOver, quantile, rankCorrelation } from '../../../src/figures/training/statistics.ts';

describe('rank correlations', () => {
  it('are those of the textbook, with mean ranks for equal values', () => {
    expect(
      rankCorrelation([
        [1, 10],
        [2, 20],
        [3, 25],
      ]),
    ).toBe(1);
    expect(
      rankCorrelation([
        [1, 3],
        [2, 2],
        [3, 1],
      ]),
    ).toBe(-1);
    // 1 − 6·Σd²/(n(n²−1)) with d = 0, 1, 1, 0.
    expect(
      rankCorrelation([
        [1, 1],
        [2, 3],
        [3, 2],
        [4, 4],
      ]),
    ).toBeCloseTo(0.8, 12);
    // Ranks 1, 2.5, 2.5, 4 beside 1, 2, 3, 4: 4.5/√(4.5·5).
    expect(
      rankCorrelation([
        [0, 1],
        [5, 2],
        [5, 3],
        [9, 4],
      ]),
    ).toBeCloseTo(4.5 / Math.sqrt(22.5), 12);
    expect(
      rankCorrelation([
        [1, 1],
        [2, 2],
      ]),
    ).toBeNull();
    expect(
      rankCorrelation([
        [1, 7],
        [2, 7],
        [3, 7],
      ]),
    ).toBe(0);
  });
  it('do not see a monotone change of scale, and turn with the sign', () => {
    const pairs = fc.array(fc.tuple(fc.integer(), fc.integer()), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(pairs, all => {
        const found = rankCorrelation(all);
        const stretched = all.map(([a, b]) => [a, Math.atan(b / 1e9) * 3] as const);
        expect(rankCorrelation(stretched)).toBe(found);
        if (found !== null) expect(rankCorrelation(all.map(([a, b]) => [a, -b] as const))).toBeCloseTo(-found, 12);
      }),
    );
  });
  it('over seeds: their mean and how many have its sign', () => {
    const up = [
      [1, 1],
      [2, 2],
      [3, 3],
    ] as const;
    const down = [
      [1, 3],
      [2, 2],
      [3, 1],
    ] as const;
    expect(correlationOver([up, up, down])).toEqual({ mean: 1 / 3, agreeing: 2, of: 3 });
    expect(correlationOver([[[1, 1]]])).toBeNull();
  });
});

it('quartiles lie between the values', () => {
  expect(bandOf([4, 1, 3, 2])).toEqual({ low: 1.75, median: 2.5, high: 3.25 });
  expect(quantile([5], 0.9)).toBe(5);
  expect(bandOf([])).toBeNull();
});

describe('the regime', () => {
  const of = (...losses: number[]) => {
    const watch = new RegimeWatch();
    for (const loss of losses) watch.take(loss);
    return watch.regime;
  };
  it('is told by the largest loss relative to the least before it', () => {
    expect(of(4, 3, 2, 1)).toEqual({ kind: 'monotone', rise: 1, risen: 0 });
    expect(of(4, 2, 3, 1)).toEqual({ kind: 'oscillation', rise: 1.5, risen: 1 / 3 });
    expect(of(4, 1, 1.9, 3, 0.5)).toMatchObject({ kind: 'spikes', rise: 3 });
    expect(of(4, 2, 5)).toMatchObject({ kind: 'divergence' });
    expect(of(4, 2, Number.NaN)).toMatchObject({ kind: 'divergence' });
  });
});
