/** A place in a row of items, for reading from left to right. */
import type { Span } from '../../base/span.ts';
import { joinSpans } from '../../base/span.ts';
import type { Item } from './item.ts';

export class Cursor {
  readonly items: readonly Item[];
  /** Where to complain when something is missing and there is no item. */
  readonly #fallback: Span;
  #at = 0;

  constructor(items: readonly Item[], fallback: Span) {
    this.items = items;
    this.#fallback = fallback;
  }
  get at(): number {
    return this.#at;
  }
  get done(): boolean {
    return this.#at >= this.items.length;
  }
  peek(ahead = 0): Item | undefined {
    return this.items[this.#at + ahead];
  }
  next(): Item | undefined {
    const item = this.items[this.#at];
    this.#at += 1;
    return item;
  }
  /** The place of the present item, or the end of the row. */
  get place(): Span {
    return this.peek()?.span ?? this.items[this.items.length - 1]?.span ?? this.#fallback;
  }
  /** From the item at `start` to the last one read. */
  spanFrom(start: number): Span {
    const first = this.items[start]?.span ?? this.#fallback;
    const last = this.items[this.#at - 1]?.span ?? first;
    return last.source === first.source ? joinSpans(first, last) : first;
  }
}

export function spanOf(items: readonly Item[], fallback: Span): Span {
  const first = items[0]?.span;
  const last = items[items.length - 1]?.span;
  return first === undefined || last === undefined || first.source !== last.source ? fallback : joinSpans(first, last);
}

/** From a function to the end of its argument; the function alone where something else stands between them. */
export function spanWithArgument(first: Span, argument: Span | null): Span {
  if (argument === null || first.source !== argument.source || argument.start < first.end) return first;
  const between = first.source.text.slice(first.end, Math.min(argument.start, first.end + 40));
  return argument.start - first.end <= 40 && /^(\s|\\[,;:! ]|%.*\n)*$/.test(between)
    ? { ...first, end: argument.end }
    : first;
}

/** From the start of one place to the end of another. */
export const upTo = (first: Span, last: Span): Span =>
  first.source === last.source && last.end > first.start ? { ...first, end: last.end } : first;
