/** \mathbb E_k[…] in a claim: the mean over the losses that the batches are drawn from, with E_k inside. */
import { refuse } from '../../../base/problem.ts';
import type { Formula } from '../../../formula/formula.ts';
import { populationMean } from '../../../formula/population.ts';
import type { Cursor } from '../../layout/cursor.ts';
import { spanWithArgument } from '../../layout/cursor.ts';
import type { NameItem } from '../../layout/item.ts';
import { spellItem } from '../../layout/item.ts';
import type { Primary } from '../primary.ts';
import { trailingOf } from '../primary.ts';
import type { Reading } from '../reading.ts';
import { componentOf, isScalarValue, scalar, tensor } from '../value.ts';

/** The mean that begins with `item`; null where it begins none. */
export function readMean(cursor: Cursor, item: NameItem, base: string, reading: Reading): Primary | null {
  if (base !== '\\mathbb{E}' || reading.scope.where !== 'claim' || item.primes > 0 || item.sup !== null) return null;
  const [only, ...more] = item.sub ?? [];
  const letter = only?.kind === 'name' && more.length === 0 ? spellItem(only) : null;
  const group = cursor.peek(1);
  if (only === undefined && group?.kind !== 'group') return null;
  if (only === undefined || letter === null || group?.kind !== 'group' || group.sub !== null)
    return refuse(
      'mean-letter',
      'a mean over the batches has the letter of the batch below it, and what it is of in brackets',
      item.span,
      'Write \\mathbb E_k[…] with the loss E_k inside; \\mathbb E and \\mathbb E_\\pi alone stand in front of a left side.',
    );
  cursor.next();
  cursor.next();
  const span = spanWithArgument(item.span, group.inner);
  const known = { name: letter, sort: 'history' as const, origin: 'bound' as const };
  const value = reading.bind([{ letter, known, span: only.span }], () => reading.expression(group.items, group.span));
  const mean = (body: Formula): Formula => ({ ...populationMean(letter, body), span });
  const averaged = isScalarValue(value)
    ? scalar(mean(value.formula), span)
    : { ...tensor(value.rank, span, indices => mean(componentOf(value, indices))), row: value.row };
  return { value: averaged, trailing: trailingOf(group) };
}
