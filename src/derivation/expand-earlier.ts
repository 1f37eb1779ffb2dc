/**
 * Anything an optimizer has computed, expanded about the current point: gradients at θ^{(k)}, states, intermediate
 * quantities. States are unrolled into sums over the history, then every point is displaced,
 * θ^{(k)} = θ + h Σ_{l=k}^{n−1} F^{(l)} + … for k ≤ n and θ^{(n+1)} = θ + h Φ_0 + h² Φ_1 + …, θ^{(k)} = θ^{(0)} for k < 0.
 *
 * θ̃(t_k) of the modified equation is θ^{(k)} to every order that the equation has, so that the expansion along the flow is
 * the same.
 *
 * Source: Hairer, Lubich, Wanner, Geometric Numerical Integration, chapter IX (the flow follows the map to every order).
 */
import type { Budget } from '../base/budget.ts';
import { refuse } from '../base/problem.ts';
import { RememberedOf } from '../base/work.ts';
import { assumptionsOf } from '../expression/arithmetic/assumptions.ts';
import { closeConstraints, type Constraint, knownBound } from '../expression/core/domain.ts';
import {
  add,
  type Expression,
  openTerm,
  restrict,
  substituteIndices,
  sumOver,
  ZERO_EXPRESSION,
} from '../expression/core/expression.ts';
import type { Factor } from '../expression/core/factors.ts';
import type { Letters } from '../expression/core/index-form.ts';
import { COMPONENT_INDEX, ITERATION_INDEX, LABEL_INDEX, openIndex, ZERO } from '../expression/core/indices.ts';
import type { Series } from '../expression/calculus/series.ts';
import { type Displacement, displacedSeries } from '../expression/calculus/taylor.ts';
import type { Declaration } from '../formula/declaration.ts';
import type { Definition, Formula } from '../formula/formula.ts';
import { asShiftedVariable, type LinearForm, variableForm } from '../number/linear-form.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { memoryOf, type OneStepMap } from './memory-out.ts';
import { History } from './unroll/history.ts';
import { bodyOf } from '../expression/arithmetic/map-inside.ts';

export interface ExpansionContext {
  readonly order: number;
  readonly fullBatch: boolean;
  /** Names that the formula may use besides the optimizer's own. */
  readonly definitions: readonly Definition[];
  readonly declarations: readonly Declaration[];
  /** What holds of the free index letters. */
  readonly facts: readonly Constraint[];
  readonly budget: Budget;
}

/** Coefficients 0 … order of a formula in h, at the current θ, its free letters as `letters` says. */
export type Expand = (formula: Formula, letters: Letters) => Series;

/** Refuses, when it is called, a formula that reads a point after θ^{(n+1)}. */
export function expansionAlong(optimizer: Optimizer, context: ExpansionContext): Expand {
  const { order, fullBatch, definitions, declarations, budget } = context;
  const assumptions = assumptionsOf(optimizer.declarations);
  const history = History.of(optimizer, order, { fullBatch });
  const { coefficients: map, earlier } = stepsOf(optimizer, order, fullBatch, budget);
  const displacement: Displacement = {
    assumptions,
    known: new Map(),
    budget,
    at: (q, label, coordinate) =>
      displaced(map[q - 1] ?? ZERO_EXPRESSION, earlier[q - 1] ?? ZERO_EXPRESSION, label, coordinate),
  };
  const reader = history.reading(definitions, declarations, order);
  return (formula, letters) => {
    const series = reader.series(formula, letters);
    for (const value of series) requireKnownPoints(value, [...context.facts, FROM_ZERO]);
    return displacedSeries(series, order, displacement);
  };
}

/** The step from every point, made once for an optimizer: every expansion of a document needs it. */
const stepsOf = (optimizer: Optimizer, order: number, fullBatch: boolean, budget: Budget): Steps =>
  steps.get(
    optimizer,
    `${order} ${fullBatch}`,
    () => {
      const update = History.of(optimizer, order, { fullBatch }).update();
      const { coefficients, earlier } = memoryOf(update, order, assumptionsOf(optimizer.declarations), budget);
      return { coefficients, earlier };
    },
    budget,
  );

type Steps = Pick<OneStepMap, 'coefficients' | 'earlier'>;
const steps = new RememberedOf<Optimizer, Steps>();

const FROM_ZERO: Constraint = { left: ZERO, right: ITERATION_INDEX, bound: 0 };

/** D_q at a label up to n + 1: Σ over the steps from it to n, or the step from n to n + 1. */
function displaced(step: Expression, earlier: Expression, label: LinearForm, coordinate: LinearForm): Expression {
  const component = new Map([[COMPONENT_INDEX, coordinate]]);
  const side = sideOf(label);
  const ahead = restrict(substituteIndices(step, component), [
    { left: ITERATION_INDEX, right: side.index, bound: side.shift - 1 },
  ]);
  const l = openIndex('history');
  const body = substituteIndices(earlier, new Map([...component, [LABEL_INDEX, variableForm(l)]]));
  const behind = sumOver(body, l, 'history', [
    { left: ZERO, right: l, bound: 0 },
    { left: side.index, right: l, bound: -side.shift },
    { left: l, right: ITERATION_INDEX, bound: -1 },
  ]);
  return add(behind, ahead);
}

/** Every point in the value is at most θ^{(n+1)}. */
function requireKnownPoints(value: Expression, facts: readonly Constraint[]): void {
  for (const term of value.terms) {
    const opened = openTerm(term);
    const here = [...facts, ...opened.constraints];
    for (const { factor } of opened.factors) requireKnownPoint(factor, here);
  }
}

function requireKnownPoint(factor: Factor, facts: readonly Constraint[]): void {
  if ('at' in factor && factor.at !== null && !isKnown(factor.at, facts))
    refuse('later-point', 'a point after the next step of the optimizer is not covered');
  if ('template' in factor) requireKnownPoints(bodyOf(factor)?.body ?? factor.template.body, facts);
}

/** Whether a label is at most n + 1 wherever the facts hold; true where they never do. */
function isKnown(label: LinearForm, facts: readonly Constraint[]): boolean {
  const closure = closeConstraints(facts);
  if (closure === null) return true;
  const { index, shift } = sideOf(label);
  return knownBound(closure, index, ITERATION_INDEX) <= 1 - shift;
}

function sideOf(label: LinearForm): { readonly index: number; readonly shift: number } {
  const shifted = asShiftedVariable(label);
  if (shifted === null && label.terms.length > 0)
    return refuse('not-a-difference', 'the label of a point must be an index up to a constant');
  return { index: shifted?.variable ?? ZERO, shift: shifted?.shift ?? label.constant };
}
