/**
 * What a Π is taken of: the factors up to the last one that has its letter, \prod_s(1-\beta_s)\nabla f is a product times a gradient. A Σ takes the whole
 * term, for which it makes no difference.
 */
import { refuse } from '../../../base/problem.ts';
import { Cursor } from '../../layout/cursor.ts';
import type { Item } from '../../layout/item.ts';
import { spellItem, spellName } from '../../layout/item.ts';
import type { Reading } from '../reading.ts';
import type { Value } from '../value.ts';

/** The levels of the grammar that a product needs. */
export interface TermReading {
  readonly factor: (cursor: Cursor, reading: Reading) => Value;
  readonly term: (cursor: Cursor, reading: Reading) => Value;
  /** Whether the item is no part of the term in front of it. */
  readonly ends: (item: Item) => boolean;
}

/** Reads it; several factors without the letter are refused, since only one of them may be meant. */
export function readProductBody(
  cursor: Cursor,
  letters: readonly string[],
  reading: Reading,
  read: TermReading,
): Value {
  const rest = cursor.items.slice(cursor.at);
  const factors = isBig(rest[0]) ? [] : factorsOf(rest, letters, cursor, reading, read);
  const last = factors.findLastIndex(({ hasLetter }) => hasLetter);
  if (last === -1 && factors.length > 1)
    refuse(
      'product-or-factor',
      `no factor behind this product has its letter ${letters.join(', ')}: it is taken of the first one, or of all`,
      cursor.place,
      'Put parentheses around what it is taken of.',
    );
  const end = factors[last]?.end;
  if (end === undefined || last === factors.length - 1) return read.term(cursor, reading);
  const body = new Cursor(rest.slice(0, end), cursor.place);
  const value = read.term(body, reading);
  for (let count = 0; count < end; count += 1) cursor.next();
  return value;
}

const isBig = (item: Item | undefined): boolean =>
  item?.kind === 'command' && (item.text === '\\sum' || item.text === '\\prod');

/** Where the factors of the term end, and which of them have one of the letters. */
function factorsOf(
  items: readonly Item[],
  letters: readonly string[],
  { place }: Cursor,
  reading: Reading,
  read: TermReading,
): readonly { readonly end: number; readonly hasLetter: boolean }[] {
  const probe = new Cursor(items, place);
  const found: { end: number; hasLetter: boolean }[] = [];
  for (let item = probe.peek(); item !== undefined && !read.ends(item); item = probe.peek()) {
    if (item.kind === 'operator' || (item.kind === 'evaluated' && item.items === null)) {
      probe.next();
      continue;
    }
    const start = probe.at;
    read.factor(probe, reading);
    found.push({ end: probe.at, hasLetter: mentions(items.slice(start, probe.at), letters) });
  }
  return found;
}

/** Whether one of the letters stands in the items, in scripts too. */
function mentions(items: readonly Item[], letters: readonly string[]): boolean {
  return items.some(item => {
    if (item.kind === 'name' && letters.some(letter => spellName(item.name) === letter || spellItem(item) === letter))
      return true;
    const inner =
      item.kind === 'group' || item.kind === 'evaluated'
        ? (item.items ?? [])
        : item.kind === 'fraction'
          ? [...item.numerator, ...item.denominator]
          : item.kind === 'root'
            ? item.radicand
            : [];
    return mentions([...inner, ...(item.sub ?? []), ...(item.sup ?? [])], letters);
  });
}
