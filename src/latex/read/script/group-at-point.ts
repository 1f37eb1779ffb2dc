/**
 * (\nabla^2E\,\nabla E)(\theta) and (\nabla E)_j(\theta) in a claim: derivatives without a point, which are taken at the current one anyway, in a group
 * with that point behind it.
 */
import type { GroupItem, Item } from '../../layout/item.ts';
import type { Reading } from '../reading.ts';
import { readsAsTime } from './read-point.ts';

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
