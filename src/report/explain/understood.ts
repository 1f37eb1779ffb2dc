/** A claim as it was understood: its formulas in plain text for a terminal, in the claim's letters. */
import type { Claim, Statement } from '../../document/model.ts';
import type { Formula } from '../../formula/formula.ts';
import { otherLetter } from '../../judge/kinds/noise/other-letter.ts';
import { inkFor, writeFormula, writeLeftSide } from '../../latex/write/write-formula.ts';
import { writeLines } from '../../latex/write/write-lines.ts';
import { unicodeName } from '../../latex/write/write-unicode.ts';
import type { Notation } from '../../optimizer/model.ts';
import { harmless } from '../text/paint.ts';
import { hanging } from '../text/wrap.ts';

const INDENT = '  ';
const RELATION_TEXT: Readonly<Record<Statement['relation'], string>> = {
  '=': '=',
  ':=': ':=',
  '\\approx': '≈',
  '\\sim': '~',
  '\\equiv': '≡',
  '<': '<',
  '>': '>',
  '\\le': '≤',
  '\\ge': '≥',
};

/** Every statement and then every definition, indented; with `labels` each statement behind its id. */
export function understoodLines(claim: Claim, width: number, labels: boolean): string[] {
  const lines: string[] = [];
  for (const statement of claim.statements) {
    const left = leftText(statement, claim.notation);
    const label = labels ? `${statement.id}: ` : '';
    lines.push(
      ...formulaLines(
        `${label}${left} ${RELATION_TEXT[statement.relation]} `,
        statement.right,
        claim.notation,
        width,
        statement.kind === 'flow',
      ),
    );
    if (statement.remainder !== null)
      lines.push(`${INDENT}${INDENT}up to O(${claim.notation.step}^${statement.remainder})`);
    if (statement.condition !== null)
      lines.push(...hanging(`${INDENT}${INDENT}if `, harmless(statement.condition.text), width));
  }
  for (const definition of claim.definitions) {
    const { left, relation } = writeLeftSide(definition, claim.notation, 'text');
    lines.push(...formulaLines(`${left.text} ${relation.trim()} `, definition.body, claim.notation, width));
  }
  return lines;
}

function leftText(statement: Statement, notation: Notation): string {
  const { kind, mean } = statement;
  if (kind === 'noise') return `(σσ^T)_${notation.component}${otherLetter(statement)}`;
  if (mean === undefined || kind === 'modified-loss') return plainLeft(statement, notation);
  const isLogarithm = kind === 'flow' && mean === 'map';
  return isLogarithm
    ? `d${unicodeName(`\\bar{${notation.parameters}}`)}_${notation.component}(${unicodeName(notation.time)})/d${unicodeName(notation.time)}`
    : `E ${plainLeft(statement, notation)}`;
}

function plainLeft({ kind, left }: Statement, notation: Notation): string {
  return kind === 'flow'
    ? `d${writeFormula(left, notation, 'text', { current: 'moving' })}/d${unicodeName(notation.time)}`
    : writeFormula(left, notation, 'text');
}

function formulaLines(head: string, formula: Formula, notation: Notation, width: number, moving = false): string[] {
  const lines = writeLines(formula, inkFor([formula], notation, 'text', { current: moving ? 'moving' : 'plain' }), {
    width: width - 2,
    first: [...head].length,
    indent: 2,
  });
  return lines.map(({ indent, text }, at) => INDENT + (at === 0 ? head : '  '.repeat(indent + 1)) + text);
}
