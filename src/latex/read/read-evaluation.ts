/** Bars with a condition, `\left.…\right|_{\theta=\tilde\theta(t)}`, `\nabla L|_{w_t}`: the point that they insert. */
import { refuse } from '../../base/problem.ts';
import type { Formula, Vector } from '../../formula/formula.ts';
import { atPoint } from '../../formula/substitute.ts';
import type { EvaluatedItem, GroupItem, Item } from '../layout/item.ts';
import { isOperator } from '../layout/item.ts';
import { readPoint } from './script/read-point.ts';
import type { Reading } from './reading.ts';
import type { Value } from './value.ts';
import { asVector, isScalarValue } from './value.ts';

/** The value with the bar's point in the place of the current one; in a claim only the current point is read. */
export function evaluated(value: Value, item: EvaluatedItem, reading: Reading): Value {
  const at = evaluationPoint(item, reading);
  return at === null ? value : inserted(value, at);
}

/** The value with the point in parentheses behind it in the place of the current one: \frac{\nabla f_t}{\|\nabla f_t\|}(x_t). */
export const evaluatedAt = (value: Value, group: GroupItem, reading: Reading): Value =>
  inserted(value, asVector(readPoint(group.items, reading, group.span)));

function inserted(value: Value, at: Vector): Value {
  if (isScalarValue(value)) return { ...value, formula: atPoint(value.formula, at) };
  const { component } = value;
  return { ...value, component: (indices: readonly Formula[]) => atPoint(component(indices), at) };
}

/** The point that the condition says; null where it is the current one, so that the bar changes nothing. */
function evaluationPoint(item: EvaluatedItem, reading: Reading): Vector | null {
  const condition = item.sub;
  if (condition === null) return null;
  const split = condition.findIndex(part => isOperator(part, '='));
  const left = split === -1 ? [] : condition.slice(0, split);
  const right = split === -1 ? condition : condition.slice(split + 1);
  if (split !== -1 && !isBarePoint(left, reading))
    refuse('evaluation', 'expected the parameters on the left of the condition under this bar', item.span);
  const at = asVector(readPoint(right, reading, item.span));
  if (item.sup !== null) refuse('evaluation', 'limits of integration are not read', item.span);
  if (at.body.kind === 'iterate' && at.body.label === null) return null;
  if (reading.scope.where === 'claim')
    refuse(
      'evaluation',
      'a bar is read only where it inserts the current point',
      item.span,
      'write the point as the argument instead',
    );
  return at;
}

function isBarePoint(items: readonly Item[], reading: Reading): boolean {
  const only = items[0];
  return (
    items.length === 1 &&
    only?.kind === 'name' &&
    reading.isPointName(only.name) &&
    only.sub === null &&
    only.sup === null
  );
}
