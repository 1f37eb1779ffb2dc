/** Optimizers run in series of h beside the equations that are derived from them: the regression test of `modeq follow`. */
import { Budget } from '../../base/budget.ts';
import type { Problem } from '../../base/problem.ts';
import { deriveModifiedEquation } from '../../derivation/derive.ts';
import { usualSettings } from '../../optimizer/checks/one-loss.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { followEquation } from '../follow-equation.ts';
import { withinBudget } from '../within-budget.ts';

export interface FollowRequest {
  readonly orders: readonly number[];
  /** Both where they are left out, or the full batch alone for a rule whose loss has no index. */
  readonly settings?: readonly ('mini-batch' | 'full-batch')[];
  readonly seed: number;
  /** Starting points for each equation. */
  readonly runs: number;
}

export interface FollowReport {
  readonly optimizer: string;
  readonly setting: 'mini-batch' | 'full-batch';
  readonly order: number;
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
      request.orders.map(order => followOne(optimizer, setting, order, request)),
    ),
  );
}

function followOne(
  optimizer: Optimizer,
  setting: 'mini-batch' | 'full-batch',
  order: number,
  { seed, runs }: FollowRequest,
): FollowReport {
  const about = { optimizer: optimizer.id, setting, order, runs: 0, sharp: 0, reason: null, problem: null };
  const derived = deriveModifiedEquation(optimizer, { order, setting });
  if (!derived.ok) {
    const [problem = null] = derived.problems;
    return { ...about, verdict: 'refused', reason: problem?.message ?? null, problem };
  }
  const { coefficients, definitions } = derived.value;
  const equation = { coefficients, definitions, declarations: optimizer.declarations };
  const followed = withinBudget(
    () => followEquation({ optimizer, equation, order, setting, seed, runs, budget: new Budget(MOST_STEPS) }),
    () => ({ kind: 'none' as const, reason: 'the runs take too much work' }),
  );
  switch (followed.kind) {
    case 'agrees':
      return { ...about, verdict: 'follows', runs: followed.runs, sharp: followed.sharp };
    case 'differs':
      return { ...about, verdict: 'differs', reason: followed.reason };
    case 'none':
      return { ...about, verdict: 'undecided', reason: followed.reason };
  }
}
