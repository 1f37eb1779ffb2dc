/** How well the equations of order 0 and 1 tell how ‖∇E‖_{1,ε} changes along a run, by step size, ε and width. */
import type { EquationCourse, RunResult } from './configuration.ts';
import type { GridCell } from './plan.ts';
import { median, rankCorrelation } from './statistics.ts';

/** Of one run: means over the steps that were looked at, up to where the loss is below the threshold. */
export interface Prediction {
  /** |N_q − N|, N_q the norm of the equation's solution at nh and N that of the run: as the norms start alike, the error of the change. */
  readonly norm: number;
  /** ‖θ̃(nh) − θ^{(n)}‖. */
  readonly distance: number;
  /** Whether the solution was followed to the last of these steps. */
  readonly isWhole: boolean;
}

export function predictionOf(run: RunResult, order: number): Prediction | null {
  const course = run.equations[order];
  if (course === undefined) return null;
  const norms = new Map(run.points.map(({ n, norm }) => [n, norm]));
  const last = run.crossing?.n ?? run.configuration.steps;
  const shared = comparable(run, course, last);
  if (shared.length === 0) return null;
  const mean = (of: (point: (typeof shared)[number]) => number): number =>
    shared.reduce((sum, point) => sum + of(point), 0) / shared.length;
  return {
    norm: mean(({ n, norm }) => Math.abs(norm - (norms.get(n) ?? Number.NaN))),
    distance: mean(({ distance }) => distance),
    isWhole: course.ended === null || course.last >= last,
  };
}

/** Both orders are compared at the steps that both reach. */
function comparable(run: RunResult, course: EquationCourse, last: number): EquationCourse['points'] {
  const reached = Math.min(last, ...run.equations.map(each => each.last));
  return course.points.filter(({ n }) => n > 0 && n <= reached);
}

export interface CellResult {
  readonly cell: GridCell;
  /** Medians over the seeds; null where an equation ends at once. */
  readonly norm: readonly [number, number] | null;
  readonly distance: readonly [number, number] | null;
  /** In how many of the seeds order 1 is nearer in the norm, and was followed to the end. */
  readonly better: number;
  readonly whole: number;
  readonly of: number;
  /** The largest h‖f_2‖/‖f_1‖ that was found; null where none was. */
  readonly ratio: number | null;
}

export function cellResult(cell: GridCell, runs: readonly RunResult[]): CellResult {
  const both = runs.flatMap(run => {
    const [zeroth, first] = [predictionOf(run, 0), predictionOf(run, 1)];
    return zeroth === null || first === null ? [] : [{ zeroth, first }];
  });
  const ratios = runs.flatMap(({ ratios: found }) => found.flatMap(({ ratio }) => ratio ?? []));
  const pair = (of: (prediction: Prediction) => number): readonly [number, number] | null =>
    both.length === 0 ? null : [median(both.map(each => of(each.zeroth))), median(both.map(each => of(each.first)))];
  const whole = both.filter(({ zeroth, first }) => zeroth.isWhole && first.isWhole);
  return {
    cell,
    norm: pair(({ norm }) => norm),
    distance: pair(({ distance }) => distance),
    better: whole.filter(({ zeroth, first }) => first.norm < zeroth.norm).length,
    whole: whole.length,
    of: runs.length,
    ratio: ratios.length === 0 ? null : Math.max(...ratios),
  };
}

/** More than half of the seeds. */
export const isFirstBetter = ({ better, of }: CellResult): boolean => 2 * better > of;

/** Between h‖f_2‖/‖f_1‖ and the share of the seeds in which order 1 is better, cell by cell. */
export const criterionCorrelation = (cells: readonly CellResult[]): number | null =>
  rankCorrelation(cells.flatMap(each => (each.ratio === null ? [] : [[each.ratio, each.better / each.of] as const])));
