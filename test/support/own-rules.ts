/**
 * Optimizers written once more, as programs in Float64 that share nothing with the reader or the model: what a document's rows give is
 * compared with them.
 */
import { doubleRing } from '../../src/evaluate/ring/double-ring.ts';
import { instanceEnvironment } from '../../src/evaluate/instance/instance-environment.ts';
import { jsonName } from '../../src/evaluate/instance/instance.ts';
import { readInstance } from '../../src/evaluate/instance/read-instance.ts';
import { runOptimizer } from '../../src/evaluate/series/run-optimizer.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';

export type Point = readonly number[];

/** What a rule may use: the step, gradients of its losses, values of its hyperparameters and schedules. */
export interface World {
  readonly h: number;
  readonly gradient: (batch: number, at: Point) => Point;
  /** The value of the hyperparameter `beta` of `\beta`; of a schedule `sigma` at n. */
  readonly value: (name: string, at?: number) => number;
}
/** Given the world and θ^{(0)}, the next point from step n, the current point being kept by the rule. */
export type Rule = (world: World, start: Point) => (n: number) => Point;

export const map = (change: (...each: number[]) => number, ...points: readonly Point[]): Point =>
  (points[0] ?? []).map((_, place) => change(...points.map(point => point[place] ?? Number.NaN)));
export const zeros = (like: Point): Point => like.map(() => 0);

const LOSSES = [
  'x1^2/2 + x1*x2/3 - x2 + x1^3/7',
  'x1*x2^2 + 2*x1 + x2^3/3',
  'x1^2*x2 - x2^2/5 + x1/3',
  'x1^4/4 + x2^2 - x1*x2',
];
const GRADIENTS: readonly ((x: number, y: number) => Point)[] = [
  (x, y) => [x + y / 3 + (3 * x * x) / 7, x / 3 - 1],
  (x, y) => [y * y + 2, 2 * x * y + y * y],
  (x, y) => [2 * x * y + 1 / 3, x * x - (2 * y) / 5],
  (x, y) => [x ** 3 - y, 2 * y - x],
];
const START = [1 / 4, -1 / 2];
const SCHEDULE = [0.5, 0.75, 0.25, 1];
const STEPS = 4;
const STEP = 1 / 16;

const valueFor = (name: string): number =>
  (20 + [...name].reduce((sum, letter) => (31 * sum + (letter.codePointAt(0) ?? 0)) % 61, 0)) / 128;

/** The iterates of the rule. */
export function ownIterates(rule: Rule): readonly Point[] {
  const world: World = {
    h: STEP,
    gradient: (batch, at) => GRADIENTS[batch]?.(at[0] ?? Number.NaN, at[1] ?? Number.NaN) ?? [],
    value: (name, at) => (at === undefined ? valueFor(name) : (SCHEDULE[at] ?? Number.NaN)),
  };
  const next = rule(world, START);
  return Array.from({ length: STEPS }, (_, n) => next(n));
}

/** The iterates of a document's rows at the same values. */
export async function documentIterates(optimizer: Optimizer): Promise<readonly Point[]> {
  const hyperparameters: Record<string, string> = {};
  const schedules: Record<string, readonly string[]> = {};
  const functions: Record<string, string | readonly string[]> = {};
  for (const { kind, name } of optimizer.declarations) {
    if (kind === 'scalar') hyperparameters[jsonName(name)] = String(valueFor(jsonName(name)));
    if (kind === 'schedule') schedules[jsonName(name)] = SCHEDULE.map(String);
    if (kind === 'function') functions[jsonName(name)] = 'tanh(x)';
  }
  const text = JSON.stringify({
    n: STEPS - 1,
    theta: START.map(String),
    hyperparameters,
    schedules,
    functions,
    losses: LOSSES,
  });
  const instance = await readInstance(text, optimizer);
  if (!instance.ok) throw new Error(instance.problems.map(({ message }) => message).join('; '));
  return runOptimizer(optimizer, instanceEnvironment(instance.value, doubleRing, STEP), STEPS).slice(1);
}

/** The largest distance between iterates. */
export const distanceOf = (left: readonly Point[], right: readonly Point[]): number =>
  Math.max(
    ...left.flatMap((point, n) => point.map((value, place) => Math.abs(value - (right[n]?.[place] ?? Number.NaN)))),
  );
