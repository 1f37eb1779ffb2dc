/** Inline formulas that a magic comment speaks of: those in the paragraph right behind it that relate two sides. */
import type { CommentItem, InlineItem } from '../item.ts';
import { namedGradientAt } from './named-gradients.ts';

/** A relation that may make a row; an order, as in `$\beta < 1$`, makes none. */
const MAKES_A_ROW = /=|\\(?:leftarrow|gets|coloneqq|triangleq)(?![A-Za-z])|←|≔/;

const LONGEST_PARAGRAPH = 10_000;

/** The rows among the formulas `found` behind the comments. */
export function inlineOf(comments: readonly CommentItem[], found: readonly InlineItem[]): InlineItem[] {
  const last = comments.at(-1);
  if (!last || found.length === 0) return [];
  const text = last.span.source.text.slice(last.span.end, last.span.end + LONGEST_PARAGRAPH);
  const start = /^\s*/.exec(text)?.[0].length ?? 0;
  const length = lengthOfParagraph(text.slice(start));
  // `At each step $t$:` and a list behind a blank line.
  const more = /:[*_]*\s*$/.test(text.slice(0, start + length)) ? lengthOfList(text.slice(start + length)) : 0;
  const end = last.span.end + start + length + more;
  return found.filter(
    ({ span, body }) =>
      span.end <= end &&
      (MAKES_A_ROW.test(body.source.text.slice(body.start, body.end)) || namedGradientAt(body) !== null),
  );
}

const lengthOfParagraph = (text: string): number => /\n[ \t]*\n/.exec(text)?.index ?? text.length;

/** How long the list is that begins behind blank lines, its items with or without blank lines between; 0 where none begins. */
function lengthOfList(text: string): number {
  const [head] = /^\s*(?=(?:\d{1,2}[.)]|[-*+])[ \t])/.exec(text) ?? [];
  if (head === undefined) return 0;
  let length = head.length;
  for (;;) {
    length += lengthOfParagraph(text.slice(length));
    const [next] = /^\s*(?=(?:\d{1,2}[.)]|[-*+])[ \t])/.exec(text.slice(length)) ?? [];
    if (next === undefined || length >= text.length) return length;
    length += next.length;
  }
}
