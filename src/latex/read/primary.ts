/** One factor as it was read, and apart from it the scripts behind its argument. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { GroupItem, Item } from '../layout/item.ts';
import type { Value } from './value.ts';

/** Scripts after an argument list; applied after a derivative before it. */
export interface Trailing {
  readonly sup: readonly Item[] | null;
  readonly sub: readonly Item[] | null;
  readonly span: Span;
}
export interface Primary {
  readonly value: Value;
  readonly trailing: Trailing | null;
}

/** The scripts of an argument list; they belong to the whole. */
export function trailingOf(group: GroupItem): Trailing | null {
  if (group.primes > 0) refuse('unexpected-prime', 'a prime is read only after a function', group.span);
  return group.sup === null && group.sub === null ? null : { sup: group.sup, sub: group.sub, span: group.span };
}

/** A value with no scripts behind it. */
export const withNothingBehind = (value: Value): Primary => ({ value, trailing: null });
