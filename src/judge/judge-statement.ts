/**
 * One statement: the answers of the guard, of samples and of the prover put together, in this order: what a point refutes is
 * not proved at all, and what is proved has been looked at by the guard.
 *
 * The routes are independent. A proof and a counterexample at once is an error of the program and is thrown, never settled in
 * favour of one of them.
 */
import type { Budget } from '../base/budget.ts';
import type { Claim, Condition, Statement } from '../document/model.ts';
import type { Declaration, Optimizer } from '../optimizer/model.ts';
import { conditionsOf, unsupportedReason } from './unsupported.ts';
import { type SamplePool, samplesOf } from './sample/arbitrary-sample.ts';
import { equivalentRelation, type Speaking, speakingAt } from './sample/conditions.ts';
import type { Followed } from './follow-equation.ts';
import type { Guard } from './guard/guard.ts';
import { guardOf } from './guard/guard-of.ts';
import type { ProofOutcome } from './symbolic/prover.ts';
import type { Rechecked } from './check/recheck-statement.ts';
import type { Question } from './question.ts';
import { questionOf } from './question-of.ts';
import { type Counts, type Found, type Refutation, refute, type SamplingOptions, shrunk } from './refute/refute.ts';
import { refutedVerdict } from './refute/refuted-verdict.ts';
import { withValues } from './keys/at/numeric.ts';
import type { RowSource } from './numeric/row-source.ts';
import type { OtherStatement } from './keys/same-as/other-statement.ts';
import type { Sample } from './sample/sample.ts';
import { search, type SearchOutcome } from './search/search.ts';
import { satisfying } from './satisfy/satisfying-samples.ts';
import { type Evidence, JudgeContradiction, type StatementVerdict, undecided } from './verdict.ts';
import { withinBudget } from './within-budget.ts';

export interface StatementTask {
  readonly claim: Claim;
  readonly statement: Statement;
  readonly optimizer: Optimizer | null;
  /** The derived side in the form of the statement, as the claim's keys have it; null for statements that need none. */
  readonly side: RowSource | null;
  /** The statement of the claim that `same-as` names; null without that key. */
  readonly other: OtherStatement | null;
  readonly declarations: readonly Declaration[];
  readonly sampling: SamplingOptions;
  /** Null with the prover off. */
  readonly prove: ((budget: Budget) => ProofOutcome) | null;
  /** Makes the proof once more and checks its steps; null where that is not asked for. */
  readonly recheck: ((budget: Budget) => Rechecked) | null;
  /** Follows the claimed or the derived equation beside the optimizer; null where that does not apply. */
  readonly follow: ((which: 'claimed' | 'derived', budget: Budget) => Followed) | null;
  readonly budget: Budget;
  /** The prover is asked of refuted statements as well, and a proof of one is thrown: for tests of the prover. */
  readonly crossExamine?: boolean;
}

/** Digits of the guard where no samples are asked for. */
const GUARD_DIGITS = 30;
/** Fewer agreeing samples than this (or than half of those asked for) support nothing. */
const FEWEST_INSTANCES = 20;
const LARGE_INSTANCES = 30;
/** Samples among which a search begins. */
const SEARCH_STARTS = 60;

/** The verdict of one statement, with what it rests on. */
export function judgeStatement(task: StatementTask): StatementVerdict {
  const { claim, statement, budget } = task;
  const sampling = samplingOf(task);
  const reason = unsupportedReason(claim, statement, task.optimizer);
  if (reason !== null) return undecided(statement, reason);
  // The condition of an equivalence says where the statement holds, and where it does not: all samples are about it.
  const conditions = conditionsOf(claim, statement).filter(({ equivalence }) => equivalence !== true);
  const assumed = conditions.map(({ text }) => text);
  const plain = asAsked(questionOf(task), task);
  const speaking = atValues(claim, speakingAt(conditions, claim, plain.space.declarations, sampling.digits));
  const question = conditions.length === 0 ? plain : whereItSpeaks(plain, speaking);
  const holds = (sample: Sample): boolean => speaking(sample).size > 0;
  const { seed } = sampling;
  const isBesideSamples = sampling.instances > 0;
  const digits = isBesideSamples ? sampling.digits : Math.min(sampling.digits, GUARD_DIGITS);
  const { guard, satisfier } = guardOf({
    asked: task,
    question,
    holds,
    digits,
    seed,
    budget,
    isBesideSamples,
  });
  const pool = satisfier === null ? samplesOf : satisfying(satisfier);
  const asked: Asked = { task, sampling, question, holds, pool };
  const early = beforeProof(asked, guard);
  if (early.kind === 'differ' && task.crossExamine !== true) return refutedBy(asked, early);
  if (
    conditions.length > 0 &&
    usable(early, guard) + guard.reached === 0 &&
    early.kind === 'agree' &&
    early.stopped === null
  )
    return undecided(statement, `no instance was found where ${assumed.join(' and ')}`);
  const proof = underConditions(attemptProof(task), conditions);
  const refutation =
    early.kind === 'agree' && early.stopped === null && mayDiffer(proof, question) ? beyond(asked, early) : early;
  if (refutation.kind === 'differ') {
    if (proof.kind === 'proved')
      throw new JudgeContradiction(statement.id, 'it was proved, and a counterexample was found');
    return refutedBy(asked, refutation);
  }
  const followed = follow(task, 'claimed');
  const evidence = evidenceOf(refutation, sampling, followed);
  if (followed.kind === 'differs') {
    // Where the samples agree with the derived side, claim and derivation are one equation.
    if (proof.kind === 'proved' || (refutation.counts.instances > 0 && refutation.stopped === null))
      throw new JudgeContradiction(
        statement.id,
        `it equals the derived equation, which does not follow the optimizer: ${followed.reason}`,
      );
    return undecided(statement, `the claimed equation does not follow the optimizer: ${followed.reason}`, evidence);
  }
  if (proof.kind !== 'proved') {
    const searched = searchedFor(asked, refutation);
    if (searched.found) {
      const finer = { ...sampling, digits: searched.digits ?? sampling.digits };
      return refutedBy(
        { ...asked, sampling: finer },
        { kind: 'differ', ...shrunk(question, finer, searched.found, holds), counts: refutation.counts },
      );
    }
    return withoutProof(statement, proof, refutation, evidence, sampling, assumed, guard.open ?? searched.open);
  }
  if (guard.at(proof.edges ?? []) !== null)
    throw new JudgeContradiction(statement.id, 'it was proved, and an edge of the proof is a counterexample');
  const mute = muteReason(refutation, guard);
  if (mute !== null) return undecided(statement, mute, evidence);
  const again = recheck(task);
  if (again.kind === 'failed')
    return {
      ...undecided(statement, again.reason, evidence),
      ...(again.seen === null ? {} : { rechecked: again.seen }),
    };
  return {
    id: statement.id,
    verdict: 'proved',
    message: null,
    assumptions: [...proof.assumptions, ...assumed],
    excluded: proof.excluded,
    steps: proof.steps,
    evidence,
    guard: guard.report,
    counterexample: null,
    ...(again.seen === null ? {} : { rechecked: again.seen }),
    rate: proof.rate
      ? { orders: proof.rate.orders, settling: sampling.instances > 0 ? (proof.rate.measure?.() ?? null) : null }
      : null,
  };
}

/** The proof checked again, where that is asked for. */
function recheck({
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

/** A statement as it is asked of numbers. */
interface Asked {
  readonly task: StatementTask;
  readonly sampling: SamplingOptions;
  readonly question: Question;
  readonly holds: (sample: Sample) => boolean;
  readonly pool: SamplePool;
}

/** Three cheap points, the samples that are asked for, and the other places of the guard; the first difference ends it. */
function beforeProof({ task, sampling, question, holds, pool }: Asked, guard: Guard): Refutation {
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
function searchedFor({ task, sampling, question, holds, pool }: Asked, refutation: Refutation): SearchOutcome {
  if (sampling.instances === 0 || (refutation.kind === 'agree' && refutation.stopped !== null))
    return { found: null, open: null };
  const { digits, seed } = sampling;
  const samples = pool(question.space, seed, Math.min(SEARCH_STARTS, sampling.instances));
  return search({ ...task, question, holds, samples, digits, seed });
}

/** A counterexample is one of the derived side only where that follows the optimizer. */
function refutedBy({ task, sampling, question }: Asked, refutation: Refutation & { kind: 'differ' }): StatementVerdict {
  const followed = follow(task, 'derived');
  if (followed.kind === 'differs')
    throw new JudgeContradiction(
      task.statement.id,
      `the derived equation does not follow the optimizer: ${followed.reason}`,
    );
  const evidence = evidenceOf(refutation, sampling, followed);
  return refutedVerdict({ ...task, sampling, question, refutation, evidence });
}

const usable = ({ counts }: Refutation, guard: Guard): number =>
  counts.instances + counts.degenerate + guard.report.points;

/** Why a proof may not speak alone: too few points at which both sides have a value. */
function muteReason(refutation: Refutation, guard: Guard): string | null {
  const count = usable(refutation, guard);
  if (count >= guard.fewest) return null;
  const why = guard.report.skipped[0] ?? (refutation.kind === 'agree' ? refutation.reason : null);
  const seen = count === 0 ? 'no instance was found' : `only ${count} instance${count === 1 ? ' was' : 's were'} found`;
  return `${seen} at which both sides have a value${why === null ? '' : ` (${why})`}`;
}

/** A condition is one on the values that `at` gives. */
const atValues =
  ({ at }: Claim, speaking: Speaking): Speaking =>
  sample => {
    const fixed = withValues(sample, at);
    return fixed.ok ? speaking(fixed.value) : new Set();
  };

/** The question for the components only of which the conditions hold; one without components is asked as it is. */
const whereItSpeaks = (question: Question, speaking: Speaking): Question =>
  question.componentwise ? { ...question, speaksOf: (sample, component) => speaking(sample).has(component) } : question;

/** A border that is a little off shows only between the two borders: equivalences get this many times the samples. */
const AT_A_BORDER = 5;

const samplingOf = ({ statement, sampling }: StatementTask): SamplingOptions =>
  statement.condition?.equivalence === true ? { ...sampling, instances: AT_A_BORDER * sampling.instances } : sampling;

/** Conditions and signs may turn on a narrow range of a parameter; an equivalence asks at every sample. */
function asAsked(question: Question, { claim, statement, sampling }: StatementTask): Question {
  const { relation, space } = question;
  const { condition } = statement;
  if (relation === '=' && conditionsOf(claim, statement).length === 0) return question;
  const fine: Question = { ...question, space: { ...space, fine: true } };
  if (condition?.equivalence !== true) return fine;
  return { ...fine, relationAt: equivalentRelation(relation, condition, claim, space.declarations, sampling.digits) };
}

/** Whether the prover is left with a difference; where samples cost much, one that it is sure of. */
const mayDiffer = (proof: ProofOutcome, { along, costly }: Question): boolean =>
  proof.kind === 'unequal' || (proof.kind === 'stopped' && proof.isOpen === true && !along && costly !== true);

/** Where the normal forms differ and no sample of the usual sizes does, larger ones are tried before giving up. */
function beyond({ task, sampling, question, holds, pool }: Asked, usual: Refutation): Refutation {
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
function underConditions(proof: ProofOutcome, conditions: readonly Condition[]): ProofOutcome {
  return proof.kind === 'unequal' && conditions.length > 0
    ? {
        kind: 'stopped',
        reason: `without the condition ${conditions.map(({ text }) => text).join(', ')}, ${proof.reason}`,
      }
    : proof;
}

function attemptProof({ prove, budget }: StatementTask): ProofOutcome {
  if (prove === null) return { kind: 'stopped', reason: 'the prover is off' };
  return withinBudget<ProofOutcome>(
    () => prove(budget),
    reason => ({ kind: 'stopped', reason }),
  );
}

/** The series route needs no samples of its own to be switched off with them: with none asked for, only the prover speaks. */
function follow({ sampling, budget, ...task }: StatementTask, which: 'claimed' | 'derived'): Followed {
  const route = task.follow;
  if (sampling.instances === 0 || route === null) return { kind: 'none', reason: 'not followed' };
  return withinBudget<Followed>(
    () => route(which, budget),
    reason => ({ kind: 'none', reason }),
  );
}

const evidenceOf = (
  refutation: Refutation,
  { digits, seed, instances }: SamplingOptions,
  followed: Followed,
): Evidence | null =>
  instances === 0
    ? null
    : { ...refutation.counts, digits, seed, followed: followed.kind === 'agrees' ? followed.runs : 0 };

/** No proof and no counterexample: supported where the samples suffice, and nothing that is typed was left out (`open`). */
function withoutProof(
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
      `the prover finds the two sides different (${proof.reason}), but no sample tells them apart: ${counted}`,
      evidence,
    );
  if (refutation.reason?.includes('has no limit') === true)
    return undecided(statement, `${refutation.reason}: ${counted}; no proof: ${proof.reason}`, evidence);
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
