/**
 * What `modeq report` prints: the table of `check` for a few claims, else an overview of it. What is not as expected
 * is told in full in both; the rest stands in the report that was just written.
 */
import type { Verdict } from '../../document/model.ts';
import { harmless, type Paint, plain } from '../text/paint.ts';
import { padEnd, textWidth } from '../text/wrap.ts';
import type { CheckReport, ClaimReport } from './check-report.ts';
import { checkTable, claimRows, summaryText } from './check-table.ts';

/** Lines that one sees at once. */
export const SCREEN = 40;
/** Lines of claims with one verdict, before "and N more". */
const MOST_LISTED = 12;
/** Documents with this many claims are shown as `check` shows them. */
const MOST_IN_FULL = 24;

/** The table of a few claims; else at most {@link SCREEN} lines beside what is not as expected. */
export function overview(report: CheckReport, width: number, paint: Paint = plain): string {
  if (report.claims.length <= MOST_IN_FULL) return checkTable(report, width, paint);
  const unexpected = report.claims.filter(claim => claim.verdict !== claim.expect);
  const blocks = [
    [headline(report.claims)],
    ...claimRows(unexpected, width, paint),
    ...(['refuted', 'unreadable', 'undecided', 'supported'] as const).map(verdict =>
      listed(
        verdict,
        report.claims.filter(claim => claim.verdict === verdict && claim.expect === verdict),
        width,
      ),
    ),
  ].filter(block => block.length > 0);
  return `${blocks.map(block => `${block.join('\n')}\n`).join('\n')}\n${summaryText(report, width, paint)}`;
}

function headline(claims: readonly ClaimReport[]): string {
  const files = new Set(claims.map(({ file }) => file)).size;
  return `${claims.length} claims in ${files} ${files === 1 ? 'document' : 'documents'}`;
}

/** The claims of one verdict, a line each, with the likely slip where one was found. */
function listed(verdict: Verdict, claims: readonly ClaimReport[], width: number): string[] {
  if (claims.length === 0) return [];
  const shown = claims.slice(0, MOST_LISTED);
  const idWidth = Math.min(Math.floor(width / 2), Math.max(...shown.map(({ id }) => [...id].length)));
  const lines = shown.map(claim => {
    const what = claim.suggestion === null ? place(claim) : `meant? ${claim.suggestion.edit}`;
    return cut(`  ${padEnd(cut(harmless(claim.id), idWidth), idWidth)}  ${harmless(what)}`, width);
  });
  const more = claims.length - shown.length;
  return [`${verdict}, as the documents say:`, ...lines, ...(more > 0 ? [`  and ${more} more`] : [])];
}

const place = ({ file, line }: ClaimReport): string => `${file.slice(file.lastIndexOf('/') + 1)}:${line}`;

/** The text, cut where it is wider than `width`. */
function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = '';
  for (const letter of text) {
    if (textWidth(kept + letter) > width - 1) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}
