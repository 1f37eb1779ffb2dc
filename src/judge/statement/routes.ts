/** The routes, asked one by one about a statement: samples, prover, search, the runs of the optimizer, the second look at a proof. */
import type { Condition } from '../../document/model.ts';
import type { Rechecked } from '../check/recheck-statement.ts';
import type { Followed } from '../follow-equation.ts';
import type { Guard } from '../guard/guard.ts';
import type { Question } from '../question.ts';
import type { Counts, Found, Refutation } from '../refute/refute.ts';
import { refute, shrunk } from '../refute/refute.ts';
import type { SearchOutcome } from '../search/search.ts';
import { search } from '../search/search.ts';
import type { ProofOutcome } from '../symbolic/prover.ts';
import { withinBudget } from '../within-budget.ts';
import type { Asked, StatementTask } from './statement-task.ts';

const LARGE_INSTANCES = 30;

/** Samples among which a search begins. */
const SEARCH_STARTS = 60;

/** The proof checked again, where that is asked for. */
export function recheck({
  recheck: check,
  budget,
}: StatementTask):
  | { readonly kind: 'kept'; readonly seen: Rechecked | null }
  | { readonly kind: 'failed'; readonly seen: Rechecked | null; readonly reason: string } {
  if (check === null) return { kind: 'kept', seen: null };
  const seen = withinBudget<Rechecked | string>(
    () => check(budget),
    reason => reason,
  );
  if (typeof seen === 'string')
    return { kind: 'failed', seen: null, reason: `the proof could not be checked again: ${seen}` };
  if (seen.broken === null) return { kind: 'kept', seen };
  const { rule, where, at, reason } = seen.broken;
  return {
    kind: 'failed',
    seen,
    reason: `checked again, the proof does not hold: ${rule} (${where}) fails${at === '' ? '' : ` at ${at}`}: ${reason}`,
  };
}

/** Three cheap points, the samples that are asked for, and the other places of the guard; the first difference ends it. */
export function beforeProof({ task, sampling, question, holds, pool }: Asked, guard: Guard): Refutation {
  const nothing: Counts = { instances: 0, skipped: 0, degenerate: 0 };
  const differs = (found: Found, counts: Counts): Refutation => ({
    kind: 'differ',
    ...shrunk(question, sampling, found, holds),
    counts,
  });
  return withinBudget<Refutation>(
    () => {
      const first = guard.first();
      if (first) return differs(first, nothing);
      const usual = refute(question, sampling, task.budget, holds, pool);
      if (usual.kind === 'differ' || usual.stopped !== null) return usual;
      const last = guard.rest();
      return last ? differs(last, usual.counts) : usual;
    },
    stopped => ({ kind: 'agree', counts: nothing, stopped, reason: null }),
  );
}

/** Searches beside the samples, where these found nothing and are to support something. */
export function searchedFor({ task, sampling, question, holds, pool }: Asked, refutation: Refutation): SearchOutcome {
  if (sampling.instances === 0 || (refutation.kind === 'agree' && refutation.stopped !== null))
    return { found: null, open: null };
  const { digits, seed } = sampling;
  const samples = pool(question.space, seed, Math.min(SEARCH_STARTS, sampling.instances));
  return search({ ...task, question, holds, samples, digits, seed });
}

/** Whether the prover is left with a difference; where samples cost much, one that it is sure of. */
export const mayDiffer = (proof: ProofOutcome, { along, costly }: Question): boolean =>
  proof.kind === 'unequal' || (proof.kind === 'stopped' && proof.isOpen === true && !along && costly !== true);

/** Where the normal forms differ and no sample of the usual sizes does, larger ones are tried before giving up. */
export function beyond({ task, sampling, question, holds, pool }: Asked, usual: Refutation): Refutation {
  const instances = Math.min(LARGE_INSTANCES, sampling.instances);
  const found = refute(
    { ...question, space: { ...question.space, large: true } },
    { ...sampling, instances },
    task.budget,
    holds,
    pool,
  );
  return found.kind === 'differ' ? found : usual;
}

/** The prover knows the domains of hyperparameters, no other conditions: what is unequal without them may be equal with them. */
export function weighedUnderConditions(proof: ProofOutcome, conditions: readonly Condition[]): ProofOutcome {
  return proof.kind === 'unequal' && conditions.length > 0
    ? {
        kind: 'stopped',
        reason: `without the condition ${conditions.map(({ text }) => text).join(', ')}, ${proof.reason}`,
      }
    : proof;
}

/** What the prover says within the budget. */
export function attemptProof({ prove, budget }: StatementTask): ProofOutcome {
  if (prove === null) return { kind: 'stopped', reason: 'the prover is off' };
  return withinBudget<ProofOutcome>(
    () => prove(budget),
    reason => ({ kind: 'stopped', reason }),
  );
}

/** The series route needs no samples of its own to be switched off with them: with none asked for, only the prover speaks. */
export function followBeside({ sampling, budget, ...task }: StatementTask, which: 'claimed' | 'derived'): Followed {
  const route = task.follow;
  if (sampling.instances === 0 || route === null) return { kind: 'none', reason: 'not followed' };
  return withinBudget<Followed>(
    () => route(which, budget),
    reason => ({ kind: 'none', reason }),
  );
}
