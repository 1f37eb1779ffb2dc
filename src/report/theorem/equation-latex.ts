/** Statements and definitions as LaTeX displays, long right sides over several lines. */
import { statesBound } from '../../notation/kinds.ts';
import type { Statement } from '../../document/model.ts';
import type { Definition } from '../../formula/formula.ts';
import { inkFor, writeLeftSide } from '../../latex/write/write-formula.ts';
import { writeLines } from '../../latex/write/write-lines.ts';
import { write } from '../../latex/write/write-node.ts';
import type { Notation } from '../../optimizer/model.ts';
import type { PrintedEquation } from './theorem-parts.ts';

/** Rendered characters on a line. */
const WIDTH = 78;
const INDENT = 2;

/** The two sides of a statement as understood, with the point θ̃(t) in a flow. */
export function sidesLatex(statement: Statement, typed: Notation): PrintedEquation {
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
  const shown = isAveraged ? style.expectation(own) : own;
  const lines = writeLines(right, ink, { width: WIDTH, first: shown.width + 3, indent: INDENT });
  const tail = remainder === null ? '' : ` + O(${letters.step}^{${remainder}})`;
  return {
    left: shown,
    relation,
    lines: lines.map((line, at) => (at === lines.length - 1 ? { ...line, text: line.text + tail } : line)),
  };
}

/** `LEFT := RIGHT` over as many lines as it needs. */
export function definitionLatex(definition: Definition, notation: Notation): string {
  const written = writeLeftSide(definition, notation, 'latex');
  const { relation, ink, start } = written;
  return [written, ...(start === null ? [] : [start])]
    .map(({ left, body }) => {
      const lines = writeLines(body, ink, { width: WIDTH, first: left.width + 4, indent: INDENT });
      return rowsLatex({ left, relation, lines });
    })
    .join(', \\quad ');
}

/** One formula, or an `aligned` of several rows. */
export function rowsLatex({ left, relation, lines }: PrintedEquation): string {
  const [first, ...others] = lines;
  if (!first) return left.text;
  // A left side as long as a line leaves the right side no room beside it.
  if (others.length === 0 && left.width + first.width <= WIDTH) return `${left.text} ${relation} ${first.text}`;
  const head =
    left.width > WIDTH / 2
      ? [`&${left.text}`, `&\\quad ${relation} ${first.text}`]
      : [`${left.text} &${relation} ${first.text}`];
  const rows = others.map(({ indent, text }) => `&\\quad${'\\quad'.repeat(indent)} ${text}`);
  return `\\begin{aligned}\n${[...head, ...rows].join(' \\\\\n')}\n\\end{aligned}`;
}
