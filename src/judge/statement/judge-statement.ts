/**
 * One statement: the answers of the guard, of samples and of the prover put together, in this order: what a point refutes is
 * not proved at all, and what is proved has been looked at by the guard.
 *
 * The routes are independent. A proof and a counterexample at once is an error of the program and is thrown, never settled in
 * favour of one of them.
 */
import { notMet } from '../coincide/not-met.ts';
import { guardOf } from '../guard/guard-of.ts';
import { questionOf } from '../question-of.ts';
import { shrunk } from '../refute/refute.ts';
import { samplesOf } from '../sample/arbitrary-sample.ts';
import { speakingAt } from '../sample/conditions.ts';
import type { Sample } from '../sample/sample.ts';
import { satisfying } from '../satisfy/satisfying-samples.ts';
import {
  attemptProof,
  beforeProof,
  beyond,
  followBeside,
  mayDiffer,
  recheck,
  searchedFor,
  weighedUnderConditions,
} from './routes.ts';
import type { Asked, StatementTask } from './statement-task.ts';
import { asAsked, atValues, samplingOf, whereItSpeaks } from './statement-task.ts';
import { evidenceFrom, muteReason, refutedBy, usable, withoutProof } from './unproved.ts';
import { conditionsOf, unsupportedReason } from '../unsupported.ts';
import type { StatementVerdict } from '../verdict.ts';
import { JudgeContradiction, undecided } from '../verdict.ts';

/** Digits of the guard where no samples are asked for. */
const GUARD_DIGITS = 30;

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
  const proof = weighedUnderConditions(attemptProof(task), conditions);
  const refutation =
    early.kind === 'agree' && early.stopped === null && mayDiffer(proof, question) ? beyond(asked, early) : early;
  if (refutation.kind === 'differ') {
    if (proof.kind === 'proved')
      throw new JudgeContradiction(statement.id, 'it was proved, and a counterexample was found');
    return refutedBy(asked, refutation);
  }
  const followed = followBeside(task, 'claimed');
  const evidence = evidenceFrom(refutation, sampling, followed);
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
    const open = guard.open ?? searched.open ?? (sampling.instances === 0 ? null : notMet(task, question));
    return withoutProof(statement, proof, refutation, evidence, sampling, assumed, open);
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
