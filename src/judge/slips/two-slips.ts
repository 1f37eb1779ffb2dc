/**
 * Two slips at once. Trying all pairs would take hours; but two edits of different summands change a side by the sum of what
 * each changes, and two of different factors by the product. So every single edit is evaluated at a few samples, and pairs are
 * looked up whose changes together make up for the whole difference. Besides, an edit after which another statement or another
 * power of h agrees is a step on the way, whatever the second one is.
 *
 * What is found is a first edit worth trying; the second is searched for in the claim that it leaves, and all of it is screened
 * and judged like any other edit.
 */
import type { Claim, Statement } from '../../document/model.ts';
import { closeness, isNear, type Numbers, numberedSamples, numbersAt, type Screen, statementAgrees } from './screen.ts';
import type { Twin } from './twins.ts';

const SAMPLES = 3;

/** The values of one row (a power of h) at all samples, one after the other. */
type Values = readonly number[];

interface Row {
  readonly close: number;
  readonly target: Values;
  readonly now: Values;
  readonly edited: ReadonlyMap<Twin, Values>;
}

const joined = (rows: readonly (readonly (readonly number[])[])[], row: number): Values =>
  rows.flatMap(sample => sample[row] ?? []);

/** The rows of a statement that are wrong, with their values under every edit that has them. */
function wrongRows(claim: Claim, statement: Statement, edits: readonly Twin[], screen: Screen): Row[] {
  const points = numberedSamples(claim, statement, screen, SAMPLES);
  const close = closeness(claim);
  const first = points[0];
  if (!first) return [];
  const under = new Map<Twin, Numbers[]>();
  for (const edit of edits) {
    const at = edit.claim.statements.find(({ id }) => id === statement.id);
    const question = at && screen.questionOf(edit.claim, at);
    if (!question) continue;
    const numbers = points.map(({ sample }) => numbersAt(question, sample));
    if (numbers.every(each => each !== null)) under.set(edit, numbers);
  }
  const valuesOf = (numbers: readonly Numbers[], side: keyof Numbers, row: number): Values =>
    joined(
      numbers.map(each => each[side]),
      row,
    );
  return first.numbers.derived.flatMap((_, row) => {
    const all = points.map(({ numbers }) => numbers);
    const [left, right] = [valuesOf(all, 'derived', row), valuesOf(all, 'claimed', row)];
    if (left.every((value, at) => isNear(value, right[at] ?? Number.NaN, close))) return [];
    const edited = [...under].map(([edit, numbers]) => ({
      edit,
      left: valuesOf(numbers, 'derived', row),
      right: valuesOf(numbers, 'claimed', row),
    }));
    // An edit of the left side changes the right one by as much the other way round, where only the difference counts.
    const onRight = edited.map(({ edit, left: l, right: r }): [Twin, Values] => [
      edit,
      isOfLeft(edit) ? right.map((value, at) => value - ((l[at] ?? Number.NaN) - (left[at] ?? Number.NaN))) : r,
    ]);
    const onLeft = edited.flatMap(({ edit, left: l }): [Twin, Values][] => (isOfLeft(edit) ? [[edit, l]] : []));
    return [
      { close, target: left, now: right, edited: new Map(onRight) },
      ...(onLeft.length > 0 ? [{ close, target: right, now: left, edited: new Map(onLeft) }] : []),
    ];
  });
}

const isOfLeft = ({ root }: Twin): boolean => root.kind === 'statement' && root.part === 'left';

/** Edits that make the whole row right. */
const mending = ({ close, target, edited }: Row): Twin[] =>
  [...edited].flatMap(([edit, values]) =>
    edit.kind !== 'drop-term' &&
    values.length === target.length &&
    values.every((value, at) => isNear(value, target[at] ?? Number.NaN, close))
      ? [edit]
      : [],
  );

/** How the change by an edit is measured, and which further change would give the target. */
interface Measure {
  readonly of: (value: number, at: number) => number;
  readonly rest: (change: number, at: number) => number;
}

/**
 * By differences; by ratios of the whole; and by ratios of what is left beside each summand that can be dropped, which is that
 * summand.
 */
function measures({ target, now, edited }: Row): Measure[] {
  const t = (at: number): number => target[at] ?? Number.NaN;
  const c = (at: number): number => now[at] ?? Number.NaN;
  const ratios = (beside: Values): Measure => {
    const a = (at: number): number => beside[at] ?? Number.NaN;
    return {
      of: (value, at) => (value - a(at)) / (c(at) - a(at)),
      rest: (change, at) => (t(at) - a(at)) / (c(at) - a(at)) / change,
    };
  };
  const dropped = [...edited].flatMap(([{ kind }, values]) => (kind === 'drop-term' ? [values] : []));
  return [
    { of: (value, at) => value - c(at), rest: (change, at) => t(at) - c(at) - change },
    ratios(now.map(() => 0)),
    ...dropped.map(ratios),
  ];
}

/** First edits of pairs whose changes together give the target. */
function matching(row: Row): Twin[] {
  const { close, target, now, edited } = row;
  const found = new Set<Twin>();
  const changing = [...edited].filter(
    ([{ kind }, values]) =>
      kind !== 'drop-term' &&
      values.length === target.length &&
      !values.every((value, at) => isNear(value, now[at] ?? Number.NaN, close)),
  );
  for (const { of, rest } of measures(row)) {
    const changes = changing
      .map(([edit, values]) => ({ edit, all: values.map(of) }))
      .filter(({ all }) => all.every(Number.isFinite));
    const first = ({ all }: { readonly all: Values }): number => all[0] ?? 0;
    changes.sort((a, b) => first(a) - first(b));
    const leads = changes.map(first);
    for (const { edit, all } of changes) {
      const wanted = all.map(rest);
      const [lead = Number.NaN] = wanted;
      if (!wanted.every(Number.isFinite)) continue;
      for (let at = lowerEnd(leads, lead, close); at < changes.length; at += 1) {
        const other = changes[at];
        if (!other || first(other) > lead + close * Math.max(1, Math.abs(lead))) break;
        if (
          other.edit === edit ||
          !other.all.every((value, index) => isNear(value, wanted[index] ?? Number.NaN, close))
        )
          continue;
        found.add(edit);
        break;
      }
    }
  }
  return [...found];
}

/** Where the values not below `lead` begin. */
function lowerEnd(sorted: readonly number[], lead: number, close: number): number {
  const least = lead - close * Math.max(1, Math.abs(lead));
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Edits that are worth being followed by a second one, those that mend the most first; each once. */
export function firstSlips(claim: Claim, edits: readonly Twin[], screen: Screen): Twin[] {
  const wrong = claim.statements.filter(statement => !statementAgrees(claim, statement, screen));
  const mended = new Map<Twin, number>();
  const count = (edit: Twin): void => void mended.set(edit, (mended.get(edit) ?? 0) + 1);
  for (const statement of wrong) {
    const rows = wrongRows(claim, statement, edits, screen);
    if (rows.length === 0 && wrong.length > 1)
      for (const edit of edits) {
        const now = edit.claim.statements.find(({ id }) => id === statement.id);
        if (now && statementAgrees(edit.claim, now, screen)) count(edit);
      }
    if (rows.length > 1 || wrong.length > 1) rows.flatMap(mending).forEach(count);
    for (const edit of new Set(rows.flatMap(matching))) count(edit);
  }
  return [...mended].sort(([, a], [, b]) => b - a).map(([edit]) => edit);
}
