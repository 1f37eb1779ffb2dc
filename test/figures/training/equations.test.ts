/** The derived equations as programs over typed arrays, beside the optimizer's own recursion in series of h, which knows nothing of them. */
import { describe, expect, it } from 'vitest';
import { orRefuse } from '../../../src/base/problem.ts';
import { SeededNumbers } from '../../../src/base/seeded-numbers.ts';
import { builtInDocuments } from '../../../src/files/documents/load.ts';
import { EquationFollower } from '../../../src/figures/training/follow-program.ts';
import { VectorProgram } from '../../../src/figures/training/vector-program.ts';
import type { Optimizer } from '../../../src/optimizer/model.ts';
import { vectorEquation } from '../../../src/report/code/vector-equation.ts';
import { followFlow } from '../../../src/simulate/flow-run.ts';
import { DenseNetwork, networkAsLoss, type TrainingData } from '../../../src/simulate/network/dense-network.ts';
import { networkStart } from '../../../src/simulate/network/training-sets.ts';
import { RightSide } from '../../../src/simulate/right-side.ts';

const numbers = new SeededNumbers(3);
const data: TrainingData = {
  inputs: Float64Array.from({ length: 12 * 3 }, () => 2 * numbers.next() - 1),
  labels: Uint8Array.from({ length: 12 }, (_, row) => row % 2),
  width: 3,
  classes: 2,
};
const shape = { hidden: [3], activation: 'tanh' } as const;
const hyperparameters = new Map([
  ['\\beta', 0.7],
  ['\\rho', 0.9],
  ['\\varepsilon', 1e-2],
]);

function found(id: string): Optimizer {
  const optimizer = builtInDocuments()
    .documents.flatMap(document => document.optimizers)
    .find(each => each.id === id);
  if (optimizer === undefined) throw new Error(`there is no ${id}`);
  return optimizer;
}

describe.each(['adam', 'rmsprop', 'heavy-ball', 'momentum'])('%s', id => {
  const optimizer = found(id);
  const equation = orRefuse(vectorEquation(optimizer, { order: 1, limit: null }));
  const network = new DenseNetwork(data, shape);
  const start = networkStart([3, 3, 2], 5);
  const program = new VectorProgram(equation, start.length, hyperparameters);
  const setup = { optimizer, hyperparameters, schedules: new Map() };
  const losses = {
    losses: [networkAsLoss('network', new DenseNetwork(data, shape))],
    dimension: start.length,
    order: [0],
  };
  const right = new RightSide(setup, losses, 1);

  it('f_0 and f_1 are those of the recursion, at every n and in any order of n', () => {
    const value = new Float64Array(start.length);
    for (const n of [0, 7, 1, 30, 2]) {
      const theta = start.map(each => each + 0.1 * numbers.next());
      const coefficients = right.coefficients(n, theta);
      const h = 0.5;
      for (const order of [0, 1]) {
        network.moveTo(theta);
        program.evaluate(value, network, n, h, order);
        const scale = Math.max(...value.map(Math.abs));
        expect(scale).toBeGreaterThan(1e-4);
        const worst = Math.max(
          ...value.map((each, i) => {
            const other =
              (coefficients[0]?.[i] ?? Number.NaN) + (order === 0 ? 0 : h * (coefficients[1]?.[i] ?? Number.NaN));
            return Math.abs(each - other);
          }),
        );
        expect(worst / scale).toBeLessThan(1e-11);
      }
    }
  });

  it('its solution is that of another integrator, to the tolerance', () => {
    const [h, steps] = [0.02, 25];
    const points = followFlow(right, start, h, steps, 1e-10);
    const followed = new EquationFollower(program, network, start, h, 1);
    for (let n = 0; n < steps; n += 1) followed.step();
    expect(followed.ended).toBeNull();
    const end = points[steps] ?? start;
    const moved = Math.hypot(...end.map((value, i) => value - (start[i] ?? 0)));
    const apart = Math.hypot(...end.map((value, i) => value - (followed.theta[i] ?? Number.NaN)));
    expect(moved).toBeGreaterThan(0.01);
    expect(apart).toBeLessThan(2e-5 * moved);
  });
});

it('a solution that blows up ends, and says so', () => {
  const optimizer = found('adam');
  const equation = orRefuse(vectorEquation(optimizer, { order: 1, limit: null }));
  const start = networkStart([3, 3, 2], 5);
  const names = new Map([...hyperparameters, ['\\varepsilon', 1e-9]]);
  const program = new VectorProgram(equation, start.length, names);
  const followed = new EquationFollower(program, new DenseNetwork(data, shape), start, 0.5, 1);
  for (let n = 0; n < 10; n += 1) followed.step();
  expect(followed.ended).toBe('stiff');
  expect(followed.theta.every(Number.isFinite)).toBe(true);
});
