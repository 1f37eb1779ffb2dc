/**
 * Memory out: θ^{(k)} = θ^{(n)} + h D_1^{(n,k)} + h² D_2^{(n,k)} + … with D_{q+1}^{(n,k)} = Σ_{l=k}^{n−1} F_q^{(l)}, everything
 * expanded about the current θ = θ^{(n)}. Inserted into F it gives the one-step map
 * θ^{(n+1)} = θ^{(n)} + Σ_{q≥0} h^{q+1} Φ_q^{(n)}(θ^{(n)}).
 */
import type { Budget } from '../base/budget.ts';
import type { Assumptions } from '../expression/arithmetic/assumptions.ts';
import {
  add,
  type Expression,
  negate,
  substituteIndices,
  sumOver,
  ZERO_EXPRESSION,
} from '../expression/core/expression.ts';
import { COMPONENT_INDEX, ITERATION_INDEX, LABEL_INDEX, openIndex } from '../expression/core/indices.ts';
import { coefficient, type Series } from '../expression/calculus/series.ts';
import { type Displacement, pointsCoefficient } from '../expression/calculus/taylor.ts';
import { wrap } from '../expression/core/template.ts';
import { readsPast } from './reads-past.ts';
import { type LinearForm, variableForm } from '../number/linear-form.ts';

export interface OneStepMap {
  /** Φ_0, …, Φ_order: component COMPONENT_INDEX at iteration ITERATION_INDEX and the current θ. */
  readonly coefficients: readonly Expression[];
  /** F_0^{(l)}, …, F_{order−1}^{(l)} at l = LABEL_INDEX, expanded about the current θ. */
  readonly earlier: readonly Expression[];
  /** D_1, …, D_order: component `coordinate` of θ^{(label)} − θ^{(n)}, powers of h from 1, for labels up to n. */
  readonly displacement: (label: LinearForm, coordinate: LinearForm) => readonly Expression[];
  /** Coefficients 0 … order of a series with labelled points, every point expanded about θ^{(n)}. */
  readonly expand: (source: Series) => readonly Expression[];
}

/** The map and the earlier steps, without names for what arises. */
export const memoryOf = (update: Series, order: number, assumptions: Assumptions, budget?: Budget): OneStepMap =>
  removeMemory(update, order, assumptions, undefined, budget);

/** The memoryless one-step map of an update with history (F as a series in h with labelled points). */
export function removeMemory(
  update: Series,
  order: number,
  assumptions: Assumptions,
  onTemplate: Displacement['onTemplate'],
  budget?: Budget,
): OneStepMap {
  const atLabel = update.map(value =>
    substituteIndices(value, new Map([[ITERATION_INDEX, variableForm(LABEL_INDEX)]])),
  );
  /** F_q^{(l)} at l = LABEL_INDEX, expanded about time n. */
  const earlier: Expression[] = [];
  const earlierTo = (count: number): readonly Expression[] => {
    while (earlier.length < count) earlier.push(expanded(atLabel, earlier.length));
    return earlier;
  };
  const displacement: Displacement = {
    assumptions,
    known: new Map(),
    at: (q, label, coordinate) =>
      isNotBefore(label) ? ZERO_EXPRESSION : displaced(earlierTo(q)[q - 1] ?? ZERO_EXPRESSION, label, coordinate),
    ...(onTemplate === undefined ? {} : { onTemplate }),
    ...(budget === undefined ? {} : { budget }),
  };
  const expanded = (source: Series, q: number): Expression =>
    add(...Array.from({ length: q + 1 }, (_, r) => pointsCoefficient(coefficient(source, r), q - r, displacement)));
  const coefficients: Expression[] = [];
  // Without memory no step needs the ones before: they are expanded when somebody asks for them.
  const remembers = update.some(readsPast);
  for (let q = 0; q <= order; q += 1) {
    coefficients.push(negate(expanded(update, q)));
    if (remembers && q < order) earlierTo(q + 1);
  }
  const powers = Array.from({ length: order + 1 }, (_, q) => q);
  return {
    coefficients,
    get earlier() {
      return earlierTo(order);
    },
    displacement: (label, coordinate) => powers.slice(1).map(q => displacement.at(q, label, coordinate)),
    expand: source => powers.map(q => expanded(source, q)),
  };
}

const isNotBefore = ({ constant, terms: [only, ...more] }: LinearForm): boolean =>
  more.length === 0 && only?.[0] === ITERATION_INDEX && only[1] === 1 && constant >= 0;

/** Σ_{l=label}^{n−1} of F_q^{(l)}, component `coordinate`. */
function displaced(earlier: Expression, label: LinearForm, coordinate: LinearForm): Expression {
  if (earlier.terms.length === 0) return ZERO_EXPRESSION;
  const only = label.terms[0];
  const l = openIndex('history');
  const body = substituteIndices(
    earlier,
    new Map([
      [LABEL_INDEX, variableForm(l)],
      [COMPONENT_INDEX, coordinate],
    ]),
  );
  const lower = { left: only?.[0] ?? -1, right: l, bound: -label.constant };
  const sum = sumOver(body, l, 'history', [lower, { left: l, right: ITERATION_INDEX, bound: -1 }]);
  return sum.terms.length > 1 ? wrap(sum) : sum;
}
