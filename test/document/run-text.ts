/** An optimizer's text run in numbers, for tests against a few lines of arithmetic that know nothing of modeq. */
import { readInstance } from '../../src/evaluate/instance/read-instance.ts';
import { instanceEnvironment } from '../../src/evaluate/instance/instance-environment.ts';
import { doubleRing } from '../../src/evaluate/ring/double-ring.ts';
import { runOptimizer } from '../../src/evaluate/series/run-optimizer.ts';
import { optimizerOf } from './reading.ts';

export interface Text {
  readonly rows: string;
  readonly where?: string;
  readonly notation?: string;
}

/** ½c_k(θ_1 − k)² + θ_1θ_2 + θ_2²: losses whose gradients every test writes down by itself. */
const LOSSES = [1, 2, 3, 4, 5, 6].map((factor, k) => `${factor}*(x1-${k})^2/2 + x1*x2 + x2^2`);
/** The gradient of loss k, counted from 0. */
export const slope = (k: number, [x, y]: readonly number[]): [number, number] => [
  (k + 1) * ((x ?? 0) - k) + (y ?? 0),
  (x ?? 0) + 2 * (y ?? 0),
];
export const START = [0.75, -0.5] as const;
export const STEP = 0.0625;
export const STEPS = 5;

/** θ^{(0)}, …, θ^{(5)} from START with the step STEP; `full` uses the first loss throughout. */
export async function iteratesOf(
  { rows, where, notation }: Text,
  hyperparameters: Readonly<Record<string, string>> = {},
  full = false,
): Promise<number[][]> {
  const optimizer = optimizerOf(rows, where, notation);
  const instance = {
    n: 5,
    theta: START.map(String),
    hyperparameters,
    ...(full ? { setting: 'full-batch', losses: [LOSSES[0]] } : { losses: LOSSES }),
  };
  const read = await readInstance(JSON.stringify(instance), optimizer);
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('; '));
  const environment = instanceEnvironment(read.value, doubleRing, STEP);
  return runOptimizer(optimizer, environment, STEPS).map(point => [...point]);
}

/** What a rule gives that makes θ^{(n+1)} from θ^{(n)} in plain arithmetic. */
export function expected(rule: (theta: number[], n: number) => number[]): number[][] {
  const points: number[][] = [[...START]];
  for (let n = 0; n < STEPS; n += 1) points.push(rule(points.at(-1) ?? [], n));
  return points;
}

/** The greatest difference of two runs. */
export const apart = (one: readonly number[][], other: readonly number[][]): number =>
  Math.max(...one.flatMap((point, n) => point.map((value, j) => Math.abs(value - (other[n]?.[j] ?? Number.NaN)))));
