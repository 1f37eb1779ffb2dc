/** loss=: the derived coefficients with the typed loss in place of E, component by component. */
import { assumptionsOf } from '../../../expression/arithmetic/assumptions.ts';
import { derivativesOfLoss, inComponents } from '../../../expression/calculus/in-components.ts';
import { coefficient } from '../../../expression/calculus/series.ts';
import { add, type Expression, restrict, substituteIndices } from '../../../expression/core/expression.ts';
import { COMPONENT_INDEX, ZERO } from '../../../expression/core/indices.ts';
import { FormulaReader } from '../../../expression/read/from-formula.ts';
import type { TypedLoss } from '../../../formula/typed-loss.ts';
import { constantForm } from '../../../number/linear-form.ts';
import type { Declaration } from '../../../optimizer/model.ts';
import type { CoefficientKey } from '../../symbolic/coefficient-key.ts';

export const coefficientsOfLoss: CoefficientKey = (values, { claim, declarations }) => {
  const { loss } = claim;
  if (loss === null) return values;
  const { components } = loss;
  const at = componentsWithLoss(loss, declarations);
  const own = Array.from({ length: components }, (_, place) => place + 1);
  // Σ_c [j = c] f_c: one expression for every component, as the prover has them.
  return values.map(value =>
    add(
      ...own.map(component =>
        restrict(at(value, component), [
          { left: COMPONENT_INDEX, right: ZERO, bound: component },
          { left: ZERO, right: COMPONENT_INDEX, bound: -component },
        ]),
      ),
    ),
  );
};

/** The values of coefficients in one component with the typed loss. */
export function componentsWithLoss(
  { formula, components }: TypedLoss,
  declarations: readonly Declaration[],
): (value: Expression, component: number) => Expression {
  const reader = new FormulaReader({ declarations, definitions: [], order: 0, fullBatch: true });
  const written = inComponents(coefficient(reader.read(formula), 0), components, null);
  const derivatives = derivativesOfLoss(written);
  const assumptions = assumptionsOf(declarations);
  return (value, component) =>
    inComponents(
      substituteIndices(value, new Map([[COMPONENT_INDEX, constantForm(component)]])),
      components,
      derivatives,
      assumptions,
    );
}
