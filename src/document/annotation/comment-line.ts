/** The words of one line of a magic comment: the id, keys with values, where, a formula. */
import type { Problem } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { closest } from './closest.ts';
import { type Draft, type KeyValue, part, textOf } from './draft.ts';

const WHERE = /where(?=\s|$)/y;
const KEY = /([A-Za-z][A-Za-z-]*)\s*=\s*/y;
const COLON = /:\s*/y;
const WORD = /[^\s:=]+/y;

/** Reads a line of a comment into its draft; `opens` where it begins with the kind, which ends at `from`. */
export function readLine(draft: Draft, line: Span, from: number, opens: boolean): void {
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
      // Declarations may have a colon too, K : vector -> scalar, but no formula between dollars behind it.
      const behind = FORMULA_BEHIND.exec(text.slice(at));
      const end = behind ? at + behind.index : text.length;
      draft.wheres.push(part(line, at + 'where'.length, end));
      if (behind) readFormula(draft, line, at + behind.index + behind[0].indexOf('$'));
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
    const place = part(line, at, at + word.length);
    const mistyped = mistypedWord(draft, word, text.slice(at), place);
    if (mistyped) {
      draft.problems.push(mistyped);
      return;
    }
    const found = draft.problems.length;
    readWord(draft, place, opens && words === 0);
    // What follows a word that means nothing is not told word by word.
    if (draft.problems.length > found) {
      const next = NEXT_KEY.exec(text.slice(at + word.length));
      at = next ? at + word.length + next.index : text.length;
    } else at += word.length;
    words += 1;
  }
}

const FORMULA_BEHIND = /\s*:\s*\$[^$]*\$\s*[.,;]?\s*$/;
const NEXT_KEY = /\s(?:[A-Za-z][A-Za-z-]*\s*=|where\s|:\s*\$)/;

/** A word of the language that is nearly right: where with a slip, loss:f for loss=f. */
function mistypedWord(draft: Draft, word: string, rest: string, span: Span): Problem | null {
  const problem = (hint: string, place: Span): Problem => ({
    code: 'broken-magic-comment',
    message: `expected key=value, "where …" or ": $formula$", found "${textOf(place).slice(0, 40)}"`,
    hint,
    span: place,
  });
  if (word === 'notation' && /^notation\s+[a-z-]+\s*=/.test(rest)) {
    const letters = `!modeq ${rest.trim().slice(0, 80)}`;
    const isMarkdown = /<!--[^\n]*$/.test(span.source.text.slice(Math.max(0, span.start - 400), span.start));
    return {
      code: 'broken-magic-comment',
      message: 'the letters of the notation stand in a comment of their own',
      hint: `Put "${isMarkdown ? `<!-- ${letters} -->` : `% ${letters}`}" on a line of its own above this one.`,
      span,
    };
  }
  const isOnlyWhere = draft.keys.length > 0 || draft.id !== null;
  if (
    isOnlyWhere &&
    /^\S+\s+\\?[A-Za-z]/.test(rest) &&
    closest(word, ['where']) !== null &&
    /[<>]|\bin\b|smooth|schedule|vector/.test(rest)
  )
    return problem('Did you mean `where`?', span);
  const paired = draft.kind === 'notation' ? /^([a-z-]+):(\S+)/.exec(rest) : null;
  if (paired)
    return problem(`Did you mean \`${paired[1] ?? ''}=${paired[2] ?? ''}\`?`, {
      ...span,
      end: span.start + paired[0].length,
    });
  const underscored = /^([A-Za-z]+(?:_[A-Za-z]+)+)=/.exec(rest)?.[1];
  if (underscored !== undefined)
    return problem(`Did you mean \`${underscored.replaceAll('_', '-')}=\`?`, {
      ...span,
      end: span.start + underscored.length,
    });
  return null;
}

/** What stands behind a value and is no key: most likely the rest of a value that lacks its braces. Returns where it ends. */
function readRest(draft: Draft, line: Span, at: number, { key, value }: KeyValue): number {
  const text = textOf(line);
  const behind = NEXT_KEY.exec(text.slice(at));
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
  const { id } = draft;
  const isOfId = draft.keys.length === 0 && id !== null;
  draft.problems.push({
    code: 'broken-magic-comment',
    message: `expected key=value, "where …" or ": $formula$", found "${text.slice(0, 40)}"`,
    hint: isOfId
      ? `An id is one word, as ${id.text}-${text.slice(0, 40)}.`
      : 'A value with spaces or commas stands in braces.',
    span,
  });
  // What was meant goes by that name from now on.
  if (isOfId && draft.kind === 'optimizer') draft.id = { ...id, text: `${id.text}-${text}` };
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
    else if (draft.kind === 'notation' && isLetterBehindCommand(text.slice(start, at), text.slice(at))) continue;
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

/** The blank in `loss=\mathcal L` or `step=\Delta t`: a command that takes a letter, and the letter alone behind it. */
const isLetterBehindCommand = (before: string, behind: string): boolean =>
  /^\\(?:math(?:cal|bf|bb|frak|scr|rm|sf)|boldsymbol|bm|hat|tilde|bar|vec|widehat|widetilde|Delta|delta)$/.test(
    before,
  ) && /^\s+(?:[A-Za-z]|\\[A-Za-z]+)(?=\s|$)/.test(behind);

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
  } else if (
    !found &&
    draft.id !== null &&
    draft.id.span.end === line.start + start - 1 &&
    /^[A-Za-z0-9._:-]+(?:\s|$)/.test(text.slice(start))
  ) {
    const behind = /^[A-Za-z0-9._:-]+/.exec(text.slice(start))?.[0] ?? '';
    const id = `${draft.id.text}:${behind}`;
    const message = `an id consists of letters, digits, ".", "_" and "-", unlike "${id.slice(0, 40)}"`;
    const span = { ...draft.id.span, end: line.start + start + behind.length };
    draft.problems.push({ code: 'bad-id', message, hint: `Did you mean \`${id.replaceAll(':', '-')}\`?`, span });
    draft.id = { ...draft.id, text: id.replaceAll(':', '-') };
    draft.formula = null;
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
