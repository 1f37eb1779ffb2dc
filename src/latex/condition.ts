/** Relations at the top level of a row, and conditions cut into comparisons. */
import { refuse } from '../base/problem.ts';
import type { Span } from '../base/span.ts';
import { cutRows } from './display-rows.ts';
import { joinSplitDelimiters, relationAt, topLevel, trimPunctuation } from './display-tokens.ts';
import type { ConditionRelation } from './notation-table.ts';
import type { Token } from './token.ts';

export interface Comparison {
  readonly left: Token[];
  readonly relation: ConditionRelation;
  readonly right: Token[];
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
 * after a comma belongs to the part before (`n = 0, 1, \ldots`) and is left out.
 */
export function splitCondition(tokens: readonly Token[]): Comparison[] {
  const comparisons: Comparison[] = [];
  for (const segment of cutRows(joinSplitDelimiters(tokens))) {
    const relations = relationsIn(segment.tokens);
    relations.forEach((relation, index) => {
      const start = index === 0 ? 0 : (relations[index - 1]?.at ?? 0) + (relations[index - 1]?.length ?? 0);
      const left = trimPunctuation(segment.tokens.slice(start, relation.at));
      const right = trimPunctuation(
        segment.tokens.slice(relation.at + relation.length, relations[index + 1]?.at ?? segment.tokens.length),
      );
      if (left.length === 0 || right.length === 0)
        refuse('operand-expected', 'expected a formula on both sides of this relation', relation.token.span);
      comparisons.push({ left, relation: relation.relation, right, span: relation.token.span });
    });
  }
  return comparisons;
}
