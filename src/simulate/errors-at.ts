/** max ‖θ̃(nh) − θ^{(n)}‖ over n ≤ T/h for several step sizes, without waiting for anything: a simulation in small. */
import { Refusal } from '../base/problem.ts';
import type { Budget } from '../base/budget.ts';
import { norm } from './compare-at-step.ts';
import type { LossSequence } from './loss/float-loss.ts';
import { integrate } from './integrate.ts';
import { runSteps } from './optimizer-run.ts';
import { RightSide } from './right-side.ts';
import type { Setup } from './jet/row-machine.ts';
import type { ErrorAt } from './slopes.ts';

export interface SmallRun {
  readonly setup: Setup;
  readonly losses: LossSequence;
  readonly start: readonly number[];
  readonly time: number;
  readonly order: number;
}

/** Far below every error that a run is asked about. */
const TOLERANCE = 1e-10;

/** The errors for `steps` steps of length time/steps each; null where the optimizer or its equation cannot be followed. */
export function errorsAt(
  { setup, losses, start, time, order }: SmallRun,
  counts: readonly number[],
  budget: Budget,
): ErrorAt[] | null {
  try {
    const field = new RightSide(setup, losses, order);
    return counts.map(steps => {
      const h = time / steps;
      const iterates = runSteps(setup, losses, start, h, steps);
      let point: readonly number[] = start;
      let error = 0;
      for (let n = 0; n < steps; n += 1) {
        const derivative = (at: readonly number[]): Float64Array => {
          budget.spend(n + 1);
          return field.at(n, at, h);
        };
        point = integrate(derivative, [...point], h, TOLERANCE);
        error = Math.max(error, norm(point.map((value, i) => value - (iterates[n + 1]?.[i] ?? Number.NaN))));
      }
      return { h, error, floor: TOLERANCE * steps };
    });
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
