/**
 * Derivatives without a point in a group, a fraction or a function with a point behind it. In a claim, (\nabla^2E\,\nabla E)(\theta) and
 * (\nabla E)_j(\theta), they are taken at the current point anyway; in a row, \frac{\nabla f_t}{\|\nabla f_t\|}(x_t), at that one.
 */
import { refuse } from '../../../base/problem.ts';
import type { GroupItem, Item } from '../../layout/item.ts';
import type { Reading } from '../reading.ts';
import { holdsPoint, readsAsTime } from './read-point.ts';

/** Whether what follows the group says only that its derivatives are taken at the current point. */
export function isAtCurrentPoint(group: GroupItem, behind: Item | undefined, reading: Reading): boolean {
  if (reading.scope.where !== 'claim' || (group.delimiter !== 'paren' && group.delimiter !== 'bracket')) return false;
  if (group.sup !== null || behind?.kind !== 'group' || behind.delimiter !== 'paren') return false;
  const [point, time, ...more] = behind.items;
  if (point?.kind !== 'name' || reading.special(point.name) !== 'parameters' || more.length > 0) return false;
  if (point.sub !== null || point.sup !== null || point.primes > 0) return false;
  const [letter] = time?.kind === 'group' ? time.items : [];
  const isNow =
    time === undefined ||
    (time.kind === 'group' && time.delimiter === 'paren' && readsAsTime(time.items, reading) && letter?.sub === null);
  return isNow && behind.sup === null && behind.sub === null && isOfDerivatives(group.items, reading);
}

/** In a row: the parentheses behind a factor, which hold no factor but the point of the derivatives in it; null where they do not. */
export function pointBehind(factor: readonly Item[], behind: Item | undefined, reading: Reading): GroupItem | null {
  if (reading.scope.where !== 'optimizer' || behind?.kind !== 'group' || behind.delimiter !== 'paren') return null;
  if (!holdsPoint(behind, reading)) return null;
  const isPoint = isOfDerivatives(factor, reading);
  if (isPoint ? behind.sup !== null || behind.sub !== null : hasBareDerivative(factor))
    refuse(
      'argument-or-factor',
      'a point in parentheses behind derivatives without one: theirs, or a factor',
      behind.span,
      'Write the point on each derivative, or \\cdot before the parenthesis.',
    );
  return isPoint ? behind : null;
}

/** Whether a derivative stands there without an argument behind its name. */
function hasBareDerivative(items: readonly Item[]): boolean {
  return items.some((item, at) => {
    if (item.kind === 'group') return hasBareDerivative(item.items);
    if (item.kind === 'fraction') return hasBareDerivative(item.numerator) || hasBareDerivative(item.denominator);
    if (item.kind === 'root') return hasBareDerivative(item.radicand);
    const isDerivative = item.kind === 'command' && (item.text === '\\nabla' || item.text === '\\partial');
    return isDerivative && items[at + 1]?.kind === 'name' && items[at + 2]?.kind !== 'group';
  });
}

/** Whether derivatives of the loss stand in the items, and no point. */
function isOfDerivatives(items: readonly Item[], reading: Reading): boolean {
  let derivatives = 0;
  let points = 0;
  const pending = [...items];
  for (let item = pending.pop(); item; item = pending.pop()) {
    if (item.kind === 'command' && (item.text === '\\nabla' || item.text === '\\partial')) derivatives += 1;
    if (item.kind === 'name' && reading.special(item.name) === 'parameters') points += 1;
    if (item.kind === 'group') pending.push(...item.items);
    if (item.kind === 'fraction') pending.push(...item.numerator, ...item.denominator);
    if (item.kind === 'root') pending.push(...item.radicand);
  }
  return derivatives > 0 && points === 0;
}
