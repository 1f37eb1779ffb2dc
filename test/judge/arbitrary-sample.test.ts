import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/number/rational.ts';
import { ArbitrarySample, samplesOf } from '../../src/judge/sample/arbitrary-sample.ts';
import { LARGEST_DIMENSION, LARGEST_N, LOSSES_AHEAD, type SampleSpace } from '../../src/judge/sample/sample.ts';
import { PolynomialLoss } from '../../src/evaluate/loss/polynomial-loss.ts';
import { smallerSamples } from '../../src/judge/sample/shrink-sample.ts';
import { adam } from './hand-built.ts';

const space: SampleSpace = {
  setting: 'mini-batch',
  declarations: adam.declarations,
  letters: new Map([
    ['i', 'coordinate'],
    ['l', 'history'],
  ]),
};
const samples = samplesOf(space, 1, 200);
const value = (sample: (typeof samples)[number], name: string): Rational => sample.scalars.get(name) ?? Rational.zero;

/** Everything in a sample as text. */
const textOf = (sample: unknown): string =>
  JSON.stringify(sample, (_, each: unknown) =>
    each instanceof Map ? [...each] : each instanceof Rational ? String(each) : each,
  );

describe('samples', () => {
  it('are the same for the same seed, and others for another', () => {
    const keys = (seed: number): string[] => samplesOf(space, seed, 20).map(textOf);
    expect(keys(7)).toEqual(keys(7));
    expect(keys(7)).not.toEqual(keys(8));
  });

  it('reach large n, large p and both, and the ends', () => {
    const count = (holds: (n: number, p: number) => boolean): number =>
      samples.filter(({ n, theta }) => holds(n, theta.length)).length;
    expect(count(n => n >= 8)).toBeGreaterThan(15);
    expect(count((_, p) => p >= 4)).toBeGreaterThan(15);
    expect(count((n, p) => n >= 8 && p >= 4)).toBeGreaterThan(4);
    expect(count(n => n === 0)).toBeGreaterThan(10);
    expect(count(n => n === LARGEST_N)).toBeGreaterThan(1);
    expect(count((_, p) => p === LARGEST_DIMENSION)).toBeGreaterThan(5);
  });

  it('keep scalars in their domains, with equal ones and values near the ends among them', () => {
    const [near, far] = [Rational.of(1, 100), Rational.of(99, 100)];
    for (const sample of samples) {
      for (const name of ['\\beta', '\\rho']) {
        expect(value(sample, name).sign()).toBe(1);
        expect(value(sample, name).compare(Rational.one)).toBe(-1);
      }
      expect(value(sample, '\\varepsilon').sign()).toBe(1);
    }
    expect(samples.filter(each => value(each, '\\beta').equals(value(each, '\\rho'))).length).toBeGreaterThan(10);
    expect(samples.some(each => value(each, '\\beta').compare(near) <= 0)).toBe(true);
    expect(samples.some(each => value(each, '\\beta').compare(far) >= 0)).toBe(true);
  });

  it('provide letters and losses in range', () => {
    for (const { n, theta, losses, letters } of samples) {
      expect(losses).toHaveLength(n + 1 + LOSSES_AHEAD);
      expect(letters.get('l')).toBeLessThanOrEqual(n);
      expect(letters.get('i')).toBeGreaterThanOrEqual(1);
      expect(letters.get('i')).toBeLessThanOrEqual(theta.length);
    }
  });
});

describe('shrinking', () => {
  it('cuts many coordinates together, so that it stays in bounds', () => {
    const [sample] = samples;
    if (!sample) throw new Error('samples were drawn');
    const size = 400;
    const powers = (at: number): number[] => Array.from({ length: size }, (_, each) => (each === at ? 1 : 0));
    const loss = new PolynomialLoss(
      Array.from({ length: size }, (_, at) => ({ coefficient: Rational.one, powers: powers(at) })),
      index => `x${index}`,
    );
    const wide = {
      ...sample,
      theta: Array.from({ length: size }, (_, at) => Rational.of(at + 1)),
      losses: sample.losses.map(() => loss),
      earlierLosses: [],
      vectors: new Map(),
      vectorFunctions: new Map(),
    };
    const cuts = [...smallerSamples(wide, space)];
    expect(cuts.length).toBeLessThan(300);
    expect(cuts[0]?.losses.every(({ monomials }) => monomials.length === 0)).toBe(true);
    expect(cuts.some(({ theta }) => theta.length === size / 2)).toBe(true);
    expect(cuts.some(({ theta }) => theta.length === size - 1)).toBe(true);
    expect(cuts.some(({ theta }) => theta.every(each => each.isZero()))).toBe(true);
    for (const { theta, losses } of cuts)
      expect(losses.every(each => each.monomials.every(term => term.powers.length === theta.length))).toBe(true);
  });
  it('stays in the space and ends at the simplest sample', () => {
    for (const sample of samples.slice(0, 20)) {
      for (const smaller of smallerSamples(sample, space)) {
        expect(smaller.letters.get('l') ?? 0).toBeLessThanOrEqual(smaller.n);
        expect(smaller.letters.get('i') ?? 0).toBeLessThanOrEqual(smaller.theta.length);
        expect(value(smaller, '\\beta').compare(Rational.one)).toBe(-1);
        expect(
          smaller.losses.every(loss => loss.monomials.every(({ powers }) => powers.length === smaller.theta.length)),
        ).toBe(true);
      }
    }
    const details = fc.check(
      fc.property(new ArbitrarySample(space), sample => sample.n < 3),
      { seed: 3 },
    );
    expect(details.failed).toBe(true);
    const [smallest] = details.counterexample ?? [];
    expect(smallest?.n).toBe(3);
    expect(smallest?.theta.map(String)).toEqual(['0']);
    expect(smallest?.losses.map(({ text }) => text)).toEqual(['0', '0', '0', '0', '0', '0']);
    expect([...(smallest?.scalars ?? [])].map(([, each]) => String(each))).toEqual(['1/2', '1/2', '1']);
  });
});
