/**
 * Spellings of commands that renderers of mathematics on web pages know besides those of LaTeX, and plain TeX's fraction {A \over B}, brought
 * to the usual ones. Each new token has the place of the one that it stands for.
 *
 * Source: the tables of supported functions of KaTeX and MathJax; D. E. Knuth, The TeXbook, chapter 17 (\over).
 */
import type { Token } from './token.ts';

/** A command and the usual one that prints the same. */
const SAME: ReadonlyMap<string, string> = new Map([
  ['\\sdot', '\\cdot'],
  ['\\cdotp', '\\cdot'],
  ['\\centerdot', '\\cdot'],
  ['\\triangledown', '\\nabla'],
  ['\\bigtriangledown', '\\nabla'],
  ['\\Bbb', '\\mathbb'],
  ['\\bold', '\\mathbf'],
  ['\\thetasym', '\\vartheta'],
  ['\\infin', '\\infty'],
  ['\\isin', '\\in'],
  ['\\lang', '\\langle'],
  ['\\rang', '\\rangle'],
  ['\\larr', '\\leftarrow'],
  ['\\longleftarrow', '\\leftarrow'],
  ['\\rarr', '\\to'],
  ['\\leqq', '\\le'],
  ['\\geqq', '\\ge'],
  ['\\plusmn', '\\pm'],
  ['\\divideontimes', '\\times'],
]);

/** The tokens with the usual spelling of every command. */
export function withUsualSpellings(tokens: readonly Token[]): Token[] {
  const named = tokens.map((token): Token => {
    const usual = token.kind === 'command' ? SAME.get(token.text) : undefined;
    return usual === undefined ? token : { ...token, text: usual };
  });
  return named.some(({ text }) => text === '\\over') ? withoutOver(named) : named;
}

/** Where a group of TeX begins and ends: braces, or \left and \right with their delimiters. */
interface Group {
  readonly start: number;
  over: number | null;
}

/** {A \over B} as {\frac{A}{B}}. One outside of all groups, or a second one in a group, stays and is refused. */
function withoutOver(tokens: readonly Token[]): Token[] {
  const fractions: { start: number; over: number; end: number }[] = [];
  const open: Group[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind === 'open') open.push({ start: at + 1, over: null });
    else if (token.text === '\\left') {
      at += 1;
      while (tokens[at]?.kind === 'space') at += 1;
      open.push({ start: at + 1, over: null });
    } else if (token.kind === 'close' || token.text === '\\right') {
      const group = open.pop();
      if (group !== undefined && group.over !== null && group.over >= 0)
        fractions.push({ start: group.start, over: group.over, end: at });
      if (token.text === '\\right') {
        at += 1;
        while (tokens[at]?.kind === 'space') at += 1;
      }
    } else if (token.text === '\\over') {
      const group = open.at(-1);
      if (group !== undefined) group.over = group.over === null ? at : -1;
    }
  }
  const before = new Map<number, Token[]>();
  const instead = new Map<number, Token[]>();
  for (const { start, over, end } of fractions) {
    const mark = tokens[over];
    if (mark === undefined) continue;
    const token = (kind: Token['kind'], text: string): Token => ({ kind, text, span: mark.span });
    before.set(start, [token('command', '\\frac'), token('open', '{'), ...(before.get(start) ?? [])]);
    instead.set(over, [token('close', '}'), token('open', '{')]);
    before.set(end, [...(before.get(end) ?? []), token('close', '}')]);
  }
  return tokens.flatMap((token, at) => [...(before.get(at) ?? []), ...(instead.get(at) ?? [token])]);
}
