/** What the names that an optimizer's rows make are to the reader of their right sides: states or quantities, vectors or numbers. */
import type { LeftSide } from '../../latex/read/definition/left-side.ts';
import type { NameRole } from '../../latex/read/scope.ts';
import type { Token } from '../../latex/notation/token.ts';
import { ITERATION } from '../../formula/formula.ts';
import { constantLabel } from '../../optimizer/label.ts';
import type { Notation } from '../../optimizer/model.ts';
import { mentionsName } from './mentions.ts';
import type { OpenRow } from './row-left.ts';

export type NamedRow = Extract<LeftSide, { kind: 'name' }>;

/** \gamma_n: a name whose only subscript is the iteration. */
export const isScheduleByFormula = (left: NamedRow): boolean =>
  left.labels.length === 0 && left.indices.length === 1 && left.indices[0] === ITERATION;

/** The component letters on the left; the label of a schedule is none. */
export const componentsOf = (left: NamedRow): readonly string[] => (isScheduleByFormula(left) ? [] : left.indices);

/** What the name of a row is where it is used. */
export function roleOfRow(left: NamedRow, scalar: boolean, rows: readonly OpenRow[]): NameRole {
  const same = rows
    .map(row => row.left)
    .filter((each): each is NamedRow => each.kind === 'name' && each.name === left.name);
  const hasArgument = same.some(each => each.argument !== null);
  if (isScheduleByFormula(left))
    return { kind: 'quantity', indices: 1, labels: 0, indexSorts: ['history'], hasArgument };
  if (same.some(each => each.labels.length > 0))
    return { kind: 'state', componentwise: !scalar, isFactorBehind: !hasArgument && recurs(left.name, rows) };
  return {
    kind: 'quantity',
    indices: scalar ? 0 : 1,
    labels: 0,
    indexSorts: scalar ? [] : ['coordinate'],
    hasArgument,
  };
}

/** Whether a row of the name has the name on its right too, or gives its first value, so that it is a state. */
const recurs = (name: string, rows: readonly OpenRow[]): boolean =>
  rows.some(
    ({ left, piece }) =>
      left.kind === 'name' &&
      left.name === name &&
      (left.labels.every(label => constantLabel(label) !== null) || mentionsName(piece.right, name)),
  );

/**
 * Names typed without a component whose rows show nothing that has components. Only the letters are looked at, so a name
 * may be taken for a vector that is none; the model then finds out.
 */
export function scalarNames(rows: readonly OpenRow[], notation: Notation): Set<string> {
  const named = rows.filter((row): row is OpenRow & { left: NamedRow } => row.left.kind === 'name');
  const vectors = new Set(named.filter(({ left }) => componentsOf(left).length > 0).map(({ left }) => left.name));
  const letters = new Set([
    '\\nabla',
    '\\partial',
    notation.component,
    ...lettersIn(notation.loss),
    ...lettersIn(notation.gradient ?? ''),
    notation.gradient ?? '',
    ...lettersIn(notation.parameters),
  ]);
  for (const name of vectors) for (const letter of [name, ...lettersIn(name)]) letters.add(letter);
  for (let before = -1; before !== vectors.size; ) {
    before = vectors.size;
    for (const { left, piece } of named) {
      if (vectors.has(left.name) || !piece.right.some((token: Token) => letters.has(token.text))) continue;
      vectors.add(left.name);
      for (const letter of [left.name, ...lettersIn(left.name)]) letters.add(letter);
    }
  }
  return new Set(named.map(({ left }) => left.name).filter(name => !vectors.has(name)));
}

const ALPHABETS =
  /\\(?:boldsymbol|mathbf|mathrm|mathcal|mathbb|mathfrak|mathscr|hat|tilde|bar|check|vec|breve|underline|dot|ddot)(?![A-Za-z])/g;

/** The letters of a name without its accents. */
export const lettersIn = (name: string): string[] => name.replace(ALPHABETS, ' ').match(/\\[A-Za-z]+|[A-Za-z]/g) ?? [];
