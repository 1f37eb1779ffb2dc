/**
 * The table of verdicts for people: a line a claim, then what needs more than a line, then the summary. It reads well at
 * 80 columns; wider terminals give the evidence more room. It shows a report and decides nothing.
 */
import type { Verdict } from '../../document/model.ts';
import type { CheckReport, ClaimReport } from './check-report.ts';
import { counterexampleLines } from './counterexample-text.ts';
import { evidenceText, isSequence } from './evidence-text.ts';
import { isExpectedProblem } from './expected-problem.ts';
import { type Colour, harmless, type Paint, plain } from '../text/paint.ts';
import { problemText } from './problem-text.ts';
import { sequenceLines } from './sequence-text.ts';
import { hanging, padEnd, padStart, wrapLines, wrapId } from '../text/wrap.ts';

const VERDICT_COLOUR: Readonly<Record<Verdict, Colour>> = {
  proved: 'green',
  conditional: 'magenta',
  supported: 'cyan',
  refuted: 'red',
  undecided: 'yellow',
  unreadable: 'red',
};

const VERDICT_WIDTH = 11;
const ORDER_WIDTH = 5;
const TIME_WIDTH = 8;
const MAXIMAL_ID_WIDTH = 40;
/** Room for `proof, 200 instances`; ids may take what is beyond. */
const EVIDENCE_WIDTH = 20;
/** Everything of a line but the id and the evidence: the mark, and the gaps. */
const FIXED_WIDTH = 2 + 2 + VERDICT_WIDTH + ORDER_WIDTH + 2 + 1 + TIME_WIDTH;

export function timeText(milliseconds: number): string {
  if (milliseconds < 999.5) return `${milliseconds < 9.95 ? milliseconds.toFixed(1) : milliseconds.toFixed(0)} ms`;
  return `${(milliseconds / 1000).toFixed(milliseconds < 9_950 ? 2 : 1)} s`;
}

/** The heading and the lines of the claims of one file. */
function fileTable(file: string, claims: readonly ClaimReport[], width: number, paint: Paint): string[] {
  const idWidth = Math.min(
    MAXIMAL_ID_WIDTH,
    Math.max(Math.floor(width / 3), width - FIXED_WIDTH - EVIDENCE_WIDTH),
    Math.max(8, ...claims.map(claim => [...claim.id].length)),
  );
  const evidenceWidth = Math.max(16, width - FIXED_WIDTH - idWidth);
  const heading = `  ${padEnd('claim', idWidth)}  ${padEnd('verdict', VERDICT_WIDTH)}${padEnd('order', ORDER_WIDTH)}  ${padEnd('evidence', evidenceWidth)} ${padStart('time', TIME_WIDTH)}`;
  const lines = [...wrapLines(harmless(file), width).map(line => paint('bold', line)), paint('dim', heading.trimEnd())];
  for (const claim of claims) {
    const expected = claim.verdict === claim.expect;
    const ids = wrapId(harmless(claim.id), idWidth);
    const evidence = [
      ...wrapLines(evidenceText(claim), evidenceWidth),
      ...(expected ? [] : [`expected: ${claim.expect}`]),
    ];
    for (let row = 0; row < Math.max(ids.length, evidence.length); row += 1) {
      const id = padEnd(ids[row] ?? '', idWidth);
      if (row > 0) {
        lines.push(`  ${id}  ${' '.repeat(VERDICT_WIDTH + ORDER_WIDTH)}  ${evidence[row] ?? ''}`.trimEnd());
        continue;
      }
      const mark = expected ? paint('green', '✓') : paint('red', '✗');
      const verdict = paint(VERDICT_COLOUR[claim.verdict], padEnd(claim.verdict, VERDICT_WIDTH));
      const order = padStart(claim.order === null ? '–' : String(claim.order), ORDER_WIDTH);
      const time = paint('dim', padStart(timeText(claim.milliseconds), TIME_WIDTH));
      lines.push(`${mark} ${id}  ${verdict}${order}  ${padEnd(evidence[0] ?? '', evidenceWidth)} ${time}`);
    }
  }
  return lines;
}

/** What a claim has to say beyond its line, under its id; empty for a plain proof. */
function claimBlock(claim: ClaimReport, width: number, paint: Paint): string[] {
  const details = claimDetails(claim, width, paint);
  if (details.length === 0) return [];
  const title = `${harmless(`${claim.id}: ${claim.verdict}`)} (${harmless(claim.file)}:${claim.line})`;
  return [...wrapLines(title, width).map(line => paint('bold', line)), ...details];
}

/** What a claim has to say beyond its verdict; empty for a plain proof. */
export function claimDetails(claim: ClaimReport, width: number, paint: Paint = plain): string[] {
  const lines: string[] = [];
  const failing = claim.statements.filter(
    statement => statement.verdict !== 'proved' && statement.verdict !== 'conditional',
  );
  // The counterexample says more than the message that sums it up.
  if (claim.message !== null && claim.counterexample === null)
    lines.push(...hanging('  ', harmless(claim.message), width));
  for (const { id, verdict, message } of failing) {
    if (claim.statements.length > 1 && message !== null && message !== claim.message)
      lines.push(...hanging(`  ${id}: `, `${verdict}: ${harmless(message)}`, width));
  }
  if (claim.counterexample !== null) {
    const example = isSequence(claim.counterexample)
      ? sequenceLines(claim.counterexample, width - 2, claim, paint)
      : counterexampleLines(claim.counterexample, width - 2, claim, paint);
    lines.push(...example.map(line => `  ${line}`));
  }
  if (claim.suggestion !== null) {
    const { edit, line, column, verdict } = claim.suggestion;
    lines.push(...hanging('  meant? ', `line ${line}, column ${column}: ${harmless(edit)} (then ${verdict})`, width));
  }
  if (claim.excluded.length > 0) lines.push(...hanging('  where ', claim.excluded.map(harmless).join(', '), width));
  for (const note of claim.notes) lines.push(...hanging('  note: ', harmless(note), width));
  return lines;
}

/** `3 proved, 1 refuted; all as expected`. */
export function summaryText({ summary, coverage, seed }: CheckReport, width: number, paint: Paint = plain): string {
  const counts = (['proved', 'conditional', 'supported', 'refuted', 'undecided', 'unreadable'] as const)
    .filter(verdict => summary[verdict] > 0)
    .map(verdict => `${summary[verdict]} ${verdict}`);
  const judged = counts.length === 0 ? 'no claims' : counts.join(', ');
  const ending =
    counts.length === 0
      ? ''
      : summary.unexpected === 0
        ? '; all as expected'
        : `; ${summary.unexpected} not as expected`;
  const colour: Colour = summary.unexpected === 0 ? 'green' : 'red';
  const displays = `displays: ${coverage.judged} judged, ${coverage.defined} defined, ${coverage.ignored} ignored, ${coverage.unannotated} unannotated; seed ${seed}`;
  return `${paint(colour, judged + ending)}\n${wrapLines(displays, width)
    .map(line => paint('dim', line))
    .join('\n')}\n`;
}

/** A table of claims a file, then a block for each claim that has more to say. */
export function claimRows(claims: readonly ClaimReport[], width: number, paint: Paint = plain): string[][] {
  const files = [...new Set(claims.map(claim => claim.file))];
  const tables = files.map(file => {
    const own = claims.filter(claim => claim.file === file);
    return fileTable(file, own, width, paint);
  });
  return [...tables, ...claims.map(claim => claimBlock(claim, width, paint)).filter(block => block.length > 0)];
}

/** The whole output of `modeq check` on a terminal or in a log. */
export function checkTable(report: CheckReport, width: number, paint: Paint = plain): string {
  const blocks = claimRows(report.claims, width, paint);
  return `${blocks.map(block => `${block.join('\n')}\n`).join('\n')}${blocks.length > 0 ? '\n' : ''}${summaryText(report, width, paint)}`;
}

/** Problems outside claims, for stderr; what an expected verdict comes from stands with its claim. */
export function problemLines(report: CheckReport, paint: Paint = plain): string {
  return report.problems
    .filter(problem => !isExpectedProblem(problem, report.claims))
    .map(problem => problemText(problem, paint))
    .join('');
}
