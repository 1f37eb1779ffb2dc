/** What is asked of the routes about one statement: the task, and the statement as it is asked of numbers. */
import type { Budget } from '../../base/budget.ts';
import type { Claim, Statement } from '../../document/model.ts';
import type { Declaration, Optimizer } from '../../optimizer/model.ts';
import type { Rechecked } from '../check/recheck-statement.ts';
import type { Followed } from '../follow-equation.ts';
import { withValues } from '../keys/at/numeric.ts';
import type { OtherStatement } from '../keys/same-as/other-statement.ts';
import type { RowSource } from '../numeric/row-source.ts';
import type { Question } from '../question.ts';
import type { SamplingOptions } from '../refute/refute.ts';
import type { SamplePool } from '../sample/arbitrary-sample.ts';
import type { Speaking } from '../sample/conditions.ts';
import { equivalentRelation } from '../sample/conditions.ts';
import type { Sample } from '../sample/sample.ts';
import type { ProofOutcome } from '../symbolic/prover.ts';
import { conditionsOf } from '../unsupported.ts';

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

/** A statement as it is asked of numbers. */
export interface Asked {
  readonly task: StatementTask;
  readonly sampling: SamplingOptions;
  readonly question: Question;
  readonly holds: (sample: Sample) => boolean;
  readonly pool: SamplePool;
}

/** A condition is one on the values that `at` gives. */
export const atValues =
  ({ at }: Claim, speaking: Speaking): Speaking =>
  sample => {
    const fixed = withValues(sample, at);
    return fixed.ok ? speaking(fixed.value) : new Set();
  };

/** The question for the components only of which the conditions hold; one without components is asked as it is. */
export const whereItSpeaks = (question: Question, speaking: Speaking): Question =>
  question.componentwise ? { ...question, speaksOf: (sample, component) => speaking(sample).has(component) } : question;

/** A border that is a little off shows only between the two borders: equivalences get this many times the samples. */
const AT_A_BORDER = 5;

/** The samples that are asked for. */
export const samplingOf = ({ statement, sampling }: StatementTask): SamplingOptions =>
  statement.condition?.equivalence === true ? { ...sampling, instances: AT_A_BORDER * sampling.instances } : sampling;

/** Conditions and signs may turn on a narrow range of a parameter; an equivalence asks at every sample. */
export function asAsked(question: Question, { claim, statement, sampling }: StatementTask): Question {
  const { relation, space } = question;
  const { condition } = statement;
  if (relation === '=' && conditionsOf(claim, statement).length === 0) return question;
  const fine: Question = { ...question, space: { ...space, fine: true } };
  if (condition?.equivalence !== true) return fine;
  return { ...fine, relationAt: equivalentRelation(relation, condition, claim, space.declarations, sampling.digits) };
}
