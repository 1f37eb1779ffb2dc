/**
 * A rule in several displays with nothing between them but blanks: where the first has no row that makes the parameters, the next ones are
 * its rows too, up to the one that does. Displays behind text belong to it only by `continue`; those right behind another part of the rule, in front
 * of one that continues it, belong to it too.
 */
import { attempt } from '../../../base/problem.ts';
import type { Span } from '../../../base/span.ts';
import { trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import { parseLetter } from '../../../latex/layout/canonical-name.ts';
import { letterEnd } from '../author-tokens.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { Entry } from '../../annotation/entry.ts';

/** The entries with the displays that go on with them, and the spans of these. */
export function joinNextDisplays(
  entries: readonly Entry[],
  rowsOf: (entry: Entry) => readonly Piece[] | null,
  parameters: string,
): { entries: Entry[]; joined: Span[] } {
  const joined: Span[] = [];
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
    if (updates([entry.body, ...entry.more])) return entry;
    const last = entry.next.findIndex(({ body }) => updates([body]));
    if (last === -1) return entry;
    const taken = entry.next.slice(0, last + 1);
    joined.push(...taken.map(({ span }) => span));
    return { ...entry, more: [...entry.more, ...taken.map(({ body }) => body)], next: [] };
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
