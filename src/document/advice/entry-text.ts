/** The text of an entry for advice: its formulas and declarations, words that are no formula blanked out. */
import type { Problem } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { part, textOf } from '../annotation/annotation.ts';
import type { Entry, Outline } from '../outline.ts';

/** What advice may know of a mistake. */
export interface Mistake {
  readonly problem: Problem;
  readonly entry: Entry;
  readonly outline: Outline;
  /** Names that mean something here, as typed. */
  readonly names: readonly string[];
  /** Ids of the optimizers that could be meant. */
  readonly optimizers: readonly string[];
}

const NO_FORMULA =
  /(?<!\\)%.*|\\(?:text|textrm|textnormal|mbox|mathrm|operatorname\*?|label|tag\*?|begin|end|mathcal|mathbb|mathbf|boldsymbol|mathsf|mathfrak)\s*\{[^{}]*\}/g;

/** The text with comments, words and names of environments replaced by blanks of the same length. */
export const blanked = (text: string): string => text.replace(NO_FORMULA, found => ' '.repeat(found.length));

/** The formulas of the entry. */
export const bodiesOf = ({ body, more }: Entry): readonly Span[] => [body, ...more];

/** Every match in the formulas, with its place. */
export function* matches(
  entry: Entry,
  pattern: RegExp,
  inWheres = false,
): Generator<{ match: RegExpExecArray; at: Span }> {
  for (const body of [...bodiesOf(entry), ...(inWheres ? entry.annotation.wheres : [])]) {
    const text = blanked(textOf(body));
    for (const match of text.matchAll(pattern))
      yield { match, at: part(body, match.index, match.index + match[0].length) };
  }
}

const BASE = String.raw`\\(?:mathcal|mathbf|boldsymbol|bm|mathrm|mathtt|texttt|mathsf|mathfrak|mathscr|mathbb|tilde|hat|bar|widetilde|widehat|overline)\s*(?:\{[^{}]*\}|\\?[A-Za-z]+)|\\[A-Za-z]+|[A-Za-z]`;
const NAME = new RegExp(String.raw`^(${BASE})(?:_(\{[^{}]*\}|\\[A-Za-z]+|[A-Za-z0-9]))?`);

/** The name that stands at the place, without what stands behind its subscript; null where there is none. */
export function nameAt(span: Span): { base: string; sub: string | null; at: Span } | null {
  const text = span.source.text.slice(span.start, span.start + 200);
  const found = NAME.exec(text);
  if (!found?.[1]) return null;
  const sub = found[2]?.replace(/^\{\s*|\s*\}$/g, '') ?? null;
  return { base: found[1], sub, at: { ...span, end: span.start + found[0].length } };
}

/** The word of three letters or more, or a known pair, in which the mistake stands; letters that stand alone make none. */
export function wordAt({ problem: { span }, entry }: Mistake): Span | null {
  if (!span) return null;
  for (const { at } of matches(entry, /(?<![A-Za-z\\])[A-Za-z]{3,}|(?<![A-Za-z\\])lr(?![A-Za-z])/g))
    if (at.source === span.source && at.start <= span.start && span.start < at.end) return at;
  return null;
}

export const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A pattern for the name as a whole. */
export const namePattern = (name: string): RegExp =>
  new RegExp(`${name.startsWith('\\') ? '' : '(?<![A-Za-z\\\\])'}${escaped(name)}(?![A-Za-z])`, 'g');

const DECLARED = /\\?[A-Za-z]+(?:_(?:\{[^{}]*\}|\w))?(?=\s*(?:[<>]|\\?in\b))/g;

/** Names that mean something to the entry: those of the optimizer that it is about, and those that `where` declares. */
export function namesFor(
  { annotation }: Entry,
  optimizers: ReadonlyMap<string, Optimizer>,
  only: string | null,
): readonly string[] {
  const about = annotation.keys.find(({ key }) => key === 'about');
  const id = about ? textOf(about.value).trim() : only;
  const optimizer = (id === null ? undefined : optimizers.get(id)) ?? null;
  const own = optimizer === null ? [] : [optimizer.declarations, optimizer.states, optimizer.quantities].flat();
  return [...own.map(({ name }) => name), ...annotation.wheres.flatMap(where => textOf(where).match(DECLARED) ?? [])];
}
