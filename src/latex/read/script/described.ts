/** What a message calls an item. */
import type { Item } from '../../layout/item.ts';

/** What a message calls an item. */
export function describe(item: Item | undefined): string {
  if (item === undefined) return 'the end';
  switch (item.kind) {
    case 'operator':
    case 'command':
    case 'number':
      return `\`${item.text}\``;
    case 'text':
      return `the text "${item.text}"`;
    case 'function':
      return `\`${item.name}\``;
    case 'name':
    case 'group':
    case 'fraction':
    case 'root':
    case 'evaluated':
      return `\`${item.span.source.text.slice(item.span.start, Math.min(item.span.end, item.span.start + 40))}\``;
  }
}
