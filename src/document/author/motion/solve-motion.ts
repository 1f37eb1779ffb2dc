/**
 * Equations of motion that are not solved for the velocity: \dot X + \nabla f(X) = 0, (1-\beta)\dot X = -\nabla f(X), 0 = \dot X + \nabla f(X).
 * They become \dot X = R, where what stands before \dot X divides.
 */
import type { Piece } from '../../../latex/display/display.ts';
import { topLevel } from '../../../latex/display/display-tokens.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { solid } from '../author-tokens.ts';
import { type TypedTerm, typedTermsOf } from '../left-increments.ts';
import { movingIn } from './moving.ts';

/** A side with one term that moves: its factor (empty where it is 1), its velocity, and the other terms. */
interface Moving {
  readonly negative: boolean;
  readonly factor: readonly Token[];
  readonly velocity: readonly Token[];
  readonly others: readonly TypedTerm[];
}

/** What makes a factor before the velocity a vector or an operator, as in \nabla f \cdot \dot X. */
const VECTORIAL = new Set(['\\nabla', '\\partial', '\\langle', '\\top', '\\dot', '\\ddot', "'", '^\\prime']);
const SPACING = /^\\[ ,;:!]$|^\\cdot$/;

/** The pieces with the one equation that has a velocity solved for it; as they are where one has it alone, or two have one. */
export function solvedForMotion(pieces: readonly Piece[], notation: Notation): readonly Piece[] {
  if (pieces.some(piece => isAlone(piece, notation))) return pieces;
  const found = pieces.map(piece => solved(piece, notation));
  return found.filter(piece => piece !== null).length === 1 ? pieces.map((piece, at) => found[at] ?? piece) : pieces;
}

/** Whether the velocity stands alone on the left, the time in parentheses aside. */
function isAlone(piece: Piece, notation: Notation): boolean {
  const [only, ...more] = typedTermsOf(solid(piece.left));
  return only !== undefined && more.length === 0 && !only.negative && velocityAt(only.tokens, 0, notation);
}

function solved(piece: Piece, notation: Notation): Piece | null {
  if (piece.relation !== '=' || piece.chained) return null;
  const [left, right] = [solid(piece.left), solid(piece.right)];
  if ([...left, ...right].some(({ text }) => text === '\\ddot')) return null;
  const onLeft = movingSide(left, notation);
  const side = onLeft ?? movingSide(right, notation);
  if (side === null) return null;
  const other = onLeft === null ? left : right;
  if (other.some(({ text }) => text === '\\dot' || text === '\\ddot')) return null;
  const place = side.velocity[0]?.span ?? piece.span;
  const symbol = (text: string): Token => ({ kind: 'symbol', text, span: place });
  const rest = [
    ...(isZero(other) && side.others.length > 0 ? [] : other),
    ...side.others.flatMap(({ negative, tokens }) => [symbol(negative ? '+' : '-'), ...tokens]),
  ];
  const signed = side.negative ? [symbol('-'), symbol('('), ...rest, symbol(')')] : rest;
  const whole: Token[] =
    side.factor.length === 0
      ? signed
      : [
          { kind: 'command', text: '\\frac', span: place },
          { kind: 'open', text: '{', span: place },
          ...signed,
          { kind: 'close', text: '}', span: place },
          { kind: 'open', text: '{', span: place },
          ...side.factor,
          { kind: 'close', text: '}', span: place },
        ];
  return { ...piece, left: [...side.velocity], right: whole };
}

const isZero = (tokens: readonly Token[]): boolean => tokens.map(({ text }) => text).join('') === '0';

/** The side where exactly one term is a velocity with a factor of numbers before it. */
function movingSide(tokens: readonly Token[], notation: Notation): Moving | null {
  const terms = typedTermsOf(tokens);
  const found = terms.flatMap((term, at) => {
    const start = velocityStart(term.tokens, notation);
    return start === null ? [] : [{ term, at, start }];
  });
  const [only, ...more] = found;
  if (only === undefined || more.length > 0) return null;
  const { term, at, start } = only;
  const before = term.tokens.slice(0, start).filter(({ text }) => !SPACING.test(text));
  if (before.some(({ text }) => VECTORIAL.has(text))) return null;
  return {
    negative: term.negative,
    factor: before,
    velocity: term.tokens.slice(start),
    others: terms.toSpliced(at, 1),
  };
}

/** Where the velocity begins that ends the term. */
function velocityStart(tokens: readonly Token[], notation: Notation): number | null {
  const starts = topLevel(tokens).map(({ index }) => index);
  return starts.find(start => velocityAt(tokens, start, notation)) ?? null;
}

/** Whether a velocity stands at `start` and nothing behind it but its component and its time. */
function velocityAt(tokens: readonly Token[], start: number, notation: Notation): boolean {
  const moving = movingIn({ left: tokens.slice(start) }, notation);
  if (moving === null || moving.isLoss) return false;
  const rest = moving.rest.map(({ text }) => text).join(' ');
  return /^(?:\} ?)*(?:_ (?:\{ [^{}]* \}|\S+) ?)?(?:(?:\\left )?\( [^()]* (?:\\right )?\) ?)?(?:\} ?)*$/.test(rest);
}
