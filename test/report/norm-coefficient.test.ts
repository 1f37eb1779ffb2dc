/**
 * The coefficient that the figures show, against the coefficients of the derived equation in several dimensions, and
 * against closed formulas (which only this test knows).
 */
import { describe, expect, test } from 'vitest';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { evaluateCoefficients } from '../../src/evaluate/evaluate-equation.ts';
import { readInstance } from '../../src/evaluate/instance/read-instance.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { NormCoefficient } from '../../src/figures/norm-coefficient.ts';

function builtIn(id: string): Optimizer {
  const found = builtInDocuments()
    .documents.flatMap(({ optimizers }) => optimizers)
    .find(optimizer => optimizer.id === id);
  if (found === undefined) throw new Error(`${id} comes with the package`);
  return found;
}
const adam = new NormCoefficient(builtIn('adam'));
const rmsprop = new NormCoefficient(builtIn('rmsprop'));

const choice = (beta: number, rho: number): ReadonlyMap<string, number> =>
  new Map([
    ['\\beta', beta],
    ['\\rho', rho],
  ]);
const memory = (parameter: number): number => (1 + parameter) / (1 - parameter);

describe('the coefficient of the perturbed one-norm', () => {
  test.each([
    [0.9, 0.999, 0.01],
    [0.99, 0.9, 10],
    [0.3, 0.3, 1],
    [0.01, 0.95, 200],
  ])('of Adam for large n, β = %d, ρ = %d, ε/g² = %d (Remark 3.7)', (beta, rho, ratio) => {
    const { total } = adam.atLargeN({ ratio, hyperparameters: choice(beta, rho) });
    const expected = (memory(beta) - memory(rho) / (1 + ratio)) / 2;
    expect(Math.abs(total - expected)).toBeLessThan(1e-9 * (1 + Math.abs(expected)));
  });

  test.each([
    [0.9, 0.02],
    [0.5, 3],
  ])('of RMSProp for large n in its two parts, ρ = %d, ε/g² = %d (Remark 3.4)', (rho, ratio) => {
    const value = rmsprop.atLargeN({ ratio, hyperparameters: new Map([['\\rho', rho]]) });
    expect(value.discretization).toBeCloseTo(ratio / (2 * (1 + ratio)), 10);
    expect(value.memory).toBeCloseTo(-rho / (1 - rho) / (1 + ratio), 10);
    expect(value.total).toBe(rmsprop.atLargeN({ ratio, hyperparameters: choice(0.7, rho) }).total);
  });

  test('of Adam for β → 0 is that of RMSProp, for large n only', () => {
    const point = { ratio: 0.5, hyperparameters: choice(1e-9, 0.9) };
    expect(adam.atLargeN(point).total).toBeCloseTo(rmsprop.atLargeN(point).total, 6);
    const [early, late] = [0, 1].map(at =>
      Math.abs((adam.atSteps(point, [2, 400])[at]?.total ?? 0) - (rmsprop.atSteps(point, [2, 400])[at]?.total ?? 0)),
    );
    expect(early).toBeGreaterThan(0.1);
    expect(late).toBeLessThan(1e-6);
  });

  test('comes near its limit, from far away', () => {
    const point = { ratio: 0.1, hyperparameters: choice(0.9, 0.99) };
    const limit = adam.atLargeN(point).total;
    const [first, last] = adam.atSteps(point, [0, 5000]);
    expect(last?.total).toBeCloseTo(limit, 6);
    expect(Math.abs((first?.total ?? limit) - limit)).toBeGreaterThan(10);
  });

  test.each([0, 1, 7])(
    'is that of the derived equation in three dimensions at n = %d, for every component',
    async n => {
      const optimizer = builtIn('adam');
      const equation = deriveModifiedEquation(optimizer, { order: 1, setting: 'mini-batch' });
      if (!equation.ok) throw new Error('Adam is covered');
      const text = JSON.stringify({
        n,
        theta: ['0.4', '-0.7', '1.1'],
        setting: 'full-batch',
        hyperparameters: { beta: '0.8', rho: '0.95', epsilon: '0.3' },
        losses: ['x1^2*x2 + x2*x3^3 - x1*x3 + x2^2 - 2*x1'],
      });
      const instance = await readInstance(text, optimizer, 'point.json');
      if (!instance.ok) throw new Error('the instance is right');
      const values = evaluateCoefficients(
        { ...equation.value, declarations: optimizer.declarations },
        instance.value,
        20,
      );
      if (!values.ok) throw new Error('the instance has values');
      const [leading, first] = values.value.map(row => row.map(Number));
      const [x, y, z] = [0.4, -0.7, 1.1];
      const gradient = [2 * x * y - z - 2, x * x + z ** 3 + 2 * y, 3 * y * z * z - x];
      const hessian = [
        [2 * y, 2 * x, -1],
        [2 * x, 2, 3 * z * z],
        [-1, 3 * z * z, 6 * y * z],
      ];
      for (const [j, own] of gradient.entries()) {
        const norm = gradient.reduce((sum, g, i) => sum + ((hessian[i]?.[j] ?? 0) * g) / Math.sqrt(g * g + 0.3), 0);
        const [coefficient] = adam.atSteps({ ratio: 0.3 / own ** 2, hyperparameters: choice(0.8, 0.95) }, [n]);
        const expected = ((first?.[j] ?? 0) / (leading?.[j] ?? 0)) * (own / norm);
        expect(coefficient?.total).toBeCloseTo(expected, 9);
      }
    },
  );
});
