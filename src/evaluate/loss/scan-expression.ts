/**
 * The first look at an expression's text: allowed characters, sizes, top-level terms, and numbers replaced by names.
 *
 * It keeps hostile text away from the parser, whose recursion and size nothing else bounds.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { Rational } from '../../number/rational.ts';

const LONGEST = 200_000;
const DEEPEST_PARENTHESES = 100;
/** Powers and signs in one term: a chain of them is parsed by recursion. */
const MOST_POWERS = 500;

/** One top-level term ±(…), without its sign. */
export interface ScannedTerm {
  readonly negative: boolean;
  /** Where it stands in the whole text. */
  readonly start: number;
  readonly end: number;
  /** The text with numbers replaced by names, for the parser. */
  readonly masked: string;
  readonly numbers: ReadonlyMap<string, Rational>;
  /** Equal keys mean equal terms. */
  readonly key: string;
  /** Where a place in `masked` stands in the whole text. */
  placeOf(maskedOffset: number): number;
  /** The first place of a name in the whole text. */
  find(name: string): number;
  /** A message with the replaced numbers as they were typed. */
  text(message: string): string;
}

type Place = (from: number, to: number) => Span | null;
interface Piece {
  readonly kind: 'number' | 'name' | 'symbol';
  readonly text: string;
  readonly at: number;
}

function piecesOf(text: string, place: Place): Piece[] {
  if (text.length > LONGEST)
    refuse('loss-too-long', `an expression of ${text.length} characters; at most ${LONGEST}`, place(0, 1));
  const pattern = /\s+|((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z][A-Za-z0-9_]*)|([-+*/^(),])/y;
  const pieces: Piece[] = [];
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null)
      return refuse(
        'loss-syntax',
        `unexpected character ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))}`,
        place(at, at + 1),
      );
    if (match[1] !== undefined) pieces.push({ kind: 'number', text: match[1], at });
    else if (match[2] !== undefined) pieces.push({ kind: 'name', text: match[2], at });
    else if (match[3] !== undefined) pieces.push({ kind: 'symbol', text: match[3], at });
  }
  return pieces;
}

/** Splits a text at its top-level + and −. Refuses empty, too long and too deeply nested texts, and products without *. */
export function scanExpression(text: string, place: Place): ScannedTerm[] {
  const pieces = piecesOf(text, place);
  if (pieces.length === 0) refuse('loss-syntax', 'an expression is expected', place(0, text.length));
  const terms: ScannedTerm[] = [];
  let current: Piece[] = [];
  let negative = false;
  let depth = 0;
  let before: Piece | null = null;
  for (const piece of pieces) {
    const ends = before !== null && (before.kind !== 'symbol' || before.text === ')');
    if (ends && before !== null && startsOperand(piece, before))
      refuse(
        'loss-syntax',
        'an operator is missing here; products are written with *',
        place(piece.at, piece.at + piece.text.length),
      );
    if (piece.text === '(') depth += 1;
    if (piece.text === ')') depth -= 1;
    if (depth < 0) refuse('loss-syntax', 'a closing parenthesis without an opening one', place(piece.at, piece.at + 1));
    if (depth > DEEPEST_PARENTHESES)
      refuse('too-deep', `parentheses nested deeper than ${DEEPEST_PARENTHESES}`, place(piece.at, piece.at + 1));
    const isSign = piece.text === '+' || piece.text === '-';
    if (isSign && depth === 0 && ends) {
      terms.push(termOf(current, negative, place));
      current = [];
      negative = piece.text === '-';
    } else current.push(piece);
    before = piece;
  }
  if (depth > 0) refuse('loss-syntax', 'a closing parenthesis is expected', place(text.length, text.length + 1));
  if (current.length === 0)
    refuse('loss-syntax', 'a term is expected after the last sign', place(text.length - 1, text.length));
  terms.push(termOf(current, negative, place));
  return terms;
}

/** Whether a new operand begins where an operator is due; a name followed by "(" is a function call. */
function startsOperand(piece: Piece, before: Piece): boolean {
  return piece.kind !== 'symbol' || (piece.text === '(' && before.kind !== 'name');
}

function termOf(pieces: readonly Piece[], negative: boolean, place: Place): ScannedTerm {
  const [first] = pieces;
  const last = pieces[pieces.length - 1];
  if (first === undefined || last === undefined) throw new Error('a term has no pieces');
  const offsets: number[] = [];
  const numbers = new Map<string, Rational>();
  const typed = new Map<string, string>();
  let masked = '';
  for (const piece of pieces) {
    let shown = piece.text;
    if (piece.kind === 'number') {
      const value = Rational.parse(piece.text);
      if (value === null)
        return refuse(
          'number-too-large',
          `the number ${piece.text.slice(0, 40)} is too large or too small`,
          place(piece.at, piece.at + piece.text.length),
        );
      shown = `number_${numbers.size}`;
      numbers.set(shown, value);
      typed.set(shown, piece.text);
    }
    for (let k = 0; k <= shown.length; k += 1) offsets.push(piece.at + Math.min(k, piece.text.length));
    masked += `${shown} `;
  }
  if (longestChain(pieces) > MOST_POWERS)
    refuse('too-deep', `more than ${MOST_POWERS} powers or signs in a row`, place(first.at, first.at + 1));
  return {
    negative,
    start: first.at,
    end: last.at + last.text.length,
    masked,
    numbers,
    key: pieces.map(({ text }) => text).join(' '),
    placeOf: offset => offsets[Math.max(0, Math.min(offset, offsets.length - 1))] ?? first.at,
    find: name => pieces.find(({ text }) => text === name)?.at ?? first.at,
    text: message => message.replace(/number_\d+/g, name => typed.get(name) ?? name),
  };
}

/** The most powers and signs without another operator of lower rank between them. */
function longestChain(pieces: readonly Piece[]): number {
  let longest = 0;
  let chain = 0;
  for (const [at, { text, kind }] of pieces.entries()) {
    const prefix =
      kind === 'symbol' &&
      (text === '-' || text === '+') &&
      pieces[at - 1]?.kind === 'symbol' &&
      pieces[at - 1]?.text !== ')';
    if (text === '^' || prefix) chain += 1;
    else if (kind === 'symbol' && text !== '(' && text !== ')') chain = 0;
    longest = Math.max(longest, chain);
  }
  return longest;
}
