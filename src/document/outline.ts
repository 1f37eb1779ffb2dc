/**
 * The outline of a file: which annotation belongs to which display, the letters of the file, its macros, and what could not
 * be brought together. No formula is read here.
 */
import { attempt, type Problem } from '../base/problem.ts';
import type { Span } from '../base/span.ts';
import { canonicalNameOf } from '../latex/layout/canonical-name.ts';
import { expandMacros } from '../latex/notation/expand-macros.ts';
import type { MacroTable } from '../latex/notation/macros.ts';
import type { Piece } from '../latex/display/display.ts';
import { tokenize } from '../latex/notation/tokenize.ts';
import { DISPLAY_ENVIRONMENTS } from '../latex/notation/notation-table.ts';
import type { Notation } from '../optimizer/model.ts';
import { closest } from './annotation/closest.ts';
import { type Annotation, readAnnotations, textOf } from './annotation/annotation.ts';
import { entryOf, notTooManyEntries, withUniqueIds } from './annotation/entries.ts';
import { continueEntry } from './annotation/continued.ts';
import { joinLaterDisplays } from './author/habits/later-displays.ts';
import { joinNextDisplays } from './author/habits/next-displays.ts';
import type { Entry, Outline } from './annotation/entry.ts';
import type { Gathered } from './scan/followed-files.ts';
import { isInParagraph, isNextStep, noteBehind, noteNext } from './annotation/text-around.ts';
import { withRowsBehind } from './author/habits/rows-behind.ts';
import { inlineOf } from './scan/inline.ts';
import { withNamedGradients } from './scan/named-gradients.ts';
import { type Scanned, scanFile } from './scan/scan-file.ts';
import type { CommentItem, DisplayItem, InlineItem } from './item.ts';
import { composedLetter } from './author/composed/letters.ts';
import { rowsAsTyped, styleOfRows } from './author/author-rows.ts';
import { readNotation, type Role, type Spelled, withLabels } from './annotation/notation-line.ts';
import { wordOf } from './author/several-letters.ts';

export type { Entry, Outline };

/** The outline of a file, with the same arguments as {@link scanFile}. */
export const outline = (...file: Parameters<typeof scanFile>): Outline => outlineOf(scanFile(...file));

export function outlineOf({ source, items, macros: own, sources, problems: notFollowed }: Scanned): Outline {
  const text = sources.map(each => each.text).join('\n');
  const problems: Problem[] = [...notFollowed];
  const { entries: apart, notations, coverage, unannotated, spoiled } = join(items, problems);
  const spell = (span: Span, role: Role): Spelled => {
    const composed = composedLetter(textOf(span), role, text);
    if (composed?.kind === 'inverse') return { letter: composed.letter, inverseStep: composed.of };
    if (composed?.kind === 'tuple') return { letter: composed.letters[0] ?? '', tuple: composed.letters.join(' ') };
    const isNabla = role === 'gradient' && /^\\nabla\s*(?:_\s*(?:[a-z]|\{[^{}]*\}))?$/.test(textOf(span));
    const letter = isNabla ? '\\nabla' : spellLetter(span, own);
    return letter === null ? { problem: badLetter(span) } : { letter };
  };
  const notation = readNotation(notations, text, spell);
  const known = { source, text, notation: notation.notation, given: notation.given, macros: own };
  const rowsOf = (entry: Entry): readonly Piece[] | null => rowsAsTyped(entry, known);
  const next = joinNextDisplays(apart, rowsOf, known.notation);
  const later = joinLaterDisplays(next.entries, rowsOf, known.notation);
  const whole = { entries: later.entries, joined: [...next.joined, ...later.joined] };
  const entries = whole.entries.map(entry => withRowsBehind(entry, rowsOf, known.notation));
  const behind = entries.flatMap(({ more, where, next }) =>
    [...where, ...next].filter(({ body }) => more.includes(body)),
  );
  const joined = [...whole.joined, ...behind.map(({ span }) => span)];
  return {
    ...known,
    notation: notationOfFile(entries, known),
    entries: withUniqueIds(notTooManyEntries(entries, problems)),
    problems: [...problems, ...notation.problems],
    badLetters: notation.problems.some(({ severity }) => severity !== 'warning'),
    spoiled,
    coverage: { ...coverage, unannotated: coverage.unannotated - joined.length },
    unannotated: unannotated.filter(span => !joined.includes(span)),
  };
}

function badLetter(span: Span): Problem {
  const text = textOf(span);
  const bare = text.replace(/[,;]+$/, '');
  const hint = bare === text ? {} : { hint: `Did you mean \`${bare}\`? No commas stand between the letters.` };
  return { code: 'bad-letter', message: 'expected one letter or command', ...hint, span };
}

/** The canonical spelling of the name that stands at `span`, macros expanded; null where there is none. */
export function spellNameAt(span: Span, macros: MacroTable): string | null {
  const spelled = attempt(() =>
    canonicalNameOf(expandMacros(tokenize(span.source, span.start, span.end), macros.at(span.source))),
  );
  return spelled.ok ? spelled.value : null;
}

/** Labels as the optimizers of the file have them, where all have the same. */
function notationOfFile(
  entries: readonly Entry[],
  known: Pick<Outline, 'text' | 'notation' | 'given' | 'macros'>,
): Notation {
  if (known.given.has('index') && known.given.has('iteration')) return known.notation;
  const [head, ...others] = entries.filter(each => each.annotation.kind === 'optimizer');
  const first = head && styleOfRows(head, known);
  const isAsFirst = (style: ReturnType<typeof styleOfRows>): boolean =>
    style?.letter === first?.letter && style?.style === first?.style;
  if (!first || !others.every(each => isAsFirst(styleOfRows(each, known)))) return known.notation;
  return withLabels(first, known.given, known.text) ?? known.notation;
}

/** A letter of the notation without its label, as \eta of \eta_t; several letters such as dW make one, too. */
function spellLetter(span: Span, macros: MacroTable): string | null {
  const bare = /^(.*\S)\s*_\s*(?:[a-z]|\{\s*[a-z]\s*\})\s*$/s.exec(textOf(span))?.[1];
  const letter = bare === undefined ? span : { ...span, end: span.start + bare.length };
  return spellNameAt(letter, macros) ?? wordOf(tokenize(letter.source, letter.start, letter.end));
}

interface Joined {
  readonly entries: Entry[];
  readonly notations: Annotation[];
  readonly coverage: { judged: number; defined: number; ignored: number; unannotated: number };
  readonly unannotated: Span[];
  /** Ids of optimizers whose comments or displays are broken. */
  readonly spoiled: Set<string>;
}

/** Goes through the items; comments collect until a display or text follows them. */
function join(items: Gathered['items'], problems: Problem[]): Joined {
  const joined: Joined = {
    entries: [],
    notations: [],
    coverage: { judged: 0, defined: 0, ignored: 0, unannotated: 0 },
    unannotated: [],
    spoiled: new Set(),
  };
  let comments: CommentItem[] = [];
  let inline: InlineItem[] = [];
  let belowNearMiss = false;
  // Whether nothing but blanks stands between the last display with a comment and the next item.
  let isAdjacent = false;
  let before: Span | null = null;
  const flush = (display: DisplayItem | null): void => {
    if (comments.length === 0 && !display) return;
    joinToDisplay(comments, inlineOf(comments, inline), display, joined, problems);
    comments = [];
    inline = [];
  };
  for (const item of withNamedGradients(items)) {
    if (item.kind === 'inline') {
      if (comments.length > 0) inline.push(item);
      else noteBehind(joined.entries, item);
      continue;
    }
    if (item.afterText && !(item.kind === 'display' && isInParagraph(comments, item.span))) flush(null);
    // The declarations of a comment that is not read are none of their own.
    if (belowNearMiss && item.kind === 'comment' && !item.afterText && comments.length === 0 && isContinuation(item))
      continue;
    belowNearMiss = item.kind === 'problem' && item.problem.code === 'magic-comment-near-miss';
    if (item.kind === 'problem') {
      problems.push(item.problem);
      const near = item.problem.code === 'magic-comment-near-miss' && item.problem.span;
      const id = near && /^[^\n]*?optimi[sz]er\s+([A-Za-z0-9._-]+)/i.exec(near.source.text.slice(near.start))?.[1];
      if (id) joined.spoiled.add(id);
      // What the comments were to speak of is there; it is told what is wrong with it.
      if (item.problem.code === 'unclosed-display') {
        for (const { kind, id: own } of readAnnotations(comments).annotations)
          if (kind === 'optimizer' && own) joined.spoiled.add(own.text);
        comments = [];
        inline = [];
      }
    } else if (item.kind === 'comment') comments.push(item);
    else {
      isAdjacent = comments.length > 0 || (isAdjacent && (!item.afterText || isNextStep(before, item.span)));
      before = item.span;
      if (comments.length === 0) noteNext(joined.entries, item, isAdjacent);
      flush(item);
    }
  }
  flush(null);
  return joined;
}

/** The environment behind a comment whose name is nearly that of a display. */
function mistypedDisplay({ kind, span: { source, end } }: Annotation): Problem | null {
  const found = /^\s*\\begin\s*\{\s*([A-Za-z]+)\*?\s*\}/.exec(source.text.slice(end, end + 200));
  const name = found?.[1];
  const near = name === undefined ? null : closest(name, DISPLAY_ENVIRONMENTS);
  if (!found || name === undefined || near === null || near === name) return null;
  const start = end + found[0].indexOf(name, found[0].indexOf('{'));
  return {
    code: 'no-display',
    message: `no display follows this ${kind}: there is no environment ${name}`,
    hint: `Did you mean \`${near}\`?`,
    span: { source, start, end: start + name.length },
  };
}

const isContinuation = ({ lines }: CommentItem): boolean =>
  /^\s*(?:where\s|[a-z-]+\s*=)/.test(lines.map(textOf).find(line => line.trim() !== '') ?? '');

function joinToDisplay(
  comments: readonly CommentItem[],
  inline: readonly InlineItem[],
  display: DisplayItem | null,
  joined: Joined,
  problems: Problem[],
): void {
  const read = readAnnotations(comments);
  problems.push(...read.problems);
  let annotated = false;
  const add = (annotation: Annotation, bodies: readonly Span[], span: Span): void => {
    if (annotation.continues) continueEntry(annotation, bodies, joined.entries, problems);
    else joined.entries.push(entryOf(annotation, bodies, span));
  };
  // A notation line may stand between a comment and its display.
  const last = read.annotations.findLastIndex(({ kind }) => kind !== 'notation');
  for (const [position, annotation] of read.annotations.entries()) {
    const isLast = position >= last;
    const [first] = isLast && annotation.kind === 'optimizer' ? inline : [];
    if (annotation.kind === 'notation') {
      joined.notations.push(annotation);
    } else if (annotation.formula) {
      add(annotation, [annotation.formula], annotation.formula);
    } else if (display && isLast) {
      annotated = true;
      count(annotation, joined);
      // In the text before the display of a rule may stand rows, as `with $m_0 = 0$`.
      const rows = annotation.kind === 'optimizer' ? inline.map(({ body }) => body) : [];
      if (annotation.kind !== 'ignore') add(annotation, [...rows, display.body], display.span);
      else problems.push(...annotation.problems);
    } else if (first) {
      const bodies = inline.map(({ body }) => body);
      add(annotation, bodies, first.span);
    } else {
      if (annotation.kind === 'optimizer' && annotation.id) joined.spoiled.add(annotation.id.text);
      const noDisplay = mistypedDisplay(annotation) ?? {
        code: 'no-display',
        message: `no display follows this ${annotation.kind}`,
        hint: 'The comment stands on the lines right before the display; a claim in the text has its formula after a colon.',
        span: annotation.span,
      };
      problems.push(...(annotation.problems.length > 0 ? annotation.problems : [noDisplay]));
    }
  }
  if (display && !annotated) {
    joined.coverage.unannotated += 1;
    joined.unannotated.push(display.span);
  }
}

function count(annotation: Annotation, joined: Joined): void {
  if (annotation.kind === 'claim') joined.coverage.judged += 1;
  else if (annotation.kind === 'ignore') joined.coverage.ignored += 1;
  else joined.coverage.defined += 1;
}
