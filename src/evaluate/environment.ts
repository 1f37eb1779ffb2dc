/** What a formula's names stand for at one instance, over one ring. */
import { refuse } from '../base/problem.ts';
import type { Loss } from './loss/loss.ts';
import type { Ring } from './ring/ring.ts';
import type { RingSeries, SeriesRing } from './ring/series-ring.ts';

export interface Environment<T> {
  readonly ring: Ring<T>;
  /** The current θ, components 1…p at places 0…p−1. */
  readonly point: readonly T[];
  /** p, where that is not how many components the point has: then nothing may read the point. */
  readonly dimension?: number;
  /** m, where batches are drawn from a population of so many losses. */
  readonly batches?: number;
  /** How many losses stand for the population, E_0, E_1, …: m is so many, or a multiple where each stands for equally many. */
  readonly population?: number;
  /** h, where it has a value. */
  step(): T;
  /** E_batch; null is the unindexed E. */
  loss(batch: number | null): Loss;
  scalar(name: string): T;
  vector(name: string): readonly T[];
  /** φ as a function of one variable, or K of p variables; `component` (from 1) of a vector-valued one, else null. */
  function(name: string, component: number | null): Loss;
  schedule(name: string, at: number): T;
  /** θ^{(label)}; θ^{(k)} = θ^{(0)} for k < 0. Refuses where no optimizer is being run. */
  iterate(label: number): readonly T[];
  state(name: string, component: number | null, label: number): T;
}

/** An environment without an optimizer behind it: iterates and states have no value. */
export const WITHOUT_HISTORY = {
  iterate: (label: number): never =>
    refuse('no-history', `θ at iteration ${label} has no value in a formula about the current θ`),
  state: (name: string): never =>
    refuse('no-history', `the state ${name} has no value in a formula about the current θ`),
} as const;

/** The same names over series with coefficients in the old ring; everything is constant. */
export function liftEnvironment<T>(environment: Environment<T>, ring: SeriesRing<T>): Environment<RingSeries<T>> {
  const lift = (value: T): RingSeries<T> => ring.constant(value);
  const past = new Map<number, readonly RingSeries<T>[]>();
  return {
    ring,
    point: environment.point.map(lift),
    ...(environment.batches === undefined ? {} : { batches: environment.batches }),
    ...(environment.population === undefined ? {} : { population: environment.population }),
    step: () => lift(environment.step()),
    loss: batch => environment.loss(batch),
    scalar: name => lift(environment.scalar(name)),
    vector: name => environment.vector(name).map(lift),
    function: (name, component) => environment.function(name, component),
    schedule: (name, at) => lift(environment.schedule(name, at)),
    iterate: label => {
      const known = past.get(label) ?? environment.iterate(label).map(lift);
      past.set(label, known);
      return known;
    },
    state: (name, component, label) => lift(environment.state(name, component, label)),
  };
}
