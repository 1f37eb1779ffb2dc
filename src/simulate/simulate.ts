/**
 * The optimizer and its modified equations side by side for a fixed time at several step sizes: errors, slopes, a verdict.
 *
 * Definitions as in docs/reference/formats.md §4. A step size at which the optimizer or an equation cannot be followed is a
 * problem beside the rows that could be computed.
 */
import { type Problem, Refusal } from '../base/problem.ts';
import { compareAtStep, type Pause, type PiecewiseField } from './compare-at-step.ts';
import type { LossSequence } from './loss/float-loss.ts';
import { TOLERANCE } from './integrate.ts';
import { runSteps } from './optimizer-run.ts';
import type { RightSide } from './right-side.ts';
import type { Setup } from './jet/row-machine.ts';
import { type ErrorAt, judgeSlope, type Slope, type SlopeVerdict, withExpansion, worstSlope } from './slopes.ts';

export interface SimulationRow {
  readonly order: number;
  readonly h: number;
  /** T/h. */
  readonly steps: number;
  readonly global: number;
  readonly local: number;
  /** What is at most the arithmetic's: errors up to it are left out of the slopes. */
  readonly globalFloor: number;
  readonly localFloor: number;
  /** θ̃(0): the optimizer's start, or the point corrected by the initial layer. */
  readonly start: 'given' | 'corrected';
}

export interface OrderSlopes {
  readonly order: number;
  readonly start: SimulationRow['start'];
  readonly global: Slope;
  /** Null where nothing is promised. */
  readonly local: Slope | null;
}

/** One equation that is followed. */
export interface Course {
  readonly order: number;
  readonly start: SimulationRow['start'];
  readonly field: PiecewiseField;
  /** θ̃(0) at a step size; the start itself unless said otherwise. */
  flowStart?(h: number): readonly number[];
  /** From which step on errors count. */
  from?(steps: number): number;
  readonly expected: { readonly global: number; readonly local: number | null };
}

export interface SimulationPlan {
  readonly setup: Setup;
  readonly losses: LossSequence;
  readonly start: readonly number[];
  readonly time: number;
  /** T/h for each step size. */
  readonly steps: readonly number[];
  readonly courses: readonly Course[];
  /** How fast the expansion in h goes, for one unit of h; without it contradictions count as they are. */
  readonly expansion?: Pick<RightSide, 'expansionRate' | 'memory'>;
}

export interface Simulation {
  readonly rows: readonly SimulationRow[];
  readonly slopes: readonly OrderSlopes[];
  readonly verdict: SlopeVerdict;
  /** The largest h times {@link RightSide.expansionRate} along the optimizer's run, by step size. */
  readonly expansion: readonly { readonly h: number; readonly ratio: number }[];
  readonly problems: readonly Problem[];
  /** Whether it was stopped before all rows were there. */
  readonly interrupted: boolean;
}

export interface SimulationWatch {
  /** Called often; may wait. */
  pause(row: {
    readonly order: number;
    readonly h: number;
    readonly done: number;
    readonly steps: number;
  }): Promise<void>;
  /** Looked at after every pause. */
  stopped(): boolean;
}

class Stopped extends Error {}

/** Every row, from the largest step size to the smallest, and what they say. */
export async function simulate(plan: SimulationPlan, watch: SimulationWatch): Promise<Simulation> {
  const rows: SimulationRow[] = [];
  const problems: Problem[] = [];
  const expansion: { h: number; ratio: number }[] = [];
  let interrupted = false;
  try {
    for (const steps of plan.steps.toSorted((a, b) => a - b))
      await rowsAt(plan, steps, watch, { rows, problems, expansion });
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    interrupted = true;
  }
  const slopes = plan.courses.map(course => slopesOf(course, rows, expansion));
  const verdicts = slopes.flatMap(({ global, local }) => [global.verdict, ...(local === null ? [] : [local.verdict])]);
  return { rows, slopes, verdict: worstSlope(verdicts), expansion, problems, interrupted };
}

interface Found {
  readonly rows: SimulationRow[];
  readonly problems: Problem[];
  readonly expansion: { h: number; ratio: number }[];
}

async function rowsAt(plan: SimulationPlan, steps: number, watch: SimulationWatch, found: Found): Promise<void> {
  const { setup, losses, start, time, courses } = plan;
  const { rows, problems, expansion } = found;
  const h = time / steps;
  const iterates = kept(problems, `h = ${Number(h.toPrecision(6))}`, () => runSteps(setup, losses, start, h, steps));
  if (iterates === null) return;
  if (plan.expansion !== undefined) expansion.push({ h, ratio: largestRatio(plan.expansion, iterates, h) });
  for (const { order, start: kind, field, flowStart, from } of courses) {
    const pause: Pause = async done => {
      await watch.pause({ order, h, done, steps });
      if (watch.stopped()) throw new Stopped('stopped');
    };
    try {
      const first = from?.(steps) ?? 0;
      const flow = flowStart?.(h);
      const comparison = {
        setup,
        losses,
        start,
        h,
        steps,
        iterates,
        from: first,
        ...(flow ? { flowStart: flow } : {}),
      };
      const { global, local, size } = await compareAtStep(field, comparison, pause);
      // Each piece is right to the tolerance, and errors of pieces add up; ten times that is clear of it.
      const localFloor = 10 * TOLERANCE * (1 + size);
      rows.push({
        order,
        h,
        steps,
        global,
        local,
        globalFloor: localFloor * Math.max(1, steps / 10),
        localFloor,
        start: kind,
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push(named(error.problem, `order ${order}, h = ${Number(h.toPrecision(6))}`));
    }
  }
}

/** A memory whose mean age is a larger part of the run has not begun to fade; all of it would be half of the run. */
const LONGEST_MEMORY = 1 / 4;
/** At so many steps of a run, evenly spaced. */
const RATIOS = 48;

/** The largest ratio of a term of the expansion to the one before, along the iterates; infinite where it has no value. */
function largestRatio(
  field: NonNullable<SimulationPlan['expansion']>,
  iterates: readonly ArrayLike<number>[],
  h: number,
): number {
  const stride = Math.max(1, Math.floor(iterates.length / RATIOS));
  const steps = iterates.length - 1;
  if (field.memory(steps) > LONGEST_MEMORY * steps) return Number.POSITIVE_INFINITY;
  let largest = 0;
  try {
    for (let n = 0; n < iterates.length; n += stride) {
      largest = Math.max(largest, h * field.expansionRate(n, iterates[n] ?? []));
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return Number.POSITIVE_INFINITY;
  }
  return Number.isNaN(largest) ? Number.POSITIVE_INFINITY : largest;
}

function slopesOf(
  { order, start, expected }: Course,
  rows: readonly SimulationRow[],
  expansion: Simulation['expansion'],
): OrderSlopes {
  const judge = (errors: readonly ErrorAt[], promised: number): Slope => {
    const slope = judgeSlope(errors, promised);
    const smallest = Math.min(...slope.used);
    return withExpansion(slope, expansion.find(({ h }) => h === smallest)?.ratio ?? 0);
  };
  const own = rows.filter(row => row.order === order && row.start === start);
  return {
    order,
    start,
    global: judge(
      own.map(({ h, global, globalFloor }) => ({ h, error: global, floor: globalFloor })),
      expected.global,
    ),
    local:
      expected.local === null
        ? null
        : judge(
            own.map(({ h, local, localFloor }) => ({ h, error: local, floor: localFloor })),
            expected.local,
          ),
  };
}

const named = (problem: Problem, where: string): Problem => ({ ...problem, message: `${where}: ${problem.message}` });

/** The value, or null after its refusal was put among the problems. */
function kept<T>(problems: Problem[], where: string, action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problems.push(named(error.problem, where));
    return null;
  }
}
