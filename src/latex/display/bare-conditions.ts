/** Conditions that no word opens: what is a condition by what it compares. */
import type { Notation } from '../../optimizer/model.ts';
import { isStatementRelation, LETTER_COMMANDS } from '../notation/notation-table.ts';
import type { ConditionRelation } from '../notation/notation-table.ts';
import type { Token } from '../notation/token.ts';
import type { Related } from './condition.ts';
import { relationsIn } from './condition.ts';
import type { Segment } from './display-rows.ts';
import { trimPunctuation } from './display-tokens.ts';

export const isOrder = (relation: ConditionRelation): boolean =>
  relation === '<' || relation === '>' || relation === '\\le' || relation === '\\ge';

/** n, j, p or t alone. */
export function isIndexLetter(tokens: readonly Token[], notation: Notation): boolean {
  const { iteration, component, dimension, time } = notation;
  const [only, ...more] = trimPunctuation(tokens).filter(token => token.kind !== 'space');
  return more.length === 0 && [iteration, component, dimension, time].includes(only?.text ?? '');
}

/** Whether a piece with a relation is a condition of the one before: `A \gg B`, `t \in […]`, `n \ge 1`, `1 \le n`, `n = 0, 1, …`. */
export function isCondition(tokens: readonly Token[], first: Related, notation: Notation): boolean {
  if (!isStatementRelation(first.relation)) return true;
  if (boundsTimeOrLabel(tokens, notation) || boundsFromBelow(tokens, first, notation)) return true;
  const left = trimPunctuation(tokens.slice(0, first.at)).filter(token => token.text !== ' ');
  const only = left[0];
  if (left.length !== 1 || only === undefined) return false;
  // t \gets t + 1 counts the steps.
  const behind = tokens.slice(first.at + first.length);
  if (!isOrder(first.relation) && behind.some(({ text }) => text === only.text)) return false;
  const { iteration, time, dimension } = notation;
  // Of other letters `\beta > 0` and `c = …` are statements.
  return [iteration, time, dimension].includes(only.text) && first.relation !== ':=';
}

/** `nh \le t \le (n+1)h`: t, n or p between two bounds, or any letter between two with n and h. */
function boundsTimeOrLabel(tokens: readonly Token[], { iteration, time, dimension, step }: Notation): boolean {
  const [first, second, ...more] = relationsIn(tokens);
  if (first === undefined || second === undefined || more.length > 0) return false;
  const middle = trimPunctuation(tokens.slice(first.at + first.length, second.at));
  const ends = [tokens.slice(0, first.at), tokens.slice(second.at + second.length)];
  const isOfStep = ends.every(end => [iteration, step].every(letter => end.some(({ text }) => text === letter)));
  const isLetter = middle.length === 1 && (middle[0]?.kind === 'letter' || LETTER_COMMANDS.has(middle[0]?.text ?? ''));
  const isIndex = isLetter && (isOfStep || [iteration, time, dimension].includes(middle[0]?.text ?? ''));
  return isIndex && isOrder(first.relation) && isOrder(second.relation);
}

/** `2 \le n`: a number and n, t or p. */
function boundsFromBelow(tokens: readonly Token[], first: Related, { iteration, time, dimension }: Notation): boolean {
  const left = trimPunctuation(tokens.slice(0, first.at));
  const right = trimPunctuation(tokens.slice(first.at + first.length));
  return (
    isOrder(first.relation) &&
    left.length > 0 &&
    left.every(({ kind }) => kind === 'digit') &&
    right.length === 1 &&
    [iteration, time, dimension].includes(right[0]?.text ?? '')
  );
}

/** `n \ge 2`, `2 \le n`: n, t or p and a number. */
export function boundsByNumber(tokens: readonly Token[], first: Related, notation: Notation): boolean {
  const right = trimPunctuation(tokens.slice(first.at + first.length));
  const isNumber = right.length > 0 && right.every(({ kind }) => kind === 'digit');
  return (
    boundsFromBelow(tokens, first, notation) ||
    (isNumber && isOrder(first.relation) && isCondition(tokens, first, notation))
  );
}

/** x of `x > 0`, `0 < x`, `0 < x < 1`: one letter and numbers; null for anything else. */
export function letterInBounds(tokens: readonly Token[]): string | null {
  const relations = relationsIn(tokens);
  if (relations.length === 0 || !relations.every(({ relation }) => isOrder(relation))) return null;
  const sides = [...relations, null].map((relation, at) => {
    const before = relations[at - 1];
    const side = tokens.slice(before ? before.at + before.length : 0, relation?.at ?? tokens.length);
    return trimPunctuation(side).filter(({ kind }) => kind !== 'space');
  });
  const isNumber = (side: readonly Token[]): boolean =>
    side.length > 0 && side.every(({ kind, text }) => kind === 'digit' || /^[-./]$/.test(text));
  const letters = sides.filter(side => !isNumber(side));
  const [only] = letters[0] ?? [];
  const isLetter =
    letters.length === 1 &&
    letters[0]?.length === 1 &&
    (only?.kind === 'letter' || LETTER_COMMANDS.has(only?.text ?? ''));
  return isLetter ? (only?.text ?? null) : null;
}

/** `\beta < \rho`, `0 < h < 1`: a letter, perhaps with a subscript, beside letters and numbers. */
export function boundsLetter(tokens: readonly Token[]): boolean {
  const relations = relationsIn(tokens);
  const sides = [...relations, null].map((relation, index) => {
    const before = relations[index - 1];
    const start = before ? before.at + before.length : 0;
    const side = trimPunctuation(tokens.slice(start, relation?.at ?? tokens.length));
    return side.filter(({ kind }) => kind !== 'space');
  });
  const isPlain = ({ kind, text }: Token): boolean =>
    kind === 'letter' || kind === 'digit' || /^[-+/._{}]$/.test(text) || LETTER_COMMANDS.has(text);
  const isLetter = ([first, second]: readonly Token[]): boolean =>
    first !== undefined && first.kind !== 'digit' && (second === undefined || second.text === '_');
  return sides.every(side => side.every(isPlain)) && sides.some(isLetter);
}

/**
 * The segments with the conditions that an aligned environment cuts at `&` made whole: `A &= B, & n &\ge 2`, `& \text{if } n &\ge 2`,
 * `& t &\in […]`.
 */
export function withAlignedConditions(segments: readonly Segment[], notation: Notation): Segment[] {
  const found: Segment[] = [];
  for (const segment of segments) {
    const before = found.at(-1);
    const first = relationsIn(segment.tokens)[0];
    const isOpen =
      before !== undefined &&
      !before.starts &&
      relationsIn(before.tokens).length === 0 &&
      isIndexLetter(before.tokens, notation);
    const goesOn =
      !segment.starts && segment.wide && segment.comma === null && segment.joint === null && segment.word === null;
    if (isOpen && goesOn && first !== undefined && trimPunctuation(segment.tokens.slice(0, first.at)).length === 0)
      found[found.length - 1] = { ...before, tokens: [...before.tokens, ...segment.tokens] };
    else found.push(segment);
  }
  return found;
}
