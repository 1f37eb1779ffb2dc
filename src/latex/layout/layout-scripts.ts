/** Superscripts, subscripts and primes, put on the item that stands before them. */
import { refuse } from '../../base/problem.ts';
import { joinSpans } from '../../base/span.ts';
import type { Token } from '../notation/token.ts';
import type { Item } from './item.ts';
import type { Arguments } from './layout-commands.ts';

/** Puts a superscript or subscript on the last item. */
export function readScript(layout: Arguments, mark: Token, items: Item[]): void {
  const key = mark.kind === 'superscript' ? 'sup' : 'sub';
  layout.reader.at += 1;
  const content = layout.argument(mark, key === 'sup' ? 'a superscript' : 'a subscript');
  const base = items.pop();
  if (base === undefined || base.kind === 'operator')
    refuse('script', `expected something before this ${key === 'sup' ? 'superscript' : 'subscript'}`, mark.span);
  if (
    key === 'sup' &&
    content.length > 0 &&
    content.every(item => item.kind === 'command' && item.text === '\\prime')
  ) {
    items.push({ ...base, primes: base.primes + content.length });
    return;
  }
  const previous = layout.reader.peek(-1);
  const span = previous === undefined ? base.span : joinSpans(base.span, previous.span);
  const inner =
    base.kind === 'group' && base.delimiter === 'brace' && base.items.length === 1 ? base.items[0] : undefined;
  if (key === 'sub' && inner !== undefined && inner.sub === null && base.sup === null) {
    items.push({ ...inner, sub: content, span, inner: span });
    return;
  }
  if (base[key] !== null) {
    refuse(
      'double-script',
      `a second ${key === 'sup' ? 'superscript' : 'subscript'} on the same symbol; expected braces around the first`,
      mark.span,
    );
  }
  items.push(
    key === 'sup'
      ? { ...base, sup: content, span }
      : { ...base, sub: content, span, inner: base.sup === null ? span : null },
  );
}

/** Puts a prime on the last item. */
export function readPrime(layout: Arguments, token: Token, items: Item[]): void {
  layout.reader.at += 1;
  const base = items.pop();
  if (base === undefined || base.kind === 'operator')
    refuse('script', 'expected something before this prime', token.span);
  const span = joinSpans(base.span, token.span);
  items.push({ ...base, primes: base.primes + 1, span, inner: span });
}
