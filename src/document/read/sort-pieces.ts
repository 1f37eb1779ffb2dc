/** Which rows of a claim's or definition's display define names, and which state something. */
import { refuse } from '../../base/problem.ts';
import type { Definition } from '../../formula/formula.ts';
import type { Piece } from '../../latex/display/display.ts';
import { readLeftSide } from '../../latex/read/definition/read-left-side.ts';
import type { NameScope } from '../../latex/read/scope.ts';
import type { Token } from '../../latex/notation/token.ts';
import type { Notation, Optimizer } from '../../optimizer/model.ts';
import { mentionsName } from '../author/mentions.ts';
import { derivedInTime } from './statement/read-rate.ts';
import type { DefinitionRow } from './read-definitions.ts';

/** States and quantities of the optimizer that no definition hides. */
export function namesOfOptimizer(
  optimizer: Optimizer | null,
  definitions: readonly Pick<Definition, 'name'>[],
): Set<string> {
  const names = new Set([...(optimizer?.states ?? []), ...(optimizer?.quantities ?? [])].map(({ name }) => name));
  for (const { name } of definitions) names.delete(name);
  return names;
}

export interface SortedPieces {
  readonly rows: readonly DefinitionRow[];
  readonly statements: readonly Piece[];
  /** Names that an = defines only because another row uses them. */
  readonly assumed: ReadonlySet<string>;
}

/**
 * Rows that define names, and statements. := defines; so does = in a definition, and in a claim where its name means
 * nothing yet and is used by another row (`assumed`).
 */
export function sortPieces(
  pieces: readonly Piece[],
  scope: NameScope,
  taken: ReadonlySet<string>,
  kind: 'claim' | 'definition',
  losses: ReadonlySet<string>,
): SortedPieces {
  const rows: DefinitionRow[] = [];
  const statements: Piece[] = [];
  const assumed = new Set<string>();
  for (const piece of pieces) {
    if (piece.noise !== undefined) {
      statements.push(piece);
      continue;
    }
    const isRate = kind === 'claim' && derivedInTime(piece.left, scope) !== null;
    const left = piece.relation === null || isRate ? { kind: 'other' as const } : readLeftSide(piece.left, scope);
    const isName =
      left.kind === 'name' &&
      (piece.relation === ':=' || piece.relation === '=' || (piece.relation === '\\equiv' && kind === 'claim'));
    if (kind === 'definition' && !isName)
      refuse('left-side', 'each row of a definition is a name, = or :=, and a formula', piece.span);
    if (kind === 'claim' && isName && losses.has(left.name)) {
      // A modified loss that another row uses is a definition; alone it is what the claim says.
      const used = pieces.some(
        each => each !== piece && (mentionsName(each.left, left.name) || mentionsName(each.right, left.name)),
      );
      if (used) rows.push({ piece, left });
      else statements.push(piece);
      continue;
    }
    const known = isName && rows.some(row => row.left.name === left.name);
    const isFree = isName && !taken.has(left.name) && !known;
    // NAME = A = B defines the name by A and says that A is B.
    const isHead = isFree && piece.relation === '=' && isContinued(piece, pieces) && !scope.names.has(left.name);
    const isImplicit = isFree && piece.relation !== ':=' && (isHead || isUsed(left.name, piece, pieces));
    if (isName && (kind === 'definition' || piece.relation === ':=' || isImplicit)) {
      rows.push({ piece, left });
      if (isImplicit && !isHead && kind === 'claim') assumed.add(left.name);
    } else statements.push(piece);
  }
  return { rows, statements, assumed };
}

/** Whether a chain goes on behind the piece: the next one begins with its right side. */
function isContinued(piece: Piece, pieces: readonly Piece[]): boolean {
  const next = pieces[pieces.indexOf(piece) + 1];
  const [own] = piece.right;
  const [first] = next?.left ?? [];
  return own !== undefined && first !== undefined && own.span.start === first.span.start && own.text === first.text;
}

/** Whether the letters of the name occur in another piece; its exact use is known only when that has been read. */
function isUsed(name: string, own: Piece, pieces: readonly Piece[]): boolean {
  const letters = name.match(/\\[A-Za-z]+|[A-Za-z]/g) ?? [];
  const core = letters.filter(
    letter => !/^\\(?:hat|tilde|bar|boldsymbol|mathrm|mathcal|check|vec|breve|underline)$/.test(letter),
  );
  const accent = /^\\(hat|tilde|bar|check)\{/.exec(name)?.[1];
  return pieces.some(piece => {
    if (piece === own) return false;
    if (accent !== undefined && core.length === 1)
      return [piece.left, piece.right].some(tokens => hasAccented(tokens, accent, core[0] ?? ''));
    const texts = new Set([...piece.left, ...piece.right].map(token => token.text));
    if (texts.has(name)) return true;
    return core.every(letter => texts.has(letter));
  });
}

const WIDE: ReadonlyMap<string, string> = new Map([
  ['hat', 'widehat'],
  ['tilde', 'widetilde'],
  ['bar', 'overline'],
]);

/** Whether the letter stands under the accent: \tilde E in \tilde\theta and E is none. */
const hasAccented = (tokens: Piece['left'], accent: string, letter: string): boolean => {
  const texts = tokens
    .map(({ text }) => text)
    .filter(text => text !== '{' && !/^\\(?:boldsymbol|math[a-z]+)$/.test(text));
  return texts.some(
    (text, at) => (text === `\\${accent}` || text === `\\${WIDE.get(accent)}`) && texts[at + 1] === letter,
  );
};

/**
 * The statements with the conditions of the definitions too: n^2 \ge q, q := 2n, n \ge 2 says its inequality for n ≥ 2. What a definition says of its own letters, c_k := \beta^k for k ≥ 1, is said
 * of them alone; the iteration is the statement's.
 */
export function withConditionsOfRows(
  statements: readonly Piece[],
  rows: readonly DefinitionRow[],
  notation: Notation,
): readonly Piece[] {
  const conditions = rows.flatMap(({ piece, left }) => {
    const own = new Set([...left.letters.keys()].filter(letter => letter !== notation.iteration));
    const isOfOwn = piece.condition?.some(({ text }) => own.has(text)) ?? true;
    return piece.condition && !piece.equivalence && !isOfOwn ? [piece.condition] : [];
  });
  if (conditions.length === 0) return statements;
  return statements.map(piece => {
    const typed = piece.equivalence ? piece.domain : piece.condition;
    const all = [...(typed ? [typed] : []), ...conditions].flatMap((each, at) =>
      at === 0 ? each : [comma(each), ...each],
    );
    return piece.equivalence ? { ...piece, domain: all } : { ...piece, condition: all };
  });
}

const comma = ([first]: readonly Token[]): Token => {
  if (first === undefined) throw new Error('a condition has tokens');
  return { kind: 'symbol', text: ',', span: first.span };
};
