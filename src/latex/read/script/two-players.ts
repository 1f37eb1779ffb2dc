/** Losses of two vectors that are trained at once, which are refused with words of their own. */
import { refuse } from '../../../base/problem.ts';
import type { Item, NameItem } from '../../layout/item.ts';
import { spellName } from '../../layout/item.ts';
import type { Reading } from '../reading.ts';
import { splitCommas } from './read-index.ts';

/** f(x_k, y_k) beside a row that makes y: the loss of two that are trained. */
export function refusePlayers(items: readonly Item[], reading: Reading): void {
  const [first, second, ...more] = splitCommas(items);
  const [one, other] = [first?.[0], second?.[0]];
  if (one?.kind !== 'name' || other?.kind !== 'name' || first?.length !== 1 || second?.length !== 1 || more.length > 0)
    return;
  const isState = (item: NameItem): boolean => reading.role(spellName(item.name))?.kind === 'state';
  const isParameters = (item: NameItem): boolean => reading.special(item.name) === 'parameters';
  if (![one, other].some(isParameters) || ![one, other].some(isState)) return;
  refuse(
    'two-players',
    `a loss of two vectors that are trained, ${spellName(one.name)} and ${spellName(other.name)}`,
    other.span,
    'One rule trains one vector. Where both rows are alike say so in the notation, parameters={(w,b)}; two that go up and down are a game, and not read.',
  );
}
