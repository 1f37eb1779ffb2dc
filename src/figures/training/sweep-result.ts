/** What a sweep comes to: medians over the seeds at each value, and how each quantity moves with the value. */
import type { Configuration, RunResult } from './configuration.ts';
import type { Sweep } from './plan.ts';
import { isStable, type TrainingRegime } from './regime.ts';
import { type Band, bandOf, type Correlation, correlationOver, median, rankCorrelation } from './statistics.ts';

/** A quantity of one run; null where it has none. */
type Measure = (run: RunResult) => number | null;

/** ‖∇E‖_{1,ε} rises to this much above the least before it, along the run. */
export function hillOf({ points }: RunResult): number {
  let [least, hill] = [Number.POSITIVE_INFINITY, 0];
  for (const { norm } of points) {
    least = Math.min(least, norm);
    hill = Math.max(hill, norm - least);
  }
  return hill;
}

export const MEASURES = {
  /** At the first point where the loss is below the threshold. */
  norm: run => run.crossing?.norm ?? null,
  accuracy: run => run.crossing?.accuracy ?? null,
  steps: run => run.crossing?.n ?? null,
  hill: run => hillOf(run),
  /** Of the solutions of the equations, where their own loss is below the threshold first. */
  order0: run => run.equations[0]?.crossing?.norm ?? null,
  order1: run => run.equations[1]?.crossing?.norm ?? null,
} as const satisfies Record<string, Measure>;
export type MeasureName = keyof typeof MEASURES;

export interface ValueResult {
  readonly value: number;
  readonly runs: readonly RunResult[];
  readonly bands: Readonly<Record<MeasureName, Band | null>>;
  readonly regimes: readonly TrainingRegime[];
}

export interface SweepResult {
  readonly sweep: Sweep;
  readonly fixed: Configuration;
  readonly values: readonly ValueResult[];
  /** With the value, in the runs whose training is stable, or in all others. */
  readonly stable: Readonly<Record<MeasureName, Correlation | null>>;
  readonly unstable: Readonly<Record<MeasureName, Correlation | null>>;
  /** Share of the steps looked at where the norm at equal n falls, and where it rises, with the value, by the median over the seeds. */
  readonly along: { readonly falling: number; readonly rising: number; readonly of: number } | null;
}

/** `results` in the shape of `sweep.runs`. */
export function sweepResult(sweep: Sweep, results: readonly (readonly RunResult[])[]): SweepResult {
  const values = sweep.values.map((value, at): ValueResult => {
    const runs = results[at] ?? [];
    return {
      value,
      runs,
      bands: measured(name => bandOf(present(runs, MEASURES[name]))),
      regimes: runs.map(({ regime }) => regime),
    };
  });
  const fixed = sweep.runs[0]?.[0];
  if (fixed === undefined) throw new Error(`${sweep.id} has no runs`);
  return {
    sweep,
    fixed,
    values,
    stable: measured(name => correlation(values, MEASURES[name], true)),
    unstable: measured(name => correlation(values, MEASURES[name], false)),
    along: sweep.varied === 'h' ? null : alongTheRun(values),
  };
}

const measured = <T>(of: (name: MeasureName) => T): Record<MeasureName, T> => ({
  norm: of('norm'),
  accuracy: of('accuracy'),
  steps: of('steps'),
  hill: of('hill'),
  order0: of('order0'),
  order1: of('order1'),
});

const present = (runs: readonly RunResult[], measure: Measure): number[] =>
  runs.flatMap(run => {
    const value = measure(run);
    return value === null || !Number.isFinite(value) ? [] : [value];
  });

function correlation(values: readonly ValueResult[], measure: Measure, stable: boolean): Correlation | null {
  const seeds = new Map<number, [number, number][]>();
  for (const { value, runs } of values)
    for (const run of runs) {
      const [found] = present([run], measure);
      if (found === undefined || isStable(run.regime) !== stable) continue;
      const { seed } = run.configuration;
      seeds.set(seed, [...(seeds.get(seed) ?? []), [value, found]]);
    }
  return correlationOver([...seeds.values()]);
}

/** How the norm moves with the value at equal n, while every run is stable and none has crossed the threshold. */
function alongTheRun(values: readonly ValueResult[]): SweepResult['along'] {
  const runs = values.flatMap(value => value.runs.filter(({ regime }) => isStable(regime)));
  const last = Math.min(
    ...runs.map(run => run.crossing?.n ?? Number.POSITIVE_INFINITY),
    ...runs.map(run => run.configuration.steps),
  );
  const shared = (runs[0]?.points ?? []).map(({ n }) => n).filter(n => n > 0 && n <= last);
  let [falling, rising, of] = [0, 0, 0];
  for (const n of shared) {
    const pairs = values.flatMap(({ value, runs: own }): [number, number][] => {
      const norms = own
        .flatMap(run => (isStable(run.regime) ? run.points.filter(point => point.n === n) : []))
        .map(({ norm }) => norm);
      return norms.length === 0 ? [] : [[value, median(norms)]];
    });
    const found = rankCorrelation(pairs);
    if (found === null) continue;
    of += 1;
    if (found < 0) falling += 1;
    if (found > 0) rising += 1;
  }
  return of === 0 ? null : { falling, rising, of };
}
