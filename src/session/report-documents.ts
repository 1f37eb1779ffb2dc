/** `modeq report` for programs: documents in, all that a report shows out, as a typed value. */
import { builtInDocuments } from '../files/documents/load.ts';
import { Derivations } from '../derivation/derive.ts';
import type { ModeqDocument } from '../document/model.ts';
import { DEFAULT_OPTIONS, type JudgeOptions } from '../judge/claim-task.ts';
import { documentIndexOf } from '../judge/claim-context.ts';
import { judgeDocuments } from '../judge/judge-documents.ts';
import { engineOf } from '../judge/prove/standard-engine.ts';
import { checkReport, problemReport } from '../report/verdicts/check-report.ts';
import { claimPage, excerpt } from '../report/data/claim-page.ts';
import { documentHead, sourcesOf } from '../report/data/headings.ts';
import { claimReport, totalCoverage } from '../report/verdicts/claim-report.ts';
import { claimTrace } from '../report/data/claim-trace.ts';
import { Counterparts } from '../report/data/counterpart.ts';
import type { FullReport } from '../report/data/full-report.ts';

/** What a report says of itself. */
export interface ReportOrigin {
  /** What to type, or to run, to get it again. */
  readonly command: string;
  readonly version: string;
}

/**
 * Judges every claim, like checkDocuments, and keeps with each verdict the text, the formula as understood, the derived
 * counterpart and the steps, all from the same `derivations`. Throws JudgeContradiction where the two routes disagree.
 */
export async function reportDocuments(
  documents: readonly ModeqDocument[],
  origin: ReportOrigin,
  options: Partial<JudgeOptions> = {},
  derivations: Derivations = new Derivations(),
): Promise<FullReport> {
  const complete = { ...DEFAULT_OPTIONS, ...options };
  const available = builtInDocuments().documents;
  const verdicts = await judgeDocuments(documents, engineOf(derivations), complete, {}, available);
  const optimizers = [...documents, ...available].flatMap(document => document.optimizers);
  const counterparts = new Counterparts(derivations);
  const problems = documents.flatMap(document => [
    ...document.problems,
    ...document.unreadable.flatMap(claim => claim.problems),
  ]);
  const claims = verdicts.map(verdict => {
    const { claim } = verdict;
    const own = documents.filter(each => [...each.claims, ...each.unreadable].some(other => other === claim));
    const library = documentIndexOf(own[0] ?? failing(), [...documents, ...available]);
    return {
      ...claimReport(verdict),
      page: claimPage(claim, optimizers),
      trace: claimTrace(verdict, counterparts.of(claim, library), library, derivations),
    };
  });
  return {
    ...checkReport(claims, problems.map(problemReport), totalCoverage(documents), complete.seed),
    head: documentHead(sourcesOf(documents)),
    claims,
    unannotated: documents.flatMap(document => document.unannotated.map(span => excerpt(span))),
    ...origin,
    interrupted: false,
  };
}

function failing(): never {
  throw new Error('a claim that was judged is in one of the documents');
}
