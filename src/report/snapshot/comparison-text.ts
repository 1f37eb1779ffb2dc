/** What a comparison says to people: a line where the equation is the same, else both sides and the counterexample. */
import type { Claim } from '../../document/model.ts';
import { harmless, type Paint, plain } from '../text/paint.ts';
import { hanging } from '../text/wrap.ts';
import { claimDetails } from '../verdicts/check-table.ts';
import { understoodLines } from '../explain/understood.ts';
import type { EquationComparison } from './compare.ts';
import { readRecorded } from './record.ts';
import { kindText, type RecordedEquation } from './snapshot.ts';

/** The lines of one comparison, none wider than `width` but for numbers that cannot be broken. */
export function comparisonLines(comparison: EquationComparison, width: number, paint: Paint = plain): string[] {
  const { optimizer, verdict, reason } = comparison;
  const about = harmless(`${optimizer}  ${kindText(comparison)}  `);
  const said = verdict === 'same' ? paint('green', verdict) : paint(verdict === 'stale' ? 'red' : 'yellow', verdict);
  const first = hanging(about, `${verdict}${reason === null ? '' : `: ${harmless(reason)}`}`, width).map(line =>
    line.replace(verdict, said),
  );
  return verdict === 'same' ? first : [...first, ...differenceLines(comparison, width, paint)];
}

/** Both equations and where they differ, indented. */
export function differenceLines(
  { recorded, derived, judged }: EquationComparison,
  width: number,
  paint: Paint = plain,
): string[] {
  return [
    ...bothSides(sideLines('recorded', recorded, width), sideLines('derived now', derived, width)),
    ...(judged === null || judged.counterexample === null
      ? []
      : claimDetails({ ...judged, statements: [], message: null }, width, paint)),
  ];
}

/** One below the other; rows that are the same in both are printed once, behind them. */
function bothSides(recorded: readonly string[], derived: readonly string[]): string[] {
  const [before, now] = [rowsOfSide(recorded), rowsOfSide(derived)];
  const isIn = (rows: readonly string[][], row: readonly string[]): boolean =>
    rows.some(each => each.join('\n') === row.join('\n'));
  const same = before.filter(row => isIn(now, row));
  const [old, made] = [before, now].map(rows => rows.filter(row => !isIn(same, row)));
  if (same.length === 0 || !old?.length || !made?.length) return [...recorded, ...derived];
  return [
    ...recorded.slice(0, 1),
    ...old.flat(),
    ...derived.slice(0, 1),
    ...made.flat(),
    '  and the same in both',
    ...same.flat(),
  ];
}

/** The rows of a side, each with the lines that go on with it. */
function rowsOfSide([, ...lines]: readonly string[]): string[][] {
  const rows: string[][] = [];
  for (const line of lines) {
    const row = /^ {0,4}\S/.test(line) ? undefined : rows.at(-1);
    if (row === undefined) rows.push([line]);
    else row.push(line);
  }
  return rows;
}

/** A named side as formulas in plain text; what cannot be read as the LaTeX that it is. */
export function sideLines(name: string, equation: RecordedEquation | null, width: number): string[] {
  if (equation === null) return [];
  const claim = readRecorded(equation);
  const lines = claim.ok
    ? understoodLines(withoutConditions(claim.value), width - 2, false)
    : equation.latex.flatMap(line => hanging('  ', harmless(line), width - 2));
  return [`  ${name}`, ...lines.map(line => `  ${line}`)];
}

/** The interval of every step, which both sides have. */
const withoutConditions = (claim: Claim): Claim => ({
  ...claim,
  statements: claim.statements.map(statement => ({ ...statement, condition: null })),
});
