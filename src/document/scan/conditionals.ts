/**
 * TeX conditionals as far as a text shows how they end: `\iffalse … \else … \fi`, `\if0 … \fi`, and `\ifdraft` of the text's own `\newif\ifdraft`,
 * which is false until `\drafttrue`. What they leave out is not read; of other conditionals both branches are (The TeXbook, chapter 20).
 */
import { type Conditionals, leaveOut, push, spanBetween, type State } from './scan-state.ts';

/** The primitives that a \fi ends. */
const PRIMITIVE =
  /^\\if(?:|cat|num|dim|odd|vmode|hmode|mmode|inner|void|hbox|vbox|x|eof|true|false|case|defined|csname|fontchar|incsname|pdf|xetex|luatex)$/;

export const noConditionals = (): Conditionals => ({ own: new Map(), open: [] });

/** Whether the command at `state.at` begins, divides, ends or sets a conditional; `state.at` has moved on then. */
export function readConditional(state: State, command: string, after: number, end: number): boolean {
  const { own, open } = state.conditionals;
  if (command === '\\newif') {
    const made = /^\s*\\if([A-Za-z@]+)/.exec(state.source.text.slice(after, Math.min(end, after + 80)));
    if (!made) return false;
    own.set(made[1] ?? '', false);
    state.at = after + made[0].length;
    return true;
  }
  const set = /^\\([A-Za-z@]+)(true|false)$/.exec(command);
  if (set && own.has(set[1] ?? '')) {
    own.set(set[1] ?? '', set[2] === 'true');
    state.at = after;
    return true;
  }
  if (command === '\\else' && open.length > 0) {
    if (open.pop() === 'else-left-out') skip(state, after, end, false);
    else {
      open.push('read');
      state.at = after;
    }
    return true;
  }
  if (command === '\\fi') {
    open.pop();
    state.at = after;
    return true;
  }
  if (!isConditional(command, state)) return false;
  const isNever = /^\\if0(?!\d)/.test(state.source.text.slice(state.at, state.at + 5));
  const value = isNever || command === '\\iffalse' ? false : command === '\\iftrue' ? true : own.get(command.slice(3));
  if (value === false) skip(state, after, end, true);
  else {
    open.push(value === true ? 'else-left-out' : 'read');
    state.at = after;
  }
  return true;
}

const isConditional = (command: string, { conditionals }: State): boolean =>
  PRIMITIVE.test(command) || (command.startsWith('\\if') && conditionals.own.has(command.slice(3)));

const MARKS = /%[^\n]*|\\(?:[A-Za-z@]+|[\s\S])/g;

/** Moves on behind the \fi that belongs to the place, or behind its \else where that may end it. */
function skip(state: State, from: number, end: number, mayElse: boolean): void {
  const { text } = state.source;
  const marks = new RegExp(MARKS);
  marks.lastIndex = from;
  let depth = 0;
  for (let found = marks.exec(text); found && found.index < end; found = marks.exec(text)) {
    const [mark] = found;
    const at = found.index + mark.length;
    if (isConditional(mark, state)) depth += 1;
    else if (mark === '\\fi' && depth > 0) depth -= 1;
    else if (depth === 0 && (mark === '\\fi' || (mark === '\\else' && mayElse))) {
      if (mark === '\\else') state.conditionals.open.push('read');
      leaveOut(state, at);
      return;
    }
  }
  push(state, {
    kind: 'problem',
    problem: {
      code: 'unclosed-conditional',
      severity: 'warning',
      message: 'this is left out up to the end of the file: it has no \\fi',
      span: spanBetween(state, state.at, from),
    },
    afterText: state.afterText,
  });
  leaveOut(state, end);
}
