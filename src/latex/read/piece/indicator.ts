/**
 * Indicator functions in an optimizer's rows, `\mathbb{1}_{\{u > 0\}}`, `\mathbb{I}(u v \ge 0)`: 1 where the comparison holds, else 0, of every component. With
 * s = sign(a − b), which is −1, 0 or 1, a > b is (s² + s)/2 and a < b is (s² − s)/2, also at s = 0.
 */
import { addition, divide, multiplication, negation, number } from '../../../formula/build.ts';
import type { Formula } from '../../../formula/formula.ts';
import type { Cursor } from '../../layout/cursor.ts';
import { spanWithArgument } from '../../layout/cursor.ts';
import type { Item, NameItem, NumberItem } from '../../layout/item.ts';
import { relationBySpelling } from '../../notation/notation-table.ts';
import type { Primary } from '../primary.ts';
import type { Reading } from '../reading.ts';
import { elementwise, known } from '../value.ts';

const ORDERS: ReadonlySet<string> = new Set(['<', '>', '\\le', '\\ge']);

/** The indicator that begins with `item`; null where that begins none. */
export function readIndicator(cursor: Cursor, item: NameItem | NumberItem, reading: Reading): Primary | null {
  const isHead = item.kind === 'number' ? item.bold && item.text === '1' : item.name.core === '\\mathbb{I}';
  if (!isHead || item.sup !== null || reading.scope.where !== 'optimizer') return null;
  const next = cursor.peek(1);
  const group = item.sub === null && next?.kind === 'group' && next.sup === null && next.sub === null ? next : null;
  const compared = comparisonIn(item.sub ?? group?.items ?? []);
  if (compared === null) return null;
  cursor.next();
  if (group !== null) cursor.next();
  const span = group === null ? item.span : spanWithArgument(item.span, group.inner);
  const sides = [compared.left, compared.right].map(items => reading.expression(items, span));
  const value = elementwise(sides, span, ([left, right]) =>
    indicator(compared.relation, addition(known(left), negation(known(right)))),
  );
  return { value, trailing: null };
}

interface Compared {
  readonly left: readonly Item[];
  readonly relation: string;
  readonly right: readonly Item[];
}

/** The one comparison in the items, braces around it left out; null where there is none, or more. */
function comparisonIn(items: readonly Item[]): Compared | null {
  const [only, second] = items;
  if (only?.kind === 'group' && second === undefined) return comparisonIn(only.items);
  const places = items.flatMap((item, at) => (relationAt(item) === null ? [] : [at]));
  const [place, more] = places;
  const relation = place === undefined ? null : relationAt(items[place]);
  if (place === undefined || more !== undefined || relation === null || !ORDERS.has(relation)) return null;
  return { left: items.slice(0, place), relation, right: items.slice(place + 1) };
}

const relationAt = (item: Item | undefined): string | null =>
  item?.kind === 'operator' || item?.kind === 'command' ? relationBySpelling(item.text) : null;

/** Whether x stands to 0 as the order says, as a polynomial in its sign. */
function indicator(relation: string, x: Formula): Formula {
  const sign: Formula = { kind: 'call', span: null, name: 'sign', derivative: 0, argument: x };
  const half = (signed: Formula): Formula => divide(addition(multiplication(sign, sign), signed), number(2));
  switch (relation) {
    case '>':
      return half(sign);
    case '<':
      return half(negation(sign));
    case '\\ge':
      return addition(number(1), negation(half(negation(sign))));
    default:
      return addition(number(1), negation(half(sign)));
  }
}
