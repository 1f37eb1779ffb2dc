/**
 * Where a coefficient that a regime shows is a sum over no components: Σ_{i≠j} for p = 1, Σ_{i<j} for j = 1, Σ_{i>j} for j = p. What is left of
 * its term is of another order there, so that nothing is said.
 */
import type { Constraint } from '../../expression/core/domain.ts';
import { type Expression, isZero, restrict } from '../../expression/core/expression.ts';
import { COMPONENT_INDEX, DIMENSION_INDEX, ZERO } from '../../expression/core/indices.ts';
import type { Notation } from '../../optimizer/model.ts';

const ONE_COMPONENT: Constraint = { left: DIMENSION_INDEX, right: ZERO, bound: 1 };
const FIRST: Constraint = { left: COMPONENT_INDEX, right: ZERO, bound: 1 };
const LAST: Constraint = { left: DIMENSION_INDEX, right: COMPONENT_INDEX, bound: 0 };

/** `p \\ge 2`, `j \\ge 2`, `j < p`: what is needed for no coefficient to be empty, each once. */
export function emptyRanges(coefficients: readonly Expression[], { component, dimension }: Notation): string[] {
  const isEmptyWhere = (constraint: Constraint): boolean =>
    coefficients.some(value => !isZero(value) && isZero(restrict(value, [constraint])));
  const found = [
    ...(isEmptyWhere(FIRST) ? [`${component} \\ge 2`] : []),
    ...(isEmptyWhere(LAST) ? [`${component} < ${dimension}`] : []),
  ];
  return found.length === 0 && isEmptyWhere(ONE_COMPONENT) ? [`${dimension} \\ge 2`] : found;
}
