/** Braces that nobody sees around a term with its sign, as in `x_k {\\color{red} - \\eta g}`: what is printed is a sum, no product. */
import type { Token } from '../notation/token.ts';
import type { Item } from './item.ts';

/** Whether the item is such braces. Behind \\nabla, \\sum, / and \\cdot they are a group, and so they are under a script. */
export function hidesSign(
  item: Item,
  before: Item | undefined,
  behind: Token | undefined,
): item is Extract<Item, { kind: 'group' }> {
  if (item.kind !== 'group' || item.delimiter !== 'brace') return false;
  const takesGroup =
    before?.kind === 'command' || (before?.kind === 'operator' && /^(?:\/|\\[a-z]+)$/.test(before.text));
  const hasScript = behind?.kind === 'superscript' || behind?.kind === 'subscript' || behind?.text === "'";
  const [first] = item.items;
  return !takesGroup && !hasScript && first?.kind === 'operator' && (first.text === '+' || first.text === '-');
}
