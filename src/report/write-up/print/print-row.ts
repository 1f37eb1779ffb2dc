/**
 * The rows of a display as LaTeX: left side, relation, right side broken into lines that fit behind the column where the
 * left sides end.
 */
import type { Formula } from '../../../formula/formula.ts';
import type { PrintedPiece } from '../../../latex/write/write-box.ts';
import { inkFor, writeLeftSide } from '../../../latex/write/write-formula.ts';
import type { Ink } from '../../../latex/write/write-ink.ts';
import { type Line, type Margins, writeLines } from '../../../latex/write/write-lines.ts';
import { write } from '../../../latex/write/write-node.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { present } from '../../theorem/present.ts';
import { fitLine } from './fit-line.ts';
import { scalarsFirst } from './scalars-first.ts';
import type { DisplayRow } from '../model/write-up.ts';

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
export const printRows = (rows: readonly DisplayRow[], notation: Notation, style: RowStyle): string[][] =>
  printDisplay(rows, notation, style).rows;

export interface PrintedDisplay {
  readonly rows: string[][];
  /** The widest line in parts of what fits on one: more than 1 where a line could not be broken. */
  readonly fill: number;
}

/** The lines of each row, and whether they fit. */
export function printDisplay(
  rows: readonly DisplayRow[],
  notation: Notation,
  { width, withoutPoint = false }: RowStyle,
): PrintedDisplay {
  const lefts = rows.map(row => leftOf(row, notation, withoutPoint && row.current !== 'iterate'));
  const column = Math.max(0, ...lefts.filter(({ left }) => !isLong(left, width)).map(({ left }) => left.width));
  const printed = lefts.map(each => printRow(each, notation, width - column, isLong(each.left, width)));
  return {
    rows: printed.map(({ lines }) => lines),
    fill: Math.max(0, ...printed.map(({ end }) => (column + end) / width)),
  };
}

const isLong = (left: PrintedPiece, width: number): boolean => left.width > LONG * width;

interface PrintedRow {
  readonly lines: string[];
  /** Of the widest line, from the column on. */
  readonly end: number;
}

/** `width` is the room from the column on. */
function printRow({ row, left, ink }: Left, notation: Notation, width: number, long: boolean): PrintedRow {
  const first = RELATION + (long ? 2 * INDENT : 0);
  const lines = linesOf(row, ink, { width, first, indent: INDENT });
  const written = lines.map(({ indent, text, width: own }, at) => ({
    text: at === 0 ? text : `&${indentation(indent)} ${text}`,
    end: own + (at === 0 ? first : indent * INDENT),
  }));
  const all = withRemainder(written, row, notation, width);
  const [head, ...others] = all;
  const before = long ? leftLines(row, left, ink, width) : [];
  const opening = long
    ? [...before.map(({ text }) => text), `&\\qquad ${row.relation} ${head?.text ?? ''}`]
    : [`${left.text} &${row.relation} ${head?.text ?? ''}`];
  const end = (others.at(-1) ?? head)?.end ?? 0;
  return {
    lines: withTail([...opening, ...others.map(({ text }) => text)], row.tail, end, width),
    end: Math.max(0, ...[...before, ...all].map(each => each.end)),
  };
}

/** A left side that stands alone, broken where it is wider than a line. */
function leftLines({ left }: DisplayRow, whole: PrintedPiece, ink: Ink, width: number): WrittenLine[] {
  if (left.kind !== 'formula' || whole.width <= width) return [{ text: `&${whole.text}`, end: whole.width }];
  const lines = brokenLines(shownLeft(left.formula, ink), ink, { width, first: 0, indent: INDENT });
  return lines.map(({ indent, text, width: own }, at) => ({
    text: at === 0 ? `&${text}` : `&${indentation(indent)} ${text}`,
    end: own + indent * INDENT,
  }));
}

const shownLeft = (formula: Formula, ink: Ink): Formula =>
  scalarsFirst(present(formula, fraction => write(fraction, ink).width > 40));

function linesOf({ right, asTyped = false }: DisplayRow, ink: Ink, margins: Margins): readonly Line[] {
  const isWide = (part: Formula) => write(part, ink).width > 0.7 * margins.width;
  return brokenLines(asTyped ? right : scalarsFirst(present(right, isWide)), ink, margins, asTyped);
}

/** Broken between terms and factors; where a part is wider than a line all the same, with negative powers for its fractions. */
function brokenLines(formula: Formula, ink: Ink, margins: Margins, asTyped = false): readonly Line[] {
  const { width, first, indent } = margins;
  const lines = writeLines(formula, ink, margins);
  if (!lines.some((line, at) => (at === 0 ? first : line.indent * indent) + line.width > width)) return lines;
  const fitted = fitLine(formula, part => write(part, ink).width > 0.8 * width);
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
        left: write(shownLeft(left.formula, ink), ink),
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
