/**
 * The matchers. Each has three outcomes: it holds, it does not, or neither is known; then it throws, with `.not` too, since a test that passes because
 * nothing was found out tests nothing. So do mistakes in what is read, and rules that are refused.
 */
import type { MatcherState } from 'vitest';
import { followDerived, type FollowReport } from '../judge/check/follow-derived.ts';
import { DEFAULT_OPTIONS } from '../judge/claim-task.ts';
import { isEpoch, isMean } from '../notation/settings.ts';
import { usualSettings } from '../optimizer/checks/one-loss.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { compareEquation } from '../report/snapshot/compare.ts';
import { comparisonLines } from '../report/snapshot/comparison-text.ts';
import { recordEquation } from '../report/snapshot/record.ts';
import type { EquationKind } from '../report/snapshot/snapshot.ts';
import { deriveTheorem } from '../report/theorem/derive-theorem.ts';
import { snapshotAt, snapshotPlaceOf, writeSnapshot } from '../session/snapshot-file.ts';
import { type ClaimOptions, judgeTyped, type JudgedClaim, judgedText } from './claims.ts';
import { nextName, type UpdateMode, updateModeOf, withEntry } from './recorded-tests.ts';
import { optimizerOf, type Subject, throwMistakes } from './subject.ts';

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

const WIDTH = 80;

/** The optimizer, run in series of h beside its derived equation, agrees through h^{order+1} from every point. */
export function toFollowItsEquation(received: Subject, options: ClaimOptions = {}): MatcherResult {
  const optimizer = optimizerOf(received);
  const { setting, order = 1, limit = null, regime = null, seed = DEFAULT_OPTIONS.seed } = options;
  if (setting !== undefined && (isEpoch(setting) || isMean(setting)))
    throw new Error('an epoch and a mean have no steps of their own to follow');
  const reports = followDerived([optimizer], {
    orders: [order],
    ...(setting === undefined
      ? (limit ?? regime) === null
        ? {}
        : { settings: ['full-batch'] }
      : { settings: [setting] }),
    seed,
    runs: 5,
  });
  // A limit and a regime are checked beside the equation that was followed.
  if ((limit ?? regime) !== null) {
    const special = deriveTheorem(optimizer, { setting: setting ?? 'full-batch', order, limit, regime });
    if (!special.ok) throwMistakes(special.problems);
  }
  throwMistakes(reports.flatMap(({ problem }) => (problem === null ? [] : [problem])));
  const open = reports.find(({ verdict }) => verdict === 'undecided' || verdict === 'refused');
  if (open) throw new Error(`${optimizer.id}: ${followText(open)}`);
  return {
    pass: reports.every(({ verdict }) => verdict === 'follows'),
    message: () =>
      `${optimizer.id} and its derived equation\n${reports.map(each => `  ${followText(each)}`).join('\n')}`,
  };
}

const followText = ({ setting, order, verdict, reason, runs }: FollowReport): string =>
  `${setting}, order ${order}: ${verdict}${reason === null ? ` from ${runs} points` : `: ${reason}`}`;

/** The statements, an equation of motion among them, are proved about the rule; as `derive` prints it, definitions and all. */
export function toHaveModifiedEquation(received: Subject, latex: string, options: ClaimOptions = {}): MatcherResult {
  const judged = judgeTyped(received, latex, options);
  if (!judged.claim.statements.some(({ kind }) => kind === 'flow'))
    throw new Error('expected an equation of motion, \\dot\\theta_j = …, as modeq derive prints it');
  const { verdict } = judged.verdict;
  if (verdict !== 'proved' && verdict !== 'refuted') throw new Error(openText(judged));
  return { pass: verdict === 'proved', message: () => about(judged, 'to have this equation') };
}

/** The claim is proved. */
export function toProve(received: Subject, claim: string, options: ClaimOptions = {}): MatcherResult {
  const judged = judgeTyped(received, claim, options);
  return { pass: judged.verdict.verdict === 'proved', message: () => about(judged, 'to prove this claim') };
}

/** The claim is refuted, by an instance at which its sides differ. */
export function toRefute(received: Subject, claim: string, options: ClaimOptions = {}): MatcherResult {
  const judged = judgeTyped(received, claim, options);
  return { pass: judged.verdict.verdict === 'refuted', message: () => about(judged, 'to refute this claim') };
}

const about = (judged: JudgedClaim, wanted: string): string => {
  const { claim, optimizer, verdict } = judged;
  const order = verdict.order === null ? '' : `, order ${verdict.order}`;
  const whose = `${optimizer?.id ?? 'modeq'} (${claim.setting}${order})`;
  return `expected ${whose} ${wanted}, which is ${verdict.verdict}\n\n${judgedText(judged)}`;
};

const openText = (judged: JudgedClaim): string =>
  `the equation is neither proved nor refuted, but ${judged.verdict.verdict}\n\n${judgedText(judged)}`;

/**
 * The equation is the one that is recorded beside the test file, by proof. It is recorded where there is none, and with `vitest -u`; in CI a missing
 * one fails.
 */
export function toMatchEquationSnapshot(
  this: MatcherState,
  received: Subject,
  options: ClaimOptions = {},
): MatcherResult {
  if (this.isNot) throw new Error('toMatchEquationSnapshot has no .not');
  const optimizer = optimizerOf(received);
  const { testPath, currentTestName } = this;
  if (testPath === undefined || currentTestName === undefined) throw new Error('a snapshot belongs to a test');
  const kind = kindOf(optimizer, options);
  const place = snapshotPlaceOf(testPath);
  const name = nextName(testPath, currentTestName, this.assertionCalls);
  const mode: UpdateMode = updateModeOf(this);
  const snapshot = snapshotAt(place);
  const recorded = snapshot?.optimizers.find(({ id }) => id === name)?.equations[0];
  if (recorded === undefined || mode === 'all') {
    if (recorded === undefined && mode === 'none')
      return { pass: false, message: () => `no equation is recorded for "${name}" in ${place}; vitest -u records it` };
    const now = recordEquation(optimizer, kind);
    if (now.ok) writeSnapshot(place, withEntry(snapshot, { id: name, equations: [now.value] }));
    else throwMistakes(now.problems);
    return { pass: true, message: () => `recorded in ${place}` };
  }
  const { seed = DEFAULT_OPTIONS.seed } = options;
  const comparison = compareEquation(optimizer.id, { ...recorded, ...kind }, optimizer, { seed });
  if (comparison.verdict === 'refused' && comparison.problem) throwMistakes([comparison.problem]);
  return {
    pass: comparison.verdict === 'same',
    message: () =>
      `the equation that is recorded for "${name}" in ${place}\n\n${comparisonLines(comparison, WIDTH).join('\n')}\n\nvitest -u records the equation of today`,
  };
}

function kindOf(optimizer: Optimizer, { setting, order = 1, limit = null, regime = null }: ClaimOptions): EquationKind {
  const [usual = 'mini-batch'] = usualSettings(optimizer);
  const chosen = setting ?? ((limit ?? regime) === null ? usual : 'full-batch');
  if (isEpoch(chosen) || isMean(chosen)) throw new Error('the equation of an epoch or a mean is not recorded');
  return { setting: chosen, order, limit, regime };
}
