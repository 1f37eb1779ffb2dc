/** What stands around the display of an optimizer and may belong to it: formulas in the text behind it, and further displays. */
import type { Span } from '../../base/span.ts';
import type { CommentItem, DisplayItem, InlineItem } from '../item.ts';
import { readAnnotations } from './annotation.ts';
import type { Entry } from './entry.ts';

/** An entry before anything behind it is known. */
export const NOTHING_BELOW = {
  next: [],
  behind: [],
  where: [],
  later: [],
  laterBehind: [],
  continued: false,
  below: null,
};

/** An inline formula in the paragraph that the display of an optimizer ends in. */
export function noteBehind(entries: Entry[], { body, span }: InlineItem): void {
  const last = entries.at(-1);
  if (last?.annotation.kind !== 'optimizer') return;
  const after = last.later.at(-1)?.span ?? last.span;
  if (after.source !== span.source || !isSameParagraph(after, span)) return;
  entries[entries.length - 1] =
    last.below === null
      ? { ...last, behind: [...last.behind, body] }
      : { ...last, laterBehind: [...last.laterBehind, { body, after }] };
}

const isSameParagraph = (from: Span, { source, start }: Span): boolean =>
  !/\n[ \t]*\n|\\(?:par|begin|end|section|subsection|paragraph)(?![A-Za-z])/.test(
    source.text.slice(from.end, start).replace(/\\end\s*\{subequations\}[ \t]*\n?/g, ''),
  );

const LONGEST_LEAD = 300;
const SECTIONING = /\\(?:begin|end|section|subsection|subsubsection|paragraph|chapter|item|par)(?![A-Za-z])/;

/**
 * Whether the display stands in the paragraph right behind the comments of an optimizer, as in `Repeat $$…$$`, or, where that ends with a
 * colon, in the next one.
 */
export function isInParagraph(comments: readonly CommentItem[], { source, start }: Span): boolean {
  const last = comments.at(-1);
  if (!last || last.span.source !== source) return false;
  if (readAnnotations(comments).annotations.at(-1)?.kind !== 'optimizer') return false;
  const lead = source.text.slice(last.span.end, start);
  // In LaTeX a comment above more than the words of a sentence is as likely misplaced.
  const isMarkdown = source.text.startsWith('<!--', last.span.start);
  if (!isMarkdown && (lead.length > LONGEST_LEAD || SECTIONING.test(lead))) return false;
  return !/\S[\s\S]*\n[ \t]*\n/.test(isMarkdown ? lead.replace(/:[ \t]*\n\s*$/, ':') : lead);
}

/** One line that opens the next step of a list, `2. **Update momentum:**`, `\item Update the parameters:`. */
const NEXT_STEP = /^\s*(?:\d{1,2}[.)]|[-*+]|\\item(?![A-Za-z]))\s*[^\s$][^\n$]{0,120}:[*_]*\s*$/;

/** Whether nothing stands between two displays but the words that open the next step of a list. */
export const isNextStep = (before: Span | null, { source, start }: Span): boolean =>
  before !== null &&
  before.source === source &&
  start - before.end < 400 &&
  NEXT_STEP.test(source.text.slice(before.end, start));

/** A display without a comment, behind the last entry: its rows may go on there. */
export function noteNext(entries: Entry[], { body, span }: DisplayItem, isAdjacent: boolean): void {
  const last = entries.at(-1);
  if (last?.annotation.kind !== 'optimizer') return;
  const next = isAdjacent ? [...last.next, { body, span }] : last.next;
  const where = goesOn(last, span) ? [...last.where, { body, span }] : last.where;
  const later = [...last.later, { body, span }];
  entries[entries.length - 1] = { ...last, next, where, later, below: last.below ?? span };
}

/** What joins a display to the rule before it, with nothing else between them: `where`, `with`, `and`. */
const JOINING =
  /^[\s.,;~*_]*(?:\\noindent\s*)?(?:(?:and\s+)?where|(?:together\s+)?with|in which|and|given|using|for)\s*[:,]?[\s*_]*$/i;

/** Whether the display stands right behind the rule, or behind another one that goes on with it, and such a word. */
function goesOn({ span: own, where }: Entry, { source, start }: Span): boolean {
  const before = where.at(-1)?.span ?? own;
  const between = source.text.slice(before.end, Math.min(start, before.end + 200));
  return before.source === source && (JOINING.test(between) || (where.length > 0 && between.trim() === ''));
}
