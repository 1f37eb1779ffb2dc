/** The one spelling under which a name is known, whatever accents, braces and blanks it was typed with. */
import { Refusal } from '../../base/problem.ts';
import type { Name } from './item.ts';
import { spellItem } from './item.ts';
import { layOut } from './layout.ts';
import type { Token } from '../notation/token.ts';
import { tokenizeText } from '../notation/tokenize.ts';

/**
 * The canonical spelling of a name with its accents, bold and subscript: `\widetilde E` is `\tilde{E}`, `\beta_{1}` is
 * `\beta_1`, `\mathbf m` is `\boldsymbol{m}`. Null where the text is not one name.
 */
export function canonicalName(text: string): string | null {
  return canonicalNameOf(tokenizeText(text));
}

/** The same for tokens. */
export function canonicalNameOf(tokens: readonly Token[]): string | null {
  try {
    const items = layOut(tokens);
    const only = items[0];
    return items.length === 1 && only?.kind === 'name' ? spellItem(only) : null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** The decorated letter that a text is, without a subscript; null where it is none. */
export function parseLetter(text: string): Name | null {
  try {
    const items = layOut(tokenizeText(text));
    const only = items[0];
    return items.length === 1 && only?.kind === 'name' && only.sub === null && only.sup === null ? only.name : null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
