/**
 * A rule in several displays with nothing between them but blanks: where the first has no row that makes the parameters, the next ones are
 * its rows too, up to the one that does, and behind that those that only decay the parameters, \theta \leftarrow \theta - \eta\lambda\theta,
 * which are no rule of their own. Displays behind text belong to it only by `continue`; those right behind another part of the rule, in front
 * of one that continues it, belong to it too.
 */
import { attempt } from '../../../base/problem.ts';
import type { Span } from '../../../base/span.ts';
import { trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import { parseLetter } from '../../../latex/layout/canonical-name.ts';
import { letterEnd, spelledNames } from '../author-tokens.ts';
import type { Piece } from '../../../latex/display/display.ts';
import { textOf } from '../../annotation/annotation.ts';
import type { Entry } from '../../annotation/entry.ts';

/** The entries with the displays that go on with them, and the spans of these. */
export function joinNextDisplays(
  entries: readonly Entry[],
  rowsOf: (entry: Entry) => readonly Piece[] | null,
  { parameters, step }: { readonly parameters: string; readonly step: string },
): { entries: Entry[]; joined: Span[] } {
  const joined: Span[] = [];
  const withDecays = (entry: Entry): Entry => {
    const decays = entry.next.findIndex(({ body }) => !onlyDecays(rowsOf({ ...entry, body, more: [] }), entry));
    const taken = decays === -1 ? entry.next : entry.next.slice(0, decays);
    if (taken.length === 0) return entry;
    joined.push(...taken.map(({ span }) => span));
    const more = [...entry.more, ...taken.map(({ body }) => body)];
    return { ...entry, more, next: entry.next.slice(taken.length) };
  };
  const onlyDecays = (rows: readonly Piece[] | null, { annotation }: Entry): boolean => {
    const declared = annotation.wheres.map(textOf).join(' ');
    const isPlain = (name: string): boolean => name === parameters || name === step || declared.includes(name);
    return (
      rows !== null &&
      rows.length > 0 &&
      rows.every(
        ({ left, right }) =>
          makes(left, parameters) &&
          !left.some(({ kind }) => kind === 'subscript' || kind === 'superscript') &&
          !right.some(({ text }) => text === '\\nabla' || text === '\\partial') &&
          spelledNames(right).every(isPlain),
      )
    );
  };
  const whole = entries.map(entry => {
    if (entry.annotation.kind !== 'optimizer' || entry.next.length === 0) return entry;
    const updates = (bodies: readonly Span[]): boolean => {
      const [body, ...more] = bodies;
      const rows = body === undefined ? null : rowsOf({ ...entry, body, more });
      return rows === null || makesParameters(rows, parameters);
    };
    const between = entry.next.filter(({ span }) =>
      entry.more.some(({ source, start }) => source === span.source && start > span.end),
    );
    if (between.length > 0) {
      joined.push(...between.map(({ span }) => span));
      const parts = [...entry.more, ...between.map(({ body }) => body)].sort((one, other) => one.start - other.start);
      return { ...entry, more: parts, next: [] };
    }
    if (updates([entry.body, ...entry.more])) return withDecays(entry);
    const last = entry.next.findIndex(({ body }) => updates([body]));
    if (last === -1) return entry;
    const taken = entry.next.slice(0, last + 1);
    joined.push(...taken.map(({ span }) => span));
    return withDecays({
      ...entry,
      more: [...entry.more, ...taken.map(({ body }) => body)],
      next: entry.next.slice(taken.length),
    });
  });
  return { entries: whole, joined };
}

/** Whether a row makes the parameters. */
export const makesParameters = (rows: readonly Piece[], parameters: string): boolean =>
  rows.some(({ left }) => makes(left, parameters));

/** Whether the left side is the parameters, with whatever accents and labels, alone or as the first term of a difference. */
function makes(left: Piece['left'], parameters: string): boolean {
  const row = trim(left).filter(({ kind, text }) => kind !== 'space' && !/^\\[td]?frac$/.test(text) && kind !== 'open');
  const end = letterEnd(row, 0);
  const spelled = attempt(() => (end === null ? null : canonicalNameOf(row.slice(0, end))));
  const name = spelled.ok ? spelled.value : null;
  // A word, as `variable`, is one letter among the tokens and several in a text.
  const core = (text: string): string => parseLetter(text)?.core ?? text;
  return name !== null && core(name) === core(parameters);
}
