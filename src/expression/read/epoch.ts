/**
 * One epoch of m batches, each used once. The iteration has no meaning of its own there: the index n is the last batch, so
 * that m = n + 1 and n ≥ 0 says m ≥ 1. The loss without an index is the mean E = (1/m) Σ_{k=0}^{m−1} E_k.
 */
import { BATCHES, COMPONENT, DIMENSION } from '../../formula/formula.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { add, type Expression, factorExpression, mapFactors, multiply, sumOver } from '../core/expression.ts';
import { exponentOf, integerExponent } from '../core/factor.ts';
import type { LossFactor } from '../core/factors.ts';
import type { Letters } from '../core/index-form.ts';
import { COMPONENT_INDEX, DIMENSION_INDEX, ITERATION_INDEX, openIndex, ZERO } from '../core/indices.ts';

/** m. */
export const BATCH_COUNT: LinearForm = variableForm(ITERATION_INDEX, 1);

export const EPOCH_LETTERS: Letters = new Map([
  [BATCHES, BATCH_COUNT],
  [COMPONENT, variableForm(COMPONENT_INDEX)],
  [DIMENSION, variableForm(DIMENSION_INDEX)],
]);

/** m^exponent. */
export const batchCountTo = (exponent: number): Expression =>
  factorExpression({ kind: 'index', index: BATCH_COUNT }, exponentOf(exponent));

/** Σ over the batch `open` from 0 to m − 1. */
export const sumOverBatches = (body: Expression, open: number): Expression =>
  sumOver(body, open, 'history', [
    { left: ZERO, right: open, bound: 0 },
    { left: open, right: ITERATION_INDEX, bound: 0 },
  ]);

/** (1/m) Σ_k of the loss or its derivative with the batch k. */
export function meanLoss(factor: LossFactor): Expression {
  const k = openIndex('history');
  return multiply(batchCountTo(-1), sumOverBatches(factorExpression({ ...factor, batch: variableForm(k) }), k));
}

/** The expression with every E written as the mean of the E_k; E must stand in whole powers from 1 on, outside of templates. */
export function spreadMean(expression: Expression): Expression {
  return mapFactors(expression, ({ factor, exponent }) => {
    const whole = integerExponent(exponent);
    if (factor.kind !== 'loss' || factor.batch !== null || whole === null || whole < 1) return null;
    return multiply(...Array.from({ length: whole }, () => meanLoss(factor)));
  });
}

/** The sum of the expressions, each over m. */
export const perBatch = (...summands: readonly Expression[]): Expression =>
  multiply(batchCountTo(-1), add(...summands));
