/** A write-up read back from its LaTeX: its optimizer run beside the one it is about, its claims judged. */
import { Budget } from '../../base/budget.ts';
import { followEquation } from '../../judge/follow-equation.ts';
import { withinBudget } from '../../judge/within-budget.ts';
import { stepSetting } from '../../notation/settings.ts';
import { readDocument } from '../../document/read/read-document.ts';
import type { JudgeOptions } from '../../judge/claim-task.ts';
import { judgeDocuments, type Progress } from '../../judge/judge-documents.ts';
import { standardEngine } from '../../judge/prove/standard-engine.ts';
import { sameRuns } from '../../judge/numeric/same-runs.ts';
import type { ClaimVerdict } from '../../judge/verdict.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { type Findings, stepsOf, type WriteUp } from './model/write-up.ts';
import { documentId, type LatexOptions, writeUpLatex } from './print/write-up-latex.ts';

/**
 * What the judge says of every claim as printed. Leading terms of a regime that the judge refutes are left out, which the write-up says; any other
 * claim that it refutes, or a document that cannot be read back, is a fault of this program and is thrown.
 */
export async function checkWriteUp(
  writeUp: WriteUp,
  latex: Omit<LatexOptions, 'findings'>,
  options: JudgeOptions,
  progress: Progress = {},
): Promise<Findings> {
  const text = writeUpLatex(writeUp, { ...latex, findings: null });
  const document = readDocument({ name: 'the write-up', text });
  const problems = [...document.problems, ...document.unreadable.flatMap(each => each.problems)].filter(
    ({ severity }) => severity !== 'warning',
  );
  const [problem] = problems;
  if (problem) throw new Error(`the write-up cannot be read back: ${problem.message}`);
  const { optimizer, setting } = writeUp;
  const runs = printedRuns(optimizer, document.optimizers, setting, options);
  const verdicts = await judgeDocuments([document], standardEngine, options, progress);
  const byId = new Map(verdicts.map(verdict => [verdict.id, verdict]));
  const claims = new Map<string, ClaimVerdict>();
  const leftOut = new Set<string>();
  for (const step of stepsOf(writeUp)) {
    if (step.role !== 'claim') continue;
    const verdict = byId.get(documentId(step, latex.prefix));
    if (!verdict) continue;
    if (verdict.verdict === 'refuted' && step.keys.regime !== undefined) {
      leftOut.add(step.id);
      continue;
    }
    if (verdict.verdict === 'refuted')
      throw new Error(`the step ${step.id} as printed is refuted: ${verdict.message ?? ''}`);
    claims.set(step.id, verdict);
  }
  return {
    runs,
    claims,
    leftOut,
    followed: followedRuns(writeUp, options),
    seed: options.seed,
    digits: options.digits,
  };
}

/** How often the equation that is not read back was run beside the optimizer. */
function followedRuns({ optimizer, followed, setting, order }: WriteUp, { seed }: JudgeOptions): number {
  if (followed === undefined) return 0;
  const task = { optimizer, equation: followed, order, setting: stepSetting(setting), seed, runs: MOST_RUNS };
  const found = withinBudget(
    () => followEquation({ ...task, budget: new Budget(MOST_FOLLOWED) }),
    () => null,
  );
  if (found?.kind === 'differs') throw new Error(`the equation does not follow the optimizer: ${found.reason}`);
  return found?.kind === 'agrees' ? found.runs : 0;
}

/** Evaluated nodes of all runs. */
const MOST_FOLLOWED = 20_000_000;
const MOST_RUNS = 10;

/** How many runs the optimizer as printed and the one as defined had in common. */
function printedRuns(
  optimizer: Optimizer,
  printed: readonly Optimizer[],
  setting: WriteUp['setting'],
  { seed, digits, instances }: JudgeOptions,
): number {
  const [own] = printed;
  if (!own) throw new Error('the write-up has no optimizer');
  const outcome = sameRuns(optimizer, own, {
    setting: stepSetting(setting),
    seed,
    digits,
    runs: Math.min(instances, MOST_RUNS),
  });
  if (outcome.kind === 'different') throw new Error('the optimizer as printed is another one');
  return outcome.runs;
}
