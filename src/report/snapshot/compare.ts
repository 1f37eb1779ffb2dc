/** Recorded equations held against the rules as they are now: by proof, never by text alone. */
import type { Problem } from '../../base/problem.ts';
import { DEFAULT_NOTATION, type Optimizer } from '../../optimizer/model.ts';
import { shownLetters } from '../../document/shown-letters.ts';
import type { JudgeOptions } from '../../judge/claim-task.ts';
import { judgeAbout } from '../../judge/judge-about.ts';
import type { ClaimReport } from '../verdicts/check-report.ts';
import { claimReport } from '../verdicts/claim-report.ts';
import { readRecorded, recordEquation } from './record.ts';
import type { EquationKind, RecordedEquation } from './snapshot.ts';

export interface EquationComparison extends EquationKind {
  /** The optimizer, or the name of the test that asked. */
  readonly optimizer: string;
  /**
   * `same`: the rule has the recorded equation, by its text or by proof. `stale`: it has another one, at the counterexample, or one of the two is
   * missing. `undecided`: neither is shown. `refused`: the rule has no equation now, or what is recorded cannot be read.
   */
  readonly verdict: 'same' | 'stale' | 'undecided' | 'refused';
  readonly reason: string | null;
  /** Both equations, with labels from 0; null where there is none. */
  readonly recorded: RecordedEquation | null;
  readonly derived: RecordedEquation | null;
  /** What the judge says of the recorded equation; null where nobody was asked. */
  readonly judged: ClaimReport | null;
  readonly problem: Problem | null;
}

/** Whether `optimizer` still has the recorded equation. The values of a counterexample count from 0, as what is recorded does. */
export function compareEquation(
  name: string,
  recorded: RecordedEquation,
  optimizer: Optimizer,
  options: Partial<JudgeOptions> = {},
): EquationComparison {
  const { setting, order, limit, regime } = recorded;
  const about = {
    optimizer: name,
    setting,
    order,
    limit,
    regime,
    reason: null,
    recorded,
    derived: null,
    judged: null,
    problem: null,
  };
  const now = recordEquation(optimizer, recorded);
  if (!now.ok) return refused(about, now.problems, 'there is no such equation now');
  const derived = now.value;
  if (isSameText(recorded, derived)) return { ...about, derived, verdict: 'same' };
  const claim = readRecorded(recorded);
  if (!claim.ok) return refused({ ...about, derived }, claim.problems, 'what is recorded cannot be read');
  const { beforeFirst } = recorded;
  if (!isSameBeginning(recorded, derived))
    return {
      ...about,
      derived,
      verdict: 'stale',
      reason: `a loss before the first was meant as before-first=${beforeFirst}, and is ${derived.beforeFirst} now`,
    };
  // A rule that reads no loss before the first is the same rule whatever such a loss is.
  const beginning = beforeFirst === null || optimizer.beforeFirst ? optimizer : { ...optimizer, beforeFirst };
  const verdict = judgeAbout({ ...claim.value, id: name }, beginning, options);
  const letters = shownLetters(claim.value.notation ?? DEFAULT_NOTATION, undefined);
  const judged: ClaimReport = {
    ...claimReport({ ...verdict, letters }),
    ...(verdict.counterexample === null ? {} : { sides: ['recorded', 'derived'] as const }),
  };
  switch (verdict.verdict) {
    case 'proved':
      return { ...about, derived, judged, verdict: 'same', reason: whereText(judged) };
    case 'refuted':
      return { ...about, derived, judged, verdict: 'stale', reason: 'the rule has another equation now' };
    case 'supported':
      return { ...about, derived, judged, verdict: 'undecided', reason: 'not provable, though no instance differs' };
    default:
      return { ...about, derived, judged, verdict: 'undecided', reason: judged.message ?? 'nothing was decided' };
  }
}

/** Equal texts with equal letters and declarations are equal equations. */
const isSameText = (a: RecordedEquation, b: RecordedEquation): boolean =>
  a.beforeFirst === b.beforeFirst &&
  a.notation === b.notation &&
  a.where.join('\n') === b.where.join('\n') &&
  a.latex.join('\n') === b.latex.join('\n');

/** Whether a loss before the first means the same to both, as far as they read one; in the full batch it is E, or zero. */
const isSameBeginning = (a: RecordedEquation, b: RecordedEquation): boolean =>
  a.beforeFirst === null ||
  b.beforeFirst === null ||
  a.beforeFirst === b.beforeFirst ||
  (a.setting === 'full-batch' && a.beforeFirst !== 'zero' && b.beforeFirst !== 'zero');

const whereText = ({ excluded }: ClaimReport): string =>
  `by proof${excluded.length === 0 ? '' : `, where ${excluded.join(', ')}`}`;

function refused(
  about: Omit<EquationComparison, 'verdict'>,
  [problem]: readonly Problem[],
  reason: string,
): EquationComparison {
  return {
    ...about,
    verdict: 'refused',
    reason: problem === undefined ? reason : `${reason}: ${problem.message}`,
    problem: problem ?? null,
  };
}

/** An equation that is asked for and not recorded, or recorded and no longer there. */
export const withoutOther = (
  optimizer: string,
  kind: EquationKind,
  { recorded = null, derived = null }: Partial<Pick<EquationComparison, 'recorded' | 'derived'>>,
  reason: string,
): EquationComparison => ({
  optimizer,
  setting: kind.setting,
  order: kind.order,
  limit: kind.limit,
  regime: kind.regime,
  verdict: 'stale',
  reason,
  recorded,
  derived,
  judged: null,
  problem: null,
});
