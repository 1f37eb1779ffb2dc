/** A condition that a word opens in front of its statement, as `\text{for } n \ge 2: \quad A = B` and `\forall n \ge 2: A = B`. */
import { refuse } from '../../base/problem.ts';
import { relationsIn } from './condition.ts';
import type { Segment } from './display-rows.ts';
import { topLevel, trimPunctuation } from './display-tokens.ts';
import type { Open } from './open-piece.ts';

/** The condition with which the display begins, and what stands behind it; null where it begins with anything else. */
export function conditionInFront(segments: readonly Segment[]): {
  readonly condition: Segment | null;
  readonly rest: readonly Segment[];
} {
  const [first, ...others] = segments;
  if (first === undefined || (first.word !== 'condition' && first.word !== 'quantifier'))
    return { condition: null, rest: segments };
  const colon = topLevel(first.tokens).find(
    ({ index, token }) => token.text === ':' && first.tokens[index + 1]?.text !== '=',
  );
  const behind = colon === undefined ? [] : first.tokens.slice(colon.index + 1);
  const own = colon === undefined ? first.tokens : first.tokens.slice(0, colon.index);
  const statement = trimPunctuation(behind).length > 0 ? [{ ...first, tokens: behind, word: null }] : [];
  const [next, ...more] = [...statement, ...others];
  const isAlone = relationsIn(own).length <= 1 && trimPunctuation(own).length > 0;
  if (next === undefined || !isAlone) return { condition: null, rest: segments };
  // What follows begins the row, as if nothing stood before it.
  return { condition: { ...first, tokens: own }, rest: [{ ...next, starts: true, comma: null, joint: null }, ...more] };
}

/** Gives the condition to the one statement of the display, a chain as a whole; of several it is not seen which are meant. */
export function putInFront({ tokens, span }: Segment, pieces: readonly Open[]): void {
  const heads = pieces.filter(({ chained, relation }) => !chained && relation !== ':=');
  if (heads.length !== 1)
    refuse(
      'condition',
      'a condition in front of several statements: of the first, or of all',
      span,
      'Write it behind each statement that it is a condition of, as \\text{for } n \\ge 2.',
    );
  for (const piece of pieces) {
    if (piece.relation === ':=') continue;
    piece.opened ??= 'word';
    (piece.equivalence ? piece.domain : piece.conditions).push([...tokens]);
  }
}
