/**
 * Products over all components or all steps of what depends on the parameters, \prod_i \theta_i and \prod_k \|\nabla E_k\|. A normal form has products of
 * numbers only, which no derivative by a point enters; a product of a fixed number of factors is written out.
 */
import { refuse } from '../../base/problem.ts';
import type { Formula } from '../../formula/formula.ts';
import { constantLabel, offsetFromIteration } from '../label.ts';
import type { Optimizer } from '../model.ts';
import { nodesInserted } from '../checks/linear-coefficient.ts';
import { dependsOnParameters } from '../checks/recursive-states.ts';

/** Refuses them in the update, in rows and in states. */
export function refuseProductsOfPoints({ update, states, quantities }: Optimizer): void {
  const named = new Map(quantities.map(each => [each.name, each]));
  const rows = new Map(states.map(state => [state.name, state]));
  for (const formula of [update, ...states.map(({ right }) => right), ...quantities.map(({ body }) => body)])
    for (const node of nodesInserted(formula, named))
      if (
        node.kind === 'product' &&
        !isShort(node.lower, node.upper) &&
        dependsOnParameters(node.body, named, rows, new Set())
      )
        refuse(
          'product-of-gradients',
          'a product over an index depends on the parameters',
          node.span,
          'Products of hyperparameters and schedules are derived, and of what depends on the parameters those of a fixed number of factors, as \\prod_{i=1}^{3}.',
        );
}

/** Whether the number of factors is the same at every step and in every dimension. */
const isShort = (lower: Formula, upper: Formula): boolean =>
  (constantLabel(lower) !== null && constantLabel(upper) !== null) ||
  (offsetFromIteration(lower) !== null && offsetFromIteration(upper) !== null);
