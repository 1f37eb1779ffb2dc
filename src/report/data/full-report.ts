/**
 * All that `modeq report` shows, as plain data: the document of `modeq check` with, for each claim, its text and how it
 * came to its verdict. HTML, LaTeX and JSON are written from it and from nothing else.
 */
import type { CheckReport, ClaimReport } from '../verdicts/check-report.ts';
import type { ClaimPage, Excerpt } from './claim-page.ts';
import type { DocumentHead } from './headings.ts';
import type { ClaimTrace } from './claim-trace.ts';

export interface FullClaim extends ClaimReport {
  readonly page: ClaimPage;
  /** Null for a claim that got no verdict. */
  readonly trace: ClaimTrace | null;
  /** An SVG document of a counterexample along a sequence; null or left out: none. */
  readonly figure?: string | null;
}

export interface FullReport extends Omit<CheckReport, 'claims'> {
  /** What the documents say of themselves. */
  readonly head: DocumentHead;
  readonly claims: readonly FullClaim[];
  /** Displays that no magic comment speaks of. */
  readonly unannotated: readonly Excerpt[];
  /** What to type to get this report again. */
  readonly command: string;
  /** Of modeq. */
  readonly version: string;
  /** Whether the run was ended before every claim had its verdict. */
  readonly interrupted: boolean;
}
