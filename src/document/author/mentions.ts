/** Whether names stand in tokens, before their formula can be read. */
import { attempt } from '../../base/problem.ts';
import { type Item, spellItem, spellName } from '../../latex/layout/item.ts';
import { layOut } from '../../latex/layout/layout.ts';
import type { Token } from '../../latex/notation/token.ts';

/** Every item of the layout of the tokens; none where they cannot be laid out. */
export function* itemsIn(tokens: readonly Token[]): Generator<Item> {
  const laid = attempt(() => layOut(tokens));
  const pending: Item[] = laid.ok ? [...laid.value] : [];
  for (let item = pending.pop(); item; item = pending.pop()) {
    yield item;
    pending.push(...(item.sup ?? []), ...(item.sub ?? []));
    if (item.kind === 'group') pending.push(...item.items);
    if (item.kind === 'evaluated') pending.push(...(item.items ?? []));
    if (item.kind === 'fraction') pending.push(...item.numerator, ...item.denominator);
    if (item.kind === 'root') pending.push(...(item.degree ?? []), ...item.radicand);
  }
}

/** Whether the name stands in the tokens, with whatever scripts. */
export function mentionsName(tokens: readonly Token[], name: string): boolean {
  for (const item of itemsIn(tokens))
    if (item.kind === 'name' && (spellItem({ ...item, sup: null }) === name || spellName(item.name) === name))
      return true;
  return false;
}

/** Whether the gradient of the name stands in the tokens: \nabla f_1, \nabla_j\phi. */
export function isDerivedIn(tokens: readonly Token[], name: string): boolean {
  const laid = attempt(() => layOut(tokens));
  const within = (items: readonly Item[]): boolean =>
    items.some((item, at) => {
      const before = items[at - 1];
      if (item.kind === 'group') return within(item.items);
      if (item.kind === 'fraction') return within(item.numerator) || within(item.denominator);
      return (
        item.kind === 'name' &&
        (spellItem({ ...item, sup: null }) === name || spellName(item.name) === name) &&
        before?.kind === 'command' &&
        before.text === '\\nabla'
      );
    });
  return laid.ok && within(laid.value);
}

/** The row itself and every row of items inside of it. */
export function insideOf(items: readonly Item[]): (readonly Item[])[] {
  const rows: (readonly Item[])[] = [];
  const pending: (readonly Item[])[] = [items];
  for (let row = pending.pop(); row; row = pending.pop()) {
    rows.push(row);
    for (const item of row) {
      pending.push(item.sup ?? [], item.sub ?? []);
      if (item.kind === 'group' || item.kind === 'evaluated') pending.push(item.items ?? []);
      if (item.kind === 'fraction') pending.push(item.numerator, item.denominator);
      if (item.kind === 'root') pending.push(item.radicand);
    }
  }
  return rows;
}
