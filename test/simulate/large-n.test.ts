/** The equation for n → ∞ against the equation at a large n, and the initial layer against its sum. */
import { describe, expect, it } from 'vitest';
import { attempt } from '../../src/base/problem.ts';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import { LossReader } from '../../src/evaluate/loss/expression-loss.ts';
import { loadMathjs } from '../../src/evaluate/loss/mathjs.ts';
import { expressionLoss } from '../../src/simulate/loss/expression-gradient.ts';
import { LargeN } from '../../src/simulate/large-n.ts';
import { RightSide } from '../../src/simulate/right-side.ts';

const optimizers = builtInDocuments().documents.flatMap(document => document.optimizers);
const hyperparameters = new Map(
  Object.entries({ '\\beta': 0.7, '\\rho': 0.8, '\\varepsilon': 0.1, '\\mu': 0.6, '\\lambda': 0.1, '\\delta': 0.5 }),
);
const theta = [1.25, 0.75];

async function made(id: string) {
  const optimizer = optimizers.find(each => each.id === id);
  if (optimizer === undefined) throw new Error(`no ${id}`);
  const loss = expressionLoss(new LossReader(await loadMathjs()), '(3/2 - 2*x1*x2)^2/2 + x1', 2, 4);
  const losses = { losses: [loss], dimension: 2, order: [0] };
  const setup = { optimizer, hyperparameters, schedules: new Map() };
  return { setup, losses, right: (order: number) => new RightSide(setup, losses, order) };
}

describe.each(['adam', 'rmsprop', 'momentum', 'nesterov', 'nadam', 'adamw', 'lion', 'heavy-ball', 'gd'])('%s', id => {
  it.each([0, 1])('at order %d the limit is the equation at a large n', async order => {
    const { setup, losses, right } = await made(id);
    const limit = new LargeN(setup, losses, order, theta).at(0, theta, 0.01);
    const far = right(order).at(700, theta, 0.01);
    limit.forEach((value, i) => {
      expect(Math.abs(value - (far[i] ?? Number.NaN))).toBeLessThan(1e-12 * Math.abs(value));
    });
  });

  it('the layer is the sum of what the first steps differ from it', async () => {
    const { setup, losses, right } = await made(id);
    const large = new LargeN(setup, losses, 0, theta);
    const { vector, present } = large.layer(theta);
    const limit = large.at(0, theta, 0.01);
    const sum = [0, 0];
    for (let n = 0; n < 250; n += 1)
      right(0)
        .at(n, theta, 0.01)
        .forEach((value, i) => {
          sum[i] = (sum[i] ?? 0) + value - (limit[i] ?? 0);
        });
    vector.forEach((value, i) => {
      expect(Math.abs(value - (sum[i] ?? 0))).toBeLessThan(1e-9);
    });
    expect(present).toBe(['rmsprop', 'momentum', 'nesterov', 'nadam', 'lion', 'heavy-ball'].includes(id));
  });
});

it('refuses a memory that does not fade', async () => {
  const { setup, losses } = await made('adagrad');
  const result = attempt(() => new LargeN(setup, losses, 0, theta));
  expect(result.ok ? null : result.problems[0]?.code).toBe('no-limit');
});
