/**
 * One epoch forwards: θ^{(l)} = θ^{(0)} + h A_1(l) + h² A_2(l) + … with A_{q+1}(l) = −Σ_{k=0}^{l−1} F_q^{(k)}, everything
 * expanded about the start θ = θ^{(0)}, batch k in step k. At l = m this is what one epoch does.
 *
 * Source: Smith, Dherin, Barrett, De, On the Origin of Implicit Regularization in Stochastic Gradient Descent, 2021.
 */
import type { Budget } from '../../base/budget.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { BATCH_COUNT } from '../../expression/read/epoch.ts';
import {
  add,
  type Expression,
  negate,
  substituteIndices,
  sumOver,
  ZERO_EXPRESSION,
} from '../../expression/core/expression.ts';
import { COMPONENT_INDEX, ITERATION_INDEX, LABEL_INDEX, openIndex, ZERO } from '../../expression/core/indices.ts';
import { coefficient, type Series } from '../../expression/calculus/series.ts';
import { type Displacement, pointsCoefficient } from '../../expression/calculus/taylor.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';

/** A_1, …, A_{order+1} at l = m, component COMPONENT_INDEX, of an update with history that starts from nothing. */
export function epochMap(update: Series, order: number, assumptions: Assumptions, budget: Budget): Expression[] {
  const atLabel = update.map(value =>
    substituteIndices(value, new Map([[ITERATION_INDEX, variableForm(LABEL_INDEX)]])),
  );
  /** F_q^{(k)} at k = LABEL_INDEX, expanded about the start. */
  const expanded: Expression[] = [];
  const displacement: Displacement = {
    assumptions,
    known: new Map(),
    budget,
    at: (q, label, coordinate) => stepsBefore(expanded[q - 1] ?? ZERO_EXPRESSION, label, coordinate),
  };
  for (let q = 0; q <= order; q += 1) {
    const parts = Array.from({ length: q + 1 }, (_, r) =>
      pointsCoefficient(coefficient(atLabel, r), q - r, displacement),
    );
    expanded.push(add(...parts));
  }
  return expanded.map(value => stepsBefore(value, BATCH_COUNT, variableForm(COMPONENT_INDEX)));
}

/** −Σ_{k=0}^{label−1} of F_q^{(k)}, component `coordinate`. */
function stepsBefore(value: Expression, label: LinearForm, coordinate: LinearForm): Expression {
  const [only] = label.terms;
  const k = openIndex('history');
  const body = substituteIndices(
    value,
    new Map([
      [LABEL_INDEX, variableForm(k)],
      [COMPONENT_INDEX, coordinate],
    ]),
  );
  return negate(
    sumOver(body, k, 'history', [
      { left: ZERO, right: k, bound: 0 },
      { left: k, right: only?.[0] ?? ZERO, bound: label.constant - 1 },
    ]),
  );
}
