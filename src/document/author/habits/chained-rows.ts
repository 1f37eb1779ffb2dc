/**
 * Whether two right sides of a row, x = A = B, say the same: with what the step makes inserted, both are rational in the same atoms, and
 * are compared at random rational values of these. Atoms are whatever is no sum, product, quotient or integer power.
 */
import { refuse } from '../../../base/problem.ts';
import { COMPONENT, type Formula } from '../../../formula/formula.ts';
import type { Piece } from '../../../latex/display/display.ts';
import { areEqualFormulas } from '../../../optimizer/checks/equal-formulas.ts';
import { offsetFromIteration } from '../../../optimizer/label.ts';
import { nodes, replaceIndex, rewrite } from '../../../optimizer/replace.ts';
import type { Row } from '../../../optimizer/row.ts';

const DEEPEST = 6;

/** The rows without what goes on with a chain, x = A = B; each such further side with the position of its row. */
export function apartChains(rows: readonly Piece[]): {
  pieces: Piece[];
  again: { at: number; piece: Piece }[];
} {
  const pieces: Piece[] = [];
  const again: { at: number; piece: Piece }[] = [];
  for (const [at, piece] of rows.entries()) {
    const isFurther = piece.chained && pieces.length > 0 && piece.relation === '=' && rows[at - 1]?.relation !== null;
    if (isFurther) again.push({ at: pieces.length - 1, piece });
    else pieces.push(piece);
  }
  return { pieces, again };
}

/** `z_0`, `y^{(0)}`, `x_{-1}`: a name with the label of a first value, and nothing else. */
const FIRST = /^(?:\\[A-Za-z]+(?![A-Za-z])|[A-Za-z{}])+(?:_\{?(?:-1|[01])\}?|\^\{?\(?(?:-1|[01])\)?\}?)$/;
const spelled = (tokens: Piece['left']): string =>
  tokens
    .filter(({ kind }) => kind !== 'space')
    .map(({ text }) => text)
    .join('');

/**
 * First values in one chain, z_0 = y_0 = x_0 or m_0 = v_0 = 0, as a row for each: all are what stands last, or the parameters where these are
 * among them.
 */
export function apartFirstValues(rows: readonly Piece[], parameters: string): Piece[] {
  const found: Piece[] = [];
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at];
    if (row === undefined) break;
    const chain = [row];
    for (let next = rows[at + 1]; next?.chained && next.relation === '='; next = rows[at + chain.length])
      chain.push(next);
    const sides = [row.left, ...chain.map(({ right }) => right)];
    if (chain.length === 1 || row.relation !== '=' || !sides.slice(0, -1).every(side => FIRST.test(spelled(side)))) {
      found.push(row);
      continue;
    }
    const letter = parameters.replace(/\s/g, '');
    const own = sides.findIndex(side => FIRST.test(spelled(side)) && /^(.*?)[_^]/.exec(spelled(side))?.[1] === letter);
    const value = own === -1 ? sides.length - 1 : own;
    const right = sides[value] ?? [];
    for (const [place, left] of sides.entries())
      if (place !== value) found.push({ ...row, left: [...left], right: [...right], chained: false });
    at += chain.length - 1;
  }
  return found;
}

/** x = A = B is the row x = A where B says the same. */
export function refuseOtherSide(row: Row, other: Row, rows: readonly Row[]): void {
  if (areEqualSides(row.right, other.right, rows)) return;
  refuse(
    'sides-differ',
    'this row gives one value by two right sides, and they are not seen to be the same',
    other.span,
    'Write one of them; the step would be another one with the other.',
  );
}

/** Whether the two sides are the same for every value of what the rows do not make. */
function areEqualSides(left: Formula, right: Formula, rows: readonly Row[]): boolean {
  return areEqualFormulas(inserted(left, rows), inserted(right, rows));
}

/** The formula with every value that the step makes replaced by its row. */
function inserted(formula: Formula, rows: readonly Row[]): Formula {
  let current = formula;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const next = rewrite(current, node => {
      if (node.kind !== 'quantity' || node.labels.length > 1) return node;
      const row = rows.find(each => each.kind === 'name' && each.name === node.name && sameLabel(each, node.labels[0]));
      // Without labels v = \mu v + g means two values of v by one name, which cannot be told apart here.
      if (!row || [...nodes(row.right)].some(each => keyOf(each) === keyOf(node))) return node;
      const component = node.indices[0];
      return component === undefined ? row.right : replaceIndex(row.right, COMPONENT, component);
    });
    if (next === current) break;
    current = next;
  }
  return current;
}

const keyOf = (node: Formula): string | null =>
  node.kind === 'quantity' ? `${node.name} ${node.labels[0] ? offsetFromIteration(node.labels[0]) : 'none'}` : null;

function sameLabel(row: Row, label: Formula | undefined): boolean {
  if (row.label === null || label === undefined) return row.label === null && label === undefined;
  const made = offsetFromIteration(row.label);
  return made !== null && made === offsetFromIteration(label);
}
