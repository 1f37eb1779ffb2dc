/**
 * A claim laid open: as typed, as understood, what the update rule gives, every step, the verdict. Text for a terminal;
 * it shows what the judge decided and decides nothing.
 */
import type { Claim, UnreadableClaim } from '../../document/model.ts';
import type { ClaimVerdict } from '../../judge/verdict.ts';
import type { Notation } from '../../optimizer/model.ts';
import { claimDetails } from '../verdicts/check-table.ts';
import { claimReport } from '../verdicts/claim-report.ts';
import { type Explanation, specialCounterpart, type StatementExplanation, STEPS_TO } from './explanation.ts';
import { harmless, type Paint, plain } from '../text/paint.ts';
import { problemText } from '../verdicts/problem-text.ts';
import { proofText } from '../verdicts/proof-text.ts';
import { theoremText } from '../theorem/theorem-text.ts';
import { understoodLines } from './understood.ts';
import { workedText } from './worked-text.ts';
import { hanging } from '../text/wrap.ts';
import { writeUpText } from '../write-up/print/write-up-text.ts';

const INDENT = '  ';
/** The claim, what the update rule gives and how, every step from there to the printed form or to the counterexample. */
export function explainText(
  verdict: ClaimVerdict,
  { conventions, derivation, counterpart, statements }: Explanation,
  width: number,
  paint: Paint = plain,
): string {
  const { claim } = verdict;
  const report = claimReport(verdict);
  const blocks: string[][] = [
    heading(verdict, report.file, report.line, width, paint),
    [paint('bold', 'as typed'), ...typedLines(claim)],
  ];
  if ('statements' in claim) {
    blocks.push([paint('bold', 'as understood'), ...understoodLines(claim, width, claim.statements.length > 1)]);
    blocks.push(conventions.flatMap(each => hanging('  - ', harmless(each), width)));
    if (derivation !== null && counterpart !== null)
      blocks.push(writeUpText(derivation, STEPS_TO[counterpart.form], width, paint));
    if (counterpart !== null) {
      const special = specialCounterpart(claim, counterpart);
      blocks.push([
        paint('bold', 'derived from the update rule'),
        ...indented(theoremText(counterpart, claim.notation).trimEnd()),
      ]);
      if (special !== null)
        blocks.push([paint('bold', specialTitle(claim)), ...indented(theoremText(special, claim.notation).trimEnd())]);
    }
    blocks.push(
      ...statements.map(each => stepLines(each, claim.notation, width, paint)).filter(lines => lines.length > 0),
    );
  } else {
    blocks.push(claim.problems.map(problem => problemText(problem, paint).trimEnd()));
  }
  if (verdict.verdict === 'conditional')
    blocks.push([
      paint('bold', 'what it rests on'),
      ...verdict.assumptions.flatMap(each => hanging('  - ', harmless(each), width)),
    ]);
  const [line = '', ...further] = hanging('verdict  ', `${verdict.verdict}${evidenceText(verdict)}`, width);
  blocks.push([line.replace('verdict', paint('bold', 'verdict')), ...further, ...claimDetails(report, width, paint)]);
  return `${blocks.map(block => block.join('\n')).join('\n\n')}\n`;
}

/** `and from it, for n → ∞ in the regime small-gradient`. */
function specialTitle({ limit, regime, notation }: Claim): string {
  const places = [
    ...(limit === null ? [] : [`for ${notation.iteration} → ∞`]),
    ...(regime === null ? [] : [`in the regime ${regime}`]),
  ];
  return `and from it, ${places.join(' ')}`;
}

function heading(
  { claim, id, order, expect }: ClaimVerdict,
  file: string,
  line: number,
  width: number,
  paint: Paint,
): string[] {
  const facts =
    'statements' in claim
      ? [
          claim.about === null ? 'about no optimizer' : `about ${claim.about}`,
          claim.setting,
          ...(order === null ? [] : [`order ${order}`]),
        ]
      : [];
  return hanging(
    '',
    [paint('bold', harmless(id)), `(${harmless(file)}:${line})`, ...facts, `expected: ${expect}`]
      .join(', ')
      .replace(', (', ' ('),
    width,
  );
}

/** The source text of the claim without its common indentation. */
function typedLines(claim: Claim | UnreadableClaim): string[] {
  const { source, start, end } = claim.span;
  const lines = harmless(source.text.slice(start, end))
    .replace(/^\s*\n|\s+$/g, '')
    .split('\n');
  const shared = Math.min(
    ...lines
      .slice(1)
      .filter(line => line.trim() !== '')
      .map(line => line.length - line.trimStart().length),
    Number.POSITIVE_INFINITY,
  );
  return lines.map(
    (line, at) => INDENT + (at === 0 || shared === Number.POSITIVE_INFINITY ? line.trimStart() : line.slice(shared)),
  );
}

function stepLines(
  { id, verdict, steps, message, rechecked, worked }: StatementExplanation,
  notation: Notation,
  width: number,
  paint: Paint,
): string[] {
  const lines = steps.flatMap((step, at) => hanging(`${INDENT}${at + 1}. `, harmless(step), width));
  if (message !== null) lines.push(...hanging(INDENT, harmless(message), width));
  if (rechecked !== null) lines.push(...proofText(rechecked, notation, width));
  if (worked !== null) lines.push(...workedText(worked, notation, width).map(harmless));
  return lines.length === 0 ? [] : [`${paint('bold', harmless(id))}: ${verdict}`, ...lines];
}

function evidenceText({ evidence }: ClaimVerdict): string {
  if (evidence === null || evidence.instances === 0) return '';
  const followed = evidence.followed > 0 ? `, followed beside the optimizer from ${evidence.followed} points` : '';
  return ` (${evidence.instances} instances at ${evidence.digits} digits, seed ${evidence.seed}${followed})`;
}

const indented = (text: string): string[] => text.split('\n').map(line => (line === '' ? '' : INDENT + line));
