/** Braces that nobody sees around a term with its sign, as in `x_k {\\color{red} - \\eta g}`: what is printed is a sum, no product. */
import { refuse } from '../../base/problem.ts';
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

/** Refuses braces that nobody sees around a sum, where it matters whether they are parentheses: `\eta{a + b}`, `x - {a + b}`, `{a + b}^2`. */
export function refuseHiddenSum(item: Item, before: Item | undefined, behind: Token | undefined): void {
  if (item.kind !== 'group' || item.delimiter !== 'brace') return;
  const isSum = item.items.some(
    (each, at) => at > 0 && each.kind === 'operator' && (each.text === '+' || each.text === '-'),
  );
  if (!isSum) return;
  const takesGroup =
    before?.kind === 'command' || (before?.kind === 'operator' && /^(?:\/|\\[a-z]+)$/.test(before.text));
  const isFactor = before !== undefined && before.kind !== 'operator' && !takesGroup;
  const isSubtracted = before?.kind === 'operator' && before.text === '-';
  const hasScript = behind?.kind === 'superscript' || behind?.kind === 'subscript';
  const isMultiplied = behind?.kind === 'letter' || behind?.text === '\\nabla' || behind?.text === '(';
  if (!takesGroup && (isFactor || isSubtracted || hasScript || isMultiplied))
    refuse(
      'hidden-braces',
      'these braces are not printed: the sum in them, as it is seen, or a factor as if they were parentheses',
      item.span,
      'Write parentheses, or leave the braces out.',
    );
}
