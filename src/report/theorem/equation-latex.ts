/** Statements and definitions as LaTeX displays, long right sides over several lines. */
import { otherLetter } from '../../judge/kinds/noise/other-letter.ts';
import { statesBound } from '../../notation/kinds.ts';
import type { Statement } from '../../document/model.ts';
import type { Definition } from '../../formula/formula.ts';
import { inkFor, writeLeftSide } from '../../latex/write/write-formula.ts';
import { writeLines } from '../../latex/write/write-lines.ts';
import { write } from '../../latex/write/write-node.ts';
import type { Notation } from '../../optimizer/model.ts';
import type { PrintedEquation } from './theorem-parts.ts';

/** Rendered characters on a line, and those of a step of indentation. */
export interface PageMargins {
  readonly width: number;
  readonly indent: number;
}

/** A printed page or a screen; a telephone of 400 pixels. */
export const WIDE: PageMargins = { width: 78, indent: 2 };
export const NARROW: PageMargins = { width: 33, indent: 1 };

/** Formulas as they are broken for {@link NARROW}, by those for {@link WIDE}; those that are the same are left out. */
export type NarrowFormulas = Readonly<Record<string, string>>;

/** The pairs of the two lists; nothing where they have not the same length. */
export function narrowFormulas(wide: readonly string[], narrow: readonly string[]): NarrowFormulas {
  if (wide.length !== narrow.length) return {};
  return Object.fromEntries(
    wide.flatMap((latex, at) => (narrow[at] === undefined || narrow[at] === latex ? [] : [[latex, narrow[at]]])),
  );
}

/** The two sides of a statement as understood, with the point θ̃(t) in a flow. */
export function sidesLatex(statement: Statement, typed: Notation, margins = WIDE): PrintedEquation {
  const { kind, left, right, relation, remainder, mean } = statement;
  const bounds = statesBound(statement);
  // A bound compares the solution with the iterate at one time.
  const letters = bounds ? { ...typed, time: `${typed.iteration} ${typed.step}` } : typed;
  const ink = inkFor([left, right], letters, 'latex', { current: kind === 'flow' || bounds ? 'moving' : 'plain' });
  const { style } = ink;
  const isLogarithm = kind === 'flow' && mean === 'map';
  const own =
    kind === 'flow'
      ? style.flow(letters.parameters, style.name(letters.component), letters.time, isLogarithm)
      : write(left, ink);
  const isAveraged = mean !== undefined && !isLogarithm && kind !== 'modified-loss';
  const name = `(\\sigma\\sigma^\\top)_{${letters.component}${kind === 'noise' ? otherLetter(statement) : ''}}`;
  const shown = kind === 'noise' ? { text: name, width: 7, tall: false } : isAveraged ? style.expectation(own) : own;
  const lines = writeLines(right, ink, { ...margins, first: shown.width + 3 });
  const tail = remainder === null ? '' : ` + O(${letters.step}^{${remainder}})`;
  return {
    left: shown,
    relation,
    lines: lines.map((line, at) => (at === lines.length - 1 ? { ...line, text: line.text + tail } : line)),
  };
}

/** `LEFT := RIGHT` over as many lines as it needs. */
export function definitionLatex(definition: Definition, notation: Notation, margins = WIDE): string {
  const written = writeLeftSide(definition, notation, 'latex');
  const { relation, ink, start } = written;
  return [written, ...(start === null ? [] : [start])]
    .map(({ left, body }) => {
      const lines = writeLines(body, ink, { ...margins, first: left.width + 4 });
      return rowsLatex({ left, relation, lines }, margins);
    })
    .join(margins.width < WIDE.width ? ', \\\\ ' : ', \\quad ');
}

/** One formula, or an `aligned` of several rows. */
export function rowsLatex({ left, relation, lines }: PrintedEquation, { width, indent } = WIDE): string {
  const [first, ...others] = lines;
  if (!first) return left.text;
  // A left side as long as a line leaves the right side no room beside it.
  if (others.length === 0 && left.width + first.width <= width) return `${left.text} ${relation} ${first.text}`;
  const head =
    left.width > width / 2
      ? [`&${left.text}`, `&\\quad ${relation} ${first.text}`]
      : [`${left.text} &${relation} ${first.text}`];
  const step = indent === WIDE.indent ? '\\quad' : '\\enspace';
  const rows = others.map(each => `&${step}${step.repeat(each.indent)} ${each.text}`);
  return `\\begin{aligned}\n${[...head, ...rows].join(' \\\\\n')}\n\\end{aligned}`;
}
