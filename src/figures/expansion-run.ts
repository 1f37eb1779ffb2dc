/**
 * How large the terms of the modified equation are along a run: h‖f_1‖/‖f_0‖ and h‖f_2‖/‖f_1‖ at the iterates. Where the second is
 * not small, the first-order equation says little: the terms that it leaves out are as large as those it has.
 */
import type { Problem } from '../base/problem.ts';
import { Refusal } from '../base/problem.ts';
import { compareRightSides, LARGEST_DEVIATION, type Tie } from '../judge/check/compare-right-sides.ts';
import type { SimulationRequest } from '../judge/check/simulate-optimizer.ts';
import { runSteps } from '../simulate/optimizer-run.ts';
import { RightSide } from '../simulate/right-side.ts';
import type { Setup } from '../simulate/jet/row-machine.ts';
import { simulatedLosses } from '../simulate/loss/simulated-losses.ts';

export interface ExpansionPoint {
  readonly n: number;
  readonly t: number;
  /** h‖f_1‖/‖f_0‖; null where f_0 is zero. */
  readonly first: number | null;
  /** h‖f_2‖/‖f_1‖; null where f_1 is zero. */
  readonly second: number | null;
}

export interface ExpansionCourse {
  readonly h: number;
  readonly points: readonly ExpansionPoint[];
  /** The largest h‖f_2‖/‖f_1‖ of the points. */
  readonly largest: { readonly ratio: number; readonly t: number } | null;
}

export interface ExpansionCurves {
  readonly courses: readonly ExpansionCourse[];
  readonly start: readonly number[];
  /** How the right side agrees with the derived equation of order 2; a string says why it was not compared. */
  readonly tie: Tie | string;
}

const ORDER = 2;
/** Points a run; those in between are not looked at, since f_2 at step n costs a pass over n steps. */
const POINTS = 80;

/** Refuses what cannot be run; `onPoint` hears of every point. */
export async function runExpansion(
  request: SimulationRequest,
  onPoint: (done: number, all: number) => void,
): Promise<ExpansionCurves> {
  const { optimizer, hyperparameters, seed, time, steps } = request;
  const setup: Setup = {
    optimizer,
    hyperparameters: new Map([...hyperparameters].map(([name, value]) => [name, value.toNumber()])),
    schedules: new Map(),
  };
  const { sequence, start, texts } = await simulatedLosses({
    losses: request.losses,
    batches: request.batches,
    theta: request.theta?.map(value => value.toNumber()) ?? null,
    seed,
    terms: ORDER + 2,
  });
  const exact = { optimizer, hyperparameters, functions: new Map(), schedules: new Map() };
  const own = texts === null ? null : { texts, order: sequence.order, start };
  const tie = await compareRightSides(exact, setup, own, ORDER, seed);
  if (typeof tie !== 'string' && !(tie.deviation <= LARGEST_DEVIATION))
    throw new Error(`the right side is not the derived one: they differ by ${tie.deviation}`);
  const field = new RightSide(setup, sequence, ORDER);
  let done = 0;
  const courses = steps.map(step => {
    const h = step.toNumber();
    const count = time.divide(step).toNumber();
    const points = located(h, () => runSteps(setup, sequence, start, h, count));
    const course = sampled(count).map(n => {
      const point = located(h, () => pointOf(field.coefficients(n, points[n] ?? start), n, h));
      done += 1;
      onPoint(done, steps.length * POINTS);
      return point;
    });
    return { h, points: course, largest: largestOf(course) };
  });
  return { courses, start, tie };
}

/** 0 and about POINTS − 1 others up to the last step but one, denser at the start, where the memory fills. */
function sampled(count: number): number[] {
  const places = Array.from({ length: POINTS }, (_, at) => Math.round((count - 1) * (at / (POINTS - 1)) ** 1.5));
  return [...new Set(places)];
}

const sizeOf = (vector: Float64Array | undefined): number => Math.hypot(...(vector ?? []));

function pointOf([f0, f1, f2]: readonly Float64Array[], n: number, h: number): ExpansionPoint {
  const [zeroth, first, second] = [sizeOf(f0), sizeOf(f1), sizeOf(f2)];
  return {
    n,
    t: n * h,
    first: zeroth > 0 ? (h * first) / zeroth : null,
    second: first > 0 ? (h * second) / first : null,
  };
}

function largestOf(points: readonly ExpansionPoint[]): ExpansionCourse['largest'] {
  let largest: { ratio: number; t: number } | null = null;
  for (const { second, t } of points)
    if (second !== null && (largest === null || second > largest.ratio)) largest = { ratio: second, t };
  return largest;
}

/** Says at which step size the run could not go on. */
function located<T>(h: number, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problem: Problem = { ...error.problem, message: `h = ${h}: ${error.problem.message}` };
    throw new Refusal(problem);
  }
}
