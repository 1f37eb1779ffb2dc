/** Comments that were probably meant to be magic: a mistyped `!modeq`, one without its `!`, one with a blank behind it. */
import { distance } from 'fastest-levenshtein';
import type { Problem } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';

/** The kinds and `where`, which the second word of a magic comment is. */
const SECOND = '(?:notation|optimi[sz]er|definition|claim|ignore|where)';
const MARKED = /^\s*(!\s*([A-Za-z]+))(?![\w-])/;
const UNMARKED = new RegExp(String.raw`^\s*([A-Za-z]{4,7})\s*:?\s+${SECOND}\b`);

/** What such a comment begins with, as typed; null where it is an ordinary comment. `text` is what follows `%` or `<!--`. */
function nearMiss(text: string): string | null {
  const marked = MARKED.exec(text);
  if (marked?.[1] !== undefined && distance(marked[2]?.toLowerCase() ?? '', 'modeq') <= 2) return marked[1];
  const word = UNMARKED.exec(text)?.[1];
  return word !== undefined && distance(word.toLowerCase(), 'modeq') <= 1 ? word : null;
}

/** The warning for a comment that nobody reads and its author believes in; null for an ordinary one. */
export function nearMissProblem(text: string, span: Span): Problem | null {
  const found = nearMiss(text);
  if (found === null) return null;
  const comment = span.source.text.slice(span.start, span.end);
  const start = span.start + Math.max(0, comment.indexOf(found));
  return {
    code: 'magic-comment-near-miss',
    message: `this comment is not read: it begins with "${found}"`,
    hint: 'Did you mean !modeq?',
    severity: 'warning',
    span: { ...span, start, end: start + found.length },
  };
}
