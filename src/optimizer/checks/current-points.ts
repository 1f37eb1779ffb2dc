/** The two ways to write the current point, θ^{(n)} and θ, made one. */
import { index } from '../../formula/build.ts';
import { type Definition, type Formula, ITERATION } from '../../formula/formula.ts';
import { offsetFromIteration } from '../label.ts';
import type { Optimizer } from '../model.ts';
import { rewrite } from '../replace.ts';

/** A statement's formula with θ for θ^{(n)}. */
export const withoutCurrentLabel = (formula: Formula): Formula =>
  rewrite(formula, node =>
    node.kind === 'iterate' && node.label !== null && offsetFromIteration(node.label) === 0
      ? { ...node, label: null }
      : node,
  );

/** The optimizer's intermediate quantities with θ^{(n)} for θ, which in a row is the point of its own iteration. */
export const labelledQuantities = ({ quantities }: Optimizer): readonly Definition[] =>
  quantities.map(definition => ({
    ...definition,
    body: rewrite(definition.body, node =>
      node.kind === 'iterate' && node.label === null ? { ...node, label: index(ITERATION) } : node,
    ),
  }));
