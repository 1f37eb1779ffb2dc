/** The verdict of a statement that is not proved, and what keeps a proof from speaking alone. */
import { NO_SERIES } from '../numeric/regular-in-step.ts';
import type { Statement } from '../../document/model.ts';
import type { Followed } from '../follow-equation.ts';
import type { Guard } from '../guard/guard.ts';
import type { Refutation, SamplingOptions } from '../refute/refute.ts';
import { refutedVerdict } from '../refute/refuted-verdict.ts';
import type { ProofOutcome } from '../symbolic/prover.ts';
import type { Evidence, StatementVerdict } from '../verdict.ts';
import { JudgeContradiction, undecided } from '../verdict.ts';
import { followBeside } from './routes.ts';
import type { Asked } from './statement-task.ts';

/** Fewer agreeing samples than this (or than half of those asked for) support nothing. */
const FEWEST_INSTANCES = 20;

/** A counterexample is one of the derived side only where that follows the optimizer. */
export function refutedBy(
  { task, sampling, question }: Asked,
  refutation: Refutation & { kind: 'differ' },
): StatementVerdict {
  const followed = followBeside(task, 'derived');
  if (followed.kind === 'differs')
    throw new JudgeContradiction(
      task.statement.id,
      `the derived equation does not follow the optimizer: ${followed.reason}`,
    );
  const evidence = evidenceFrom(refutation, sampling, followed);
  return refutedVerdict({ ...task, sampling, question, refutation, evidence });
}

/** At how many points both sides had a value. */
export const usable = ({ counts }: Refutation, guard: Guard): number =>
  counts.instances + counts.degenerate + guard.report.points;

/** Why a proof may not speak alone: too few points at which both sides have a value. */
export function muteReason(refutation: Refutation, guard: Guard): string | null {
  const count = usable(refutation, guard);
  if (count >= guard.fewest) return null;
  const why = guard.report.skipped[0] ?? (refutation.kind === 'agree' ? refutation.reason : null);
  const seen = count === 0 ? 'no instance was found' : `only ${count} instance${count === 1 ? ' was' : 's were'} found`;
  return `${seen} at which both sides have a value${why === null ? '' : ` (${why})`}`;
}

/** What samples and runs say; null where none were asked for. */
export const evidenceFrom = (
  refutation: Refutation,
  { digits, seed, instances }: SamplingOptions,
  followed: Followed,
): Evidence | null =>
  instances === 0
    ? null
    : { ...refutation.counts, digits, seed, followed: followed.kind === 'agrees' ? followed.runs : 0 };

/** No proof and no counterexample: supported where the samples suffice, and nothing that is typed was left out (`open`). */
export function withoutProof(
  statement: Statement,
  proof: Exclude<ProofOutcome, { readonly kind: 'proved' }>,
  refutation: Extract<Refutation, { readonly kind: 'agree' }>,
  evidence: Evidence | null,
  sampling: SamplingOptions,
  assumed: readonly string[],
  open: string | null,
): StatementVerdict {
  const { instances, skipped, degenerate } = refutation.counts;
  const why = refutation.reason === null ? '' : ` (mostly: ${refutation.reason})`;
  const counted = `${instances} usable samples, ${skipped} skipped${why}, ${degenerate} where both sides vanish`;
  if (proof.kind === 'unequal')
    return undecided(
      statement,
      `the normal forms of the two sides differ (${proof.reason}) and do not decide, and no sample tells them apart: ${counted}`,
      evidence,
    );
  if (refutation.reason?.includes('has no limit') === true)
    return undecided(statement, `${refutation.reason}: ${counted}; no proof: ${proof.reason}`, evidence);
  // Where it is an empty sum only that keeps a pole away, the samples that are left speak of little.
  if (refutation.reason?.endsWith(NO_SERIES) === true && skipped > instances / FEWEST_INSTANCES)
    return undecided(statement, `no proof: ${proof.reason}; ${counted}`, evidence);
  if (refutation.stopped !== null)
    return undecided(statement, `stopped (${refutation.stopped}): ${counted}; no proof: ${proof.reason}`, evidence);
  if (instances < Math.max(1, Math.min(FEWEST_INSTANCES, Math.ceil(sampling.instances / 2))))
    return undecided(statement, `no proof: ${proof.reason}; too little evidence: ${counted}`, evidence);
  if (open !== null) return undecided(statement, `no proof: ${proof.reason}; ${open}: ${counted}`, evidence);
  return {
    id: statement.id,
    verdict: 'supported',
    message: `no proof: ${proof.reason}`,
    assumptions: assumed,
    excluded: [],
    steps: [],
    evidence,
    counterexample: null,
  };
}
