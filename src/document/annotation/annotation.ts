/**
 * Magic comments as values: the kind, the id, the keys with their values, the `where` lines and an inline formula, all
 * still as text with places. Consecutive comments are joined here; what the words mean is decided elsewhere.
 */
import type { Problem } from '../../base/problem.ts';
import { joinSpans, type Span } from '../../base/span.ts';
import type { CommentItem } from '../item.ts';
import { closest } from './closest.ts';

const KINDS = ['notation', 'optimizer', 'definition', 'claim', 'ignore'] as const;
export type Kind = (typeof KINDS)[number];

export interface KeyValue {
  readonly key: string;
  readonly keySpan: Span;
  /** Without the braces around it. */
  readonly value: Span;
}

export interface Annotation {
  readonly kind: Kind;
  readonly id: { readonly text: string; readonly span: Span } | null;
  readonly keys: readonly KeyValue[];
  readonly wheres: readonly Span[];
  /** The formula after a colon, without its dollars; empty where it is broken. */
  readonly formula: Span | null;
  /** The word `continue` behind the id: the display goes on with the rows of the one before. */
  readonly continues: boolean;
  readonly span: Span;
  /** What could not be understood in the comment itself. */
  readonly problems: readonly Problem[];
}

interface Draft {
  kind: Kind;
  id: { text: string; span: Span } | null;
  keys: KeyValue[];
  wheres: Span[];
  formula: Span | null;
  continues: boolean;
  span: Span;
  problems: Problem[];
  /** How many characters its lines have so far. */
  length: number;
}

export const textOf = (span: Span): string => span.source.text.slice(span.start, span.end);

/** The part of `span` from `start` to `end`, both counted from its beginning. */
export const part = (span: Span, start: number, end: number): Span => ({
  source: span.source,
  start: span.start + start,
  end: span.start + end,
});

/** What a comment has beyond this is not read. */
const LONGEST_COMMENT = 20_000;

/** Joins comments that follow each other: the first must begin with a kind, the others continue it. */
export function readAnnotations(comments: readonly CommentItem[]): { annotations: Annotation[]; problems: Problem[] } {
  const annotations: Draft[] = [];
  const problems: Problem[] = [];
  for (const comment of comments) {
    const first = comment.lines.findIndex(line => textOf(line).trim() !== '');
    if (first === -1 && annotations.length === 0) problems.push(emptyComment(comment.span));
    for (const [position, line] of comment.lines.entries()) {
      const opening = position === first ? openingKind(line, annotations.length === 0) : null;
      if (opening) {
        annotations.push({
          kind: opening.kind,
          id: null,
          keys: [],
          wheres: [],
          formula: null,
          continues: false,
          span: comment.span,
          problems: opening.problem ? [opening.problem] : [],
          length: 0,
        });
      }
      const current = annotations.at(-1);
      if (current) {
        if (current.span.source === comment.span.source) current.span = joinSpans(current.span, comment.span);
        readLine(current, withinLimit(current, line), opening?.end ?? 0, opening !== null);
      } else if (textOf(line).trim() !== '') {
        problems.push(unknownKind(line));
        break;
      }
    }
  }
  return { annotations, problems };
}

/** The line, cut where the comment becomes too long. */
function withinLimit(draft: Draft, line: Span): Span {
  const left = Math.max(0, LONGEST_COMMENT - draft.length);
  const length = line.end - line.start;
  draft.length += length;
  if (length <= left) return line;
  if (!draft.problems.some(({ code }) => code === 'comment-too-long')) {
    const message = `a magic comment of more than ${LONGEST_COMMENT} characters`;
    draft.problems.push({ code: 'comment-too-long', message, span: part(draft.span, 0, 40) });
  }
  return part(line, 0, left);
}

interface Opening {
  readonly kind: Kind;
  readonly end: number;
  /** Where the kind is mistyped: it is read as what was meant, so that nothing else goes by its name. */
  readonly problem?: Problem;
}

/** The kind that the line begins with. A first line must; one behind it may continue the line before. */
function openingKind(line: Span, mustOpen: boolean): Opening | null {
  const word = /^(\s*:?\s*)([A-Za-z]+)(?![\w=-])/.exec(textOf(line));
  const [whole = '', before = '', typed = ''] = word ?? [];
  const kind = KINDS.find(known => known === typed);
  const end = whole.length;
  if (kind && before.trim() === '') return { kind, end };
  const closestKind = closest(typed.toLowerCase(), KINDS);
  const near = kind ?? KINDS.find(known => known === closestKind) ?? null;
  if (near === null || !(mustOpen || /^\s+[A-Za-z0-9._-]+\s*(?:$|[a-z-]+=|:)/.test(textOf(line).slice(end))))
    return null;
  const colon = before.indexOf(':');
  const [message, hint, span] =
    kind === undefined
      ? [
          `a magic comment begins with one of ${KINDS.join(', ')}, not with "${typed.slice(0, 40)}"`,
          `Did you mean ${near}?`,
          part(line, before.length, end),
        ]
      : ['no colon stands behind !modeq', 'Leave it out.', part(line, colon, colon + 1)];
  return { kind: near, end, problem: { code: 'unknown-kind', message, hint, span } };
}

const emptyComment = (span: Span): Problem => ({
  code: 'unknown-kind',
  message: `a magic comment begins with one of ${KINDS.join(', ')}; this one is empty`,
  span: part(span, 0, 1),
});

function unknownKind(line: Span): Problem {
  const word = /\S+/.exec(textOf(line));
  const start = word?.index ?? 0;
  return {
    code: 'unknown-kind',
    message: `a magic comment begins with one of ${KINDS.join(', ')}, not with "${(word?.[0] ?? '').slice(0, 40)}"`,
    hint: 'A line that continues another stands right below it.',
    span: part(line, start, start + (word?.[0].length ?? 0)),
  };
}

const WHERE = /where(?=\s|$)/y;
const KEY = /([A-Za-z][A-Za-z-]*)\s*=\s*/y;
const COLON = /:\s*/y;
const WORD = /[^\s:=]+/y;

function readLine(draft: Draft, line: Span, from: number, opens: boolean): void {
  const text = textOf(line);
  let at = from;
  let words = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  for (;;) {
    while (/\s/.test(text.charAt(at))) at += 1;
    if (at >= text.length) return;
    if (match(WHERE)) {
      draft.wheres.push(part(line, at + 'where'.length, text.length));
      return;
    }
    const key = match(KEY);
    if (key) {
      const start = at + key[0].length;
      const value = readValue(draft, line, start);
      draft.keys.push({ key: key[1] ?? '', keySpan: part(line, at, at + (key[1] ?? '').length), value: value.span });
      at = value.end;
      continue;
    }
    const colon = match(COLON);
    if (colon) {
      readFormula(draft, line, at + colon[0].length);
      return;
    }
    const last = draft.keys.at(-1);
    if (last && last.value.end <= line.start + at && last.value.start >= line.start) {
      at = readRest(draft, line, at, last);
      continue;
    }
    const word = match(WORD)?.[0] ?? text.charAt(at);
    readWord(draft, part(line, at, at + word.length), opens && words === 0);
    words += 1;
    at += word.length;
  }
}

/** What stands behind a value and is no key: most likely the rest of a value that lacks its braces. Returns where it ends. */
function readRest(draft: Draft, line: Span, at: number, { key, value }: KeyValue): number {
  const text = textOf(line);
  const behind = /\s(?:[A-Za-z][A-Za-z-]*\s*=|where\s|:\s*\$)/.exec(text.slice(at));
  const end = behind ? at + behind.index : text.length;
  const span = part(line, at, at + text.slice(at, end).trimEnd().length);
  const isBraced = line.source.text[value.start - 1] === '{';
  const whole = text.slice(value.start - line.start, span.end - line.start);
  draft.problems.push({
    code: 'broken-magic-comment',
    message: `expected key=value, "where …" or ": $formula$", found "${textOf(span).slice(0, 40)}"`,
    hint: `A value with spaces or commas stands in braces${isBraced ? '' : `: ${key}={${whole.slice(0, 80)}}`}`,
    span,
  });
  return end;
}

function readWord(draft: Draft, span: Span, mayBeId: boolean): void {
  const text = textOf(span);
  if (text === 'continue' && draft.kind === 'optimizer' && draft.id !== null && !draft.continues) {
    draft.continues = true;
    return;
  }
  if (mayBeId && draft.id === null && draft.keys.length === 0) {
    draft.id = { text, span };
    if (/^[A-Za-z0-9._-]+$/.test(text) && draft.kind !== 'notation') return;
    const message =
      draft.kind === 'notation'
        ? 'a notation has no id'
        : `an id consists of letters, digits, ".", "_" and "-", unlike "${text.slice(0, 40)}"`;
    draft.problems.push({ code: 'bad-id', message, span });
    return;
  }
  draft.problems.push({
    code: 'broken-magic-comment',
    message: `expected key=value, "where …" or ": $formula$", found "${text.slice(0, 40)}"`,
    hint: 'A value with spaces or commas stands in braces.',
    span,
  });
}

/** A value ends at white space outside braces, or before a colon that opens a formula. */
function readValue(draft: Draft, line: Span, start: number): { span: Span; end: number } {
  const text = textOf(line);
  let depth = 0;
  let at = start;
  for (; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (depth === 0 && (/\s/.test(character) || /^:\s*\$/.test(text.slice(at, at + 20)))) break;
    if (depth < 0) break;
  }
  const end = Math.min(at, text.length);
  const span = part(line, start, end);
  if (depth !== 0) {
    draft.problems.push({ code: 'unbalanced-braces', message: 'the braces of this value do not match', span });
    return { span, end: text.length };
  }
  if (start === end) {
    draft.problems.push({
      code: 'missing-value',
      message: 'expected a value after "="',
      span: part(line, Math.max(0, start - 1), start),
    });
  }
  return { span: isWrapped(text.slice(start, end)) ? part(line, start + 1, end - 1) : span, end };
}

/** Whether the first brace is closed by the last character. */
function isWrapped(text: string): boolean {
  if (!text.startsWith('{') || !text.endsWith('}')) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charAt(at) === '\\') at += 1;
    else if (text.charAt(at) === '{') depth += 1;
    else if (text.charAt(at) === '}') depth -= 1;
    if (depth === 0) return at === text.length - 1;
  }
  return false;
}

function readFormula(draft: Draft, line: Span, start: number): void {
  const text = textOf(line);
  const found = /^\$([\s\S]+)\$\s*[.,;]?\s*$/.exec(text.slice(start));
  const place = part(line, start, text.length);
  if (draft.kind === 'notation' || draft.kind === 'ignore') {
    const message = 'only an optimizer, a definition or a claim may have a formula after a colon';
    draft.problems.push({ code: 'formula-not-expected', message, span: place });
  } else if (!found) {
    const message = 'expected $formula$ after the colon, up to the end of the line';
    const hint = 'The formula stands between two $, on one line.';
    draft.problems.push({ code: 'broken-inline-formula', message, hint, span: place });
    // It is a claim all the same, one that cannot be read.
    draft.formula = part(line, start, start);
  } else if (draft.formula) {
    draft.problems.push({ code: 'two-formulas', message: 'a claim has one inline formula', span: place });
  } else {
    draft.formula = part(line, start + 1, start + 1 + (found[1] ?? '').length);
  }
}
