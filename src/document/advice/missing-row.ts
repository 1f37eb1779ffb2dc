/** What is said where an optimizer lacks a row: that there is no update comes first, and another display may have the row. */
import type { Problem } from '../../base/problem.ts';
import { positionAt } from '../../base/span.ts';
import type { Entry, Outline } from '../annotation/entry.ts';
import { rowsAsTyped } from '../author/author-rows.ts';
import { makesParameters } from '../author/habits/next-displays.ts';

const MISSING_ROW: ReadonlySet<string> = new Set(['no-update', 'state-never-updated', 'undefined-name']);

/** The problems of an optimizer; where a display below follows and no row makes the parameters, that alone. */
export function withMissingRow(problems: readonly Problem[], entry: Entry, outline: Outline): Problem[] {
  const rows = entry.below === null ? null : rowsAsTyped(entry, outline);
  const { parameters } = outline.notation;
  if (
    rows === null ||
    rows.length === 0 ||
    makesParameters(rows, parameters) ||
    problems.some(({ code }) => code === 'increment-sign')
  )
    return problems.map(each => withNextDisplay(each, entry));
  const message = `no row makes the parameters ${parameters}`;
  return [withNextDisplay({ code: 'no-update', message, span: entry.span }, entry)];
}

/** Where a row is missing and another display follows, the rule may go on there. */
function withNextDisplay(problem: Problem, { below, id, annotation }: Entry): Problem {
  if (below === null || !MISSING_ROW.has(problem.code)) return problem;
  const { line } = positionAt(below.source.text, below.start);
  const isMarkdown = annotation.span.source.text.startsWith('<!--', annotation.span.start);
  const comment = isMarkdown ? `<!-- !modeq optimizer ${id} continue -->` : `% !modeq optimizer ${id} continue`;
  const goesOn = `If the rule goes on in the display of line ${line}, put "${comment}" before that, and before each further one.`;
  return { ...problem, hint: problem.hint === undefined ? goesOn : `${goesOn} ${problem.hint}` };
}
