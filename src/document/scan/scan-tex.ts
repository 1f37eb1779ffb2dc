/**
 * Finds the displays and the magic comments of LaTeX text in one pass from left to right.
 *
 * Comments, `\verb` and verbatim environments hide what is in them. A display is closed by the mark that belongs to its
 * opening; one that is never closed is a problem and hides nothing after its opening, but after five of them the rest of
 * the file is not read.
 */
import type { Source } from '../../base/span.ts';
import { nearMissProblem } from './near-miss.ts';
import { readInput } from './scan-input.ts';
import { ALONE, type Around, type Formulas, leaveOut, push, spanBetween, type State } from './scan-state.ts';
import { noConditionals, readConditional } from './conditionals.ts';
import { definitionEnd, isDefining } from './definitions.ts';
import { closingCommand, closingEnvironment, closingMark, marks, ofOneDisplay, STAR, type Closing } from './closing.ts';
import { TEX_DISPLAYS, type DocumentItem, MAGIC, VERBATIM_ENVIRONMENTS } from '../item.ts';

/** What may be found at `state.at`; true when it was, and `state.at` has moved on. */
export type ScanRule = (state: State, end: number) => boolean;

/** The items of a LaTeX file, in the order of the text. */
export function scanTex(
  source: Source,
  formulas: Formulas = 'annotated',
  around: Around = ALONE,
): { readonly items: DocumentItem[]; readonly afterText: boolean } {
  return scanned(source, [readComment, readTexCommand, readDollars], formulas, around);
}

/** The items of `source` when `rules` are tried in order at every place; what no rule takes is ordinary text. */
export const scan = (
  source: Source,
  rules: readonly ScanRule[],
  formulas: Formulas,
  around: Around = ALONE,
): DocumentItem[] => scanned(source, rules, formulas, around).items;

/** The items, and whether text stands behind the last. */
function scanned(
  source: Source,
  rules: readonly ScanRule[],
  formulas: Formulas,
  around: Around = ALONE,
): { readonly items: DocumentItem[]; readonly afterText: boolean } {
  const end = source.text.length;
  const state: State = {
    source,
    items: [],
    at: 0,
    afterText: false,
    emptyLine: -1,
    unclosedLeft: 5,
    formulas,
    unclosedDefinitionsLeft: 50,
    conditionals: noConditionals(),
    around,
  };
  while (state.at < end) {
    if (rules.some(rule => rule(state, end))) continue;
    if (source.text.charAt(state.at).trim() !== '') state.afterText = true;
    state.at += 1;
  }
  return { items: state.items, afterText: state.afterText };
}

export function lineEnd(text: string, at: number, end: number): number {
  const found = text.indexOf('\n', at);
  return found === -1 || found > end ? end : found;
}

function readComment(state: State, end: number): boolean {
  const { source } = state;
  if (source.text.charAt(state.at) !== '%') return false;
  const close = lineEnd(source.text, state.at, end);
  let content = state.at;
  while (source.text.charAt(content) === '%') content += 1;
  const magic = MAGIC.exec(source.text.slice(content, Math.min(close, content + 200)));
  if (magic) {
    const lineStart = source.text.lastIndexOf('\n', state.at) + 1;
    const whole = spanBetween(state, state.at, close);
    if (source.text.slice(lineStart, state.at).trim() === '') {
      const line = spanBetween(state, content + magic[0].length, close);
      push(state, { kind: 'comment', span: whole, lines: [line], afterText: state.afterText });
    } else {
      const problem = {
        code: 'magic-comment-after-text',
        message: 'a magic comment must have a line of its own',
        hint: 'Put "% !modeq …" on the line before the display.',
        span: whole,
      };
      push(state, { kind: 'problem', problem, afterText: state.afterText });
    }
  } else pushNearMiss(state, content, close);
  state.at = close;
  return true;
}

/** A warning where a comment that is not read was probably meant to be. It stands between nothing. */
export function pushNearMiss(state: State, content: number, end: number): void {
  const { text } = state.source;
  const close = Math.min(end, content + 200);
  const problem = nearMissProblem(
    text.slice(content, close),
    spanBetween(state, state.at, lineEnd(text, content, close)),
  );
  if (problem) state.items.push({ kind: 'problem', problem, afterText: state.afterText });
}

const COMMAND = /\\(?:[A-Za-z@]+|[\s\S]|$)/y;

/** Commands that may stand between a magic comment and its display. */
const TRANSPARENT = /\\(?:noindent|par|smallskip|medskip|bigskip|(?:begin|end)\s*\{subequations\}|label\s*\{[^{}]*\})/y;

/** A command of a LaTeX file, where conditionals and definitions count and nothing behind \end{document} does. */
function readTexCommand(state: State, end: number): boolean {
  const { text } = state.source;
  if (text.charAt(state.at) !== '\\') return false;
  COMMAND.lastIndex = state.at;
  const command = COMMAND.exec(text)?.[0] ?? '\\';
  const after = state.at + command.length;
  if (readConditional(state, command, after, end)) return true;
  if (command === '\\end' && /^\s*\{document\}/.test(text.slice(after, after + 40))) {
    leaveOut(state, end);
    return true;
  }
  if (isDefining(command) && state.unclosedDefinitionsLeft > 0) {
    const defined = definitionEnd(text, command, after, end);
    if (defined === null) state.unclosedDefinitionsLeft -= 1;
    else {
      // A definition between a comment and its display prints nothing.
      state.at = defined;
      return true;
    }
  }
  const own = state.around.environment(command);
  if (own?.mark === 'begin' && TEX_DISPLAYS.has(own.name)) {
    const isEnd = (each: string): boolean => state.around.environment(each)?.mark === 'end';
    return readDisplay(state, after, end, closingCommand(text, after, end, own.name, isEnd));
  }
  return readCommand(state, end);
}

/** A command, with everything that it hides or that it opens a display of. */
export function readCommand(state: State, end: number): boolean {
  const { text } = state.source;
  if (text.charAt(state.at) !== '\\') return false;
  COMMAND.lastIndex = state.at;
  const command = COMMAND.exec(text)?.[0] ?? '\\';
  const after = state.at + command.length;
  if (command === '\\[') return readDisplay(state, after, end, closingMark(text, after, end, '\\]'));
  if (command === '\\begin') return readEnvironment(state, after, end);
  if (command === '\\(') return readParenthesis(state, after, end);
  if (command === '\\verb') return readVerb(state, after, end);
  if (command === '\\endinput') leaveOut(state, end);
  if (command === '\\endinput' || readInput(state, command, after)) return true;
  TRANSPARENT.lastIndex = state.at;
  const transparent = TRANSPARENT.exec(text)?.[0];
  if (transparent === undefined || /[A-Za-z]/.test(text.charAt(state.at + transparent.length))) state.afterText = true;
  state.at = transparent === undefined ? after : Math.max(after, state.at + transparent.length);
  return true;
}

function skipTo(state: State, mark: string, from: number, end: number): true {
  const found = state.source.text.indexOf(mark, from);
  leaveOut(state, found === -1 || found > end ? end : found + mark.length);
  return true;
}

function readVerb(state: State, after: number, end: number): true {
  const { text } = state.source;
  const start = text.charAt(after) === '*' ? after + 1 : after;
  // A \verb never reaches over the end of its line; an unclosed one hides nothing.
  const line = /^.*/.exec(text.slice(start, Math.min(end, start + 2_000)))?.[0] ?? '';
  const close = line.indexOf(line.charAt(0), 1);
  state.afterText = true;
  leaveOut(state, close <= 0 ? start : start + close + 1);
  return true;
}

const ENVIRONMENT = new RegExp(String.raw`\s*\{([A-Za-z]+)(${STAR})?\}`, 'y');

function readEnvironment(state: State, after: number, end: number): true {
  const { text } = state.source;
  ENVIRONMENT.lastIndex = after;
  const found = ENVIRONMENT.exec(text);
  const name = found?.[1] ?? '';
  const star = found?.[2] === undefined ? '' : '*';
  const open = after + (found?.[0].length ?? 0);
  if (VERBATIM_ENVIRONMENTS.has(name)) {
    state.afterText = true;
    return skipTo(state, `\\end{${name}${star}}`, open, end);
  }
  if (!TEX_DISPLAYS.has(name)) {
    if (name !== 'subequations') state.afterText = true;
    state.at = open;
    return true;
  }
  const own = /^(?:[x]?alignat|alignedat|IEEEeqnarray|empheq)$/.test(name)
    ? (/^\s*(?:\[[^\][]*\]\s*)?\{[^{}]*\}/.exec(text.slice(open, open + 200))?.[0].length ?? 0)
    : 0;
  const options = /^\s*\[[tcb]\]/.exec(text.slice(open + own, open + own + 20))?.[0].length ?? 0;
  return readDisplay(state, open + own + options, end, closingEnvironment(text, open, end, name + star));
}

/** A display or a formula between dollars. */
export function readDollars(state: State, end: number): boolean {
  const { text } = state.source;
  if (text.charAt(state.at) !== '$') return false;
  if (text.charAt(state.at + 1) === '$') {
    return readDisplay(
      state,
      state.at + 2,
      end,
      ofOneDisplay(text, state.at + 2, closingMark(text, state.at + 2, end, '$$')),
    );
  }
  const close = closingDollar(state, end);
  if (close === null) state.afterText = true;
  else pushInline(state, close + 1, 1);
  state.at = close === null ? state.at + 1 : close + 1;
  return true;
}

/** `\( … \)`, which never reaches over an empty line. */
function readParenthesis(state: State, after: number, end: number): true {
  const close = state.source.text.indexOf('\\)', after);
  const isClosed = close !== -1 && close < end && !/\n[ \t]*\n/.test(state.source.text.slice(after, close));
  if (isClosed) pushInline(state, close + 2, 2);
  state.afterText = true;
  state.at = isClosed ? close + 2 : after;
  return true;
}

/** A formula in the text from `state.at` to `end`. It is an item where a magic comment waits for one, or all are asked for. */
export function pushInline(state: State, end: number, mark: number): void {
  const last = state.items.at(-1);
  const isNear = last?.kind === 'comment' || last?.kind === 'inline' || last?.kind === 'display';
  // Behind a display or another formula only in the same paragraph, or in a list that begins or goes on behind a blank line.
  const isApart =
    last?.kind !== 'comment' &&
    isNear &&
    /\n[ \t]*\n(?!\s*(?:\d{1,2}[.)]|[-*+])[ \t])/.test(state.source.text.slice(last.span.end, state.at));
  if (state.formulas === 'all' || (isNear && !isApart)) {
    const body = spanBetween(state, state.at + mark, end - mark);
    state.items.push({ kind: 'inline', span: spanBetween(state, state.at, end), body, afterText: state.afterText });
  }
  state.afterText = true;
}

function readDisplay(state: State, bodyStart: number, end: number, closing: Closing | null): true {
  const { afterText } = state;
  const { text } = state.source;
  if (!closing || closing.end > end) {
    const problem = {
      code: 'unclosed-display',
      message: 'this display is never closed',
      hint: 'Add the closing mark that belongs to it.',
      span: spanBetween(state, state.at, bodyStart),
    };
    push(state, { kind: 'problem', problem, afterText });
    state.afterText = true;
    state.unclosedLeft -= 1;
    state.at = state.unclosedLeft > 0 ? bodyStart : end;
    return true;
  }
  const body = spanBetween(state, bodyStart, closing.start);
  push(state, { kind: 'display', span: spanBetween(state, state.at, closing.end), body, afterText });
  const inside = /^[ \t]*(%+[ \t]*!modeq\b.*)$/m.exec(text.slice(body.start, body.end));
  if (inside) {
    const start = body.start + inside.index + inside[0].indexOf('%');
    const problem = {
      code: 'magic-comment-in-display',
      message: 'a magic comment stands before a display, not in it',
      hint: 'Put it on the line before the display.',
      span: spanBetween(state, start, start + (inside[1] ?? '').length),
    };
    push(state, { kind: 'problem', problem, afterText: false });
  }
  state.at = closing.end;
  return true;
}

/** The end of inline mathematics, which never reaches over an empty line. */
function closingDollar(state: State, end: number): number | null {
  const { text } = state.source;
  if (state.emptyLine <= state.at) {
    const emptyLine = /\n[ \t]*\n/g;
    emptyLine.lastIndex = state.at;
    state.emptyLine = emptyLine.exec(text)?.index ?? text.length;
  }
  for (const [at, found] of marks(text, state.at + 1, Math.min(end, state.emptyLine))) {
    if (found === '$' || found === '$$') return at;
  }
  return null;
}
