/** Coefficients with a typed loss in place of E, one component at a time. */
import type { Declaration } from '../../formula/declaration.ts';
import type { TypedLoss } from '../../formula/typed-loss.ts';
import { constantForm } from '../../number/linear-form.ts';
import { assumptionsOf } from '../arithmetic/assumptions.ts';
import { derivativesOfLoss, inComponents } from '../calculus/in-components.ts';
import { coefficient } from '../calculus/series.ts';
import { type Expression, substituteIndices } from '../core/expression.ts';
import { COMPONENT_INDEX } from '../core/indices.ts';
import { FormulaReader } from './from-formula.ts';

/** The value of a coefficient in one component, counted from 1, as an expression of θ_1 … θ_d. */
export function componentsWithLoss(
  { formula, components }: TypedLoss,
  declarations: readonly Declaration[],
): (value: Expression, component: number) => Expression {
  const derivatives = derivativesOfLoss(lossExpression({ formula, components }, declarations));
  const assumptions = assumptionsOf(declarations);
  return (value, component) =>
    inComponents(
      substituteIndices(value, new Map([[COMPONENT_INDEX, constantForm(component)]])),
      components,
      derivatives,
      assumptions,
    );
}

/** The typed loss as an expression of θ_1 … θ_d. */
export function lossExpression({ formula, components }: TypedLoss, declarations: readonly Declaration[]): Expression {
  const reader = new FormulaReader({ declarations, definitions: [], order: 0, fullBatch: true });
  return inComponents(coefficient(reader.read(formula), 0), components, null);
}
