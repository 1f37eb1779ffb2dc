/** How far a statement reaches back: θ^{(n−2)}, E_{n−1}, m_j^{(n)} on its left, and a condition such as n ≥ 1. */
import type { Claim, Condition, Statement } from '../../document/model.ts';
import { type Formula, ITERATION } from '../../formula/formula.ts';
import { offsetFromIteration } from '../../optimizer/label.ts';
import { nodes } from '../../optimizer/replace.ts';
import { conditionsOf } from '../unsupported.ts';

function labelsOf(node: Formula): readonly Formula[] {
  switch (node.kind) {
    case 'iterate':
      return node.label === null ? [] : [node.label];
    case 'loss':
      return node.batch === null ? [] : [node.batch];
    case 'quantity':
      return node.labels;
    default:
      return [];
  }
}

/** The least n for which the left side speaks of times from 0 on: c where it has a label n − c. */
export function leastIteration({ left }: Statement): number {
  const offsets = [...nodes(left)].flatMap(labelsOf).map(label => offsetFromIteration(label) ?? 0);
  return Math.max(0, ...offsets.map(offset => -offset));
}

/** The same, or what the conditions say of n, where that is more. */
export const assumedIteration = (claim: Claim, statement: Statement): number =>
  Math.max(leastIteration(statement), conditionedIteration(claim, statement));

/** The least n of the conditions of a statement: the largest c of those that say n ≥ c or n > c − 1, else 0. */
export const conditionedIteration = (claim: Claim, statement: Statement): number =>
  Math.max(0, ...conditionsOf(claim, statement).flatMap(({ comparisons }) => comparisons.map(leastOfN)));

function leastOfN({ left, relation, right }: Condition['comparisons'][number]): number {
  const [small, large, strict] =
    relation === '>' || relation === '\\ge'
      ? [right, left, relation === '>']
      : relation === '<' || relation === '\\le'
        ? [left, right, relation === '<']
        : [right, right, false];
  if (large.kind !== 'index' || large.name !== ITERATION || small.kind !== 'number') return 0;
  const floor = Number(small.value.floor());
  return small.value.isInteger() && !strict ? floor : floor + 1;
}
