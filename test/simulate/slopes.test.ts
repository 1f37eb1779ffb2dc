/** Slopes and verdicts on errors that are known, and on simulations with right and wrong equations. */
import { describe, expect, it } from 'vitest';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import { LossReader } from '../../src/evaluate/loss/expression-loss.ts';
import { loadMathjs } from '../../src/evaluate/loss/mathjs.ts';
import type { PiecewiseField } from '../../src/simulate/compare-at-step.ts';
import { expressionLoss } from '../../src/simulate/loss/expression-gradient.ts';
import { RightSide } from '../../src/simulate/right-side.ts';
import { type Simulation, simulate } from '../../src/simulate/simulate.ts';
import { judgeSlope, withExpansion, worstSlope } from '../../src/simulate/slopes.ts';

const errors = (of: (h: number) => number, floor = 0) =>
  [0.1, 0.05, 0.025, 0.0125].map(h => ({ h, error: of(h), floor }));

describe('judgeSlope', () => {
  it.each([1, 2, 3, 4])('finds order %d behind a next term', order => {
    const slope = judgeSlope(
      errors(h => 3 * h ** order * (1 - 2 * h)),
      order,
    );
    expect(slope.verdict).toBe('consistent');
    expect(slope.limit).toBeCloseTo(order, 1);
  });
  it('is sharp downwards and upwards', () => {
    const second = errors(h => h ** 2 * (1 + h));
    expect(judgeSlope(second, 1).verdict).toBe('inconsistent');
    expect(judgeSlope(second, 2).verdict).toBe('consistent');
    expect(judgeSlope(second, 3).verdict).toBe('inconsistent');
  });
  it('says nothing where slopes change', () => {
    const slope = judgeSlope(
      errors(h => h / (h + 0.02)),
      1,
    );
    expect(slope.verdict).toBe('not-asymptotic');
    expect(slope.reason).toMatch(/differ by more than|still move/);
  });
  it('says nothing where slopes still move towards the promise', () => {
    const sizes = [0.51, 0.69, 0.735];
    let error = 1;
    const moving = [0.1, 0.05, 0.025, 0.0125].map((h, at) => {
      if (at > 0) error /= 2 ** (sizes[at - 1] ?? 1);
      return { h, error, floor: 0 };
    });
    expect(judgeSlope(moving, 1).verdict).not.toBe('inconsistent');
  });
  it('leaves out what is at the floor, and says so when too little is left', () => {
    const floored = errors(h => Math.max(h ** 4, 1e-5), 1.01e-5);
    const slope = judgeSlope(floored, 4);
    expect(slope.used).toEqual([0.1]);
    expect(slope.verdict).toBe('not-asymptotic');
    expect(slope.reason).toMatch(/1 of 4 errors/);
  });
  it('does not count errors of zero or without a value', () => {
    expect(
      judgeSlope(
        errors(() => 0),
        1,
      ).verdict,
    ).toBe('not-asymptotic');
    expect(
      judgeSlope(
        errors(() => Number.NaN),
        1,
      ).verdict,
    ).toBe('not-asymptotic');
  });
  it('contradicts only where the expansion in h converges', () => {
    const wrong = judgeSlope(
      errors(h => h ** 2),
      3,
    );
    expect(withExpansion(wrong, 0.05).verdict).toBe('inconsistent');
    expect(withExpansion(wrong, 0.5)).toMatchObject({
      verdict: 'not-asymptotic',
      reason: 'the slopes tend to 2.00, not to 3; but the terms of the expansion in h fall only by 0.50',
    });
    const right = judgeSlope(
      errors(h => h ** 2),
      2,
    );
    expect(withExpansion(right, 0.5)).toBe(right);
  });
  it('takes the worst of several, a contradiction first', () => {
    expect(worstSlope(['consistent', 'not-asymptotic', 'inconsistent'])).toBe('inconsistent');
    expect(worstSlope(['consistent', 'not-asymptotic'])).toBe('not-asymptotic');
    expect(worstSlope(['consistent'])).toBe('consistent');
    expect(worstSlope([])).toBe('not-asymptotic');
  });
});

const optimizer = builtInDocuments()
  .documents.flatMap(document => document.optimizers)
  .find(({ id }) => id === 'adam');

/** Adam on two losses in turn, with the coefficients changed by `twist`. */
async function followed(order: number, twist: (q: number, value: number) => number): Promise<Simulation> {
  if (optimizer === undefined) throw new Error('no adam');
  const reader = new LossReader(await loadMathjs());
  const texts = ['exp(x1/3) + (x2 - x1^2)^2/2', 'x1^2 + x1*x2/3 + 2*x2'];
  const losses = {
    losses: texts.map(text => expressionLoss(reader, text, 2, order + 2)),
    dimension: 2,
    order: [0, 1],
  };
  const hyperparameters = new Map(Object.entries({ '\\beta': 0.4, '\\rho': 0.5, '\\varepsilon': 0.25 }));
  const setup = { optimizer, hyperparameters, schedules: new Map() };
  const right = new RightSide(setup, losses, order);
  const field: PiecewiseField = {
    at: (n, theta, h) => {
      const values = right.coefficients(n, theta);
      return [0, 1].map(i => values.reduceRight((sum, value, q) => h * sum + twist(q, value[i] ?? Number.NaN), 0));
    },
  };
  return simulate(
    {
      setup,
      losses,
      start: [0.4, -0.3],
      time: 0.2,
      steps: [10, 20, 40, 80],
      courses: [{ order, start: 'given', field, expected: { global: order + 1, local: order + 2 } }],
    },
    { pause: async () => undefined, stopped: () => false },
  );
}

describe('a simulation', () => {
  it.each([0, 1])('with the right equation of order %d is consistent', async order => {
    const { verdict, rows, problems } = await followed(order, (_, value) => value);
    expect(problems).toEqual([]);
    expect(rows).toHaveLength(4);
    expect(verdict).toBe('consistent');
  });
  it.each([
    ['a coefficient of order 1 with the wrong sign', (q: number, value: number) => (q === 1 ? -value : value)],
    ['half of the coefficient of order 1', (q: number, value: number) => (q === 1 ? value / 2 : value)],
    ['no coefficient of order 1', (q: number, value: number) => (q === 1 ? 0 : value)],
    ['a coefficient of order 0 off by 2 %', (q: number, value: number) => (q === 0 ? 1.02 * value : value)],
  ])('with %s is not', async (_, twist) => {
    const { verdict, slopes } = await followed(1, twist);
    expect(verdict).toBe('inconsistent');
    expect(slopes[0]?.local?.verdict).toBe('inconsistent');
  });
  it('keeps the rows when it is stopped', async () => {
    if (optimizer === undefined) throw new Error('no adam');
    let calls = 0;
    const reader = new LossReader(await loadMathjs());
    const losses = { losses: [expressionLoss(reader, 'x1^2/2 + x1', 1, 2)], dimension: 1, order: [0] };
    const hyperparameters = new Map(Object.entries({ '\\beta': 0.4, '\\rho': 0.5, '\\varepsilon': 0.25 }));
    const setup = { optimizer, hyperparameters, schedules: new Map() };
    const courses = [
      {
        order: 0,
        start: 'given' as const,
        field: new RightSide(setup, losses, 0),
        expected: { global: 1, local: 2 },
      },
    ];
    const { rows, interrupted, verdict } = await simulate(
      { setup, losses, start: [1], time: 0.1, steps: [4, 8, 16], courses },
      {
        pause: async () => {
          calls += 1;
        },
        stopped: () => calls > 14,
      },
    );
    expect(interrupted).toBe(true);
    expect(rows.map(({ steps }) => steps)).toEqual([4, 8]);
    expect(verdict).toBe('not-asymptotic');
  });
});
