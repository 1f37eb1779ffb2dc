/**
 * The series route: an equation beside the optimizer itself, run in truncated power series of h from random points.
 *
 * Neither the derivation nor the normal form takes part. An equation that is right to order q agrees with the iterates
 * through h^{q+1}; at a generic instance one that is not right to order q + 1 too differs at h^{q+2}.
 */
import { beforeFirstOf } from '../notation/before-first.ts';
import type { StepSetting } from '../notation/settings.ts';
import type { Budget } from '../base/budget.ts';
import type { Definition, Formula } from '../formula/formula.ts';
import { type FollowForm, followOptimizer, type StepDifference } from '../evaluate/series/follow.ts';
import type { Loss } from '../evaluate/loss/loss.ts';
import type { Instance } from '../evaluate/instance/instance.ts';
import type { Declaration, Optimizer } from '../optimizer/model.ts';
import { samplesOf } from './sample/arbitrary-sample.ts';
import { ConcreteFunction } from './sample/sample-function.ts';
import type { Sample } from './sample/sample.ts';

/** The outcome of the route that runs the optimizer itself. */
export type Followed =
  /** `sharp`: how many of the runs differ at the next power, h^{q+2}. */
  | { readonly kind: 'agrees'; readonly runs: number; readonly sharp: number }
  | { readonly kind: 'differs'; readonly reason: string }
  | { readonly kind: 'none'; readonly reason: string };

export interface FollowedEquation {
  /** coefficients[q] of h^q in the flow; a single one may itself contain h. */
  readonly coefficients: readonly Formula[];
  readonly definitions: readonly Definition[];
  readonly declarations: readonly Declaration[];
}

export interface FollowTask {
  readonly optimizer: Optimizer;
  readonly equation: FollowedEquation;
  readonly order: number;
  readonly setting: StepSetting;
  readonly seed: number;
  readonly form?: FollowForm;
  /** How many starting points, 10 unless said otherwise. */
  readonly runs?: number;
  readonly budget: Budget;
}

/** Starting points, where nobody asks for more. */
export const USUAL_RUNS = 10;
/** Another stream of samples than the one that both sides are compared on. */
const SEED_SHIFT = 7919;
/** No run may need more losses than a sample of n = 0 has. */
const STEPS = 3;
const LARGEST_DIMENSION = 3;
const DIGITS = 50;

/** The sample as an instance of the numeric route. */
export function instanceOf(sample: Sample): Instance {
  return {
    n: sample.n,
    theta: sample.theta,
    setting: sample.setting,
    hyperparameters: sample.scalars,
    losses: sample.losses,
    earlier: sample.earlierLosses,
    ...beforeFirstOf(sample),
    functions: new Map<string, readonly Loss[]>([
      ...[...sample.functions].map(([name, chosen]): [string, Loss[]] => [name, [new ConcreteFunction(chosen)]]),
      ...sample.vectorFunctions,
    ]),
    schedules: sample.schedules,
    vectors: sample.vectors,
  };
}

/** Follows the equation through three steps from up to `runs` points; points where a side has no value are passed over. */
export function followEquation(task: FollowTask): Followed {
  const { optimizer, equation, order, setting, seed, form = 'flow', runs: wanted = USUAL_RUNS, budget } = task;
  const space = { setting, declarations: equation.declarations, letters: new Map(), ...beforeFirstOf(optimizer) };
  const samples = samplesOf(space, seed + SEED_SHIFT, 4 * wanted).filter(
    ({ theta }) => theta.length <= LARGEST_DIMENSION,
  );
  let [runs, sharp] = [0, 0];
  let reason = 'no usable starting point';
  for (const sample of samples.slice(0, 2 * wanted)) {
    if (runs >= wanted) break;
    const outcome = followOptimizer(optimizer, equation, instanceOf(sample), {
      steps: STEPS,
      terms: order + 3,
      digits: DIGITS,
      form,
      budget,
    });
    if (!outcome.ok) {
      reason = outcome.problems[0]?.message ?? reason;
      continue;
    }
    const early = outcome.value.find(({ power }) => power !== null && power <= order + 1);
    if (early) return { kind: 'differs', reason: differenceText(early) };
    runs += 1;
    if (outcome.value.some(({ power }) => power === order + 2)) sharp += 1;
  }
  return runs === 0 ? { kind: 'none', reason } : { kind: 'agrees', runs, sharp };
}

const differenceText = ({ step, power }: StepDifference): string =>
  `after ${step} step${step === 1 ? '' : 's'} they differ at h^${power}`;
