/**
 * LaTeX text to tokens, in linear time. Comments are dropped, a run of blanks is one space token. It judges no syntax:
 * braces may be unbalanced here.
 */
import type { Source, Span } from '../../base/span.ts';
import { refuse } from '../../base/problem.ts';
import { CHARACTERS } from './notation-table.ts';
import type { Token } from './token.ts';
import { accentedAt, scriptsAt, withRootsClosed } from './unicode-scripts.ts';

/** A longer text is no formula; it is refused before any work is done on it. */
const LONGEST_FORMULA = 400_000;

const SINGLE: ReadonlyMap<string, Token['kind']> = new Map([
  ['{', 'open'],
  ['}', 'close'],
  ['^', 'superscript'],
  ['_', 'subscript'],
  ['&', 'alignment'],
]);

const isLetter = (character: string): boolean => /^[A-Za-z]$/.test(character);
const isDigit = (character: string): boolean => character >= '0' && character <= '9';
/** Whether neither the character nor the next one is beyond ASCII. */
const isPlain = (text: string, at: number): boolean => text.charCodeAt(at) < 128 && !(text.charCodeAt(at + 1) >= 128);
const isBlank = (character: string): boolean => /^\s$/.test(character);

/**
 * The tokens of source.text from `start` to `end`, without comments. A command swallows the blanks after it, as in TeX.
 * Characters such as θ or ≤ become the command that they stand for. Refuses texts beyond {@link LONGEST_FORMULA}.
 */
export function tokenize(source: Source, start = 0, end = source.text.length): Token[] {
  if (end - start > LONGEST_FORMULA) {
    refuse('formula-too-long', `a formula of ${end - start} characters; at most ${LONGEST_FORMULA} are read`, {
      source,
      start,
      end: start + 1,
    });
  }
  const text = source.text;
  const tokens: Token[] = [];
  let at = start;
  const push = (kind: Token['kind'], content: string, length: number): void => {
    const span: Span = { source, start: at, end: at + length };
    tokens.push({ kind, text: content, span });
    at += length;
  };
  /** Tokens that have no characters of their own stand where the next character does. */
  const stand = (content: string, length: number): void =>
    push(
      content.startsWith('\\')
        ? 'command'
        : (SINGLE.get(content) ?? (isLetter(content) ? 'letter' : isDigit(content) ? 'digit' : 'symbol')),
      content,
      length,
    );
  while (at < end) {
    const character = text.charAt(at);
    const accented = isPlain(text, at) ? null : accentedAt(text, at, end);
    const scripts = isPlain(text, at) ? null : scriptsAt(text, at, end);
    if (accented !== null) {
      stand(accented.accent, 0);
      stand('{', 0);
      stand(accented.letter, accented.length);
      stand('}', 0);
    } else if (scripts !== null) {
      stand(scripts.mark, 0);
      stand('{', 0);
      for (const each of scripts.inside) stand(CHARACTERS.get(each) ?? each, 1);
      stand('}', 0);
    } else if (character === '\\') {
      let stop = at + 1;
      while (stop < end && isLetter(text.charAt(stop))) stop += 1;
      if (stop === at + 1) stop = Math.min(at + 2, end);
      const command = text.slice(at, stop);
      push('command', isBlank(command.charAt(1)) ? '\\ ' : command, stop - at);
    } else if (character === '%') {
      while (at < end && text.charAt(at) !== '\n') at += 1;
    } else if (isBlank(character)) {
      let stop = at;
      while (stop < end && isBlank(text.charAt(stop))) stop += 1;
      push('space', ' ', stop - at);
    } else if (isLetter(character)) push('letter', character, 1);
    else if (isDigit(character)) push('digit', character, 1);
    else if (character === '~') push('space', ' ', 1);
    else if (character === '#' && at + 1 < end && isDigit(text.charAt(at + 1)))
      push('parameter', text.slice(at, at + 2), 2);
    else {
      const single = SINGLE.get(character);
      const stands = CHARACTERS.get(character);
      if (single !== undefined) push(single, character, 1);
      else if (stands !== undefined) push(stands.startsWith('\\') ? 'command' : 'symbol', stands, 1);
      else {
        const code = text.codePointAt(at) ?? 0;
        const length = code > 0xffff && at + 1 < end ? 2 : 1;
        push('symbol', text.slice(at, at + length), length);
      }
    }
  }
  return text.slice(start, end).includes('√') ? withRootsClosed(tokens) : tokens;
}

/** The token without spaces that a text in a program writes, for names in options and tables. */
export function tokenizeText(text: string, name = 'text'): Token[] {
  return tokenize({ name, text });
}
