/**
 * A rule over several displays with prose between, `… Then we correct the bias: $$…$$ Finally, $$…$$`: where the first makes no parameters, the next
 * display below that makes them, from values of the rule, ends it, and those between that make a value which is missed belong to it. Not behind
 * a heading or words of another choice, and not where a value would be made twice: there `continue` says what belongs together.
 */
import type { Span } from '../../../base/span.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { textOf } from '../../annotation/annotation.ts';
import type { Entry } from '../../annotation/entry.ts';
import { spelledNames } from '../author-tokens.ts';
import { makesParameters } from './next-displays.ts';
import { isFirstLabel, nameMadeBy } from './rows-behind.ts';

const LONGEST_PROSE = 600;
/** A rule that goes on further below says so by `continue`. */
const MOST_DISPLAYS = 12;
const APART =
  /\\(?:(?:sub)*section|paragraph|chapter|begin\s*\{\s*(?!enumerate|itemize|align|equation|gather|subequations)[A-Za-z]+)(?![A-Za-z])|^[ \t]*#{1,6}[ \t]|^[ \t]*(?:---+|===+|\*\*\*+)[ \t]*$/m;
const OTHERWISE =
  /\b(?:alternative(?:ly)?|instead|variants?|versions?|in contrast|contrary|whereas|unlike|another|other|compare[ds]?|equivalent(?:ly)?|rewrit(?:e|ten)|previous(?:ly)?|recall|for example|e\.g\.|suppose|if|unless|proof|note that|would|could)\b/i;

/** The entries with such displays, and the spans of these. */
export function joinLaterDisplays(
  entries: readonly Entry[],
  rowsOf: (entry: Entry) => readonly Piece[] | null,
  notation: Notation,
): { entries: Entry[]; joined: Span[] } {
  const { parameters } = notation;
  const joined: Span[] = [];
  const whole = entries.map(entry => {
    const { annotation, continued } = entry;
    if (annotation.kind !== 'optimizer' || entry.later.length === 0 || continued) return entry;
    const later = entry.later.slice(0, MOST_DISPLAYS);
    const rows = rowsOf(entry);
    if (rows === null || rows.length === 0) return entry;
    // `and then $\theta_t = …$` in the text.
    const inline = [...entry.behind, ...entry.laterBehind.map(({ body }) => body)];
    const isOpen = !makesParameters(rows, parameters);
    if (isOpen && inline.some(body => makesParameters(rowsOf({ ...entry, body, more: [] }) ?? [], parameters)))
      return entry;
    const rowsIn = (body: Span): readonly Piece[] | null => rowsOf({ ...entry, body, more: [] });
    const found = !isOpen
      ? missedBelow({ ...entry, later }, rows, rowsIn, notation)
      : goingOn({ ...entry, later }, rows, rowsIn, parameters);
    if (found === null) return entry;
    joined.push(...found.displays.map(({ span }) => span));
    const last = found.displays.at(-1)?.span;
    const behind = entry.laterBehind.filter(({ after }) => after === last).map(({ body }) => body);
    const more = [...entry.more, ...found.displays.map(({ body }) => body)];
    const isMore = ({ body }: Display): boolean => !more.includes(body);
    const [next, where] = [entry.next.filter(isMore), entry.where.filter(isMore)];
    return { ...entry, more, behind: [...entry.behind, ...behind], next, where };
  });
  return { entries: whole, joined };
}

type Display = Entry['later'][number];

/** The displays that go on with the rule, the one that makes the parameters last; null where it is not clear which do. */
function goingOn(
  { span, more, later }: Entry,
  rows: readonly Piece[],
  rowsIn: (body: Span) => readonly Piece[] | null,
  parameters: string,
): { displays: readonly Display[] } | null {
  const between: { readonly display: Display; readonly rows: readonly Piece[] }[] = [];
  let before = span;
  for (const display of later) {
    if (display.span.source !== span.source || !isProse(before, display.span)) return null;
    before = display.span;
    if (more.includes(display.body)) continue;
    const own = rowsIn(display.body) ?? [];
    if (!makesParameters(own, parameters)) {
      if (own.length > 0) between.push({ display, rows: own });
      continue;
    }
    const taken = needed([...rows], own, between);
    return taken && { displays: [...taken.map(each => each.display), display] };
  }
  return null;
}

/** The displays below that make values which the rule reads and nothing makes, each of them once; null where there are none. */
function missedBelow(
  { span, more, later, behind, annotation }: Entry,
  rows: readonly Piece[],
  rowsIn: (body: Span) => readonly Piece[] | null,
  { parameters, loss, step, gradient }: Notation,
): { displays: readonly Display[] } | null {
  const declared = annotation.wheres.map(textOf).join(' ');
  const isGiven = (name: string): boolean =>
    [parameters, loss, step, gradient].includes(name) || declared.includes(name);
  const inline = behind.flatMap(body => namesMade(rowsIn(body) ?? []));
  const made = new Set([...namesMade(rows), ...inline]);
  const below = later
    .filter(({ body }) => !more.includes(body))
    .map(display => ({ display, rows: rowsIn(display.body) ?? [] }));
  const times = (name: string): number => below.filter(each => namesMade(each.rows).includes(name)).length;
  const used = new Set(rows.flatMap(({ right }) => spelledNames(right)));
  const taken: Display[] = [];
  let before = span;
  for (const { display, rows: own } of below) {
    if (display.span.source !== span.source || !isProse(before, display.span)) break;
    before = display.span;
    const names = namesMade(own);
    const isMissed = names.every(name => used.has(name) && !made.has(name) && !isGiven(name) && times(name) === 1);
    if (names.length === 0 || names.length < own.length || !isMissed) continue;
    taken.push(display);
    for (const name of names) made.add(name);
    for (const { right } of own) for (const name of spelledNames(right)) used.add(name);
  }
  return taken.length === 0 ? null : { displays: taken };
}

/** Those of the displays between that make what the rows or the update use; null where the update uses none of it or a value is made twice. */
function needed<T extends { readonly rows: readonly Piece[] }>(
  first: readonly Piece[],
  update: readonly Piece[],
  between: readonly T[],
): readonly T[] | null {
  const made = new Set(namesMade(first));
  const used = new Set([...first, ...update].flatMap(({ right }) => spelledNames(right)));
  const taken = new Set<T>();
  for (const _ of between)
    for (const each of between) {
      const own = namesMade(each.rows);
      if (taken.has(each) || own.length < each.rows.length || !own.every(name => used.has(name))) continue;
      taken.add(each);
      for (const { right } of each.rows) for (const name of spelledNames(right)) used.add(name);
    }
  const all = [...taken];
  const names = [...namesMade(first), ...all.flatMap(({ rows }) => namesMade(rows)), ...namesMade(update)];
  const rightOfUpdate = update.flatMap(({ right }) => spelledNames(right));
  const values = new Set([...made, ...all.flatMap(({ rows }) => namesMade(rows))]);
  if (new Set(names).size < names.length || !rightOfUpdate.some(name => values.has(name))) return null;
  // A display that makes again what the rule has may be meant in its place.
  const again = between.some(each => !taken.has(each) && namesMade(each.rows).some(name => values.has(name)));
  return again ? null : between.filter(each => taken.has(each));
}

/** The names that rows make, first values aside. */
const namesMade = (rows: readonly Piece[]): string[] =>
  rows.flatMap(({ left }) => {
    const { name, scripts } = nameMadeBy(left);
    return name === null || isFirstLabel(scripts) ? [] : [name];
  });

/** Whether words of the same matter stand between two displays. */
function isProse(before: Span, { source, start }: Span): boolean {
  if (before.source !== source) return false;
  const text = source.text.slice(before.end, start);
  return text.length <= LONGEST_PROSE && !APART.test(text) && !OTHERWISE.test(text);
}
