/**
 * A bound C h^{q+1} against a run: an optimizer whose memory lasts and its equation of order q, for a fixed time and smaller and
 * smaller steps, on losses without any difficulty. Only errors whose slope has settled far below q + 1 speak against the bound.
 *
 * It must never be asked about an optimizer whose memory fades: there slopes far below q + 1 are those of large steps.
 */
import type { StepSetting } from '../../../notation/settings.ts';
import type { Budget } from '../../../base/budget.ts';
import { jsonName } from '../../../evaluate/instance/instance.ts';
import { genericValues } from '../../../optimizer/generic/generic-values.ts';
import type { Optimizer } from '../../../optimizer/model.ts';
import { withRecursions } from '../../../optimizer/rows/with-recursions.ts';
import { errorsAt } from '../../../simulate/errors-at.ts';
import { type Quadratic, quadraticLoss } from '../../../simulate/loss/quadratic-loss.ts';
import type { ErrorAt } from '../../../simulate/slopes.ts';
import type { Counterexample } from '../../verdict.ts';

/** Errors that contradict a bound. */
export interface BrokenBound {
  readonly slopes: readonly number[];
  /** A member for each step size. */
  readonly sequence: readonly Counterexample[];
}

interface Start extends Quadratic {
  readonly text: string;
  readonly theta: readonly number[];
}
const STARTS: readonly Start[] = [
  {
    text: 'x1^2/2 + x1*x2/3 + x2^2/4 + x1/2 - x2',
    matrix: [
      [1, 1 / 3],
      [1 / 3, 1 / 2],
    ],
    slope: [1 / 2, -1],
    theta: [1, 1 / 2],
  },
  { text: '3*x1^2/4 + x1', matrix: [[3 / 2]], slope: [1], theta: [1] },
];
const SEEDS = [1, 2];
const TIME = 1;
const COUNTS = [12, 24, 48, 96, 192];

/** The last slopes may differ by so much. */
const SETTLED = 0.13;
/** What a slope that still moves may yet gain, in multiples of its last change. */
const STILL_TO_GO = 4;
/** How far below q + 1 it has to end. */
const FAR_BELOW = 0.25;

/** The first run of several that contradicts the bound of an equation of order `order`; null: none does. */
export function brokenBound(
  optimizer: Optimizer,
  q: number,
  order: number,
  setting: StepSetting,
  budget: Budget,
): BrokenBound | null {
  if (optimizer.declarations.some(({ kind }) => kind !== 'scalar')) return null;
  const names = optimizer.declarations.map(({ name }) => name);
  for (const seed of SEEDS)
    for (const start of STARTS) {
      const value = genericValues(optimizer.declarations, seed);
      // Few digits, so that the instance as printed is the one that was run.
      const hyperparameters = new Map(names.map(name => [name, Number(value(name).toPrecision(3))] as const));
      const run = {
        setup: { optimizer: withRecursions(optimizer), hyperparameters, schedules: new Map() },
        losses: { losses: [quadraticLoss(start.text, start)], dimension: start.theta.length, order: [0] },
        start: start.theta,
        time: TIME,
        order,
      };
      const errors = errorsAt(run, COUNTS, budget);
      const slopes = errors === null ? [] : slopesOf(errors);
      if (errors === null || !isFarBelow(slopes, q + 1)) continue;
      return { slopes, sequence: errors.map(each => member(each, errors, { start, hyperparameters, setting, q })) };
    }
  return null;
}

/** Between successive step sizes; empty where an error has no value or may be the arithmetic's. */
export function slopesOf(errors: readonly ErrorAt[]): number[] {
  if (!errors.every(({ error, floor }) => Number.isFinite(error) && error > floor)) return [];
  return errors.slice(1).map((to, place) => {
    const from = errors[place] ?? to;
    return Math.log(from.error / to.error) / Math.log(from.h / to.h);
  });
}

/** Whether three slopes have settled far below what was promised. */
export function isFarBelow(slopes: readonly number[], promised: number): boolean {
  const [first, before, last] = slopes.slice(-3);
  if (first === undefined || before === undefined || last === undefined) return false;
  const change = Math.abs(last - before);
  if (change > SETTLED || Math.abs(before - first) > 2 * SETTLED) return false;
  // A change that grows may be the beginning of something else.
  if (change > Math.abs(before - first) + SETTLED / 2) return false;
  return last + STILL_TO_GO * Math.max(0, last - before) < promised - FAR_BELOW;
}

function member(
  { h, error }: ErrorAt,
  errors: readonly ErrorAt[],
  shown: {
    readonly start: Start;
    readonly hyperparameters: ReadonlyMap<string, number>;
    readonly setting: StepSetting;
    readonly q: number;
  },
): Counterexample {
  const { start, hyperparameters, setting, q } = shown;
  const [largest] = errors;
  const steps = Math.round(TIME / h);
  // With the constant that the largest step needs.
  const allowed = largest === undefined ? error : largest.error * (h / largest.h) ** (q + 1);
  return {
    n: steps,
    theta: start.theta.map(String),
    setting,
    hyperparameters: Object.fromEntries([...hyperparameters].map(([name, value]) => [jsonName(name), `${value}`])),
    losses: [start.text],
    claimed: allowed.toPrecision(6),
    derived: error.toPrecision(6),
    quantity: 'largest distance of the equation from the optimizer',
    along: `h = ${TIME}/${steps}`,
    component: null,
  };
}
