import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/number/rational.ts';
import { FloatRing, printFloat } from '../../src/evaluate/ring/float-ring.ts';
import { integerPower } from '../../src/evaluate/ring/ring.ts';
import { RunningSums } from '../../src/evaluate/running-sums.ts';

const ring = new FloatRing(50);
const base = (num: number, den: number) => ring.fromRational(Rational.of(num, den));
const term = (k: number) => ring.fromRational(Rational.of(k * k + 1, k + 30));

describe('running sums', () => {
  it('are the sums asked for, whatever was asked before', () => {
    const range = fc
      .tuple(fc.integer({ min: -5, max: 12 }), fc.nat(9))
      .map(([lower, length]) => ({ lower, upper: lower + length }));
    const weights = fc.array(
      fc.record({ num: fc.nat(5), den: fc.integer({ min: 1, max: 5 }), stride: fc.constantFrom(-2, -1, 1, 3) }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(weights, fc.array(range, { minLength: 1, maxLength: 8 }), (given, ranges) => {
        const running = new RunningSums(
          ring,
          given.map(({ num, den, stride }) => ({ base: base(num, den), stride })),
        );
        for (const { lower, upper } of ranges) {
          let expected = ring.zero;
          for (let k = lower; k <= upper; k += 1) {
            let value = term(k);
            // A falling weight is 1 at the upper end, a growing one at the lower.
            for (const { num, den, stride } of given)
              value = ring.multiply(
                value,
                integerPower(ring, base(num, den), stride < 0 ? -stride * (upper - k) : stride * (k - lower)),
              );
            expected = ring.add(expected, value);
          }
          expect(printFloat(running.sum(lower, upper, term), 40)).toBe(printFloat(expected, 40));
        }
      }),
    );
  });

  it('ask for each term once while one end moves', () => {
    const asked: number[] = [];
    const counted = (k: number) => {
      asked.push(k);
      return term(k);
    };
    const running = new RunningSums(ring, []);
    for (let upper = 0; upper <= 50; upper += 1) running.sum(0, upper, counted);
    expect(asked.length).toBe(51);
    for (let lower = 0; lower <= 50; lower += 1) running.sum(lower, 50, counted);
    expect(asked.length).toBeLessThanOrEqual(102);
  });
});
