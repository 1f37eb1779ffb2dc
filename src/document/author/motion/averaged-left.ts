/** Left sides with a mean over the batches: \mathbb E in front, \mathbb E_\pi over sequences without repetition, a bar on the parameters. */
import type { Piece } from '../../../latex/display/display.ts';
import type { TypedMean } from '../../../latex/display/open-piece.ts';
import { canonicalAccent } from '../../../latex/notation/notation-table.ts';
import type { Token } from '../../../latex/notation/token.ts';

const isSolid = ({ kind, text }: Token): boolean => kind !== 'space' && !/^\\[,;:!> ]$/.test(text);
const OPENING = /^\\(?:left|[bB]igg?l?)$/;
const CLOSING = /^\\(?:right|[bB]igg?r?)$/;

/** The left side read for \mathbb E in front and a bar on the parameters. */
export function typedMean(tokens: readonly Token[]): TypedMean & { readonly left: Token[] } {
  const solid = tokens.filter(isSolid);
  const barred = solid.some(({ text }) => canonicalAccent(text) === '\\bar' || text === '\\overline');
  const none = { left: [...tokens], expectation: null, barred };
  if (solid[0]?.text !== '\\mathbb') return none;
  const isBraced = solid[1]?.kind === 'open';
  if (solid[isBraced ? 2 : 1]?.text !== 'E') return none;
  let at = isBraced ? 4 : 2;
  let expectation: TypedMean['expectation'] = 'draws';
  if (solid[at]?.kind === 'subscript') {
    const isGroup = solid[at + 1]?.kind === 'open';
    if (solid[at + (isGroup ? 2 : 1)]?.text !== '\\pi' || (isGroup && solid[at + 3]?.kind !== 'close')) return none;
    expectation = 'orders';
    at += isGroup ? 4 : 2;
  }
  return { left: withoutBrackets(solid.slice(at)), expectation, barred };
}

/** What stands in one pair of brackets around all of it. */
function withoutBrackets(tokens: Token[]): Token[] {
  const first = OPENING.test(tokens[0]?.text ?? '') ? 1 : 0;
  const open = tokens[first]?.text;
  const close = open === '[' ? ']' : open === '(' ? ')' : null;
  if (close === null || tokens.at(-1)?.text !== close) return tokens;
  const inside = tokens.slice(first + 1, -1);
  return CLOSING.test(inside.at(-1)?.text ?? '') ? inside.slice(0, -1) : inside;
}

/** The pieces with their left sides as they are read, and what is said of a mean there. */
export const averagedPieces = (pieces: readonly Piece[]): Piece[] =>
  pieces.map(piece => {
    const { left, ...mean } = typedMean(piece.left);
    return mean.expectation === null && !mean.barred ? piece : { ...piece, left, mean };
  });
