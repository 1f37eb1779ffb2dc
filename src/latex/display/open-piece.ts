/** A statement of a display while its rows are read: what goes on with it, and what a chain shares. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Segment } from './display-rows.ts';
import { trim } from './display-tokens.ts';
import type { Relation } from '../../formula/formula.ts';
import type { Token } from '../notation/token.ts';

export interface Piece {
  readonly left: Token[];
  /** Null where nothing relates: the whole piece is on the left. */
  readonly relation: Relation | null;
  readonly right: Token[];
  /** `\text{if …}`, `n \ge 1`, `t \in […]`: the tokens of the condition without the word; null where there is none. */
  readonly condition: Token[] | null;
  /** Whether the condition is `\iff` or `\text{if and only if}`. */
  readonly equivalence: boolean;
  /** For an equivalence: the condition under which it is stated, without the word. */
  readonly domain?: Token[];
  /** The exponent r of `+ O(h^r)` on the right (o(h^r) counts as r+1), which is taken off `right`; null without one. */
  readonly remainder: number | null;
  /** Whether it goes on with a chain: its left side is the right side of the piece before. */
  readonly chained: boolean;
  /** What was said of a mean over the batches on the left side, and taken off it. */
  readonly mean?: TypedMean;
  /** The right side is what stands before dW in a stochastic equation. */
  readonly noise?: TypedNoise;
  readonly span: Span;
}

export interface TypedNoise {
  /** dW_j: a process of its own for each component. */
  readonly isOwn: boolean;
  /** Nothing stands before dW: the equation has no noise. */
  readonly isAbsent?: true;
  readonly squares: readonly SquaredName[];
}

/** A name of which the text says \sigma\sigma^\top. */
export interface SquaredName {
  readonly name: string;
  readonly square: readonly Token[];
  /** i and j of (\sigma\sigma^\top)_{ij}, where the square is given entry by entry. */
  readonly indices: readonly [string, string] | null;
}

/** \mathbb E in front of a left side, \mathbb E_\pi over sequences without repetition, and a bar on the parameters. */
export interface TypedMean {
  readonly expectation: 'draws' | 'orders' | null;
  readonly barred: boolean;
}

/** A piece whose rows are still read. */
export interface Open {
  left: Token[];
  relation: Relation | null;
  right: Token[];
  conditions: Token[][];
  /** How its first condition was opened: by a word such as `\text{if}`, by parentheses around it, or by standing behind. */
  opened: 'word' | 'parentheses' | 'place' | null;
  /** Whether `\text{and}` joins it to the piece before. */
  joined: boolean;
  equivalence: boolean;
  /** The conditions under which an equivalence is stated. */
  readonly domain: Token[][];
  /** Whether its left side is the right side of the piece before. */
  chained: boolean;
}

export const openPiece = (left: readonly Token[], joined: boolean): Open => ({
  left: [...left],
  relation: null,
  right: [],
  conditions: [],
  opened: null,
  joined,
  equivalence: false,
  domain: [],
  chained: false,
});

/** In A = B = C, t ∈ [nh, (n+1)h] and in A = B and C = D for all n ≥ 3 the condition is one of all. */
export function shareConditions(pieces: readonly Open[]): void {
  for (let at = pieces.length - 1; at > 0; at -= 1) {
    const [before, piece] = [pieces[at - 1], pieces[at]];
    if (before === undefined || piece === undefined || piece.equivalence || before.conditions.length > 0) continue;
    if (!piece.chained && !(piece.joined && piece.opened === 'word')) continue;
    before.conditions = [...piece.conditions];
    before.opened = piece.opened;
  }
}

/** Appends without spreading, which would overflow the stack for long rows. */
function append(to: Token[], tokens: readonly Token[]): void {
  for (const token of tokens) to.push(token);
}

/**
 * A piece without relation goes on with what stands before it. A comma between them stays and is refused where it is read, but
 * one that only ends a row before `+ b` (`mayEnd`).
 */
export function goOn(
  side: Token[],
  tokens: readonly Token[],
  { comma, joint, starts, span }: Segment,
  mayEnd: boolean,
): void {
  if (joint !== null)
    refuse(
      'words-not-understood',
      `expected a formula with a relation after "${joint.text}"`,
      joint.span,
      'Words join statements, not the parts of a formula.',
    );
  if (comma !== null && !(mayEnd && starts && continues(tokens))) side.push(comma);
  // 1 & 5 are two numbers.
  side.push({ kind: 'space', text: ' ', span });
  append(side, tokens);
}

/** Whether a row without left side of its own goes on with the sum above. */
export function continues(tokens: readonly Token[]): boolean {
  const first = trim(tokens)[0];
  return (
    first !== undefined &&
    (first.text === '+' ||
      first.text === '-' ||
      first.text === '\\cdot' ||
      first.text === '\\times' ||
      first.text === '/')
  );
}
