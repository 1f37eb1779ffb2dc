/** Optimizers run in series of h beside the equations that are derived from them: the regression test of `modeq follow`. */
import { Budget } from '../../base/budget.ts';
import type { Problem } from '../../base/problem.ts';
import { deriveModifiedEquation, type ModifiedEquation } from '../../derivation/derive.ts';
import { isEpoch, isMean, type StepSetting } from '../../notation/settings.ts';
import { usualSettings } from '../../optimizer/checks/one-loss.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { followEquation } from '../follow-equation.ts';
import { followLimit } from './follow-limit.ts';
import { withinBudget } from '../within-budget.ts';

export interface FollowRequest {
  readonly orders: readonly number[];
  /** Both where they are left out, or the full batch alone for a rule whose loss has no index. */
  readonly settings?: readonly StepSetting[];
  /** The equation for n → ∞ besides, in the full batch. */
  readonly limit?: 'large-n' | null;
  readonly seed: number;
  /** Starting points for each equation. */
  readonly runs: number;
}

export interface FollowReport {
  readonly optimizer: string;
  readonly setting: StepSetting;
  readonly order: number;
  readonly limit: 'large-n' | null;
  /**
   * `follows`: iterates and flow agree through h^{order+1} in three steps from every point. `differs`: they do not. `undecided`: no point has
   * a value, or the work was too much. `refused`: there is no equation, with the reason.
   */
  readonly verdict: 'follows' | 'differs' | 'undecided' | 'refused';
  readonly runs: number;
  /** Of the runs, how many differ at the next power of h, so that the equation is not right to a higher order by chance. */
  readonly sharp: number;
  readonly reason: string | null;
  readonly problem: Problem | null;
}

const MOST_STEPS = 20_000_000;

/** Each optimizer in each setting and order. */
export function followDerived(optimizers: readonly Optimizer[], request: FollowRequest): FollowReport[] {
  return optimizers.flatMap(optimizer =>
    (request.settings ?? usualSettings(optimizer)).flatMap(setting =>
      request.orders.flatMap(order => followOne(optimizer, setting, order, request)),
    ),
  );
}

function followOne(
  optimizer: Optimizer,
  setting: StepSetting,
  order: number,
  { seed, runs, limit = null }: FollowRequest,
): FollowReport[] {
  const about = {
    optimizer: optimizer.id,
    setting,
    order,
    limit: null,
    runs: 0,
    sharp: 0,
    reason: null,
    problem: null,
  };
  const derived = deriveModifiedEquation(optimizer, { order, setting });
  if (!derived.ok) {
    const [problem = null] = derived.problems;
    return [{ ...about, verdict: 'refused', reason: problem?.message ?? null, problem }];
  }
  const found = followFinite(derived.value, order, { seed, runs });
  if (limit === null || setting !== 'full-batch') return [{ ...about, ...found }];
  return [
    { ...about, ...found },
    { ...about, limit, ...followLimit(derived.value, seed, Math.min(runs, 3)) },
  ];
}

function followFinite(
  { optimizer, setting, coefficients, definitions }: ModifiedEquation,
  order: number,
  { seed, runs }: Pick<FollowRequest, 'seed' | 'runs'>,
): Pick<FollowReport, 'verdict' | 'runs' | 'sharp' | 'reason'> {
  if (isEpoch(setting) || isMean(setting)) throw new Error('an epoch and a mean have no steps of their own to follow');
  const equation = { coefficients, definitions, declarations: optimizer.declarations };
  const followed = withinBudget(
    () => followEquation({ optimizer, equation, order, setting, seed, runs, budget: new Budget(MOST_STEPS) }),
    () => ({ kind: 'none' as const, reason: 'the runs take too much work' }),
  );
  switch (followed.kind) {
    case 'agrees':
      return { verdict: 'follows', runs: followed.runs, sharp: followed.sharp, reason: null };
    case 'differs':
      return { verdict: 'differs', runs: 0, sharp: 0, reason: followed.reason };
    case 'none':
      return { verdict: 'undecided', runs: 0, sharp: 0, reason: followed.reason };
  }
}
