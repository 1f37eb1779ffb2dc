import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArbitrarySample, samplesOf } from '../../src/judge/sample/arbitrary-sample.ts';
import { functionText, type Sample, type SampleSpace } from '../../src/judge/sample/sample.ts';
import { ConcreteFunction } from '../../src/judge/sample/sample-function.ts';
import { FloatRing, printFloat } from '../../src/evaluate/ring/float-ring.ts';
import { Rational } from '../../src/number/rational.ts';
import { adam } from './hand-built.ts';

const space: SampleSpace = { setting: 'mini-batch', declarations: adam.declarations, letters: new Map() };
const value = (sample: Sample, name: string): string => String(sample.scalars.get(name));

function smallest(fails: (sample: Sample) => boolean): { readonly sample: Sample; readonly runs: number } {
  let runs = 0;
  const details = fc.check(
    fc.property(new ArbitrarySample(space), sample => {
      runs += 1;
      return !fails(sample);
    }),
    { seed: 2, numRuns: 500 },
  );
  const [sample] = details.counterexample ?? [];
  if (!sample) throw new Error('no sample fails');
  return { sample, runs };
}

describe('shrinking', () => {
  it('keeps equal what has to be equal', () => {
    const { sample } = smallest(each => value(each, '\\beta') === value(each, '\\rho'));
    expect([value(sample, '\\beta'), value(sample, '\\rho')]).toEqual(['1/2', '1/2']);
  });
  it('keeps the monomials that matter and no others', () => {
    const { sample } = smallest(
      ({ n, losses }) => n >= 2 && (losses[1]?.monomials.some(({ powers }) => (powers[0] ?? 0) >= 2) ?? false),
    );
    expect(sample.n).toBe(2);
    expect(sample.theta).toHaveLength(1);
    expect(sample.losses.map(({ monomials }) => monomials.length)).toEqual([0, 1, 0, 0, 0]);
    expect(sample.losses[1]?.monomials[0]?.coefficient.abs().isOne()).toBe(true);
  });
  it('ends after a few hundred comparisons, for the largest samples too', () => {
    const { sample, runs } = smallest(({ n, theta }) => n === 12 && theta.length === 5);
    expect([sample.n, sample.theta.length]).toEqual([12, 5]);
    expect(runs).toBeLessThan(1500);
  });
});

describe('concrete functions', () => {
  const ring = new FloatRing(40);
  const phi = new ConcreteFunction({
    constant: Rational.zero,
    saturating: Rational.of(2),
    linear: Rational.of(-1, 3),
    quadratic: Rational.of(1),
  });
  const at = (order: number, x: Rational): string =>
    printFloat(phi.derivative(new Array<number>(order).fill(1))(ring, [ring.fromRational(x)]), 20);

  it('have the derivatives of tanh, in closed form at 0', () => {
    expect(phi.text).toBe('2*tanh(x) + (-1/3)*x + x^2');
    // 2 tanh x − x/3 + x²: the derivatives of tanh at 0 are 0, 1, 0, −2, 0, 16.
    expect([0, 1, 2, 3, 4, 5].map(order => at(order, Rational.zero))).toEqual([
      '0',
      '1.6666666666666666667',
      '2',
      '-4',
      '0',
      '32',
    ]);
  });
  it('have derivatives that are limits of difference quotients', () => {
    const step = Rational.of(1, 10 ** 12);
    const x = Rational.of(2, 5);
    for (const order of [0, 1, 2, 3]) {
      const quotient = (Number(at(order, x.add(step))) - Number(at(order, x.subtract(step)))) / (2 * step.toNumber());
      expect(quotient).toBeCloseTo(Number(at(order + 1, x)), 2);
    }
  });
  it('are odd where the sample says so', () => {
    const odd = { kind: 'function' as const, name: '\\phi', odd: true, formal: 'x', body: null, span: null };
    const [sample] = samplesOf({ ...space, declarations: [odd] }, 1, 1);
    const chosen = sample?.functions.get('\\phi');
    expect(chosen?.quadratic.isZero()).toBe(true);
    expect(chosen && functionText(chosen)).not.toContain('x^2');
  });
});
