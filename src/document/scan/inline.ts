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
  const end = last.span.end + start + (/\n[ \t]*\n/.exec(text.slice(start))?.index ?? text.length - start);
  return found.filter(
    ({ span, body }) =>
      span.end <= end &&
      (MAKES_A_ROW.test(body.source.text.slice(body.start, body.end)) || namedGradientAt(body) !== null),
  );
}
