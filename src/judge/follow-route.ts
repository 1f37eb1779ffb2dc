/** A claimed equation, or the derived one, beside the optimizer itself: which of them is to follow it. */
import { kindFacts, statesFlow } from '../notation/kinds.ts';
import { isEpoch, isMean } from '../notation/settings.ts';
import type { Budget } from '../base/budget.ts';
import { isChanged } from '../document/changes.ts';
import type { Claim, Statement } from '../document/model.ts';
import type { ClaimTask } from './claim-task.ts';
import { type Followed, USUAL_RUNS } from './follow-equation.ts';
import type { Prepared } from './prepare.ts';
import type { DerivedEquation } from './symbolic/prover.ts';
import { statedFlow } from './stated/modified-loss.ts';
import { truncateStep } from './numeric/truncate-step.ts';
import { regimeOf } from './keys/regime/scaling.ts';
import { conditionsOf } from './unsupported.ts';

/** Whether the claimed equation itself is to follow the optimizer: no key makes another one of it. */
function isPlain(claim: Claim, statement: Statement): boolean {
  const { limit, sameAs } = claim;
  const changes = limit ?? sameAs ?? regimeOf(claim, statement);
  return (
    kindFacts(statement.kind).itself &&
    changes === null &&
    !isChanged(claim) &&
    conditionsOf(claim, statement).length === 0
  );
}

export const isPlainFlow = (claim: Claim, statement: Statement): boolean =>
  statesFlow(statement) && isPlain(claim, statement);

export type FollowRoute = (which: 'claimed' | 'derived', budget: Budget) => Followed;

/**
 * The claimed equation, cut at its order, or the derived one, beside the optimizer. What a key makes another equation of
 * cannot follow it: there the derived equation does in both places, before the key is applied.
 */
export function followRoute<Equation extends DerivedEquation>(
  { resolved: { claim, optimizer }, declarations, context, options }: ClaimTask<Equation>,
  statement: Statement,
  derived: Prepared<Equation>['derived'] & object,
): FollowRoute | null {
  const { follow } = context.engine;
  const { order, setting } = claim;
  if (follow === null || optimizer === null || isEpoch(setting) || isMean(setting)) return null;
  const { seed, runs = USUAL_RUNS } = options;
  const flow = statedFlow(claim, statement);
  const isMap = statement.kind === 'map';
  const itself = isPlain(claim, statement);
  return (which, budget) => {
    const shared = { optimizer, order, setting, seed, runs, budget };
    if (which === 'derived' || !itself)
      return context.equations.follow(derived, seed, runs, () => {
        const equation = { ...derived.equation, declarations: optimizer.declarations };
        return follow({ ...shared, equation, form: isMap ? 'map' : 'flow' });
      });
    const { definitions } = flow.claim;
    const right = truncateStep(flow.statement.right, order + (isMap ? 2 : 1), { definitions, declarations });
    const equation = { coefficients: [right], definitions, declarations };
    return follow({ ...shared, equation, form: isMap ? 'next' : 'flow' });
  };
}
