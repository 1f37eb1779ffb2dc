/**
 * A definition that leaves out the index of the statement, A := \frac12\sum_i\nabla_{ij}E\,\nabla_iE beside \dot\theta_j = … A: its right side shows
 * that A is A_j.
 */
import { trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { replaceNames, scriptEnd } from '../author-names.ts';
import { letterEnd, solid } from '../author-tokens.ts';

/** The pieces with the component letter on such names; `known` are the names that mean something already. */
export function withOpenIndices(
  pieces: readonly Piece[],
  component: string,
  known: ReadonlySet<string>,
): readonly Piece[] {
  const isStated = pieces.some(({ left }) => standsBelow(left, component));
  const names = new Set(
    pieces.flatMap(({ left, relation, right }) => {
      const name = relation === ':=' || relation === '=' || relation === '\\equiv' ? bareName(left) : null;
      const isOpen = standsBelow(right, component) && !isBound(right, component);
      return name !== null && !known.has(name) && isOpen ? [name] : [];
    }),
  );
  for (const { left, right } of pieces)
    for (const tokens of [left, right]) for (const name of scriptedNames(tokens)) names.delete(name);
  if (!isStated || names.size === 0) return pieces;
  const change = (tokens: readonly Token[]): Token[] =>
    replaceNames(tokens, (name, at, end) => {
      const [first] = tokens.slice(at, end);
      if (!names.has(name) || first === undefined) return null;
      const symbol = (kind: Token['kind'], text: string): Token => ({ kind, text, span: first.span });
      const letter: Token['kind'] = component.startsWith('\\') ? 'command' : 'letter';
      const index = [symbol('subscript', '_'), symbol('open', '{'), symbol(letter, component), symbol('close', '}')];
      return { tokens: [...tokens.slice(at, end), ...index], next: end };
    });
  return pieces.map(piece => ({ ...piece, left: change(piece.left), right: change(piece.right) }));
}

/** The name that a left side is, without scripts and arguments. */
function bareName(left: readonly Token[]): string | null {
  const row = solid(trim(left));
  return letterEnd(row, 0) === row.length ? canonicalNameOf(row) : null;
}

/** Whether the letter stands in a subscript. */
function standsBelow(tokens: readonly Token[], letter: string): boolean {
  return tokens.some((token, at) => {
    const end = token.kind === 'subscript' ? scriptEnd(tokens, at) : null;
    return end !== null && tokens.slice(at, end).some(({ text }) => text === letter);
  });
}

/** Whether a sum or product counts with the letter. */
const isBound = (tokens: readonly Token[], letter: string): boolean =>
  tokens.some(({ text }, at) => {
    const end = /^\\(?:sum|prod)$/.test(text) ? scriptEnd(tokens, at + 1) : null;
    return end !== null && solid(tokens.slice(at + 1, end)).some(each => each.text === letter);
  });

/** The names with scripts of their own. */
function scriptedNames(tokens: readonly Token[]): string[] {
  return tokens.flatMap((_, at) => {
    const end = letterEnd(tokens, at);
    const name = end === null ? null : canonicalNameOf(tokens.slice(at, end));
    return end !== null && name !== null && scriptEnd(tokens, end) !== null ? [name] : [];
  });
}
