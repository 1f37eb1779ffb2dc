/** One row of a simulation: the optimizer and the modified equation of one order at one step size. */
import { Refusal } from '../base/problem.ts';
import type { LossSequence } from './loss/float-loss.ts';
import { integrate, TOLERANCE } from './integrate.ts';
import { OptimizerRun } from './optimizer-run.ts';
import type { Setup } from './jet/row-machine.ts';

/** θ̃′ = Σ_q h^q f_q^{(n)}(θ̃) on [nh, (n+1)h]. */
export interface PiecewiseField {
  at(n: number, theta: ArrayLike<number>, h: number): ArrayLike<number>;
}

export interface StepComparison {
  readonly setup: Setup;
  readonly losses: LossSequence;
  /** θ^{(0)}. */
  readonly start: readonly number[];
  /** θ̃(0) where it is another point. */
  readonly flowStart?: readonly number[];
  readonly h: number;
  readonly steps: number;
  /** The iterates, where they are known already: θ^{(0)} … θ^{(steps)}. */
  readonly iterates: readonly ArrayLike<number>[];
  /** Errors count from this step on. */
  readonly from?: number;
}

export interface StepErrors {
  /** max_n ‖θ̃(nh) − θ^{(n)}‖. */
  readonly global: number;
  /** max_n ‖θ̃((n+1)h) − U_n(θ̃(nh), …, θ̃(0))‖ with U_n the optimizer's step on the past of θ̃. */
  readonly local: number;
  /** The largest ‖θ̃(nh)‖: what the arithmetic's errors are relative to. */
  readonly size: number;
}

/** Lets others run: progress, and Ctrl-C. */
export type Pause = (done: number) => Promise<void>;

/** The errors of one row. Refuses, with the time, where the equation cannot be followed. */
export async function compareAtStep(
  field: PiecewiseField,
  comparison: StepComparison,
  pause: Pause,
): Promise<StepErrors> {
  const { setup, losses, h, steps, iterates, from = 0 } = comparison;
  const run = new OptimizerRun(setup, losses, h);
  let point: readonly number[] = [...(comparison.flowStart ?? comparison.start)];
  let size = norm(point);
  let global = from === 0 ? distance(point, iterates[0] ?? point) : 0;
  let local = 0;
  for (let n = 0; n < steps; n += 1) {
    await pause(n);
    const here = point;
    const { next, stepped } = atTime(n * h, () => ({
      next: integrate(at => field.at(n, at, h), here, h, TOLERANCE),
      stepped: run.step(here),
    }));
    if (n >= from) local = Math.max(local, distance(next, stepped));
    if (n + 1 >= from) global = Math.max(global, distance(next, iterates[n + 1] ?? next));
    size = Math.max(size, norm(next));
    point = next;
  }
  return { global, local, size };
}

function atTime<T>(time: number, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof Refusal)
      throw new Refusal({
        ...error.problem,
        message: `at t = ${Number(time.toPrecision(6))}: ${error.problem.message}`,
      });
    throw error;
  }
}

export const norm = (a: ArrayLike<number>): number => Math.hypot(...Array.from(a));
const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  norm(Array.from(a, (value, at) => value - (b[at] ?? Number.NaN)));
