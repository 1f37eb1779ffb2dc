/** The statements of a display as tokens, with the macros of the file expanded. */
import type { Span } from '../../base/span.ts';
import { type Piece, splitDisplay } from '../../latex/display/display.ts';
import { expandMacros } from '../../latex/notation/expand-macros.ts';
import { withUsualSpellings } from '../../latex/notation/spellings.ts';
import type { Token } from '../../latex/notation/token.ts';
import { tokenize } from '../../latex/notation/tokenize.ts';
import type { Notation } from '../../optimizer/model.ts';
import { withComposedLetters } from './composed/letters.ts';
import { partsOf, statedRange } from './index-range.ts';
import { withoutMethodName } from './beside/method-name.ts';
import { withoutSetOnly } from './beside/set-only.ts';
import { withoutModulo } from './names/modulo-labels.ts';
import { withoutSlashedDerivatives } from './habits/slashed-derivatives.ts';
import type { Outline } from '../annotation/entry.ts';
import { namedGradientAt } from '../scan/named-gradients.ts';

/** The tokens of a place in the file, macros expanded. */
export const tokensAt = (span: Span, outline: Pick<Outline, 'macros'>): Token[] =>
  withoutModulo(
    withoutSlashedDerivatives(
      withoutEmptyGroups(
        withoutSetOnly(
          unboxed(
            withUsualSpellings(
              unescaped(
                expandMacros(
                  namedGradientAt(span) ?? tokenize(span.source, span.start, span.end),
                  outline.macros.at(span.source),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  );

/** Markdown takes a backslash away that LaTeX then does not see: `\_` and `\*` are an underscore and a star. */
const unescaped = (tokens: readonly Token[]): Token[] =>
  tokens.map((token): Token => {
    switch (token.text) {
      case '\\_':
        return { ...token, kind: 'subscript', text: '_' };
      case '\\*':
        return { ...token, kind: 'symbol', text: '*' };
      case '\\vcentcolon':
        return { ...token, kind: 'symbol', text: ':' };
      default:
        return token;
    }
  });

/** `\boxed{a = b}` is a = b; around a part of a formula the braces stay. */
function unboxed(tokens: readonly Token[]): Token[] {
  const dropped = new Set<number>();
  for (const [at, token] of tokens.entries()) {
    if (token.text !== '\\boxed' && token.text !== '\\fbox') continue;
    const open = tokens.findIndex((each, place) => place > at && each.kind !== 'space');
    if (tokens[open]?.kind !== 'open') continue;
    dropped.add(at);
    let depth = 0;
    let close = open;
    for (; close < tokens.length; close += 1) {
      if (tokens[close]?.kind === 'open') depth += 1;
      if (tokens[close]?.kind === 'close') depth -= 1;
      if (depth === 0) break;
    }
    if (
      !tokens
        .slice(open, close)
        .some(({ text }) => /^(?:=|\\(?:approx|le|leq|ge|geq|coloneqq|sim|leftarrow|gets))$/.test(text))
    )
      continue;
    dropped.add(open).add(close);
  }
  return dropped.size === 0 ? [...tokens] : tokens.filter((_, at) => !dropped.has(at));
}

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
  piecesOf(withComposedLetters(tokensAt(span, outline), outline.notation), outline.notation);

export const piecesOf = (tokens: readonly Token[], notation: Notation): Piece[] =>
  splitDisplay(withoutMethodName(tokens), notation).filter(piece => !isWholeRange(piece, notation));

/** `j = 1, \ldots, p` and `n = 0, 1, \ldots` as pieces of their own; n may count from 1, as the rows do then. */
function isWholeRange({ left, relation, right }: Piece, notation: Notation): boolean {
  if (relation !== '=') return false;
  const [first = [], ...more] = partsOf(right);
  const range = statedRange({ left, relation, right: first, more }, notation);
  return range !== null && (range.isWhole || range.from.every(({ text }) => text === '1'));
}
