/** A row with the letter of a sum over the past as its label, g_\tau = \nabla f_\tau(x_\tau) beside \sum_{\tau=1}^{t} g_\tau: it holds for every step. */
import { trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { tokenizeText } from '../../../latex/notation/tokenize.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { scriptEnd } from '../author-names.ts';
import { letterEnd, solid } from '../author-tokens.ts';

/** The rows with the iteration letter in the place of such letters. */
export function withIterationLabels(
  rows: readonly Piece[],
  { iteration, component }: Pick<Notation, 'iteration' | 'component'>,
): Piece[] {
  const bound = new Set(rows.flatMap(({ right }) => summedLetters(right)));
  const names = rows.map(({ left }) => labelledName(left));
  return rows.map((piece, at) => {
    const own = names[at];
    if (!own || own.label === iteration || own.label === component || !bound.has(own.label)) return piece;
    const isOnly = names.every((other, place) => place === at || other?.name !== own.name);
    if (!isOnly || piece.right.some(({ text }) => text === iteration)) return piece;
    const [letter] = tokenizeText(iteration);
    if (letter === undefined) return piece;
    const renamed = (tokens: readonly Token[]): Token[] =>
      tokens.map(token => (token.text === own.label ? { ...letter, span: token.span } : token));
    return { ...piece, left: renamed(piece.left), right: renamed(piece.right) };
  });
}

/** The letters that sums count: \tau of \sum_{\tau=1}^{t}. */
function summedLetters(tokens: readonly Token[]): string[] {
  const row = solid(tokens);
  return row.flatMap(({ text }, at) => {
    const [mark, open, letter, relation] = row.slice(at + 1, at + 5);
    const isSum = text === '\\sum' && mark?.kind === 'subscript' && open?.kind === 'open' && relation?.text === '=';
    return isSum && letter ? [letter.text] : [];
  });
}

/** The name of a left side and the one letter in its subscript; null for any other left side. */
function labelledName(left: readonly Token[]): { name: string; label: string } | null {
  const row = solid(trim(left));
  const end = letterEnd(row, 0);
  const name = end === null ? null : canonicalNameOf(row.slice(0, end));
  if (end === null || name === null || row[end]?.kind !== 'subscript' || scriptEnd(row, end) !== row.length)
    return null;
  const [label, ...more] = row.slice(end + 1).filter(({ kind }) => kind !== 'open' && kind !== 'close');
  return label !== undefined && more.length === 0 && label.kind !== 'digit' ? { name, label: label.text } : null;
}
