/**
 * Limits n → ∞ by their values along growing n: the difference of the two sides must shrink, and a difference that stays
 * what it is refutes. A side that does not settle itself has no limit, which is no evidence for anything.
 */
import { type BigFloat, logarithmOfSize } from '../number/big-float.ts';
import { FloatRing } from '../numeric/float-ring.ts';
import type { Comparison, Outcome, Question } from './question.ts';
import type { Sample } from './sample.ts';

/** Of both parities, so that a sign that alternates does not look like a limit. */
const ITERATIONS = [5, 10, 19, 36, 65] as const;
const GUARD_DIGITS = 12;
/** log10 of the factor by which a difference that stays may change from one n to the next. */
const STAYS = 0.005;
/** log10 of the factor by which one that vanishes shrinks at least; n^{−1/2} has −0.15. */
const SHRINKS = -0.1;

type Values = Extract<Outcome, { readonly kind: 'values' }>;
interface Member {
  readonly sample: Sample;
  readonly claimed: Values;
  readonly derived: Values;
}
type Cell = { readonly claimed: readonly BigFloat[]; readonly derived: readonly BigFloat[] };
type CellOutcome =
  | { readonly kind: 'agree' | 'zero' | 'differ' }
  | { readonly kind: 'unusable'; readonly reason: string };

const memberSamples = new WeakMap<Sample, readonly Sample[]>();

function samplesAlong(sample: Sample): readonly Sample[] {
  const known = memberSamples.get(sample) ?? ITERATIONS.map(n => ({ ...sample, n }));
  memberSamples.set(sample, known);
  return known;
}

/** The question about the limits of both sides of `base`. */
export function limitQuestion(base: Question): Question {
  return {
    ...base,
    space: { ...base.space, decay: 'slow' },
    quantity: row => `${base.quantity(row)} as n \\to \\infty`,
    along: {
      compare: (sample, digits) => compareAlong(base, sample, digits),
      points: (sample, row, component, digits) =>
        samplesAlong(sample).flatMap(member => {
          const claimed = valueAt(base.claimed(member, digits + GUARD_DIGITS), row, component);
          const derived = valueAt(base.derived(member, digits + GUARD_DIGITS), row, component);
          return claimed && derived ? [{ sample: member, claimed, derived, text: null }] : [];
        }),
    },
  };
}

const valueAt = (outcome: Outcome, row: number, component: number): BigFloat | null =>
  outcome.kind === 'values' ? (outcome.rows[row]?.[component] ?? null) : null;

type Along = { readonly kind: 'members'; readonly members: readonly Member[] } | Extract<Outcome, { kind: 'unusable' }>;

function membersAlong(base: Question, sample: Sample, digits: number): Along {
  const members: Member[] = [];
  for (const at of samplesAlong(sample)) {
    const derived = base.derived(at, digits + GUARD_DIGITS);
    if (derived.kind === 'unusable') return derived;
    const claimed = base.claimed(at, digits + GUARD_DIGITS);
    if (claimed.kind === 'unusable') return claimed;
    members.push({ sample: at, derived, claimed });
  }
  return { kind: 'members', members };
}

function compareAlong(base: Question, sample: Sample, digits: number): Comparison {
  const along = membersAlong(base, sample, digits);
  if (along.kind === 'unusable') return along;
  const { members } = along;
  const last = members.at(-1);
  if (!last) throw new Error('a sequence has members');
  let agrees = false;
  let unusable: string | null = null;
  for (const [row, values] of last.claimed.rows.entries()) {
    for (const component of values.keys()) {
      const cell = cellAt(members, row, component);
      const outcome = judgeCell(cell, digits);
      if (outcome.kind === 'differ' && isStable(base, sample, digits, cell, row, component))
        return differ(cell, row, component);
      if (outcome.kind === 'unusable') unusable ??= outcome.reason;
      else if (outcome.kind === 'agree') agrees = true;
    }
  }
  if (last.claimed.rows.length < last.derived.rows.length)
    unusable ??= 'a coefficient of the claimed side has no value';
  if (unusable !== null) return { kind: 'unusable', reason: unusable };
  return { kind: agrees ? 'agree' : 'degenerate' };
}

const cellAt = (members: readonly Member[], row: number, component: number): Cell => ({
  claimed: column(members, 'claimed', row, component),
  derived: column(members, 'derived', row, component),
});

/** Whether a difference stays what it is at more than twice the digits, and is not the rounding of a zero. */
function isStable(base: Question, sample: Sample, digits: number, cell: Cell, row: number, component: number): boolean {
  const more = 2 * digits + GUARD_DIGITS;
  const along = membersAlong(base, sample, more);
  if (along.kind === 'unusable') return false;
  const again = cellAt(along.members, row, component);
  if (judgeCell(again, more).kind !== 'differ') return false;
  const ring = new FloatRing(more);
  const [first, second] = [cell, again].map(({ claimed, derived }) =>
    ring.subtract(claimed.at(-1) ?? ring.zero, derived.at(-1) ?? ring.zero),
  );
  if (first === undefined || second === undefined) throw new Error('two cells');
  return logarithmOfSize(ring.subtract(first, second)) < logarithmOfSize(second) - 2;
}

function column(members: readonly Member[], side: 'claimed' | 'derived', row: number, component: number): BigFloat[] {
  return members.map(member => {
    const value = member[side].rows[row]?.[component];
    if (value === undefined) throw new Error('the two sides have rows of different lengths');
    return value;
  });
}

function differ({ claimed, derived }: Cell, row: number, component: number): Comparison {
  const [one, other] = [claimed.at(-1), derived.at(-1)];
  if (!one || !other) throw new Error('a sequence has members');
  return { kind: 'differ', row, component, claimed: one, derived: other };
}

function judgeCell({ claimed, derived }: Cell, digits: number): CellOutcome {
  const ring = new FloatRing(digits + GUARD_DIGITS);
  const scale = Math.max(...[...claimed, ...derived].map(logarithmOfSize));
  if (scale === Number.NEGATIVE_INFINITY) return { kind: 'zero' };
  const noise = scale - digits;
  if (!settles(derived, ring, noise)) return { kind: 'unusable', reason: 'the derived side has no limit that shows' };
  if (!settles(claimed, ring, noise)) return { kind: 'unusable', reason: 'the claimed side has no limit that shows' };
  const sizes = claimed.map((value, at) => logarithmOfSize(ring.subtract(value, derived[at] ?? ring.zero)));
  const [before, middle, end] = sizes.slice(-3);
  if (before === undefined || middle === undefined || end === undefined) throw new Error('a sequence has members');
  if (end <= noise || (end - middle <= SHRINKS && middle - before <= SHRINKS)) return { kind: 'agree' };
  if (Math.abs(end - middle) <= STAYS) return { kind: 'differ' };
  return { kind: 'unusable', reason: 'the difference shrinks too slowly to tell' };
}

/** Whether the steps from one member to the next become smaller. */
function settles(values: readonly BigFloat[], ring: FloatRing, noise: number): boolean {
  const [before, middle, end] = values.slice(-3);
  if (!before || !middle || !end) throw new Error('a sequence has members');
  const [first, second] = [ring.subtract(middle, before), ring.subtract(end, middle)].map(logarithmOfSize);
  if (first === undefined || second === undefined) throw new Error('two differences');
  return second <= noise || second - first <= SHRINKS / 2;
}
