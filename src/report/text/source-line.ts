/** The line of a text in which something is wrong. */
import type { Span } from '../../base/span.ts';

/** A line with the place in it, half-open and in UTF-16 units of `text`; it never goes beyond the end of the line. */
export interface SourceLine {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** What is kept of a longer line, about the place. */
const LONGEST = 400;
const BEFORE = 150;
/** For what is left out of a line. */
export const MARK = '…';

/** The line of the first character of `span`; a line that is too long is cut on both sides, between characters, with … for the rest. */
export function sourceLine({ source: { text }, start, end }: Span): SourceLine {
  const lineStart = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  const found = text.indexOf('\n', start);
  const lineEnd = found === -1 ? text.length : found;
  const from =
    lineEnd - lineStart <= LONGEST ? lineStart : betweenCharacters(text, Math.max(lineStart, start - BEFORE));
  const until = Math.min(lineEnd, from + LONGEST);
  const to = until === lineEnd ? lineEnd : betweenCharacters(text, until);
  const before = from === lineStart ? '' : MARK;
  const shift = before.length - from;
  return {
    text: before + text.slice(from, to) + (to === lineEnd ? '' : MARK),
    from: start + shift,
    to: Math.max(start, Math.min(end, to)) + shift,
  };
}

/** The offset, or the one before it where it would cut a surrogate pair. */
const betweenCharacters = (text: string, at: number): number => (/[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at);
