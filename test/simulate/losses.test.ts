/** Gradients along series of points in Float64 against the same in 40 digits. */
import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/number/rational.ts';
import { LossReader } from '../../src/evaluate/loss/expression-loss.ts';
import { FloatRing, printFloat } from '../../src/evaluate/ring/float-ring.ts';
import { loadMathjs } from '../../src/evaluate/loss/mathjs.ts';
import { SeriesRing } from '../../src/evaluate/ring/series-ring.ts';
import { expressionLoss } from '../../src/simulate/loss/expression-gradient.ts';
import type { FloatLoss } from '../../src/simulate/loss/float-loss.ts';
import { type LabelledData, loadIris } from '../../src/simulate/loss/iris.ts';
import { jetOf } from '../../src/simulate/jet/jet.ts';
import {
  logisticDimension,
  logisticLoss,
  networkDimension,
  networkLoss,
} from '../../src/simulate/loss/softmax-losses.ts';

const TERMS = 4;

/** The largest difference from the text's gradient along x_i(h) = x_{i0} + x_{i1} h + …, all eighths. */
async function deviation(loss: FloatLoss, text: string, dimension: number): Promise<number> {
  const coefficient = (i: number, q: number): number => (((i * 5 + q * 3) % 9) - 4) / 8 + (q === 0 ? 1 / 16 : 0);
  const point = jetOf(dimension, TERMS);
  point.degree = TERMS - 1;
  for (let q = 0; q < TERMS; q += 1)
    for (let i = 0; i < dimension; i += 1) point.data[q * dimension + i] = coefficient(i, q);
  const target = jetOf(dimension, TERMS);
  loss.gradient(target, point, TERMS);
  const ring = new SeriesRing(new FloatRing(40), TERMS);
  const exact = new LossReader(await loadMathjs()).function(text, 'x', dimension, null);
  const x = Array.from({ length: dimension }, (_, i) =>
    Array.from({ length: TERMS }, (__, q) => ring.base.fromRational(Rational.of(coefficient(i, q) * 16, 16))),
  );
  let worst = 0;
  for (let i = 0; i < dimension; i += 1) {
    const value = exact.derivative([i + 1])(ring, x);
    value.forEach((term, q) => {
      const wanted = Number(printFloat(term, 20));
      const got = q > target.degree ? 0 : (target.data[q * dimension + i] ?? Number.NaN);
      worst = Math.max(worst, Math.abs(got - wanted) / (1 + Math.abs(wanted)));
    });
  }
  return worst;
}

describe('expression losses', () => {
  it.each([
    'x1^2/2 + x1*x2/3 - x2^3',
    '(3/2 - 2*x1*x2)^2/2',
    'exp(x1*x2)/(1 + x3^2) + tanh(x1 - x3)',
    'log(3 + x1*x2) * sqrt(2 + x3) - sin(x1)*cos(x2)',
    '(2 + x1)^(5/2) + 3^x2 + (1 + x3^2)^(-2) + x1^7',
    '(x1 - 1/16 + 1/2)^2 * x2',
  ])('%s', async text => {
    const loss = expressionLoss(new LossReader(await loadMathjs()), text, 3, TERMS);
    expect(await deviation(loss, text, 3)).toBeLessThan(1e-13);
  });

  it('are not finite where they have no value', async () => {
    const loss = expressionLoss(new LossReader(await loadMathjs()), 'log(x1) + x1', 1, 1);
    const point = jetOf(1, 1);
    const target = jetOf(1, 1);
    point.data[0] = -1;
    loss.gradient(target, point, 1);
    expect(target.data[0]).toBeNaN();
    point.data[0] = 2;
    loss.gradient(target, point, 1);
    expect(target.data[0]).toBe(1.5);
  });
});

/** Σ over rows of log Σ_c exp(o_c − o_label), over the number of rows; `unit` writes a hidden unit or a measurement. */
function crossEntropy(
  data: LabelledData,
  rows: readonly number[],
  inputs: (row: number) => string[],
  first: number,
): string {
  const terms = rows.map(row => {
    const signals = [...inputs(row), '1'];
    const logit = (c: number): string =>
      signals.map((signal, s) => `x${first + c * signals.length + s + 1}*(${signal})`).join(' + ');
    const label = data.labels[row] ?? 0;
    return `log(${[0, 1, 2].map(c => `exp(${logit(c)} - (${logit(label)}))`).join(' + ')})`;
  });
  return `(${terms.join(' + ')})/${rows.length}`;
}

describe('losses on data', () => {
  const coarse = async (): Promise<LabelledData> => {
    const data = await loadIris();
    // Measurements that are short decimals, so that the text says exactly the same.
    return { ...data, features: data.features.map(row => row.map(value => Math.round(value * 8) / 8)) };
  };
  const rows = [3, 70, 120, 141];

  it('logistic regression', async () => {
    const data = await coarse();
    const text = crossEntropy(data, rows, row => (data.features[row] ?? []).map(value => `(${value})`), 0);
    const p = logisticDimension(data);
    expect(p).toBe(15);
    expect(await deviation(logisticLoss('logistic', data, rows), text, p)).toBeLessThan(1e-13);
  });

  it('the network with one hidden layer', async () => {
    const data = await coarse();
    const hidden = 2;
    const units = (row: number): string[] =>
      Array.from({ length: hidden }, (_, unit) => {
        const inputs = [...(data.features[row] ?? []), 1];
        return `tanh(${inputs.map((value, at) => `x${unit * 5 + at + 1}*(${value})`).join(' + ')})`;
      });
    const text = crossEntropy(data, rows, units, hidden * 5);
    const p = networkDimension(data, [hidden]);
    expect(await deviation(networkLoss('network', data, rows, [hidden]), text, p)).toBeLessThan(1e-13);
  });

  it('iris has 150 standardised rows in three classes', async () => {
    const { features, labels } = await loadIris();
    expect(features).toHaveLength(150);
    expect([0, 1, 2].map(label => labels.filter(each => each === label).length)).toEqual([50, 50, 50]);
    const mean = features.reduce((sum, row) => sum + (row[2] ?? 0), 0) / 150;
    expect(Math.abs(mean)).toBeLessThan(1e-12);
  });
});
