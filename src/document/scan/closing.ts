/** Where displays of LaTeX text end. */

/** In Markdown people write `align\ast`, since a star would begin emphasis. */
export const STAR = String.raw`\*|\\ast|\\\*`;

/** Where a display's closing mark stands: its body ends at `start`, the display at `end`. */
export interface Closing {
  readonly start: number;
  readonly end: number;
}

/** Marks that matter inside a display: environments, escapes, comments and dollars. */
const MARKS = new RegExp(String.raw`\\(?:begin|end)\s*\{[A-Za-z]+(?:${STAR})?\}|\\[\s\S]|%[^\n]*|\$\$?`, 'g');

/** The mark, unless a magic comment of another display stands before it behind an empty line: `$$` closes as it opens. */
export function ofOneDisplay(text: string, from: number, closing: Closing | null): Closing | null {
  const between = closing === null ? '' : text.slice(from, closing.start);
  return /\n[ \t]*(?:<!--|%+)\s*!modeq\b[^\n]*\n/.test(between) && /\n[ \t]*\n/.test(between) ? null : closing;
}

/** The next `mark`. Braces do not matter, so that an unbalanced one cannot swallow the rest of the file. */
export function closingMark(text: string, from: number, end: number, mark: '\\]' | '$$'): Closing | null {
  for (const [at, found] of marks(text, from, end)) if (found === mark) return { start: at, end: at + mark.length };
  return null;
}

/** The `\end` of the environment `name` that opened before `from`; null where another one is closed instead. */
export function closingEnvironment(text: string, from: number, end: number, name: string): Closing | null {
  let depth = 1;
  for (const [at, found] of marks(text, from, end)) {
    if (found.startsWith('\\begin') && found.endsWith('}')) depth += 1;
    if (found.startsWith('\\end') && found.endsWith('}')) depth -= 1;
    if (depth === 0)
      return found.replace(/\s/g, '').replace(/\\ast|\\\*/, '*') === `\\end{${name}}`
        ? { start: at, end: at + found.length }
        : null;
  }
  return null;
}

export function* marks(text: string, from: number, end: number): Generator<[number, string]> {
  const pattern = new RegExp(MARKS);
  pattern.lastIndex = from;
  for (let found = pattern.exec(text); found && found.index < end; found = pattern.exec(text)) {
    yield [found.index, found[0]];
  }
}

/** The command of the user's, or the `\\end`, that ends a display which a command of theirs began; an unknown `\\end` ends the search. */
export function closingCommand(
  text: string,
  from: number,
  end: number,
  name: string,
  isEnd: (command: string) => boolean,
): Closing | null {
  const pattern = /\\end\s*\{([A-Za-z]+\*?)\}|\\begin\s*\{[A-Za-z]+\*?\}|%[^\n]*|\\(?:[A-Za-z@]+|[\s\S])/g;
  pattern.lastIndex = from;
  let depth = 0;
  for (let found = pattern.exec(text); found && found.index < end; found = pattern.exec(text)) {
    const [mark, ended] = found;
    const closing = { start: found.index, end: found.index + mark.length };
    if (depth === 0 && (ended?.replace('*', '') === name || isEnd(mark))) return closing;
    if (mark.startsWith('\\begin') && mark.endsWith('}')) depth += 1;
    if (ended !== undefined) depth -= 1;
    if (depth < 0) return null;
  }
  return null;
}
