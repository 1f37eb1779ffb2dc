/** `modeq check` for programs: documents in, the JSON document of schema 1 out, as a typed value. */
import { builtInDocuments } from '../files/documents/load.ts';
import type { ModeqDocument } from '../document/model.ts';
import { isToldElsewhere } from '../document/told.ts';
import { DEFAULT_OPTIONS, type JudgeOptions } from '../judge/claim-task.ts';
import { judgeDocuments } from '../judge/judge-documents.ts';
import { standardEngine } from '../judge/prove/standard-engine.ts';
import { type CheckReport, checkReport, problemReport } from '../report/verdicts/check-report.ts';
import { claimReport, totalCoverage } from '../report/verdicts/claim-report.ts';

/**
 * A verdict for every claim, in the order of the text. Claims may be about optimizers of any of the documents and of the
 * built-in ones. The problems of a document are in the report. Throws JudgeContradiction where the two routes disagree.
 */
export async function checkDocuments(
  documents: readonly ModeqDocument[],
  options: Partial<JudgeOptions> = {},
): Promise<CheckReport> {
  const complete = { ...DEFAULT_OPTIONS, ...options };
  const verdicts = await judgeDocuments(documents, standardEngine, complete, {}, builtInDocuments().documents);
  const problems = documents.flatMap(document => [
    ...document.problems,
    ...document.unreadable.flatMap(claim => claim.problems.filter(each => !isToldElsewhere(each))),
  ]);
  return checkReport(verdicts.map(claimReport), problems.map(problemReport), totalCoverage(documents), complete.seed);
}
