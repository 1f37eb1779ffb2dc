/**
 * Means of one step over the batches that the steps so far may have had, at a fixed θ = θ^{(n)}: of the memoryless map, of the right side of
 * the equation, and the logarithm of the mean map, the field whose flow over the time h it is. These are three objects. θ is not averaged: it
 * depends on the earlier batches, and no statement about the mean iterate is made.
 *
 * Source for the mean of an equation over its batches: Smith, Dherin, Barrett, De, On the Origin of Implicit Regularization in Stochastic
 * Gradient Descent, 2021; for the logarithm of a map: Hairer, Lubich, Wanner, Geometric Numerical Integration, IX.1.
 */
import type { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import { type Assumptions, assumptionsOf } from '../../expression/arithmetic/assumptions.ts';
import type { Expression } from '../../expression/core/expression.ts';
import type { Formula } from '../../formula/formula.ts';
import type { MeanOf, MeanSetting } from '../../notation/settings.ts';
import { offsetFromIteration } from '../../optimizer/label.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { nodes } from '../../optimizer/replace.ts';
import { switchesOf } from '../../formula/pieces/switches.ts';
import { collectScalars } from '../../rewrite/rules/collect-scalars.ts';
import { unfold } from '../../rewrite/unfold.ts';
import { matchFlow } from '../match-flow.ts';
import type { FlowStage, Stages } from '../stages.ts';
import { meanOverBatches } from './mean-over-batches.ts';

export interface MeanOptions {
  readonly setting: MeanSetting;
  readonly budget: Budget;
}

/** Refuses an optimizer of which no mean is derived. */
export function requireMean(optimizer: Optimizer): void {
  const { beforeFirst, span } = optimizer;
  if (beforeFirst === 'first' || beforeFirst === 'own')
    refuse(
      'mean-before-first',
      'no mean over the batches is derived where the first steps read a loss before the first',
      span,
      'With before-first=zero there is none.',
    );
  if (switchesOf(optimizer).some(({ argument }) => argument.kind !== 'norm'))
    refuse('setting-not-covered', 'the mean over the batches is not derived of a rule with pieces', span);
}

/**
 * Refuses to print a mean of a rule that reads the batch of an earlier step by itself: E_{n−1} has the mean E, but in the first step, where it is
 * zero, so that one formula for all n is none.
 */
export function refuseEarlierBatch(optimizer: Optimizer): void {
  const rows = [
    optimizer.update,
    ...optimizer.states.map(({ right }) => right),
    ...optimizer.quantities.map(({ body }) => body),
  ];
  const early = rows.flatMap(row => [...nodes(row)]).find(readsEarlierBatch);
  if (early !== undefined)
    refuse(
      'mean-before-first',
      'no mean over the batches is derived of a rule that reads the batch of an earlier step by itself: the first step has none',
      early.span ?? optimizer.span,
    );
}

const readsEarlierBatch = (node: Formula): boolean =>
  node.kind === 'loss' && node.batch !== null && (offsetFromIteration(node.batch) ?? 0) < 0;

/** Coefficient q of h^{q+1} in the mean of θ_j^{(n+1)} − θ_j^{(n)}. */
export function meanMap({ map, sequences }: Stages, optimizer: Optimizer, options: MeanOptions): Expression[] {
  if (sequences.length > 0)
    refuse(
      'setting-not-covered',
      'the mean over the batches is not derived of a state that is defined by its recursion',
      optimizer.span,
    );
  return means(map.coefficients, optimizer, options);
}

/** Coefficient q of h^q in the mean of \dot{\tilde\theta}_j, or in the field whose flow is the mean map. */
export function meanFlow(
  stages: Stages,
  flow: () => FlowStage,
  of: MeanOf,
  optimizer: Optimizer,
  options: MeanOptions,
): Expression[] {
  const map = meanMap(stages, optimizer, options);
  if (of === 'equation') return means(flow().flow, optimizer, options);
  const assumptions = assumptionsOf(optimizer.declarations);
  return matchFlow(map, undefined, options.budget).map(value =>
    gathered(unfold(value, options.budget), assumptions, options),
  );
}

const means = (values: readonly Expression[], { declarations }: Optimizer, options: MeanOptions): Expression[] => {
  const assumptions = assumptionsOf(declarations);
  const tools = { assumptions, budget: options.budget };
  return values.map(value =>
    gathered(meanOverBatches(unfold(value, options.budget), options.setting, tools), assumptions, options),
  );
};

const gathered = (value: Expression, assumptions: Assumptions, { budget }: MeanOptions): Expression =>
  collectScalars(value, assumptions, budget);
