/**
 * Rows that stand in the text right behind a rule's display, `where $g_t = \nabla f_t(x_t)$ and $m_0 = 0$`, or in a display behind `where`. Taken are
 * those that make a value that the display uses and no row makes, first values of those that its rows make, and the update where no row is one.
 */
import { canonicalNameOf, parseLetter } from '../../../latex/layout/canonical-name.ts';
import type { Piece } from '../../../latex/display/display.ts';
import { trim } from '../../../latex/display/display-tokens.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Span } from '../../../base/span.ts';
import { textOf } from '../../annotation/annotation.ts';
import type { Entry } from '../../annotation/entry.ts';
import { letterEnd, mergeAverages, solid, spelledNames } from '../author-tokens.ts';

/** The entry with those formulas of the text behind it that are rows of it. */
export function withRowsBehind(
  entry: Entry,
  rowsOf: (entry: Entry) => readonly Piece[] | null,
  { parameters, step }: { readonly parameters: string; readonly step: string },
): Entry {
  const behind = entry.behind.filter(body => !isSupposed(body));
  if (entry.annotation.kind !== 'optimizer' || behind.length + entry.where.length + entry.next.length === 0)
    return entry;
  const rows = rowsOf(entry);
  if (rows === null) return entry;
  const made = new Set(rows.map(({ left }) => nameMadeBy(left).name));
  const used = new Set(rows.flatMap(({ right }) => spelledNames(right)));
  const declared = entry.annotation.wheres.map(textOf).join(' ');
  const core = (name: string): string => parseLetter(name)?.core ?? name;
  const isTaken = (body: Span, isDisplay: boolean): boolean => {
    const own = rowsOf({ ...entry, body, more: [] });
    // The rows of one display may use each other.
    if (isDisplay) for (const { right } of own ?? []) for (const name of spelledNames(right)) used.add(name);
    return (
      own !== null &&
      own.length > 0 &&
      own.every(({ left, relation }) => {
        const { name, scripts, text } = nameMadeBy(left);
        if (name === null || (relation !== '=' && relation !== ':=')) return false;
        // \bar x_0 = x_0: the first value of an accented sequence that the rows make beside the parameters.
        if (name !== parameters && made.has(name) && isFirstLabel(scripts)) return true;
        // x_0 = y_0: the first value of y, where the parameters start.
        if (core(name) === core(parameters) && isFirstLabel(scripts))
          return own.length === 1 && own.some(each => startsMade(each, made, parameters));
        if (core(name) === core(parameters)) return !isUpdated && own.length === 1 && own.some(usesMade);
        if (made.has(name)) return isFirstLabel(scripts) || startsRaised(scripts, rows, name);
        return used.has(name) && !declared.includes(text) && !(name === step && scripts === '');
      })
    );
  };
  // `and then $\theta_{t+1} = \theta_t + u_t$` behind rows that make no parameters.
  const isUpdated = [...made].some(name => name !== null && core(name) === core(parameters));
  const usesMade = ({ right }: Piece): boolean => spelledNames(right).some(name => made.has(name));
  const displays = entry.where.map(({ body }) => body);
  const inline = new Set<Span>();
  // What a formula that is taken uses may be made by another one: `with $m_t = \beta m_{t-1} + g_t$ and $g_t = \nabla f_t(x_t)$`.
  for (const _ of behind) {
    const found = behind.filter(body => !inline.has(body) && isTaken(body, false));
    if (found.length === 0) break;
    for (const body of found) {
      inline.add(body);
      for (const { right } of rowsOf({ ...entry, body, more: [] }) ?? [])
        for (const name of spelledNames(right)) used.add(name);
    }
  }
  // A display with nothing but blanks between goes on with the rule as long as each makes what is missed.
  const ends = entry.next.findIndex(({ body }) => !isTaken(body, true));
  const next = (ends === -1 ? entry.next : entry.next.slice(0, ends)).map(({ body }) => body);
  const joined = displays.filter(body => !next.includes(body) && isTaken(body, true));
  const taken = [...behind.filter(body => inline.has(body)), ...next, ...joined];
  const rowsIn = (body: Span): readonly Piece[] => rowsOf({ ...entry, body, more: [] }) ?? [];
  const isInOrder = rows.every(({ left }) => !/[_^]/.test(nameMadeBy(left).scripts));
  const [first, ...others] = isInOrder ? inOrder(taken, rowsIn) : [];
  if (first !== undefined && !changesBetween(rows, taken.flatMap(rowsIn)))
    return { ...entry, body: first, more: [...others, entry.body, ...entry.more] };
  return taken.length === 0 ? entry : { ...entry, more: [...entry.more, ...taken] };
}

const SUPPOSING = /\b(?:if|unless|suppose|had|were|imagine|not|never|instead of|rather than)\b[^$]*$/i;
const SUPPOSED =
  /^[^$]*?\b(?:would|could|might|may also|is also|are also|is not|is wrong|was not|instead|another choice)\b/i;

/** Whether its sentence speaks of what might be, `If $v_0 = 3$, …` or `$v_0 = 3$ would …`, and not of what the rule does. */
function isSupposed({ source: { text }, start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - 200), start);
  const after = text.slice(end, end + 200);
  // Without the sign that opens the formula, from the beginning of the sentence and up to its end.
  const sentence = before.split(/[.!?]\s|\n\s*\n/).at(-1) ?? '';
  const words = sentence.replace(/(?:\$|\\\()\s*$/, '');
  const rest = after.replace(/^\s*(?:\$|\\\))/, '').split(/[.!?](?:\s|$)|\n\s*\n/, 1)[0] ?? '';
  return SUPPOSING.test(words) || SUPPOSED.test(rest);
}

/** The formulas with those that one reads in front of it. */
function inOrder(bodies: readonly Span[], rowsIn: (body: Span) => readonly Piece[]): Span[] {
  const makes = new Map(bodies.map(body => [body, new Set(rowsIn(body).map(({ left }) => nameMadeBy(left).name))]));
  const placed: Span[] = [];
  const reads = (body: Span, other: Span): boolean =>
    body !== other && rowsIn(body).some(({ right }) => spelledNames(right).some(name => makes.get(other)?.has(name)));
  for (const _ of bodies) {
    const rest = bodies.filter(body => !placed.includes(body));
    const next = rest.find(body => !rest.some(other => reads(body, other)));
    if (next === undefined) break;
    placed.push(next);
  }
  return placed.length === bodies.length ? placed : [...bodies];
}

/**
 * Whether assignments that act in order change what `with $g = \nabla f(x)$` reads before the last of them that reads g: then g could be the value
 * that they begin with, or that of the moment.
 */
function changesBetween(rows: readonly Piece[], defined: readonly Piece[]): boolean {
  const names = new Set(defined.map(({ left }) => nameMadeBy(left).name));
  const inputs = new Set(defined.flatMap(({ right }) => spelledNames(right)));
  const last = rows.findLastIndex(({ right }) => spelledNames(right).some(name => names.has(name)));
  const core = (name: string | null): string | null => name && (parseLetter(name)?.core ?? name);
  const read = new Set([...inputs].map(core));
  return rows.slice(0, Math.max(last, 0)).some(({ left }) => read.has(core(nameMadeBy(left).name)));
}

/** y^s_0 = … beside a row y^s_{k+1} = …. */
function startsRaised(scripts: string, rows: readonly Piece[], name: string): boolean {
  const [, above, below] = /^(\^(?:[a-z]|\{[a-z]{1,4}\}))(_.*)$/.exec(scripts) ?? [];
  if (above === undefined || below === undefined || !isFirstLabel(below)) return false;
  return rows.some(({ left }) => {
    const made = nameMadeBy(left);
    return made.name === name && made.scripts.startsWith(`${above}_`);
  });
}

export const isFirstLabel = (scripts: string): boolean =>
  /^(?:_\{?(?:-1|[01])\}?|\^\{?\(?(?:-1|[01])\)?\}?)$/.test(scripts);

/** Whether the right side is the first value of what the rows make. */
const startsMade = ({ right }: Piece, made: ReadonlySet<string | null>, parameters: string): boolean => {
  const { name, scripts } = nameMadeBy(right);
  return name !== null && name !== parameters && made.has(name) && isFirstLabel(scripts);
};

/** The name that a left side makes, its scripts, and the whole as typed. */
export function nameMadeBy(left: readonly Token[]): { name: string | null; scripts: string; text: string } {
  const row = mergeAverages(trim(left));
  const end = letterEnd(row, 0);
  const spelled = (tokens: readonly Token[]): string =>
    solid(tokens)
      .map(({ text }) => text)
      .join('');
  if (end === null) return { name: null, scripts: '', text: '' };
  return { name: canonicalNameOf(row.slice(0, end)), scripts: spelled(row.slice(end)), text: spelled(row) };
}
