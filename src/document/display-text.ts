/** The statements of a display as tokens, with the macros of the file expanded. */
import type { Span } from '../base/span.ts';
import { type Piece, splitDisplay } from '../latex/display.ts';
import { expandMacros } from '../latex/macros.ts';
import type { Token } from '../latex/token.ts';
import { tokenize } from '../latex/tokenize.ts';
import type { Notation } from '../optimizer/model.ts';
import { partsOf, rangeOf } from './index-range.ts';
import type { Outline } from './entry.ts';

/** The tokens of a place in the file, macros expanded. */
export const tokensAt = (span: Span, outline: Pick<Outline, 'macros'>): Token[] =>
  withoutEmptyGroups(unescaped(expandMacros(tokenize(span.source, span.start, span.end), outline.macros)));

/** Markdown takes a backslash away that LaTeX then does not see: `\_` and `\*` are an underscore and a star. */
const unescaped = (tokens: readonly Token[]): Token[] =>
  tokens.map(token =>
    token.text === '\\_'
      ? { ...token, kind: 'subscript', text: '_' }
      : token.text === '\\*'
        ? { ...token, kind: 'symbol', text: '*' }
        : token,
  );

/** Drops `{}` after a symbol, an alignment mark or a new row, where it only sets a space, as in `={}&`. */
function withoutEmptyGroups(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  let at = 0;
  for (let token = tokens[at]; token; token = tokens[at]) {
    const previous = kept.findLast(each => each.kind !== 'space');
    const mayStand =
      !previous || previous.kind === 'symbol' || previous.kind === 'alignment' || previous.text === '\\\\';
    if (token.kind === 'open' && tokens[at + 1]?.kind === 'close' && mayStand) {
      at += 2;
      continue;
    }
    kept.push(token);
    at += 1;
  }
  return kept;
}

/** The statements of a display, without what only says that an index has all its values. */
export const piecesAt = (span: Span, outline: Outline): Piece[] => piecesOf(tokensAt(span, outline), outline.notation);

export const piecesOf = (tokens: readonly Token[], notation: Notation): Piece[] =>
  splitDisplay(tokens, notation).filter(piece => !isWholeRange(piece, notation));

/** `j = 1, \ldots, p` and `n = 0, 1, \ldots` as pieces of their own; n may count from 1, as the rows do then. */
function isWholeRange({ left, relation, right }: Piece, notation: Notation): boolean {
  if (relation !== '=') return false;
  const [first = [], ...more] = partsOf(right);
  const range = rangeOf({ left, relation, right: first, more }, notation);
  return range !== null && (range.isWhole || range.from.every(({ text }) => text === '1'));
}
