/**
 * Finds the displays and the magic comments of Markdown text: as in LaTeX, except that comments are `<!-- … -->`, `%` is
 * an ordinary character, `\[` opens a display only at the beginning of a line, and code hides what is in it.
 */
import type { Source, Span } from '../../base/span.ts';
import { type DocumentItem, MAGIC } from '../item.ts';
import { readIndentedCode } from './indented-code.ts';
import { ALONE, type Around, type Formulas, leaveOut, push, spanBetween } from './scan-state.ts';
import { lineEnd, pushInline, pushNearMiss, readCommand, readDollars, type ScanRule, scan } from './scan-tex.ts';

/** The items of a Markdown file, in the order of the text. */
export function scanMarkdown(source: Source, formulas: Formulas = 'annotated', around: Around = ALONE): DocumentItem[] {
  const rules: readonly ScanRule[] = [
    readIndentedCode,
    readHtmlComment(source.text.lastIndexOf('-->')),
    readFence,
    readInlineCode,
    readDoubled,
    readBracket(source.text.lastIndexOf('\\]')),
    readCommand,
    readDollars,
  ];
  return scan(source, rules, formulas, around);
}

/** `lastClosing` is where the last `-->` stands, so that nobody looks in vain for one through the whole file. */
const readHtmlComment =
  (lastClosing: number): ScanRule =>
  (state, end) => {
    const { text } = state.source;
    if (!text.startsWith('<!--', state.at)) return false;
    const isClosed = state.at + 4 <= lastClosing;
    const close = isClosed ? text.indexOf('-->', state.at + 4) : end;
    const magic = MAGIC.exec(text.slice(state.at + 4, Math.min(close, state.at + 200)));
    if (magic && !isClosed) {
      const line = /^.*/.exec(text.slice(state.at, state.at + 2_000))?.[0] ?? '';
      const span = spanBetween(state, state.at, state.at + line.length);
      const message = 'this magic comment is never closed';
      push(state, {
        kind: 'problem',
        problem: { code: 'unclosed-comment', message, hint: 'Add "-->".', span },
        afterText: state.afterText,
      });
      state.at = end;
      return true;
    }
    const whole = spanBetween(state, state.at, Math.min(close + 3, end));
    if (magic) {
      const lines = linesOf(state.source, state.at + 4 + magic[0].length, close);
      push(state, { kind: 'comment', span: whole, lines, afterText: state.afterText });
    } else pushNearMiss(state, state.at + 4, close);
    leaveOut(state, whole.end);
    return true;
  };

function linesOf(source: Source, start: number, end: number): Span[] {
  let at = start;
  return source.text
    .slice(start, end)
    .split('\n')
    .map(line => {
      const span = { source, start: at, end: at + line.length };
      at += line.length + 1;
      return span;
    });
}

/** Spaces and quote marks that may stand before a fence or a display at the beginning of a line. */
const atLineStart = (text: string, at: number): boolean =>
  /(?:^|\n)[ \t>]*$/.test(text.slice(Math.max(0, at - 100), at));

const FENCE = /(`{3,}|~{3,})/y;

const readFence: ScanRule = (state, end) => {
  const { text } = state.source;
  const character = text.charAt(state.at);
  if ((character !== '`' && character !== '~') || !atLineStart(text, state.at)) return false;
  FENCE.lastIndex = state.at;
  const mark = FENCE.exec(text)?.[1];
  if (mark === undefined) return false;
  const first = lineEnd(text, state.at, end);
  const language = text.slice(state.at + mark.length, first).trim();
  let at = first;
  let last = end;
  while (at < end) {
    const close = lineEnd(text, at + 1, end);
    const line = text
      .slice(at + 1, close)
      .replace(/^[ \t>]*/, '')
      .trimEnd();
    last = at;
    at = close;
    if (line.startsWith(mark) && [...line].every(each => each === character)) break;
    last = close;
  }
  if (isMathematics(language, state)) {
    const body = spanBetween(state, first, Math.max(first, last));
    push(state, { kind: 'display', span: spanBetween(state, state.at, at), body, afterText: state.afterText });
    state.at = at;
  } else {
    state.afterText = true;
    leaveOut(state, at);
  }
  return true;
};

/** A block of code hosts' mathematics; LaTeX shown as code is meant only where a magic comment stands right before it. */
function isMathematics(language: string, { items, afterText, formulas }: Parameters<ScanRule>[0]): boolean {
  if (language === 'math') return true;
  if (formulas === 'all' && /^(?:latex|tex|katex)$/i.test(language)) return true;
  const others = items.findLastIndex(({ kind }) => kind !== 'comment') + 1;
  // A notation line speaks of no display.
  const speaks = items
    .slice(others)
    .some(item => item.kind === 'comment' && !/^\s*notation\b/.test(item.lines.map(textOf).join('\n')));
  return /^(?:latex|tex|katex)$/i.test(language) && items.at(-1)?.kind === 'comment' && speaks && !afterText;
}

const textOf = ({ source, start, end }: Span): string => source.text.slice(start, end);

const LONGEST_CODE_MARK = 20;
const LONGEST_CODE = 10_000;

const readInlineCode: ScanRule = (state, end) => {
  const { text } = state.source;
  if (text.startsWith('$`', state.at) && text.charAt(state.at - 1) !== '$') return readDollarCode(state, end);
  if (text.charAt(state.at) !== '`') return false;
  let open = state.at;
  while (text.charAt(open) === '`') open += 1;
  const length = open - state.at;
  const rest = length > LONGEST_CODE_MARK ? '' : text.slice(open, Math.min(end, open + LONGEST_CODE));
  state.afterText = true;
  let close = open;
  for (const found of rest.matchAll(/`+/g)) {
    if (found[0].length !== length) continue;
    close = open + found.index + length;
    break;
  }
  leaveOut(state, close);
  return true;
};

/** ``$`…`$``, inline mathematics of code hosts. */
function readDollarCode(state: Parameters<ScanRule>[0], end: number): boolean {
  const { text } = state.source;
  const close = text.indexOf('`$', state.at + 2);
  if (close === -1 || close + 2 > end || /\n[ \t]*\n/.test(text.slice(state.at, close))) return false;
  pushInline(state, close + 2, 2);
  state.at = close + 2;
  return true;
}

/** `\\[ … \\]`, where Markdown takes one backslash away, opening a line. */
const readDoubled: ScanRule = (state, end) => {
  const { text } = state.source;
  if (!text.startsWith('\\\\[', state.at) || !atLineStart(text, state.at)) return false;
  const close = text.indexOf('\\\\]', state.at + 3);
  if (close === -1 || close + 3 > end) return false;
  const span = spanBetween(state, state.at, close + 3);
  push(state, { kind: 'display', span, body: spanBetween(state, state.at + 3, close), afterText: state.afterText });
  state.at = span.end;
  return true;
};

/** In Markdown `\[` is an escaped bracket, unless it opens a line and is closed later. */
const readBracket =
  (lastClosing: number): ScanRule =>
  state => {
    const { text } = state.source;
    if (!text.startsWith('\\[', state.at)) return false;
    if (state.at < lastClosing && atLineStart(text, state.at)) return false;
    state.afterText = true;
    state.at += 2;
    return true;
  };
