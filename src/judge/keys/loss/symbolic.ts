/** loss=: the derived coefficients with the typed loss in place of E, component by component. */
import { add, restrict } from '../../../expression/core/expression.ts';
import { COMPONENT_INDEX, ZERO } from '../../../expression/core/indices.ts';
import { componentsWithLoss } from '../../../expression/read/with-loss.ts';
import type { CoefficientKey } from '../../symbolic/coefficient-key.ts';

export const coefficientsOfLoss: CoefficientKey = (values, { claim, declarations }) => {
  const { loss } = claim;
  if (loss === null) return values;
  const at = componentsWithLoss(loss, declarations);
  const own = Array.from({ length: loss.components }, (_, place) => place + 1);
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
