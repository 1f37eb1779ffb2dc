/** Scalars: expressions of hyperparameters, indices and schedules only. Sums of them stay together in products. */
import { asNumber, type Expression, multiply } from '../core/expression.ts';
import type { Factor } from '../core/factors.ts';
import { wrap } from '../core/template.ts';

const SCALAR_KINDS: ReadonlySet<Factor['kind']> = new Set(['symbol', 'integer', 'index', 'schedule']);

/** Whether an expression consists of hyperparameters, indices and schedules only. */
export function isScalar(expression: Expression): boolean {
  return expression.terms.every(
    term =>
      term.sorts.length === 0 &&
      term.factors.every(
        ({ factor }) =>
          SCALAR_KINDS.has(factor.kind) ||
          ((factor.kind === 'template' || factor.kind === 'product') && isScalar(factor.template.body)),
      ),
  );
}

/** The same with functions of such expressions in them: e^{−γ}, 1 − cos(ωn). */
export const isScalarFunction = ({ terms }: Expression): boolean =>
  terms.every(
    ({ sorts, factors }) =>
      sorts.length === 0 &&
      factors.every(
        ({ factor }) =>
          SCALAR_KINDS.has(factor.kind) ||
          ((factor.kind === 'template' || factor.kind === 'product' || factor.kind === 'function') &&
            isScalarFunction(factor.template.body)),
      ),
  );

/** The product, with sums of scalars kept together. */
export function productOf(left: Expression, right: Expression): Expression {
  const grouped = (value: Expression): Expression => (value.terms.length > 1 && isScalar(value) ? wrap(value) : value);
  if (asNumber(left) !== null || asNumber(right) !== null) return multiply(left, right);
  return multiply(grouped(left), grouped(right));
}

/** The product with both factors kept together where neither is a scalar: numerators, denominators, weights. */
export function groupedProduct(left: Expression, right: Expression): Expression {
  if (isScalar(left) || isScalar(right)) return productOf(left, right);
  return multiply(together(left), together(right));
}

const together = (value: Expression): Expression =>
  value.terms.length > 1 || value.terms.some(term => term.sorts.length > 0) ? wrap(value) : value;
