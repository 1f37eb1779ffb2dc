/** True claims as they are typed: a file of annotated displays, cut into the text before a claim, its display, the text behind it. */

/** A claim in its file; `display` is what an author types and mistypes. */
export interface TypedClaim {
  readonly id: string;
  readonly file: string;
  /** Everything of the file that is no claim, with the claims that this one rests on left as they are. */
  readonly before: string;
  readonly display: string;
  readonly after: string;
}

const CLAIM = /%\s*!modeq claim (\S+?)(:?)(\s[^\n]*)?\n((?:\s*%[^\n]*\n)*)/g;
const DISPLAY = /^\s*\\begin\{(gather|align|equation)(\*?)\}[\s\S]*?\\end\{\1\2\}|^\s*\\\[[\s\S]*?\\\]/;

/** The claims of a file whose formula stands in a display, that are to be proved and hold no inequality. */
export function typedClaims(file: string, text: string): TypedClaim[] {
  return [...text.matchAll(CLAIM)].flatMap(match => {
    const [whole, id, inline, options] = match;
    if (inline === ':' || id === undefined || options?.includes('expect=') || options?.includes('$')) return [];
    const start = match.index + whole.length;
    const display = DISPLAY.exec(text.slice(start))?.[0];
    if (display === undefined || /\\(?:le|ge|iff|leq|geq)\b|[<>]/.test(display.replace(/\\text\{[^}]*\}.*$/gm, '')))
      return [];
    return [{ id, file, before: text.slice(0, start), display, after: text.slice(start + display.length) }];
  });
}

/** The file with another display in the claim's place. */
export const withDisplay = ({ before, after }: TypedClaim, display: string): string => `${before}${display}${after}`;

/** The display with replacements made in the file: lines and columns from 1, the end not included. */
export function replacedIn(file: string, replacements: readonly Replaced[]): string {
  const lines = file.split('\n');
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  return replacements
    .map(({ line, column, endLine, endColumn, text }) => ({
      start: offset(line, column),
      end: offset(endLine, endColumn),
      text,
    }))
    .sort((a, b) => b.start - a.start)
    .reduce((text, each) => text.slice(0, each.start) + each.text + text.slice(each.end), file);
}

export interface Replaced {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}
