/** Places in source texts: half-open ranges of UTF-16 offsets, turned into lines and columns only for printing. */

/** A text that was read, with the name it is shown under. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** The range [start, end) of `source.text`. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** Line and column, both counted from 1, as compilers print them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The position of an offset. Example: offset 3 of "a\nbc" is line 2, column 2. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/** The smallest span that covers both; they must come from one source. */
export function joinSpans(first: Span, last: Span): Span {
  return {
    source: first.source,
    start: Math.min(first.start, last.start),
    end: Math.max(first.end, last.end),
  };
}

/** `FILE:LINE:COLUMN`, the prefix of every message. */
export function formatPlace(span: Span): string {
  const { line, column } = positionAt(span.source.text, span.start);
  return `${span.source.name}:${line}:${column}`;
}
