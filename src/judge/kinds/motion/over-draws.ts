/**
 * Means over the batches in numbers: every sequence of batches that the steps 0 … n may have had, the optimizer run with it in series of h
 * from the start that leads to θ^{(n)} = θ, and the mean over all sequences of what it does then. No derivation takes part: a step at a fixed
 * sequence is the map Ψ of θ^{(n)}, and the field whose flow over the time h it is log Ψ = Σ_{k≥1} (−1)^{k−1}/k (Ψ − id)^k, of which Ψ applied
 * some times gives as many powers of h.
 *
 * Source for the logarithm: Hairer, Lubich, Wanner, Geometric Numerical Integration, IX.1 (the field of a near-identity map).
 */
import { refuse, type Result } from '../../../base/problem.ts';
import type { Budget } from '../../../base/budget.ts';
import type { Ball } from '../../../evaluate/ring/ball.ts';
import { enclose } from '../../../evaluate/ring/enclose.ts';
import type { Environment } from '../../../evaluate/environment.ts';
import { runOptimizer } from '../../../evaluate/series/run-optimizer.ts';
import { LaurentRing, withEnoughTerms } from '../../../evaluate/ring/laurent-ring.ts';
import type { RingSeries, SeriesRing } from '../../../evaluate/ring/series-ring.ts';
import type { MeanOf, MeanSetting } from '../../../notation/settings.ts';
import { Rational } from '../../../number/rational.ts';
import type { Optimizer } from '../../../optimizer/model.ts';
import type { Outcome } from '../../question.ts';
import type { RowSource } from '../../numeric/row-source.ts';
import { environmentOf } from '../../sample/sample-environment.ts';
import type { Sample } from '../../sample/sample.ts';

/** Up to so many sequences all are run. */
const MOST_DRAWS = 30;
const LARGEST_N = 4;

/** How many sequences of batches the steps 0 … n may have. */
function countDraws(setting: MeanSetting, population: number, n: number): number {
  let count = 1;
  for (let step = 0; step <= n && count <= MOST_DRAWS; step += 1)
    count *= setting === 'iid' ? population : population - step;
  return count;
}

/** Whether a sample is small enough for all its sequences to be run. */
export const canRunAll = (setting: MeanSetting, { n, losses }: Sample): boolean => {
  const count = n > LARGEST_N ? 0 : countDraws(setting, losses.length, n);
  return count > 0 && count <= MOST_DRAWS;
};

/** All sequences of n + 1 numbers below the population's size, each as likely as the others. */
function drawsOf(setting: MeanSetting, population: number, n: number): number[][] {
  let draws: number[][] = [[]];
  for (let step = 0; step <= n; step += 1)
    draws = draws.flatMap(draw =>
      Array.from({ length: population }, (_, k) => k)
        .filter(k => setting === 'iid' || !draw.includes(k))
        .map(k => [...draw, k]),
    );
  return draws;
}

/** A sequence of batches for each last one: those before do not count for a step without memory, and are not the same. */
const lastDraws = (population: number, n: number): number[][] =>
  Array.from({ length: population }, (_, k) =>
    Array.from({ length: n + 1 }, (_entry, step) => (k + n - step) % population),
  );

type Point<T> = readonly RingSeries<T>[];
type StepMap<T> = (point: Point<T>) => Point<T>;

interface Asked {
  readonly optimizer: Optimizer;
  readonly setting: MeanSetting;
  readonly form: 'flow' | 'map';
  readonly mean: MeanOf;
  /** The highest row. */
  readonly order: number;
  /** For the covariance of the step: the letter of its other component. */
  readonly noise?: string;
  /** Whether the step depends on its own batch alone: then a sequence for each batch says it all. */
  readonly memoryless?: boolean;
}

/** Row q: the coefficient of h^q in the mean flow, of h^{q+1} in the mean map. Without a value where there are too many sequences. */
export function rowsOverDraws(asked: Asked): RowSource {
  return {
    at: (sample, digits, budget): Outcome => {
      const rows = computeRows(asked, sample, digits, budget);
      return rows.ok
        ? { kind: 'values', rows: rows.value }
        : { kind: 'unusable', reason: `derived side: ${rows.problems[0]?.message ?? 'no value'}` };
    },
  };
}

function computeRows(asked: Asked, sample: Sample, digits: number, budget: Budget): Result<Ball[][]> {
  const powers = asked.order + 2;
  return withEnoughTerms(powers, terms =>
    enclose(digits, base => {
      const ring = new LaurentRing(base, terms);
      const environment = environmentOf(sample, ring, { step: ring.monomial(base.one, 1) });
      const change = meanChange(asked, sample, environment, ring, powers, budget);
      return Array.from({ length: asked.order + 1 }, (_, q) =>
        change.map(series => base.ball(ring.coefficient(series, q + 1))),
      );
    }),
  );
}

/** h times the mean flow, the mean of the step less θ, or the covariance of the step. */
function meanChange<T>(
  { optimizer, setting, form, mean, noise, memoryless = false }: Asked,
  sample: Sample,
  environment: Environment<RingSeries<T>>,
  ring: SeriesRing<T>,
  powers: number,
  budget: Budget,
): Point<T> {
  const isOne = memoryless && !canRunAll(setting, sample);
  if (!isOne && !canRunAll(setting, sample))
    return refuse('too-many-draws', 'there are too many sequences of batches to run');
  const draws = isOne ? lastDraws(sample.losses.length, sample.n) : drawsOf(setting, sample.losses.length, sample.n);
  const steps = draws.map(
    (draw): StepMap<T> =>
      point =>
        stepFrom(optimizer, { ...environment, loss: lossOf(environment, draw) }, point, sample.n, powers, budget),
  );
  const { point } = environment;
  const averaged: StepMap<T> = at =>
    meanOf(
      ring,
      steps.map(step => step(at)),
    );
  if (noise !== undefined) {
    const component = sample.letters.get(noise) ?? refuse('index-out-of-range', 'no other component is named');
    return covariances(
      ring,
      steps.map(step => difference(ring, step(point), point)),
      component,
    );
  }
  if (form === 'map') return difference(ring, averaged(point), point);
  return mean === 'map'
    ? logarithm(ring, averaged, point, powers)
    : meanOf(
        ring,
        steps.map(step => logarithm(ring, step, point, powers)),
      );
}

/** The step k uses the loss number draw[k] of the population. */
const lossOf =
  <T>({ loss }: Environment<T>, draw: readonly number[]): Environment<T>['loss'] =>
  batch =>
    batch === null || batch < 0 ? loss(batch) : loss(draw[batch] ?? refuse('index-out-of-range', `step ${batch}`));

/** θ^{(n+1)} where θ^{(n)} is the point: the start is found power by power. */
function stepFrom<T>(
  optimizer: Optimizer,
  environment: Environment<RingSeries<T>>,
  point: Point<T>,
  n: number,
  powers: number,
  budget: Budget,
): Point<T> {
  const ring = environment.ring;
  let start = point;
  for (let round = 0; n > 0 && round < powers; round += 1) {
    const reached = runOptimizer(optimizer, { ...environment, point: start }, n, budget).at(-1) ?? [];
    start = start.map((value, at) =>
      ring.subtract(value, ring.subtract(reached[at] ?? ring.zero, point[at] ?? ring.zero)),
    );
  }
  return runOptimizer(optimizer, { ...environment, point: start }, n + 1, budget).at(-1) ?? [];
}

/** Σ_{k=1}^{powers} (−1)^{k−1}/k (Ψ − id)^k at the point, up to h^{powers}. */
function logarithm<T>(ring: SeriesRing<T>, step: StepMap<T>, point: Point<T>, powers: number): Point<T> {
  const iterates: Point<T>[] = [point];
  for (let k = 1; k < powers; k += 1) iterates.push(step(iterates.at(-1) ?? point));
  let differences: readonly Point<T>[] = iterates;
  let total = point.map(() => ring.zero);
  for (let k = 1; k < powers; k += 1) {
    const before = differences;
    differences = before.slice(1).map((next, at) => difference(ring, next, before[at] ?? next));
    const weight = ring.fromRational(Rational.of(k % 2 === 0 ? -1 : 1, k));
    total = total.map((sum, at) => ring.add(sum, ring.multiply(weight, differences[0]?.[at] ?? ring.zero)));
  }
  return total;
}

const difference = <T>(ring: SeriesRing<T>, a: Point<T>, b: Point<T>): Point<T> =>
  a.map((value, at) => ring.subtract(value, b[at] ?? ring.zero));

/** The covariance of every component of a change with one component (from 1), over the sequences of batches. */
function covariances<T>(ring: SeriesRing<T>, changes: readonly Point<T>[], component: number): Point<T> {
  const at = (change: Point<T>): RingSeries<T> => change[component - 1] ?? ring.zero;
  const products = changes.map(change => change.map(value => ring.multiply(value, at(change))));
  const means = meanOf(ring, changes);
  return difference(
    ring,
    meanOf(ring, products),
    means.map(value => ring.multiply(value, at(means))),
  );
}

function meanOf<T>(ring: SeriesRing<T>, points: readonly Point<T>[]): Point<T> {
  const share = ring.fromRational(Rational.of(1, points.length));
  return (points[0] ?? []).map((_, at) =>
    ring.multiply(
      points.map(point => point[at] ?? ring.zero).reduce((sum, value) => ring.add(sum, value)),
      share,
    ),
  );
}
