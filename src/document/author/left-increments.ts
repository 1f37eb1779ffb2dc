/**
 * Rows whose left side is a difference: \theta_{t+1} - \theta_t = R is \theta_{t+1} = R + \theta_t, and (\theta_{t+1} - \theta_t)/h = R
 * is \theta_{t+1} = h(R) + \theta_t.
 */
import type { Piece } from '../../latex/display/display.ts';
import { argumentAt, topLevel, trim } from '../../latex/display/display-tokens.ts';
import type { Token } from '../../latex/notation/token.ts';

/** The row with its first term alone on the left; null where the left side is no sum. */
export function solveForFirst(piece: Piece): Piece | null {
  const quotient = quotientOf(piece.left);
  const terms = typedTermsOf(quotient?.numerator ?? piece.left);
  const [first, ...others] = terms;
  const place = piece.right[0];
  if (!first || first.negative || !place || (others.length === 0 && quotient === null)) return null;
  const symbol = (text: string): Token => ({ kind: 'symbol', text, span: place.span });
  const right =
    quotient === null
      ? [...piece.right]
      : [symbol('('), ...quotient.denominator, symbol(')'), symbol('('), ...piece.right, symbol(')')];
  for (const { negative, tokens } of others) right.push(symbol(negative ? '+' : '-'), ...tokens);
  return { ...piece, left: first.tokens, right };
}

/** A summand with its sign. */
export interface TypedTerm {
  readonly negative: boolean;
  readonly tokens: Token[];
}

/** The summands at the top level. */
export function typedTermsOf(tokens: readonly Token[]): TypedTerm[] {
  const signs = topLevel(tokens).filter(({ token }) => token.text === '+' || token.text === '-');
  const starts = [-1, ...signs.map(({ index }) => index)];
  const terms = starts.map((start, at) => ({
    negative: start >= 0 && tokens[start]?.text === '-',
    tokens: trim(tokens.slice(start + 1, starts[at + 1] ?? tokens.length)),
  }));
  // A sign in front of everything begins no second term.
  return terms.filter(({ tokens: inside }, at) => at > 0 || inside.length > 0);
}

const FRACTION = /^\\[td]?frac$/;

/** \frac{A}{B} and \frac1h(A) with nothing beside. */
function quotientOf(tokens: readonly Token[]): { numerator: Token[]; denominator: Token[] } | null {
  const row = trim(tokens);
  if (!FRACTION.test(row[0]?.text ?? '')) return null;
  const numerator = argumentAt(row, 1);
  const denominator = numerator === null ? null : argumentAt(row, numerator.end);
  if (numerator === null || denominator === null) return null;
  const rest = trim(row.slice(denominator.end)).filter(({ text }) => !/^\\(?:left|right|[bB]igg?[lr]?)$/.test(text));
  if (rest.length === 0) return { numerator: numerator.inside, denominator: denominator.inside };
  const isOne = numerator.inside.length === 1 && numerator.inside[0]?.text === '1';
  const isGroup = rest[0]?.text === '(' && rest.at(-1)?.text === ')' && topLevel(rest).length === 0;
  return isOne && isGroup ? { numerator: rest.slice(1, -1), denominator: denominator.inside } : null;
}
