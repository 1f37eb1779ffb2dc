/** Entries of an outline and their ids. */
import type { Problem } from '../../base/problem.ts';
import { positionAt, type Span } from '../../base/span.ts';
import type { Annotation } from './annotation.ts';
import type { Entry } from './entry.ts';
import { NOTHING_BELOW } from './text-around.ts';

const LABEL = /\\label\s*\{([^{}]+)\}/;

/** The entry with its own id, else the first label in the display. */
export function entryOf(annotation: Annotation, [body, ...more]: readonly Span[], span: Span): Entry {
  if (body === undefined) throw new Error('an entry has a formula');
  if (annotation.id)
    return { annotation, id: annotation.id.text, idSpan: annotation.id.span, body, more, span, ...NOTHING_BELOW };
  const label = LABEL.exec(body.source.text.slice(body.start, body.end))?.[1]?.trim();
  if (label !== undefined)
    return { annotation, id: label, idSpan: annotation.span, body, more, span, ...NOTHING_BELOW };
  const problem: Problem = {
    code: 'missing-id',
    message: `this ${annotation.kind} has no id, and its display has no \\label`,
    hint: `Write "!modeq ${annotation.kind} ID …".`,
    span: annotation.span,
  };
  return {
    annotation: { ...annotation, problems: [...annotation.problems, problem] },
    id: '',
    idSpan: annotation.span,
    body,
    more,
    span,
    ...NOTHING_BELOW,
  };
}

const MOST_ENTRIES = 2_000;

/** Without those beyond a bound, with a problem that says so. */
export function notTooManyEntries(entries: readonly Entry[], problems: Problem[]): readonly Entry[] {
  const next = entries[MOST_ENTRIES];
  if (!next) return entries;
  const message = `more than ${MOST_ENTRIES} annotations in one file; the rest is not read`;
  problems.push({ code: 'too-many-annotations', message, span: next.annotation.span });
  return entries.slice(0, MOST_ENTRIES);
}

/** Optimizers have ids of their own; claims and definitions share theirs. The first of two keeps the id. */
export function withUniqueIds(entries: readonly Entry[]): Entry[] {
  const taken = new Map<string, Span>();
  return entries.map(entry => {
    if (entry.id === '') return entry;
    const key = `${entry.annotation.kind === 'optimizer' ? 'optimizer' : 'claim'} ${entry.id}`;
    const first = taken.get(key);
    if (first === undefined) {
      taken.set(key, entry.idSpan);
      return entry;
    }
    const problem: Problem = {
      code: 'duplicate-id',
      message: `the id ${entry.id} is used twice in this file`,
      hint: `It is first used in line ${positionAt(first.source.text, first.start).line}; give each its own.`,
      span: entry.idSpan,
    };
    return { ...entry, annotation: { ...entry.annotation, problems: [...entry.annotation.problems, problem] } };
  });
}
