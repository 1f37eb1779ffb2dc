/**
 * Losses that come round again, C_{i \bmod m}: the loss of the label i. What holds for losses that are all different holds for those that
 * repeat too.
 */
import type { Token } from '../../../latex/notation/token.ts';

const MODULO = /^\\(?:bmod|mod|pmod)$/;

/** The tokens without `\bmod m` at the end of a subscript or superscript in braces. */
export function withoutModulo(tokens: readonly Token[]): Token[] {
  if (!tokens.some(({ text }) => MODULO.test(text))) return [...tokens];
  const found: Token[] = [];
  const scripts: boolean[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind === 'open') {
      const before = tokens[at - 1]?.kind;
      scripts.push(before === 'subscript' || before === 'superscript');
    }
    if (token.kind === 'close') scripts.pop();
    const end = MODULO.test(token.text) && scripts.at(-1) === true ? scriptClose(tokens, at) : null;
    if (end === null) {
      found.push(token);
      continue;
    }
    while (/^\\[,;:! ]$/.test(found.at(-1)?.text ?? '') || found.at(-1)?.kind === 'space') found.pop();
    at = end - 1;
  }
  return found;
}

/** The brace that closes the script around `at`. */
function scriptClose(tokens: readonly Token[], at: number): number | null {
  let depth = 0;
  for (let next = at + 1; next < tokens.length; next += 1) {
    if (tokens[next]?.kind === 'open') depth += 1;
    if (tokens[next]?.kind === 'close') depth -= 1;
    if (depth < 0) return next;
  }
  return null;
}
