/** Bars with a condition, `\left.…\right|_{\theta=\tilde\theta(t)}`: only those that insert the current point are read. */
import { refuse } from '../base/problem.ts';
import type { EvaluatedItem, Item } from './item.ts';
import { isOperator } from './item.ts';
import { readPoint } from './read-point.ts';
import type { Reading } from './reading.ts';
import { asVector } from './value.ts';

/** Checks that the condition says θ = the current point, so that the bar changes nothing. */
export function checkEvaluation(item: EvaluatedItem, reading: Reading): void {
  const condition = item.sub;
  if (condition === null) return;
  const split = condition.findIndex(part => isOperator(part, '='));
  const left = split === -1 ? [] : condition.slice(0, split);
  const right = split === -1 ? condition : condition.slice(split + 1);
  if (split !== -1 && !isBarePoint(left, reading))
    refuse('evaluation', 'expected the parameters on the left of the condition under this bar', item.span);
  const at = asVector(readPoint(right, reading, item.span));
  if (at.body.kind !== 'iterate' || at.body.label !== null) {
    refuse(
      'evaluation',
      'a bar is read only where it inserts the current point',
      item.span,
      'write the point as the argument instead',
    );
  }
  if (item.sup !== null) refuse('evaluation', 'limits of integration are not read', item.span);
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
