/**
 * Magic comments as values: the kind, the id, the keys with their values, the `where` lines and an inline formula, all
 * still as text with places. Consecutive comments are joined here; what the words mean is decided elsewhere.
 */
import type { Problem } from '../../base/problem.ts';
import { joinSpans, type Span } from '../../base/span.ts';
import type { CommentItem } from '../item.ts';
import { closest } from './closest.ts';
import { readLine } from './comment-line.ts';
import { type Draft, type KeyValue, type Kind, KINDS, part, textOf } from './draft.ts';

export { type KeyValue, type Kind, part, textOf } from './draft.ts';

export interface Annotation {
  readonly kind: Kind;
  readonly id: { readonly text: string; readonly span: Span } | null;
  readonly keys: readonly KeyValue[];
  readonly wheres: readonly Span[];
  /** The formula after a colon, without its dollars; empty where it is broken. */
  readonly formula: Span | null;
  /** The word `continue` behind the id: the display goes on with the rows of the one before. */
  readonly continues: boolean;
  readonly span: Span;
  /** What could not be understood in the comment itself. */
  readonly problems: readonly Problem[];
}

/** What a comment has beyond this is not read. */
const LONGEST_COMMENT = 20_000;

/** Joins comments that follow each other: the first must begin with a kind, the others continue it. */
export function readAnnotations(comments: readonly CommentItem[]): { annotations: Annotation[]; problems: Problem[] } {
  const annotations: Draft[] = [];
  const problems: Problem[] = [];
  for (const comment of comments) {
    const first = comment.lines.findIndex(line => textOf(line).trim() !== '');
    if (first === -1 && annotations.length === 0) problems.push(emptyComment(comment.span));
    for (const [position, line] of comment.lines.entries()) {
      const opening = position === first ? openingKind(line, annotations.length === 0) : null;
      if (opening) {
        annotations.push({
          kind: opening.kind,
          id: null,
          keys: [],
          wheres: [],
          formula: null,
          continues: false,
          span: comment.span,
          problems: opening.problem ? [opening.problem] : [],
          length: 0,
        });
      }
      const current = annotations.at(-1);
      if (current) {
        if (current.span.source === comment.span.source) current.span = joinSpans(current.span, comment.span);
        readLine(current, withinLimit(current, line), opening?.end ?? 0, opening !== null);
      } else if (textOf(line).trim() !== '') {
        problems.push(unknownKind(line));
        break;
      }
    }
  }
  return { annotations, problems };
}

/** The line, cut where the comment becomes too long. */
function withinLimit(draft: Draft, line: Span): Span {
  const left = Math.max(0, LONGEST_COMMENT - draft.length);
  const length = line.end - line.start;
  draft.length += length;
  if (length <= left) return line;
  if (!draft.problems.some(({ code }) => code === 'comment-too-long')) {
    const message = `a magic comment of more than ${LONGEST_COMMENT} characters`;
    draft.problems.push({ code: 'comment-too-long', message, span: part(draft.span, 0, 40) });
  }
  return part(line, 0, left);
}

interface Opening {
  readonly kind: Kind;
  readonly end: number;
  /** Where the kind is mistyped: it is read as what was meant, so that nothing else goes by its name. */
  readonly problem?: Problem;
}

/** The kind that the line begins with. A first line must; one behind it may continue the line before. */
function openingKind(line: Span, mustOpen: boolean): Opening | null {
  const word = /^(\s*:?\s*)([A-Za-z]+)(?![\w=-])/.exec(textOf(line));
  const [whole = '', before = '', typed = ''] = word ?? [];
  const kind = KINDS.find(known => known === typed);
  const end = whole.length;
  if (kind && before.trim() === '') return { kind, end };
  const closestKind = closest(typed.toLowerCase(), KINDS);
  const near = kind ?? KINDS.find(known => known === closestKind) ?? null;
  if (near === null || !(mustOpen || /^\s+[A-Za-z0-9._-]+\s*(?:$|[a-z-]+=|:)/.test(textOf(line).slice(end))))
    return null;
  const colon = before.indexOf(':');
  const [message, hint, span] =
    kind === undefined
      ? [
          `a magic comment begins with one of ${KINDS.join(', ')}, not with "${typed.slice(0, 40)}"`,
          `Did you mean ${near}?`,
          part(line, before.length, end),
        ]
      : ['no colon stands behind !modeq', 'Leave it out.', part(line, colon, colon + 1)];
  return { kind: near, end, problem: { code: 'unknown-kind', message, hint, span } };
}

const emptyComment = (span: Span): Problem => ({
  code: 'unknown-kind',
  message: `a magic comment begins with one of ${KINDS.join(', ')}; this one is empty`,
  span: part(span, 0, 1),
});

function unknownKind(line: Span): Problem {
  const word = /\S+/.exec(textOf(line));
  const start = word?.index ?? 0;
  return {
    code: 'unknown-kind',
    message: `a magic comment begins with one of ${KINDS.join(', ')}, not with "${(word?.[0] ?? '').slice(0, 40)}"`,
    hint: 'A line that continues another stands right below it.',
    span: part(line, start, start + (word?.[0].length ?? 0)),
  };
}
