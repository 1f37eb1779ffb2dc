/** Which axis of time the curves of a run get. */
import { describe, expect, test } from 'vitest';
import { happensEarly, timeAxis } from '../../src/figures/time-axis.ts';

const curve = (of: (t: number) => number): { t: number; value: number }[] =>
  Array.from({ length: 101 }, (_, at) => ({ t: at / 10, value: of(at / 10) }));

describe('the axis of time', () => {
  test('is logarithmic where a curve fills its memory in the first tenth and rests then', () => {
    const curves = [curve(t => 1 - 0.999 * Math.exp(-8 * t))];
    expect(happensEarly(curves, 10)).toBe(true);
    const axis = timeAxis(curves, 10, 0.01);
    expect(axis).toMatchObject({ type: 'symlog', constant: 0.01, domain: [0, 10] });
    expect(axis.ticks).toEqual([0, 0.01, 0.1, 1, 10]);
  });

  test('is linear where a curve changes all along, and where what happens early is the smaller part', () => {
    expect(timeAxis([curve(t => Math.exp(-t))], 10, 0.01)).toEqual({
      domain: [0, 10],
      label: 't',
      labelAnchor: 'center',
      labelArrow: 'none',
    });
    const late = curve(t => (t < 0.5 ? 1 : 2) * (t > 8 ? 5 : 1));
    expect(happensEarly([late], 10)).toBe(false);
  });

  test('what is zero or has no sign on a logarithmic scale does not count', () => {
    expect(happensEarly([curve(t => (t < 1 ? 0 : t))], 10)).toBe(false);
  });

  test('the numbers at the axis do not stand on each other', () => {
    const early = [curve(t => 1 - 0.999 * Math.exp(-8 * t))];
    for (const time of [1.05, 4, 9.9, 11])
      for (const step of [0.003, 0.01, 0.09]) {
        const ticks = (timeAxis(early, time, step).ticks ?? []) as number[];
        const places = ticks.map(tick => Math.log1p(tick / step) / Math.log1p(time / step));
        for (const [at, place] of places.slice(1).entries()) expect(place - (places[at] ?? 0)).toBeGreaterThan(0.06);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBe(time);
      }
  });
});
