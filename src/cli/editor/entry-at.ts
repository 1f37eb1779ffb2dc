/** Which claim or optimizer stands at a place of a file: its display, or the magic comment right above it. */
import type { Span } from '../../base/span.ts';

/** The first entry whose display, or whose comment lines, contain the offset. */
export function entryAt<T extends { readonly span: Span }>(
  entries: readonly T[],
  file: string,
  offset: number,
): T | null {
  const here = entries.filter(({ span }) => span.source.name === file && offset <= span.end);
  const inside = here.find(({ span }) => span.start <= offset);
  if (inside !== undefined) return inside;
  const [next] = here.sort((a, b) => a.span.start - b.span.start);
  if (next === undefined) return null;
  const { text } = next.span.source;
  const from = text.lastIndexOf('\n', offset - 1) + 1;
  const between = text.slice(from, next.span.start).split('\n');
  const isComment = between.slice(0, -1).every(line => /^\s*(?:%|<!--|\\begin\{|\\\[|\$\$|$)/.test(line));
  return isComment && text.slice(from, next.span.start).includes('!modeq') ? next : null;
}
