/** Finds the commands that bring in another file: `\input`, `\include`, `\subfile`. */
import { push, spanBetween, type State } from './scan-state.ts';

/** A file in braces; `\input` takes one without, too. */
const BRACED_FILE = /\s*\{\s*([^{}\n]*?)\s*\}/y;
const BARE_FILE = /[ \t]+([^\s\\{}%#]+)/y;

/** `\input{FILE}`; one with `#1` is the body of a command, not a file. */
export function readInput(state: State, command: string, after: number): boolean {
  const [kind] = (['input', 'include', 'subfile'] as const).filter(each => command === `\\${each}`);
  if (kind === undefined) return false;
  const { text } = state.source;
  for (const pattern of kind === 'input' ? [BRACED_FILE, BARE_FILE] : [BRACED_FILE]) {
    pattern.lastIndex = after;
    const found = pattern.exec(text);
    const name = found?.[1] ?? '';
    if (!found || name === '' || name.includes('#')) continue;
    const start = after + found[0].indexOf(name);
    const end = after + found[0].length;
    const file = spanBetween(state, start, start + name.length);
    const { at, afterText } = state;
    const item = { kind: 'input', span: spanBetween(state, at, end), command: kind, file, afterText } as const;
    push(state, item);
    state.at = end;
    state.around.bringsIn(item);
    return true;
  }
  return false;
}
