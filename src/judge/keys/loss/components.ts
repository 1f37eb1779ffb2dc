/** loss=: what is compared, component by component, since the number of components is known. */
import type { Claim, Statement } from '../../../document/model.ts';
import { atEveryComponent, inComponents } from '../../../expression/calculus/in-components.ts';
import { type Expression, substituteIndices } from '../../../expression/core/expression.ts';
import { COMPONENT_INDEX } from '../../../expression/core/indices.ts';
import { COMPONENT } from '../../../formula/formula.ts';
import { constantForm } from '../../../number/linear-form.ts';
import type { Pair, Sides } from '../../symbolic/sides.ts';

/** The differences at each component that is meant; the same where the claim has no typed loss. */
export function componentByComponent(sides: Sides, { loss }: Claim): Sides {
  if (loss === null) return sides;
  const { components } = loss;
  const differences = sides.differences.flatMap(({ what, value }) =>
    atEveryComponent(value, components).map(each => ({
      what: each.at.length === 0 ? what : `${what} in component ${each.at.join(', ')}`,
      value: inComponents(each.value, components, null),
    })),
  );
  return { ...sides, differences };
}

/** The pairs at each component that the statement speaks of: before limits are taken, which do not know how many there are. */
export function pairsByComponent(pairs: readonly Pair[], { loss }: Claim, statement: Statement): readonly Pair[] {
  if (loss === null) return pairs;
  const { components } = loss;
  const own = ownComponent(statement);
  const meant = Array.from({ length: components }, (_, at) => at + 1).filter(each => own === null || each === own);
  const at = (value: Expression, component: number): Expression =>
    inComponents(substituteIndices(value, new Map([[COMPONENT_INDEX, constantForm(component)]])), components, null);
  return pairs.flatMap(({ what, derived, claimed }) =>
    meant.map(component => ({
      what: `${what} in component ${component}`,
      derived: at(derived, component),
      claimed: at(claimed, component),
    })),
  );
}

/** c of \dot\theta_c = …; null where the statement is about every component. */
function ownComponent({ condition }: Statement): number | null {
  for (const { left, relation, right } of condition?.comparisons ?? [])
    if (relation === '=' && left.kind === 'index' && left.name === COMPONENT && right.kind === 'number')
      return right.value.toNumber();
  return null;
}
