/** The names in laid items. */
import type { Item, NameItem } from '../../latex/layout/item.ts';

/** Every name, those inside of groups, fractions, roots and exponents too, but those of subscripts. */
export function* nameItemsIn(items: readonly Item[]): Generator<NameItem> {
  for (const item of items) {
    if (item.kind === 'name') yield item;
    if (item.sup !== null) yield* nameItemsIn(item.sup);
    if (item.kind === 'group') yield* nameItemsIn(item.items);
    if (item.kind === 'fraction') yield* nameItemsIn([...item.numerator, ...item.denominator]);
    if (item.kind === 'root') yield* nameItemsIn(item.radicand);
  }
}
