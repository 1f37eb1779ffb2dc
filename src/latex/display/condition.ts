/** Relations at the top level of a row, and conditions cut into comparisons. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { cutRows } from './display-rows.ts';
import { joinSplitDelimiters, NUMBER_WITH_COMMA, relationAt, topLevel, trimPunctuation } from './display-tokens.ts';
import type { ConditionRelation } from '../notation/notation-table.ts';
import type { Token } from '../notation/token.ts';

export interface WrittenComparison {
  readonly left: Token[];
  readonly relation: ConditionRelation;
  readonly right: Token[];
  /** What stands behind it between commas, without a relation: `1` and `\ldots` of `n = 0, 1, \ldots`. */
  readonly more: readonly Token[][];
  readonly span: Span;
}

/** A relation and where it stands in its row. */
export interface Related {
  readonly relation: ConditionRelation;
  readonly at: number;
  readonly length: number;
  readonly token: Token;
}

/** The relations at the top level of some tokens. */
export function relationsIn(tokens: readonly Token[]): Related[] {
  const found: Related[] = [];
  for (const { index, token } of topLevel(tokens)) {
    const relation = relationAt(tokens, index);
    const previous = found[found.length - 1];
    if (relation !== null && !(previous !== undefined && index < previous.at + previous.length))
      found.push({ ...relation, at: index, token });
  }
  return found;
}

/**
 * A condition cut into comparisons: at commas, \text{and}, and chains (`0 < \beta < 1` is two). A part without relation
 * after a comma is kept with the comparison before; one before all comparisons is refused, unless it is all there is.
 */
export function splitCondition(tokens: readonly Token[]): WrittenComparison[] {
  const comparisons: WrittenComparison[] = [];
  let waiting: Token[] | null = null;
  for (const segment of cutRows(joinSplitDelimiters(tokens))) {
    const relations = relationsIn(segment.tokens);
    const previous = comparisons[comparisons.length - 1];
    const part = trimPunctuation(segment.tokens);
    if (relations.length === 0 && part.length > 0) {
      if (previous === undefined) waiting ??= part;
      else comparisons[comparisons.length - 1] = { ...previous, more: [...previous.more, part] };
    }
    relations.forEach((relation, index) => {
      const start = index === 0 ? 0 : (relations[index - 1]?.at ?? 0) + (relations[index - 1]?.length ?? 0);
      const left = trimPunctuation(segment.tokens.slice(start, relation.at));
      const right = trimPunctuation(
        segment.tokens.slice(relation.at + relation.length, relations[index + 1]?.at ?? segment.tokens.length),
      );
      if (left.length === 0 || right.length === 0)
        refuse('operand-expected', 'expected a formula on both sides of this relation', relation.token.span);
      comparisons.push({ left, relation: relation.relation, right, more: [], span: relation.token.span });
    });
  }
  if (waiting !== null && comparisons.length > 0) refusePart(waiting);
  return comparisons;
}

/** A part of a condition that compares nothing. */
export function refusePart(part: readonly Token[]): never {
  const text = part.map(token => token.text).join('');
  return refuse(
    'condition',
    `the part "${text}" of the condition is not understood`,
    part[0]?.span,
    /^[0-9.]+$/.test(text) ? NUMBER_WITH_COMMA : 'Expected a relation in every part between commas.',
  );
}
