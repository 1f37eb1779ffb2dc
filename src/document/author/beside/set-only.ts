/**
 * What only sets a formula: `\rule{110mm}{0.4pt}`, braces around a whole formula with its style, `{\displaystyle w := …}`, bold around more than
 * a letter, `\boldsymbol{\nabla E(w_t)}`, and words of programs in bold, `\mathbf{while}`, which are text.
 */
import { letterEnd, solidBefore } from '../author-tokens.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { BOLD_COMMANDS, canonicalAccent } from '../../../latex/notation/notation-table.ts';
import { relationsIn } from '../../../latex/display/condition.ts';

const STYLES = /^\\(?:display|text|script|scriptscript)style$/;
const PROGRAM_WORD =
  /^(?:given|input|inputs|output|require|ensure|initiali[sz]e|initiali[sz]ation|while|for|foreach|do|end|return|update|if|then|else|elif|repeat|until|to|each|step|init|begin)$/i;

/** The tokens without it. */
export function withoutSetOnly(tokens: readonly Token[]): Token[] {
  return unbracedNames(unbraced(unbold(withoutRules(tokens))));
}

/** Behind the group that opens at `at`, blanks before it skipped; null where none does. */
function behindGroup(tokens: readonly Token[], at: number): number | null {
  let open = at;
  while (tokens[open]?.kind === 'space') open += 1;
  if (tokens[open]?.kind !== 'open') return null;
  const close = groupClose(tokens, open);
  return close === null ? null : close + 1;
}

function groupClose(tokens: readonly Token[], open: number): number | null {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]?.kind === 'open') depth += 1;
    if (tokens[at]?.kind === 'close') depth -= 1;
    if (depth === 0) return at;
  }
  return null;
}

/** Without lines across the page, and the marks of tables' lines. */
function withoutRules(tokens: readonly Token[]): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (/^\\(?:hline|toprule|midrule|bottomrule|noindent|centering|small|normalsize)$/.test(token.text)) continue;
    if (token.text === '\\\\' && tokens[at + 1]?.text === '[') {
      const close = tokens.findIndex((each, place) => place > at && each.text === ']');
      const length = tokens
        .slice(at + 2, close)
        .map(({ text }) => text)
        .join('');
      if (close !== -1 && /^\s*-?[\d.]+\s*(?:\\[a-z]+|[a-z]{2})\s*$/.test(length)) {
        found.push(token);
        at = close;
        continue;
      }
    }
    let next = token.text === '\\rule' ? at + 1 : null;
    if (next !== null && tokens[next]?.text === '[')
      next = tokens.findIndex((each, place) => place > at && each.text === ']') + 1;
    const width = next === null ? null : behindGroup(tokens, next);
    const end = width === null ? null : behindGroup(tokens, width);
    if (end === null) found.push(token);
    else at = end - 1;
  }
  return found;
}

/** Bold and upright signs around more than a name as what they are around, program words as text. */
function unbold(tokens: readonly Token[]): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const isBold = BOLD_COMMANDS.has(token.text) || token.text === '\\bf';
    const open = tokens[at + 1]?.kind === 'space' ? at + 2 : at + 1;
    const close = isBold && tokens[open]?.kind === 'open' ? groupClose(tokens, open) : null;
    if (close === null || letterEnd(tokens, at) !== null) {
      found.push(token);
      continue;
    }
    const inside = tokens.slice(open + 1, close);
    const words = wordsOf(inside);
    const isProgram = words?.split(' ').some(word => PROGRAM_WORD.test(word));
    if (words !== null && (isProgram || (words.includes(' ') && /^[A-Za-z]{2,}(?: [A-Za-z]{2,})+$/.test(words))))
      found.push(
        { ...token, text: '\\text' },
        { kind: 'open', text: '{', span: token.span },
        ...[...words].map((text): Token => ({ kind: text === ' ' ? 'space' : 'letter', text, span: token.span })),
        { kind: 'close', text: '}', span: token.span },
      );
    else if (words === null && inside.some(({ text, kind }) => text === '(' || kind === 'subscript'))
      found.push(...unbold(tokens.slice(open, close + 1)));
    else {
      found.push(token);
      continue;
    }
    at = close;
  }
  return found;
}

/** The words, where nothing but letters and spaces, `\ ` among them, stands there. */
function wordsOf(inside: readonly Token[]): string | null {
  const isWord = inside.every(
    ({ kind, text }) => kind === 'letter' || kind === 'space' || /^(?:\\[ ,;:]|~)$/.test(text),
  );
  if (!isWord) return null;
  return inside
    .map(({ kind, text }) => (kind === 'letter' ? text : ' '))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

/** `{\displaystyle a = b}` as a = b: braces around a relation group nothing. */
function unbraced(tokens: readonly Token[]): Token[] {
  const dropped = new Set<number>();
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'open' || !startsGroup(tokens, at)) continue;
    const close = groupClose(tokens, at);
    const first = tokens.slice(at + 1).findIndex(({ kind }) => kind !== 'space');
    const isStyled = STYLES.test(tokens[at + 1 + first]?.text ?? '');
    if (close === null || !isStyled || relationsIn(tokens.slice(at + 1, close)).length === 0) continue;
    dropped.add(at).add(close);
  }
  return dropped.size === 0 ? [...tokens] : tokens.filter((_, at) => !dropped.has(at));
}

/** `{\hat {m}}_w` as `\hat{m}_w`: braces around a letter with its accents group nothing. */
function unbracedNames(tokens: readonly Token[]): Token[] {
  const dropped = new Set<number>();
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'open') continue;
    const before = solidBefore(tokens, at);
    const isArgument =
      before !== undefined &&
      ['command', 'close', 'subscript', 'superscript'].includes(before.kind) &&
      !/^\\(?:\\|q?quad|[,;:! ]|gets|leftarrow|cdot|times|odot)$/.test(before.text);
    const close = token.kind !== 'open' || isArgument ? null : groupClose(tokens, at);
    const scripted = close !== null && /^(?:sub|super)script$/.test(tokens[close + 1]?.kind ?? '');
    if (close === null || !scripted || canonicalAccent(tokens[at + 1]?.text ?? '') === null) continue;
    if (letterEnd(tokens, at + 1) === close) dropped.add(at).add(close);
  }
  return dropped.size === 0 ? [...tokens] : tokens.filter((_, at) => !dropped.has(at));
}

/** Whether the brace opens no argument of a command and no script. */
function startsGroup(tokens: readonly Token[], at: number): boolean {
  const before = solidBefore(tokens, at);
  return (
    before === undefined ||
    before.kind === 'alignment' ||
    (before.kind === 'symbol' && before.text !== '[') ||
    /^\\(?:\\|quad|qquad|[,;:! ])$/.test(before.text)
  );
}
