/** The steps of a write-up as plain text for a terminal: each display with its reason behind it. */
import { inkFor, writeLeftSide } from '../../../latex/write/write-formula.ts';
import type { Ink } from '../../../latex/write/write-ink.ts';
import { writeLines } from '../../../latex/write/write-lines.ts';
import { write } from '../../../latex/write/write-node.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { latexToText } from '../../text/latex-to-text.ts';
import { plain, type Paint } from '../../text/paint.ts';
import { present } from '../../theorem/present.ts';
import { hanging } from '../../text/wrap.ts';
import { type Part, type DisplayRow, type Section, stepsOf, type WriteUp } from '../model/write-up.ts';

/** The sections with these ids, in their order; equations are numbered through the whole write-up. */
export function writeUpText(
  writeUp: WriteUp,
  wanted: readonly string[],
  width: number,
  paint: Paint = plain,
): string[] {
  const numbers = new Map(stepsOf(writeUp).map(({ id }, at) => [id, at + 1]));
  const refer = (text: string): string =>
    latexToText(
      text.replace(/,? ?<<cite:\w+>>/g, '').replace(/<<([\w-]+)>>/g, (_, id: string) => `(${numbers.get(id) ?? '?'})`),
    );
  const partLines = (part: Part): string[] => {
    if (part.kind === 'prose') return hanging('  ', refer(part.text), width);
    const rows = part.rows.flatMap(row => rowLines(row, writeUp.notation, width - 10));
    const number = `(${numbers.get(part.id) ?? '?'})`;
    const shown = rows.map((line, at) => (at === 0 ? `  ${number.padEnd(5)} ${line}` : `        ${line}`));
    return [...shown, ...(part.reason === '' ? [] : hanging('        ', refer(part.reason), width))];
  };
  return writeUp.sections
    .filter(({ id }) => wanted.includes(id))
    .flatMap(({ title, parts }: Section) => [
      paint('bold', latexToText(title)),
      ...parts.flatMap(part => partLines(part)),
      '',
    ])
    .slice(0, -1);
}

function rowLines(row: DisplayRow, notation: Notation, width: number): string[] {
  const { left, ink } = leftOf(row, notation);
  const right = present(row.right, () => false);
  const lines = writeLines(right, ink, { width, first: [...left].length + 4, indent: 2 });
  const rest = row.remainder === null ? '' : ` + O(${notation.step}^${row.remainder})`;
  return lines.map(({ indent, text }, at) => {
    const shown =
      at === 0 ? `${left} ${row.relation === '\\le' ? '≤' : row.relation} ${text}` : '  '.repeat(indent + 1) + text;
    return at === lines.length - 1 ? `${shown}${rest}` : shown;
  });
}

function leftOf(row: DisplayRow, notation: Notation): { readonly left: string; readonly ink: Ink } {
  const { left } = row;
  const ink = inkFor([row.right, ...(left.kind === 'formula' ? [left.formula] : [])], notation, 'text', {
    current: row.current,
  });
  switch (left.kind) {
    case 'flow':
      return { left: ink.style.flow(notation.parameters, ink.style.name(notation.component), notation.time).text, ink };
    case 'formula':
      return {
        left: write(
          present(left.formula, () => false),
          ink,
        ).text,
        ink,
      };
    case 'start': {
      const { start, ink: own } = writeLeftSide(left.definition, notation, 'text');
      return { left: start?.left.text ?? '', ink: own };
    }
    case 'definition': {
      const { left: written, ink: own } = writeLeftSide(left.definition, notation, 'text');
      return { left: written.text, ink: own };
    }
    case 'latex':
      return { left: latexToText(left.latex), ink };
  }
}
