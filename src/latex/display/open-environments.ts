/** Environments inside of a display: what opens and closes them is dropped, the rows inside are rows. */
import { refuse } from '../../base/problem.ts';
import { DISPLAY_ENVIRONMENTS, WIDE_SPACES } from '../notation/notation-table.ts';
import type { Token } from '../notation/token.ts';

/** Drops `\begin{align}`, `\end{align}` and their arguments; the rows inside are rows. */
export function openEnvironments(tokens: readonly Token[]): Token[] {
  const opened: Token[] = [];
  const stack: { name: string; brace: boolean }[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.text !== '\\begin' && token.text !== '\\end') {
      opened.push(token);
      continue;
    }
    const argument = readName(tokens, at + 1);
    if (argument === null)
      return refuse('environment', `expected the name of an environment after ${token.text}`, token.span);
    const { name } = argument;
    if (!DISPLAY_ENVIRONMENTS.has(name))
      return refuse(
        'unknown-environment',
        `the environment ${name} is not read inside a display`,
        token.span,
        /matrix|array/.test(name) ? 'Write one row for each entry, and products with a matrix out.' : undefined,
      );
    at = argument.end - 1;
    if (token.text === '\\begin') {
      if ((name === 'cases' || name === 'dcases') && !standsAlone(opened))
        return refuse(
          'cases-value',
          'a value by cases is not read',
          token.span,
          'state one claim, or one optimizer, for each case',
        );
      const brace = dropBrace(opened);
      stack.push({ name, brace });
      at = skipOptions(tokens, argument.end, name) - 1;
    } else {
      const open = stack.pop();
      if (open === undefined || open.name !== name)
        return refuse('environment', `\\end{${name}} ends no \\begin{${name}}`, token.span);
      if (open.brace) at = skipRight(tokens, argument.end) - 1;
    }
  }
  const left = stack.pop();
  if (left !== undefined) return refuse('environment', `expected \\end{${left.name}}`, tokens[tokens.length - 1]?.span);
  return opened;
}

/** Whether nothing but spacing stands on the row so far. */
function standsAlone(tokens: readonly Token[]): boolean {
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const token = tokens[at];
    if (token === undefined || token.text === '\\\\') return true;
    if (token.kind !== 'space' && token.kind !== 'alignment' && !WIDE_SPACES.has(token.text)) return false;
  }
  return true;
}

/** Removes a `\left\{` that stands right before an environment: the brace of a system. */
function dropBrace(tokens: Token[]): boolean {
  let at = tokens.length - 1;
  while (tokens[at]?.kind === 'space') at -= 1;
  if (tokens[at]?.text !== '\\{' && tokens[at]?.text !== '\\lbrace' && tokens[at]?.text !== '.') return false;
  let left = at - 1;
  while (tokens[left]?.kind === 'space') left -= 1;
  if (tokens[left]?.text !== '\\left') return false;
  tokens.splice(left);
  return true;
}
function skipRight(tokens: readonly Token[], start: number): number {
  let at = start;
  while (tokens[at]?.kind === 'space') at += 1;
  if (tokens[at]?.text !== '\\right') return start;
  at += 1;
  while (tokens[at]?.kind === 'space') at += 1;
  return at + 1;
}

function readName(tokens: readonly Token[], start: number): { name: string; end: number } | null {
  let at = start;
  while (tokens[at]?.kind === 'space') at += 1;
  if (tokens[at]?.kind !== 'open') return null;
  let name = '';
  for (at += 1; at < tokens.length; at += 1) {
    const token = tokens[at];
    // `align\ast` and `align\*` are Markdown's ways to write a star.
    if (token?.kind === 'close') return { name: name.trim().replace(/\\ast$|\\\*$/, '*'), end: at + 1 };
    if (name.length > 40) return null;
    name += token?.text ?? '';
  }
  return null;
}

/** `[t]` after an environment, and the braced argument of those that have one. */
function skipOptions(tokens: readonly Token[], start: number, name: string): number {
  let at = start;
  if (tokens[at]?.text === '[') {
    while (at < tokens.length && tokens[at]?.text !== ']') at += 1;
    at += 1;
  }
  if (!/^(alignat|alignedat|xalignat|array|IEEEeqnarray)\*?$/.test(name)) return at;
  while (tokens[at]?.kind === 'space') at += 1;
  const argument = readName(tokens, at);
  return argument === null ? at : argument.end;
}
