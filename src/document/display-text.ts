/** The statements of a display as tokens, with the macros of the file expanded. */
import type { Span } from '../base/span.ts';
import { type Piece, splitDisplay } from '../latex/display.ts';
import { expandMacros } from '../latex/macros.ts';
import type { Token } from '../latex/token.ts';
import { tokenize } from '../latex/tokenize.ts';
import type { Notation } from '../optimizer/model.ts';
import { partsOf, rangeOf } from './index-range.ts';
import type { Outline } from './outline.ts';

/** The tokens of a place in the file, macros expanded. */
export const tokensAt = (span: Span, outline: Outline): Token[] =>
  withoutEmptyGroups(expandMacros(tokenize(span.source, span.start, span.end), outline.macros));

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
export const piecesAt = (span: Span, outline: Outline): Piece[] =>
  splitDisplay(tokensAt(span, outline), outline.notation).filter(piece => !isWholeRange(piece, outline.notation));

/** `j = 1, \ldots, p` and `n = 0, 1, \ldots` as pieces of their own; n may count from 1, as the rows do then. */
function isWholeRange({ left, relation, right }: Piece, notation: Notation): boolean {
  if (relation !== '=') return false;
  const [first = [], ...more] = partsOf(right);
  const range = rangeOf({ left, relation, right: first, more }, notation);
  return range !== null && (range.isWhole || range.from.every(({ text }) => text === '1'));
}
