/**
 * The rows of a display as LaTeX: left side, relation, right side broken into lines that fit behind the column where the
 * left sides end.
 */
import type { Formula } from '../../formula/formula.ts';
import type { PrintedPiece } from '../../latex/write/write-box.ts';
import { inkFor, writeLeftSide } from '../../latex/write/write-formula.ts';
import type { Ink } from '../../latex/write/write-ink.ts';
import { type Line, type Margins, writeLines } from '../../latex/write/write-lines.ts';
import { write } from '../../latex/write/write-node.ts';
import type { Notation } from '../../optimizer/model.ts';
import { present } from '../theorem/present.ts';
import { fitLine } from './fit-line.ts';
import { scalarsFirst } from './scalars-first.ts';
import type { DisplayRow } from './write-up.ts';

/** Two blanks of math space a step of indentation. */
const INDENT = 2;
/** The relation with its blanks. */
const RELATION = 3.5;
/** A left side wider than this share of the line stands alone, with the right side below it. */
const LONG = 0.3;

interface Left {
  readonly row: DisplayRow;
  readonly left: PrintedPiece;
  readonly ink: Ink;
}

export interface RowStyle {
  /** What fits on a line, in digits. */
  readonly width: number;
  /** Functions of the current point are written without it. */
  readonly withoutPoint?: boolean;
}

/** The lines of each row, without the marks between rows. */
export function printRows(
  rows: readonly DisplayRow[],
  notation: Notation,
  { width, withoutPoint = false }: RowStyle,
): string[][] {
  const lefts = rows.map(row => leftOf(row, notation, withoutPoint && row.current !== 'iterate'));
  const column = Math.max(0, ...lefts.filter(({ left }) => !isLong(left, width)).map(({ left }) => left.width));
  return lefts.map(each => printRow(each, notation, width - column, isLong(each.left, width)));
}

const isLong = (left: PrintedPiece, width: number): boolean => left.width > LONG * width;

/** `width` is the room from the column on. */
function printRow({ row, left, ink }: Left, notation: Notation, width: number, long: boolean): string[] {
  const first = RELATION + (long ? 2 * INDENT : 0);
  const lines = linesOf(row, ink, { width, first, indent: INDENT });
  const written = lines.map(({ indent, text, width: own }, at) => ({
    text: at === 0 ? text : `&${indentation(indent)} ${text}`,
    end: own + (at === 0 ? first : indent * INDENT),
  }));
  const [head, ...others] = withRemainder(written, row, notation, width);
  const opening = long
    ? [`&${left.text}`, `&\\qquad ${row.relation} ${head?.text ?? ''}`]
    : [`${left.text} &${row.relation} ${head?.text ?? ''}`];
  const end = (others.at(-1) ?? head)?.end ?? 0;
  return withTail([...opening, ...others.map(({ text }) => text)], row.tail, end, width);
}

/** Broken between terms and factors; where a part is wider than a line all the same, with negative powers for its fractions. */
function linesOf({ right, asTyped = false }: DisplayRow, ink: Ink, margins: Margins): readonly Line[] {
  const { width, first, indent } = margins;
  const isWider = (share: number) => (part: Formula) => write(part, ink).width > share * width;
  const shown = asTyped ? right : scalarsFirst(present(right, isWider(0.7)));
  const lines = writeLines(shown, ink, margins);
  if (!lines.some((line, at) => (at === 0 ? first : line.indent * indent) + line.width > width)) return lines;
  const fitted = fitLine(shown, isWider(0.8));
  return writeLines(asTyped ? fitted : scalarsFirst(fitted), ink, margins);
}

function leftOf(row: DisplayRow, notation: Notation, withoutPoint: boolean): Left {
  const { left, right, current } = row;
  const formulas = [right, ...(left.kind === 'formula' ? [left.formula] : [])];
  const pointed = inkFor(formulas, notation, 'latex', { current });
  const ink = withoutPoint ? pointed.withoutPoint() : pointed;
  switch (left.kind) {
    case 'flow': {
      const { style } = ink;
      return { row, left: style.flow(notation.parameters, style.name(notation.component), notation.time), ink };
    }
    case 'formula':
      return {
        row,
        left: write(
          present(left.formula, fraction => write(fraction, ink).width > 40),
          ink,
        ),
        ink,
      };
    case 'start': {
      const { start, ink: own } = writeLeftSide(left.definition, notation, 'latex', { withoutPoint });
      return { row, left: start?.left ?? { text: '', width: 0, tall: false }, ink: own };
    }
    case 'definition': {
      const { left: name, ink: own } = writeLeftSide(left.definition, notation, 'latex', { withoutPoint });
      return { row, left: name, ink: own };
    }
    case 'latex':
      return { row, left: { text: left.latex, width: left.width, tall: true }, ink };
  }
}

interface WrittenLine {
  readonly text: string;
  /** Where it ends, from the column on. */
  readonly end: number;
}

/** The width of + O(h^2). */
const REMAINDER = 9;

function withRemainder(lines: readonly WrittenLine[], { remainder }: DisplayRow, { step }: Notation, width: number) {
  const last = lines.at(-1);
  if (remainder === null || !last) return lines;
  const text = remainder === 1 ? `+ O(${step})` : `+ O(${step}^{${remainder}})`;
  if (last.end + REMAINDER > width) return [...lines, { text: `&\\quad ${text}`, end: INDENT + REMAINDER }];
  return [...lines.slice(0, -1), { text: `${last.text} ${text}`, end: last.end + REMAINDER }];
}

/** The width of a range or condition. */
const TAIL = 18;

/** The tail behind the only line, or on a line of its own where there is no room. */
function withTail(lines: readonly string[], tail: string, end: number, width: number): string[] {
  if (tail === '') return [...lines];
  const before = lines.slice(0, -1);
  const last = lines.at(-1) ?? '';
  return end + TAIL <= width && lines.length === 1
    ? [...before, `${last}, \\quad ${tail}`]
    : [...before, `${last},`, `&\\qquad ${tail}`];
}

const indentation = (steps: number): string => `${'\\qquad'.repeat(steps >> 1)}${steps % 2 === 1 ? '\\quad' : ''}`;

/** A formula inside a line of prose. */
export const inline = (formula: Formula, notation: Notation): string =>
  `$${write(formula, inkFor([formula], notation, 'latex', { current: 'plain' })).text}$`;
