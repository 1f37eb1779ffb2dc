/** Norms: ‖v‖ and ‖v‖_2, ‖v‖_1, and ‖v‖_{1,c} = Σ√(v_i²+c). ‖v‖_F of what is read as a vector is ‖v‖_2. */
import { refuse } from '../../base/problem.ts';
import type { Formula } from '../../formula/formula.ts';
import type { GroupItem, Item } from '../layout/item.ts';
import { splitCommas } from './script/read-index.ts';
import type { Reading } from './reading.ts';
import type { Value } from './value.ts';
import { asVector, isScalarValue, rankName, scalar } from './value.ts';

/** The norm of what stands between the bars; its subscript is read here, its superscript is not. */
export function parseNorm(item: GroupItem, reading: Reading): Value {
  const value = reading.expression(item.items, item.span);
  if (isScalarValue(value) && item.fromSingleBars === true && item.sub === null) {
    const absolute: Formula = { kind: 'absolute', span: null, argument: value.formula };
    return scalar({ kind: 'absolute', span: item.inner, argument: absolute }, item.span);
  }
  if (isScalarValue(value) || value.rank !== 1)
    return refuse(
      'norm',
      `expected a vector between the bars of a norm, not a ${rankName(value)}`,
      value.span,
      'the absolute value of a number has single bars',
    );
  const [order, perturbation, ...more] = item.sub === null ? [] : splitCommas(item.sub);
  const which = order === undefined ? '2' : orderOf(order);
  if ((which !== '1' && which !== '2') || more.length > 0 || (which === '2' && perturbation !== undefined)) {
    return refuse(
      'norm',
      'expected \\|v\\|, \\|v\\|_2, \\|v\\|_F, \\|v\\|_1 or \\|v\\|_{1,c}',
      item.span,
      'The largest component, \\|v\\|_\\infty, is not read. Where it is taken component by component, as in AdaMax, give every row its component letter and write the bars of a number, |g_{t,i}|.',
    );
  }
  const added = perturbation === undefined ? null : reading.expression(perturbation, item.span);
  if (added !== null && !isScalarValue(added)) return refuse('norm', 'expected a number after the comma', added.span);
  return scalar(
    {
      kind: 'norm',
      span: item.inner,
      order: which === '1' ? 1 : 2,
      perturbation: added === null ? null : added.formula,
      argument: asVector(value),
    },
    item.span,
  );
}

/** The Frobenius norm of parameters or gradients is the 2-norm of their entries. */
function orderOf(order: readonly Item[]): string {
  const [only, second] = order;
  if (only === undefined || second !== undefined || only.sup !== null || only.sub !== null) return '?';
  if (only.kind === 'number') return only.text;
  const isFrobenius =
    (only.kind === 'text' && /^F(?:ro)?$/.test(only.text)) ||
    (only.kind === 'name' && /^(?:F|\\math(?:rm|sf|bf)\{F(?:ro)?\})$/.test(only.name.core));
  return isFrobenius ? '2' : '?';
}
