/** All files of `modeq figures training` from the runs of a plan. The same runs give equal bytes. */
import type { Figure } from '../figure.ts';
import { type Configuration, nameOfRun, type RunResult } from './configuration.ts';
import { drawSweep } from './draw-sweep.ts';
import { cellResult } from './grid-result.ts';
import type { Plan } from './plan.ts';
import { ratioResult } from './ratio-result.ts';
import { sweepResult } from './sweep-result.ts';
import { pointsCsv, runsCsv, trainingJson } from './training-data.ts';
import { trainingText } from './training-text.ts';

export interface TrainingOutputs {
  readonly figures: readonly Figure[];
  /** Name and text of the other files. */
  readonly files: ReadonlyMap<string, string>;
}

/** Throws where a run of the plan is missing. */
export function trainingOutputs({ sweeps, grid }: Plan, found: ReadonlyMap<string, RunResult>): TrainingOutputs {
  const used = new Map<string, RunResult>();
  const sweepsOf = new Map<string, string[]>();
  const resultOf = (sweep: string, configuration: Configuration): RunResult => {
    const name = nameOfRun(configuration);
    const result = found.get(name);
    if (result === undefined) throw new Error(`the run ${name} is missing`);
    used.set(name, result);
    sweepsOf.set(name, [...(sweepsOf.get(name) ?? []), sweep]);
    return result;
  };
  const swept = sweeps.map(sweep =>
    sweepResult(
      sweep,
      sweep.runs.map(runs => runs.map(run => resultOf(sweep.id, run))),
    ),
  );
  const cells = grid.map(cell =>
    cellResult(
      cell,
      cell.runs.map(run => resultOf('grid', run)),
    ),
  );
  const runs = [...used.values()];
  const ratios = ratioResult(runs);
  return {
    figures: swept.map(drawSweep),
    files: new Map([
      ['training.md', trainingText(swept, cells, ratios)],
      ['training.json', trainingJson(runs, swept, cells, ratios)],
      ['training-runs.csv', runsCsv(runs, name => sweepsOf.get(name) ?? [])],
      ['training-points.csv', pointsCsv(runs)],
    ]),
  };
}
