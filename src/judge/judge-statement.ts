/**
 * One statement: the prover's answer and the refuter's answer put together.
 *
 * The two routes are independent. A proof and a counterexample at once is an error of the program and is thrown, never
 * settled in favour of one of them.
 */
import { type Budget, TIME_LIMIT } from '../base/budget.ts';
import type { Claim, Condition, Statement } from '../document/model.ts';
import type { Declaration, Optimizer } from '../optimizer/model.ts';
import { conditionsOf, unsupportedReason } from './unsupported.ts';
import { samplesOf } from './arbitrary-sample.ts';
import { compareSides } from './compare-sides.ts';
import { equivalentRelation, holdsAt } from './conditions.ts';
import type { Followed } from './follow-equation.ts';
import type { ProofOutcome } from './prover.ts';
import type { Rechecked } from './recheck-statement.ts';
import type { Question } from './question.ts';
import { questionOf } from './question-of.ts';
import { type Refutation, refute, type SamplingOptions } from './refute.ts';
import { refutedVerdict } from './refuted-verdict.ts';
import { type RowSource, withValues } from './row-source.ts';
import type { OtherStatement } from './same-as.ts';
import type { Sample } from './sample.ts';
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
}

/** Fewer agreeing samples than this (or than half of those asked for) support nothing. */
const FEWEST_INSTANCES = 20;
const LARGE_INSTANCES = 30;

/** The verdict of one statement, with what it rests on. */
export function judgeStatement(task: StatementTask): StatementVerdict {
  const { claim, statement, budget } = task;
  const sampling = samplingOf(task);
  const reason = unsupportedReason(claim, statement, task.optimizer);
  if (reason !== null) return undecided(statement, reason);
  // The condition of an equivalence says where the statement holds, and where it does not: all samples are about it.
  const conditions = conditionsOf(claim, statement).filter(({ equivalence }) => equivalence !== true);
  const proof = underConditions(attemptProof(task), conditions);
  const assumed = conditions.map(({ text }) => text);
  const question = asAsked(questionOf(task), task);
  const holds = atValues(claim, holdsAt(conditions, claim, question.space.declarations, sampling.digits));
  const usual = refute(question, sampling, budget, holds);
  if (
    conditions.length > 0 &&
    usual.counts.instances + usual.counts.degenerate === 0 &&
    !isSatisfiable(question, holds)
  )
    return undecided(statement, `no instance was found where ${assumed.join(' and ')}`);
  const refutation =
    usual.kind === 'agree' && usual.stopped === null && proof.kind === 'unequal'
      ? beyond(question, usual, sampling, budget, holds)
      : usual;
  const followed = follow(task, refutation.kind === 'differ' ? 'derived' : 'claimed');
  const evidence = evidenceOf(refutation, sampling, followed);
  if (refutation.kind === 'differ') {
    if (proof.kind === 'proved')
      throw new JudgeContradiction(statement.id, 'it was proved, and a counterexample was found');
    if (followed.kind === 'differs')
      throw new JudgeContradiction(
        statement.id,
        `the derived equation does not follow the optimizer: ${followed.reason}`,
      );
    return refutedVerdict({ ...task, sampling, question, refutation, evidence });
  }
  if (followed.kind === 'differs') {
    // Where the samples agree with the derived side, claim and derivation are one equation.
    if (proof.kind === 'proved' || (refutation.counts.instances > 0 && refutation.stopped === null))
      throw new JudgeContradiction(
        statement.id,
        `it equals the derived equation, which does not follow the optimizer: ${followed.reason}`,
      );
    return undecided(statement, `the claimed equation does not follow the optimizer: ${followed.reason}`, evidence);
  }
  const usable = refutation.counts.instances + refutation.counts.degenerate;
  if (proof.kind === 'proved' && usable === 0 && !isMeaningful(question, holds, proof, conditions))
    return undecided(statement, 'no instance was found at which both sides have a value', evidence);
  if (proof.kind === 'proved') {
    const again = recheck(task);
    if (again.kind === 'failed') return undecided(statement, again.reason, evidence);
    return {
      id: statement.id,
      verdict: 'proved',
      message: null,
      assumptions: [...proof.assumptions, ...assumed],
      excluded: proof.excluded,
      steps: proof.steps,
      evidence,
      counterexample: null,
      ...(again.seen === null ? {} : { rechecked: again.seen }),
      rate: proof.rate
        ? { orders: proof.rate.orders, settling: sampling.instances > 0 ? (proof.rate.measure?.() ?? null) : null }
        : null,
    };
  }
  return withoutProof(statement, proof, refutation, evidence, sampling, assumed);
}

/** The proof checked again, where that is asked for. */
function recheck({
  recheck: check,
  budget,
}: StatementTask):
  | { readonly kind: 'kept'; readonly seen: Rechecked | null }
  | { readonly kind: 'failed'; readonly reason: string } {
  if (check === null) return { kind: 'kept', seen: null };
  const seen = withinBudget<Rechecked | string>(
    () => check(budget),
    reason => reason,
  );
  if (typeof seen === 'string') return { kind: 'failed', reason: `the proof could not be checked again: ${seen}` };
  if (seen.broken === null) return { kind: 'kept', seen };
  const { rule, where, at, reason } = seen.broken;
  return {
    kind: 'failed',
    reason: `checked again, the proof does not hold: ${rule} (${where}) fails${at === '' ? '' : ` at ${at}`}: ${reason}`,
  };
}

/** Digits that show that a side has a value. */
const MEANING_DIGITS = 20;
/** Draws to find one that satisfies the conditions, and values of n beyond those of samples. */
const DRAWS = 300;
const LATE = [100, 1_000, 10_000, 1_000_000];

/** A condition is one on the values that `at` gives. */
const atValues =
  ({ at }: Claim, holds: (sample: Sample) => boolean) =>
  (sample: Sample): boolean => {
    const fixed = withValues(sample, at);
    return fixed.ok && holds(fixed.value);
  };

/** Whether a proof says anything: where nothing is left out and nothing is assumed, both sides have values everywhere. */
function isMeaningful(
  question: Question,
  holds: (sample: Sample) => boolean,
  proof: Extract<ProofOutcome, { readonly kind: 'proved' }>,
  conditions: readonly Condition[],
): boolean {
  if (proof.excluded.length + conditions.length === 0) return true;
  const usual = samplesOf(question.space, 1, DRAWS);
  const late = LATE.flatMap(n => usual.slice(0, 5).map(sample => ({ ...sample, n })));
  return [...usual, ...late].some(
    sample => holds(sample) && ['agree', 'degenerate'].includes(compareSides(question, sample, MEANING_DIGITS).kind),
  );
}

/** Whether some instance is known on which the conditions hold: about nothing a claim says nothing. */
function isSatisfiable({ space }: Question, holds: (sample: Sample) => boolean): boolean {
  const usual = samplesOf(space, 1, DRAWS);
  const late = LATE.flatMap(n => usual.slice(0, 20).map(sample => ({ ...sample, n })));
  return usual.some(holds) || samplesOf({ ...space, large: true }, 1, DRAWS).some(holds) || late.some(holds);
}

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

/** Where the normal forms differ and no sample of the usual sizes does, larger ones are tried before giving up. */
function beyond(
  question: Question,
  usual: Refutation,
  sampling: SamplingOptions,
  budget: Budget,
  holds: (sample: Sample) => boolean,
): Refutation {
  const instances = Math.min(LARGE_INSTANCES, sampling.instances);
  const found = refute(
    { ...question, space: { ...question.space, large: true } },
    { ...sampling, instances },
    budget,
    holds,
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

/** No proof and no counterexample: supported where the samples suffice. */
function withoutProof(
  statement: Statement,
  proof: Exclude<ProofOutcome, { readonly kind: 'proved' }>,
  refutation: Extract<Refutation, { readonly kind: 'agree' }>,
  evidence: Evidence | null,
  sampling: SamplingOptions,
  assumed: readonly string[],
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
  // Where a proof was ended by the clock is no evidence: on another machine it might have been found.
  if (proof.reason.includes(TIME_LIMIT))
    return undecided(statement, `${TIME_LIMIT} in the proof: ${counted}`, evidence);
  if (refutation.reason?.includes('has no limit') === true)
    return undecided(statement, `${refutation.reason}: ${counted}; no proof: ${proof.reason}`, evidence);
  if (refutation.stopped !== null)
    return undecided(statement, `stopped (${refutation.stopped}): ${counted}; no proof: ${proof.reason}`, evidence);
  if (instances < Math.max(1, Math.min(FEWEST_INSTANCES, Math.ceil(sampling.instances / 2))))
    return undecided(statement, `no proof: ${proof.reason}; too little evidence: ${counted}`, evidence);
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
