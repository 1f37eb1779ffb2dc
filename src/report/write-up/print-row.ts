/** The rows of a display as LaTeX: left side, relation, right side broken into lines that fit. */
import { index, iterate } from '../../formula/build.ts';
import { COMPONENT, type Formula } from '../../formula/formula.ts';
import type { Piece } from '../../latex/write-box.ts';
import { inkFor, writeLeftSide } from '../../latex/write-formula.ts';
import type { Ink } from '../../latex/write-ink.ts';
import { writeLines } from '../../latex/write-lines.ts';
import { write } from '../../latex/write-node.ts';
import type { Notation } from '../../optimizer/model.ts';
import { present } from '../present.ts';
import type { Row } from './write-up.ts';

/** Two blanks of math space a step of indentation. */
const INDENT = 2;

/** The lines of a row, without the marks between rows; `width` is what fits on a line, in letters. */
export function printRow(row: Row, notation: Notation, width: number): string[] {
  const { left, ink } = leftOf(row, notation);
  // A left side that fills the line stands alone, and the right side below it.
  const isLong = left.width > width / 2;
  const right = row.asTyped ? row.right : present(row.right, fraction => write(fraction, ink).width > 0.7 * width);
  const first = isLong ? 2 * INDENT + 3 : left.width + 3;
  const lines = writeLines(right, ink, { width, first, indent: INDENT });
  const written = lines.map((line, at) => ({
    text: at === 0 ? line.text : `&${indentation(line.indent)} ${line.text}`,
    width: line.width + (at === 0 ? first : line.indent * INDENT),
  }));
  const rest = remainder(row, notation);
  const last = written.at(-1);
  const texts = written.map(({ text }) => text);
  if (rest !== '' && last) {
    const fits = last.width + 8 + rest.length / 3 <= width;
    if (fits) texts[texts.length - 1] += ` ${rest}`;
    else texts.push(`&\\quad ${rest}`);
  }
  const [head = '', ...others] = texts;
  const opening = isLong
    ? [`${left.text}`, `&\\qquad ${row.relation} ${head}`]
    : [`${left.text} &${row.relation} ${head}`];
  if (isLong) opening[0] = `&${left.text}`;
  return withTail([...opening, ...others], row, written.at(-1)?.width ?? 0, width);
}

function leftOf(row: Row, notation: Notation): { readonly left: Piece; readonly ink: Ink } {
  const ink = inkFor([row.right, ...(row.left.kind === 'formula' ? [row.left.formula] : [])], notation, 'latex', {
    current: row.current,
  });
  switch (row.left.kind) {
    case 'flow':
      return {
        left: ink.style.flow(notation.parameters, ink.style.name(notation.component), notation.time),
        ink,
      };
    case 'formula':
      return { left: write(presented(row.left.formula, ink), ink), ink };
    case 'definition': {
      const { left, ink: own } = writeLeftSide(row.left.definition, notation, 'latex');
      return { left, ink: own };
    }
    case 'latex':
      return { left: { text: row.left.latex, width: row.left.width, tall: true }, ink };
  }
}

const presented = (formula: Formula, ink: Ink): Formula =>
  present(formula, fraction => write(fraction, ink).width > 40);

function remainder({ remainder: power, relation: _relation }: Row, { step }: Notation): string {
  if (power === null) return '';
  return power === 1 ? `+ O(${step})` : `+ O(${step}^{${power}})`;
}

/** The tail behind the last line, or on a line of its own where there is no room. */
function withTail(lines: readonly string[], { tail }: Row, last: number, width: number): string[] {
  if (tail === '') return [...lines];
  const fits = last + 16 <= width && lines.length === 1;
  return fits
    ? [...lines.slice(0, -1), `${lines.at(-1) ?? ''}, \\quad ${tail}`]
    : [...lines.slice(0, -1), `${lines.at(-1) ?? ''},`, `&\\qquad ${tail}`];
}

const indentation = (steps: number): string => `${'\\qquad'.repeat(steps >> 1)}${steps % 2 === 1 ? '\\quad' : ''}`;

/** A formula inside a line of prose. */
export const inline = (formula: Formula, notation: Notation): string =>
  `$${write(formula, inkFor([formula], notation, 'latex', { current: 'plain' })).text}$`;

/** θ_j, for prose about one component. */
export const componentOfPoint = (label: Formula | null = null): Formula => iterate(index(COMPONENT), label);
