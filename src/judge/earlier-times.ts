/** How far a statement reaches back: θ^{(n−2)}, E_{n−1}, m_j^{(n)} on its left, and a condition such as n ≥ 1. */
import type { Claim, Statement } from '../document/model.ts';
import { type Formula, ITERATION } from '../formula/formula.ts';
import { offsetFromIteration } from '../optimizer/label.ts';
import { nodes } from '../optimizer/replace.ts';

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

/** The same, or what a condition n ≥ c or n > c − 1 of the statement or of `assume` says, where that is more. */
export function assumedIteration(claim: Claim, statement: Statement): number {
  const conditions = [...claim.assume, ...(statement.condition ? [statement.condition] : [])];
  const bounds = conditions.flatMap(({ comparisons }) =>
    comparisons.flatMap(({ left, relation, right }) => {
      const isN = left.kind === 'index' && left.name === ITERATION;
      if (!isN || right.kind !== 'number' || !right.value.isInteger()) return [];
      const value = right.value.toNumber();
      return relation === '\\ge' ? [value] : relation === '>' ? [value + 1] : [];
    }),
  );
  return Math.max(leastIteration(statement), ...bounds);
}
