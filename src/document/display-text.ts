/** The statements of a display as tokens, with the macros of the file expanded. */
import type { Span } from '../base/span.ts';
import { type Piece, splitDisplay } from '../latex/display.ts';
import { expandMacros } from '../latex/macros.ts';
import type { Token } from '../latex/token.ts';
import { tokenize } from '../latex/tokenize.ts';
import type { Outline } from './outline.ts';

/** The tokens of a place in the file, macros expanded. */
export const tokensAt = (span: Span, outline: Outline): Token[] =>
  expandMacros(tokenize(span.source, span.start, span.end), outline.macros);

/** The statements of a display. */
export const piecesAt = (span: Span, outline: Outline): Piece[] =>
  splitDisplay(tokensAt(span, outline), outline.notation);
