/** The two routes meet: what the engine derives, against the optimizer itself in series of h. */
import { describe, expect, it } from 'vitest';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { followOptimizer } from '../../src/evaluate/series/follow.ts';
import { readInstance } from '../../src/evaluate/instance/read-instance.ts';
import { adam } from './optimizers/adam.ts';
import { adagrad, adamw, lion, nadam } from './optimizers/adaptive.ts';
import { gradientDescent, heavyBall, scheduled, velocity } from './optimizers/classical.ts';

const instance = {
  n: 3,
  theta: ['1/3', '-2/5'],
  losses: ['x1^2/2 + x1*x2/3 - x2', 'x1*x2^2 + 2*x1', '(3/2 - 2*x1*x2)^2/2', 'tanh(x1*x2) + x1'],
  functions: { phi: 'tanh(3*x)' },
  schedules: { eta: ['1', '1/2', '2/3', '-1/4'] },
};
const cases = [
  [gradientDescent, {}],
  [heavyBall, { beta: '4/5' }],
  [velocity, { beta: '4/5' }],
  [scheduled, { lambda: '1/3' }],
  [adam, { beta: '9/10', rho: '99/100', epsilon: '1/100' }],
  [adagrad, { epsilon: '1/10' }],
  [adamw, { beta: '4/5', rho: '9/10', epsilon: '1/10', lambda: '1/3' }],
  [nadam, { beta: '4/5', rho: '9/10', epsilon: '1/10', lambda: '1/3' }],
  [lion, { beta: '4/5', rho: '9/10', lambda: '1/3', delta: '2' }],
] as const;

describe.each(cases)('the derived equation of $id', (optimizer, hyperparameters) => {
  it.each([0, 1, 2])('of order %d agrees through h^{order+1} and no further', async order => {
    const read = await readInstance(JSON.stringify({ ...instance, hyperparameters }), optimizer);
    const derived = deriveModifiedEquation(optimizer, { order, setting: 'mini-batch' });
    if (!read.ok || !derived.ok) throw new Error('not derived');
    const equation = { ...derived.value, declarations: optimizer.declarations };
    const followed = followOptimizer(optimizer, equation, read.value, { steps: 3, terms: order + 3, digits: 60 });
    expect(followed.ok ? followed.value.map(({ power }) => power) : followed.problems).toEqual(
      Array(3).fill(order + 2),
    );
  });

  it('as a map agrees likewise', async () => {
    const read = await readInstance(JSON.stringify({ ...instance, hyperparameters }), optimizer);
    const derived = deriveModifiedEquation(optimizer, { order: 1, setting: 'mini-batch', form: 'map' });
    if (!read.ok || !derived.ok) throw new Error('not derived');
    const equation = { ...derived.value, declarations: optimizer.declarations };
    const followed = followOptimizer(optimizer, equation, read.value, { steps: 4, terms: 4, digits: 60, form: 'map' });
    // A memoryless optimizer is its own map; the others differ at h³ from the second step on.
    expect(followed.ok && followed.value.every(({ power }) => power === null || power === 3)).toBe(true);
  });
});
