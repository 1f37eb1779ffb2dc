import { describe, expect, it } from 'vitest';
import { SeededNumbers } from '../../../src/base/seeded-numbers.ts';
import { jetOf } from '../../../src/simulate/jet/jet.ts';
import { loadIris } from '../../../src/simulate/loss/iris.ts';
import { networkDimension, networkLoss } from '../../../src/simulate/loss/softmax-losses.ts';
import type { Activation } from '../../../src/simulate/loss/activation.ts';
import { DenseNetwork, networkAsLoss, type TrainingData } from '../../../src/simulate/network/dense-network.ts';

const numbers = new SeededNumbers(7);
const random = (count: number): Float64Array => Float64Array.from({ length: count }, () => 2 * numbers.next() - 1);

const ROWS = 13;
const data: TrainingData = {
  inputs: random(ROWS * 5),
  labels: Uint8Array.from({ length: ROWS }, (_, row) => row % 3),
  width: 5,
  classes: 3,
};

/** E as one writes it down, sample by sample. */
function plainLoss(theta: Float64Array, hidden: readonly number[], activation: Activation): number {
  const phi = activation === 'tanh' ? Math.tanh : (z: number): number => Math.log(1 + Math.exp(z));
  let sum = 0;
  for (let row = 0; row < ROWS; row += 1) {
    let signal = [...data.inputs.subarray(row * 5, row * 5 + 5)];
    let at = 0;
    for (const [layer, units] of [...hidden, 3].entries()) {
      const sums = Array.from({ length: units }, () => {
        const weighted = signal.reduce((total, value, i) => total + value * (theta[at + i] ?? Number.NaN), 0);
        at += signal.length + 1;
        return weighted + (theta[at - 1] ?? Number.NaN);
      });
      signal = layer < hidden.length ? sums.map(phi) : sums;
    }
    const likelihoods = signal.map(Math.exp);
    sum -= Math.log((likelihoods[row % 3] ?? Number.NaN) / likelihoods.reduce((a, b) => a + b));
  }
  return sum / ROWS;
}

const shapes = [[4], [7, 5], [1], []].flatMap(hidden =>
  (['tanh', 'softplus'] as const).map(activation => ({ hidden, activation })),
);

describe.each(shapes)('a network with $hidden units of $activation', ({ hidden, activation }) => {
  const network = new DenseNetwork(data, { hidden, activation });
  const theta = random(network.dimension);
  it('has the loss that is written down sample by sample', () => {
    expect(network.moveTo(theta)).toBeCloseTo(plainLoss(theta, hidden, activation), 12);
  });
  it('has the gradient that differences of the loss approach, and the Hessian that those of the gradient do', () => {
    const direction = random(network.dimension);
    const along = (sign: number, size: number): Float64Array =>
      theta.map((value, i) => value + sign * size * (direction[i] ?? 0));
    network.moveTo(theta);
    const slope = network.gradient.reduce((sum, value, i) => sum + value * (direction[i] ?? 0), 0);
    const product = new Float64Array(network.dimension);
    network.product(direction, product);
    const step = 1e-4;
    const difference =
      (plainLoss(along(1, step), hidden, activation) - plainLoss(along(-1, step), hidden, activation)) / (2 * step);
    expect(slope).toBeCloseTo(difference, 6);
    network.moveTo(along(1, step));
    const ahead = network.gradient.slice();
    network.moveTo(along(-1, step));
    const worst = Math.max(
      ...product.map((value, i) => Math.abs(value - ((ahead[i] ?? 0) - (network.gradient[i] ?? 0)) / (2 * step))),
    );
    expect(worst).toBeLessThan(1e-6);
    expect(Math.max(...product.map(Math.abs))).toBeGreaterThan(1e-3);
  });
  it('has the third derivative along a line that differences of the products approach', () => {
    const direction = random(network.dimension);
    const third = new Float64Array(network.dimension);
    network.moveTo(theta);
    network.thirdAlong(direction, third);
    const step = 1e-4;
    const products = [1, -1].map(sign => {
      const product = new Float64Array(network.dimension);
      network.moveTo(theta.map((value, i) => value + sign * step * (direction[i] ?? 0)));
      network.product(direction, product);
      return product;
    });
    const [ahead, behind] = products;
    const worst = Math.max(
      ...third.map((value, i) => Math.abs(value - ((ahead?.[i] ?? 0) - (behind?.[i] ?? 0)) / (2 * step))),
    );
    expect(worst).toBeLessThan(1e-6);
    expect(Math.max(...third.map(Math.abs))).toBeGreaterThan(1e-3);
  });
});

describe.each(shapes.filter(({ hidden }) => hidden.length > 0))(
  'the loops over series, $hidden units of $activation',
  ({ hidden, activation }) => {
    it('agree on the iris data, to rounding', async () => {
      const iris = await loadIris();
      const rows = iris.labels.map((_, row) => row);
      const series = networkLoss('iris', iris, rows, hidden, activation);
      const inputs = Float64Array.from(iris.features.flat());
      const labels = Uint8Array.from(iris.labels);
      const network = new DenseNetwork({ inputs, labels, width: 4, classes: iris.classes }, { hidden, activation });
      const dense = networkAsLoss('iris', network);
      const dimension = networkDimension(iris, hidden);
      expect(network.dimension).toBe(dimension);
      const point = jetOf(dimension, 4);
      point.data.set(random(3 * dimension));
      for (const degree of [1, 2]) {
        point.degree = degree;
        const [one, other] = [jetOf(dimension, 4), jetOf(dimension, 4)];
        series.gradient(one, point, degree + 1);
        dense.gradient(other, point, degree + 1);
        expect(other.degree).toBe(degree);
        const worst = Math.max(...one.data.map((value, i) => Math.abs(value - (other.data[i] ?? Number.NaN))));
        expect(worst).toBeLessThan(1e-12);
      }
    });
    it('have the second derivative along a line that differences of the products approach', async () => {
      const iris = await loadIris();
      const rows = iris.labels.map((_, row) => row).filter(row => row % 7 === 0);
      const loss = networkLoss('iris', iris, rows, hidden, activation);
      const dimension = networkDimension(iris, hidden);
      const [theta, direction] = [random(dimension), random(dimension)];
      const at = (shift: number, terms: number): Float64Array => {
        const point = jetOf(dimension, 3);
        point.data.set(theta.map((value, i) => value + shift * (direction[i] ?? 0)));
        point.data.set(direction, dimension);
        point.degree = 1;
        const target = jetOf(dimension, 3);
        loss.gradient(target, point, terms);
        return target.data.subarray((terms - 1) * dimension, terms * dimension);
      };
      const [ahead, behind, second] = [at(1e-4, 2), at(-1e-4, 2), at(0, 3)];
      const worst = Math.max(
        ...second.map((value, i) => Math.abs(2 * value - ((ahead[i] ?? 0) - (behind[i] ?? 0)) / 2e-4)),
      );
      expect(worst).toBeLessThan(1e-5);
      expect(Math.max(...second.map(Math.abs))).toBeGreaterThan(1e-3);
    });
  },
);
