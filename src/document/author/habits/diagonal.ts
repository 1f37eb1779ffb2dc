/**
 * Diagonal matrices in an optimizer's rows, which are read componentwise: diag(v) w is v ⊙ w and diag(v)^p w is v^p ⊙ w, so that the word
 * may be left out; the identity beside one is 1.
 */
import type { Token } from '../../../latex/notation/token.ts';

const WORD = /^\\(?:mathrm|operatorname|text|textrm|mathbf|textnormal|mathop)$/;

/** The tokens without the word `diag` before a group; `names` are the names that are declared or that a row makes. */
export function withoutDiagonals(tokens: readonly Token[], isNamed: (name: string) => boolean): Token[] {
  const kept: Token[] = [];
  let found = false;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const end = wordEnd(tokens, at);
    if (end === null) kept.push(token);
    else {
      found = true;
      at = end - 1;
    }
  }
  return found && !isNamed('I') ? kept.map((token, at) => withoutIdentity(token, kept[at - 1])) : kept;
}

/** `\mathrm{diag}` or `\diag` before an opening parenthesis or brace; where it ends. */
function wordEnd(tokens: readonly Token[], at: number): number | null {
  let end: number | null = null;
  if (/^\\[dD]iag$/.test(tokens[at]?.text ?? '')) end = at + 1;
  else if (WORD.test(tokens[at]?.text ?? '') && tokens[at + 1]?.kind === 'open') {
    const close = tokens.findIndex(({ kind }, index) => index > at && kind === 'close');
    const word = tokens
      .slice(at + 2, close)
      .map(({ text }) => text)
      .join('');
    if (/^[dD]iag$/.test(word)) end = close + 1;
  }
  if (end === null) return null;
  let next = end;
  while (tokens[next]?.kind === 'space' || tokens[next]?.text === '\\!' || tokens[next]?.text === '\\,') next += 1;
  return /^(?:\(|\\left|\\[bB]igg?l?|\[|\\\{|\{)$/.test(tokens[next]?.text ?? '') ? next : null;
}

const withoutIdentity = (token: Token, before: Token | undefined): Token =>
  token.text === 'I' && token.kind === 'letter' && before?.kind !== 'subscript' && before?.kind !== 'superscript'
    ? { ...token, kind: 'digit', text: '1' }
    : token;
