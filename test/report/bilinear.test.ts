/** The effects that the reference paper's Figures 1 and 2 show, as numbers: where on the line of minima a run ends. */
import { beforeAll, describe, expect, test } from 'vitest';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import { drawBilinearFigures } from '../../src/figures/bilinear/bilinear-figures.ts';
import { leastLimitingPoint, limitingNorm, minimumAt } from '../../src/figures/bilinear/bilinear-model.ts';
import type { Figure } from '../../src/figures/figure.ts';
import { complaintsAboutSvg } from '../support/svg-document.ts';

interface End {
  readonly theta: readonly [number, number];
  readonly residual: number;
  readonly limitingNorm: number;
}
interface Row {
  readonly varied: string;
  readonly runs: readonly { value: number; adam: End; equation: End; distance: number }[];
  readonly adamEnds: readonly { value: number; end: End }[];
}

let figures: Figure[] = [];
let rows: Row[] = [];
const counted: number[] = [];

beforeAll(async () => {
  const adam = builtInDocuments()
    .documents.flatMap(({ optimizers }) => optimizers)
    .find(({ id }) => id === 'adam');
  if (adam === undefined) throw new Error('Adam comes with the package');
  figures = await drawBilinearFigures(adam, done => counted.push(done));
  rows = figures.flatMap(({ numbers }) => JSON.parse(JSON.stringify(numbers.rows)));
}, 600_000);

test('the cross is the point of the line of minima where θ₁ = θ₂', () => {
  const { x, y } = leastLimitingPoint();
  expect(x).toBeCloseTo(Math.sqrt(3) / 2, 7);
  expect(y).toBeCloseTo(x, 7);
  for (const other of [0.5, 0.86, 0.87, 2])
    expect(limitingNorm(minimumAt(other))).toBeGreaterThan(limitingNorm({ x, y }));
});

test('three figures, of two rows or four with four runs each, all counted', () => {
  expect(figures.map(({ name }) => name)).toEqual(['bilinear-beta-rho', 'bilinear-h', 'bilinear-large-steps']);
  const ofFour = ['beta', 'rho', 'h', 'h'].map(varied => [varied, 4]);
  expect(rows.map(({ varied, runs }) => [varied, runs.length])).toEqual([...ofFour, ...ofFour]);
  expect(counted).toEqual(Array.from({ length: 32 }, (_, at) => at + 1));
  for (const { svg } of figures) expect(complaintsAboutSvg(svg)).toEqual([]);
});

describe.each([
  { row: 0, says: 'larger β moves the end towards smaller one-norms', sign: -1 },
  { row: 1, says: 'larger ρ away from them', sign: 1 },
  { row: 2, says: 'with β > ρ larger h moves the end towards smaller one-norms', sign: -1 },
  { row: 3, says: 'with ρ > β away from them', sign: 1 },
])('$says', ({ row, sign }) => {
  const monotone = (ends: readonly End[]): void => {
    expect(ends.length).toBeGreaterThan(3);
    ends.slice(1).forEach((end, at) => {
      expect(Math.sign(end.limitingNorm - (ends[at]?.limitingNorm ?? 0))).toBe(sign);
    });
  };
  test('Adam, at more values than are drawn', () => {
    const { adamEnds = [], runs = [] } = rows[row] ?? {};
    expect(adamEnds.length).toBeGreaterThan(runs.length);
    monotone(adamEnds.map(({ end }) => end));
  });
  test('and the solution of the modified equation', () =>
    monotone(rows[row]?.runs.map(({ equation }) => equation) ?? []));
  test('all runs have reached the line of minima', () => {
    for (const { adam, equation } of rows[row]?.runs ?? []) {
      expect(adam.residual).toBeLessThan(1e-6);
      expect(equation.residual).toBeLessThan(1e-6);
      expect(adam.theta[0] * adam.theta[1]).toBeCloseTo(0.75, 6);
    }
  });
});

test.each([
  { row: 4, sign: -1 },
  { row: 5, sign: 1 },
  { row: 6, sign: -1 },
  { row: 7, sign: 1 },
])('with large steps (row $row) Adam ends so far apart that one sees it, in the same order', ({ row, sign }) => {
  const norms = rows[row]?.runs.map(({ adam }) => adam.limitingNorm) ?? [];
  expect(norms).toHaveLength(4);
  norms.slice(1).forEach((norm, at) => {
    expect(Math.sign(norm - (norms[at] ?? 0))).toBe(sign);
  });
  expect(Math.abs((norms[3] ?? 0) - (norms[0] ?? 0))).toBeGreaterThan(0.1);
  for (const { adam } of rows[row]?.runs ?? []) expect(adam.residual).toBeLessThan(1e-6);
});

test('the equation of order 1 is left by h²', () => {
  const byStep = new Map(rows[2]?.runs.map(({ value, distance }) => [value, distance]));
  const ratio = (byStep.get(0.002) ?? 0) / (byStep.get(0.001) ?? 1);
  expect(ratio).toBeGreaterThan(3.5);
  expect(ratio).toBeLessThan(4.6);
});
