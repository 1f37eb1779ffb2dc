/** How one right-hand side of order 1 of a simulation grows with the steps n, the batches m and the parameters p. */
import type { Optimizer } from '../src/optimizer/model.ts';
import type { FloatLoss } from '../src/simulate/loss/float-loss.ts';
import type { Jet } from '../src/simulate/jet/jet.ts';
import { RightSide } from '../src/simulate/right-side.ts';

export interface GrowthRow {
  readonly what: string;
  readonly n: number;
  readonly m: number;
  readonly p: number;
  readonly milliseconds: number;
  readonly gradients: number;
  readonly products: number;
}

interface Counts {
  gradients: number;
  products: number;
}

/** ½a Σ x_i² + Σ sin(x_i)·x_{i+1}/4: its gradient costs O(p), with a and a shift that depend on the batch. */
function chainLoss(batch: number, counts: Counts): FloatLoss {
  const scale = 1 + (batch % 7) / 5;
  return {
    name: `chain ${batch}`,
    gradient: (target: Jet, point: Jet, terms: number) => {
      const { width, data } = point;
      const withProduct = terms > 1 && point.degree > 0;
      if (withProduct) counts.products += 1;
      else counts.gradients += 1;
      target.degree = withProduct ? 1 : 0;
      for (let i = 0; i < width; i += 1) {
        const [x, next, before] = [at(data, i), at(data, (i + 1) % width), at(data, (i + width - 1) % width)];
        const [cosine, sine] = [Math.cos(x), Math.sin(x)];
        target.data[i] = scale * x + (cosine * next + Math.sin(before)) / 4 + batch / 100;
        if (!withProduct) continue;
        const slope = (j: number): number => at(data, width + ((j + width) % width));
        target.data[width + i] =
          scale * slope(i) + (-sine * next * slope(i) + cosine * slope(i + 1) + Math.cos(before) * slope(i - 1)) / 4;
      }
    },
  };
}

const at = (values: Float64Array, place: number): number => values[place] ?? Number.NaN;

/** Milliseconds of one evaluation, the best of a few; the first one, which makes the weights of the past, is not counted. */
function measure(optimizer: Optimizer, what: string, n: number, m: number, p: number): GrowthRow {
  const counts: Counts = { gradients: 0, products: 0 };
  const losses = Array.from({ length: m }, (_, batch) => chainLoss(batch, counts));
  const hyperparameters = new Map(Object.entries({ '\\beta': 0.9, '\\rho': 0.999, '\\varepsilon': 1e-4 }));
  const sequence = { losses, dimension: p, order: losses.map((_, batch) => batch) };
  const right = new RightSide({ optimizer, hyperparameters, schedules: new Map() }, sequence, 1);
  const theta = Array.from({ length: p }, (_, i) => Math.sin(i + 1));
  right.coefficients(n, theta);
  let milliseconds = Number.POSITIVE_INFINITY;
  const repeats = n * p > 1e7 ? 1 : 5;
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    counts.gradients = 0;
    counts.products = 0;
    const start = process.cpuUsage();
    right.coefficients(n, theta);
    const { user, system } = process.cpuUsage(start);
    milliseconds = Math.min(milliseconds, (user + system) / 1000);
  }
  return { what, n, m, p, milliseconds, ...counts };
}

/** Each of n, m and p alone, then all at their largest; in small the first of each only. */
export function rightSideGrowth(optimizer: Optimizer, small = false): GrowthRow[] {
  if (small) return [measure(optimizer, 'growing n', 10, 4, 10), measure(optimizer, 'growing n', 100, 4, 10)];
  return [
    ...[100, 1000, 10_000].map(n => measure(optimizer, 'growing n', n, 4, 100)),
    ...[1, 4, 16, 64].map(m => measure(optimizer, 'growing m', 1000, m, 100)),
    ...[100, 1000, 10_000].map(p => measure(optimizer, 'growing p', 1000, 4, p)),
    measure(optimizer, 'the largest', 10_000, 64, 10_000),
  ];
}

/** A table; every line after the first of a group says with which power the time grew since the line before. */
export function growthTable(rows: readonly GrowthRow[]): string {
  const lines = rows.map((row, place) => {
    const before = rows[place - 1];
    const grown = before?.what === row.what ? Math.max(row.n / before.n, row.m / before.m, row.p / before.p) : 1;
    const power =
      before === undefined || grown === 1
        ? ''
        : (Math.log(row.milliseconds / before.milliseconds) / Math.log(grown)).toFixed(2);
    const cells = [row.n, row.m, row.p, row.milliseconds.toFixed(1), row.gradients, row.products, power];
    return row.what.padEnd(14) + cells.map(cell => String(cell).padStart(11)).join('');
  });
  const head = ['n', 'm', 'p', 'cpu ms', 'gradients', 'products', 'power'].map(cell => cell.padStart(11)).join('');
  return [' '.repeat(14) + head, ...lines].join('\n');
}
