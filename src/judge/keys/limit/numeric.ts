/**
 * Limits n → ∞ by their values along growing n. A difference of the two sides refutes only where it is settled over three
 * doublings of n: its changes shrink like a geometric sequence whose rest is far smaller than the difference itself. What
 * tends to zero slowly, as 1/√n or 1/log n, has changes whose rest is as large as itself, so that it never refutes. A side that
 * does not settle has no limit that shows, which is no evidence for anything.
 */
import type { Budget } from '../../../base/budget.ts';
import { type BigFloat, logarithmOfSize } from '../../../number/big-float.ts';
import { FloatRing } from '../../../evaluate/ring/float-ring.ts';
import type { LateStart } from '../../satisfy/late-start.ts';
import type { AskedAlong, Comparison, Outcome, Question, SequencePoint } from '../../question.ts';
import type { Sample } from '../../sample/sample.ts';

/** From where a sequence begins: about doubling, of both parities, so that a sign that alternates does not look like a limit. */
const ITERATIONS = [6, 13, 24, 49, 96, 193, 384, 769] as const;
/** So many are enough to choose among candidates. */
const SCREENED = 5;
/** So many of them at least, and more as long as the last one cost less than this in evaluated nodes. */
const FEWEST = 4;
const MOST_WORK = 20_000;
/** Evaluated nodes for one member; a sequence ends before one that costs more. */
const MOST_A_MEMBER = 200_000;
/** Evaluated nodes for all sequences of a question; no further sequence is begun after that. */
const MOST_IN_ALL = 2_000_000;
const GUARD_DIGITS = 12;
/** log10 of the factor by which a difference that vanishes shrinks at least; n^{−1/2} has −0.15. */
const SHRINKS = -0.1;
/** The changes of what is settled shrink by this factor or more at every doubling. */
const RATIO = 0.8;
/** log10 of the factor by which the steps of what has no limit grow at every doubling; those of n^2 have 0.6, of n 0.3. */
const GROWS = 0.25;
/** How many times the rest of the changes a difference must be. */
const FAR = 16;
/** log10 of how small a difference is, beside the sides, that counts as none: what is larger may well be a limit that is close by. */
const CLOSE = -10;
/** log10 of the factor by which changes shrink that are not followed further, and of how small they are beside a difference. */
const SHRINKS_FAST = -1;
const CLEAR = -6;

/** From so many digits on numbers are exact while they are short. */
const EXACT_DIGITS = 120;
const BITS_A_DIGIT = Math.log2(10);

type Values = Extract<Outcome, { readonly kind: 'values' }>;
interface Member {
  readonly sample: Sample;
  readonly claimed: Values;
  readonly derived: Values;
}
type Cell = { readonly claimed: readonly BigFloat[]; readonly derived: readonly BigFloat[] };
type CellOutcome =
  | { readonly kind: 'agree' | 'closer' | 'zero' | 'differ' }
  | { readonly kind: 'unusable'; readonly reason: string; readonly grows?: true };

/** The question about the limits of both sides of `base`; `start` says from which n on a sequence tells of large n. */
export function limitQuestion(base: Question, budget: Budget, start: LateStart, iteration = 'n'): Question {
  const along = new Along(base, budget, start);
  return {
    ...base,
    space: { ...base.space, decay: 'slow' },
    quantity: row => `${base.quantity(row)} as ${iteration} \\to \\infty`,
    along: {
      compare: (sample, digits, asked) => along.compare(sample, digits, asked),
      points: (sample, row, component, digits) => along.points(sample, row, component, digits),
    },
  };
}

const valueAt = (outcome: Outcome, row: number, component: number): BigFloat | null =>
  outcome.kind === 'values' ? (outcome.rows[row]?.[component] ?? null) : null;

type Members =
  | { readonly kind: 'members'; readonly members: readonly Member[] }
  | Extract<Outcome, { kind: 'unusable' }>;

class Along {
  readonly #base: Question;
  readonly #budget: Budget;
  readonly #start: LateStart;
  /** The sequence of a sample, once it is known how far it goes. */
  readonly #samples = new WeakMap<Sample, readonly Sample[]>();
  #work = 0;

  constructor(base: Question, budget: Budget, start: LateStart) {
    this.#base = base;
    this.#budget = budget;
    this.#start = start;
  }

  compare(sample: Sample, digits: number, { screening = false, speaksOf }: AskedAlong = {}): Comparison {
    const along = this.#members(sample, digits, screening);
    if (along.kind === 'unusable') return along;
    const { members } = along;
    const last = members.at(-1);
    if (!last) throw new Error('a sequence has members');
    let agrees = false;
    let comesCloser = false;
    let unusable: string | null = null;
    let grows = false;
    for (const [row, values] of last.claimed.rows.entries()) {
      for (const component of values.keys()) {
        if (speaksOf?.(component + 1) === false) continue;
        const cell = cellAt(members, row, component);
        const outcome = judgeCell(cell, digits);
        const isDifferent =
          outcome.kind === 'differ' &&
          !('unknown' in this.#start) &&
          (screening || this.#isStable(sample, digits, cell, row, component));
        if (isDifferent) return differ(cell, row, component);
        if (outcome.kind === 'unusable') {
          unusable ??= outcome.reason;
          grows ||= outcome.grows === true;
        }
        if (outcome.kind === 'differ') unusable ??= 'the difference is not settled';
        else if (outcome.kind === 'agree') agrees = true;
        else if (outcome.kind === 'closer') comesCloser = true;
      }
    }
    if (last.claimed.rows.length < last.derived.rows.length)
      unusable ??= 'a coefficient of the claimed side has no value';
    if (unusable !== null) return { kind: 'unusable', reason: unusable, ...(grows ? { grows } : {}) };
    if ('unknown' in this.#start && agrees) return { kind: 'agree', weak: true };
    if (comesCloser) return { kind: 'agree', weak: true };
    return { kind: agrees ? 'agree' : 'degenerate' };
  }

  points(sample: Sample, row: number, component: number, digits: number): readonly SequencePoint[] {
    const along = this.#members(sample, digits);
    if (along.kind === 'unusable') return [];
    return along.members.flatMap(member => {
      const claimed = valueAt(member.claimed, row, component);
      const derived = valueAt(member.derived, row, component);
      return claimed && derived ? [{ sample: member.sample, claimed, derived, text: null }] : [];
    });
  }

  /** Both sides along the sequence; the first time it goes on as far as the work allows. */
  #members(sample: Sample, digits: number, screening = false): Members {
    const known = this.#samples.get(sample);
    if (known === undefined && this.#work > MOST_IN_ALL)
      return { kind: 'unusable', reason: 'the work for sequences is done' };
    const from = 'from' in this.#start ? this.#start.from : 0;
    const sequence =
      known ?? ITERATIONS.slice(0, screening ? SCREENED : undefined).map(n => ({ ...sample, n: from + n }));
    const members: Member[] = [];
    for (const at of sequence) {
      const before = this.#budget.spent;
      const most = known === undefined ? MOST_A_MEMBER : Number.POSITIVE_INFINITY;
      const member = this.#budget.within(most, () => this.#memberAt(at, digits));
      const work = this.#budget.spent - before;
      this.#work += work;
      if (member === null && members.length >= FEWEST) break;
      if (member === null) return { kind: 'unusable', reason: 'the terms of the sequence take too much work' };
      if ('kind' in member) return member;
      members.push(member);
      if (known === undefined && members.length >= FEWEST && (work > MOST_WORK || isClear(members, digits))) break;
    }
    if (known === undefined) this.#samples.set(sample, sequence.slice(0, members.length));
    return { kind: 'members', members };
  }

  /** With more digits, and numbers exact while they are short, where rounding is seen in a value: u/(u + β^n) at u = 0. */
  #memberAt(sample: Sample, digits: number): Member | Extract<Outcome, { kind: 'unusable' }> {
    const member = this.#memberWith(sample, digits + GUARD_DIGITS);
    if ('kind' in member || isSharp(member, digits)) return member;
    return this.#memberWith(sample, Math.max(EXACT_DIGITS, 2 * digits + GUARD_DIGITS));
  }

  #memberWith(sample: Sample, digits: number): Member | Extract<Outcome, { kind: 'unusable' }> {
    const derived = this.#base.derived(sample, digits);
    if (derived.kind === 'unusable') return derived;
    const claimed = this.#base.claimed(sample, digits);
    return claimed.kind === 'unusable' ? claimed : { sample, derived, claimed };
  }

  /** Whether a difference stays what it is at more than twice the digits, and is not the rounding of a zero. */
  #isStable(sample: Sample, digits: number, cell: Cell, row: number, component: number): boolean {
    const more = 2 * digits + GUARD_DIGITS;
    const along = this.#members(sample, more);
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
}

/** Whether both sides are known to so many digits of the larger one. */
const isSharp = ({ claimed, derived }: Member, digits: number): boolean =>
  claimed.rows.every((row, at) =>
    row.every((value, component) => {
      const other = derived.rows[at]?.[component];
      const size = Math.max(sizeOf(value), other === undefined ? Number.NEGATIVE_INFINITY : sizeOf(other));
      return [value, ...(other === undefined ? [] : [other])].every(
        ({ radius, scale }) => radius === 0 || Math.log2(radius) + scale <= size - digits * BITS_A_DIGIT,
      );
    }),
  );

/** log2 of the size. */
const sizeOf = (value: BigFloat): number => logarithmOfSize(value) * BITS_A_DIGIT;

const cellAt = (members: readonly Member[], row: number, component: number): Cell => ({
  claimed: column(members, 'claimed', row, component),
  derived: column(members, 'derived', row, component),
});

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

/** Whether later members would say the same: what changes still is next to nothing, and falls tenfold at each doubling. */
function isClear(members: readonly Member[], digits: number): boolean {
  const ring = new FloatRing(digits + GUARD_DIGITS);
  return (members.at(-1)?.claimed.rows ?? []).every((values, row) =>
    values.every((_, component) => isClearCell(cellAt(members, row, component), ring, digits)),
  );
}

function isClearCell({ claimed, derived }: Cell, ring: FloatRing, digits: number): boolean {
  const scale = Math.max(...[...claimed, ...derived].map(logarithmOfSize));
  const noise = scale - digits;
  const differences = claimed.map((value, at) => ring.subtract(value, derived[at] ?? ring.zero));
  const [difference, rests] = [differences.at(-1), [claimed, derived].map(values => lastChanges(values, ring))];
  const isSettled = (changes: readonly number[]): boolean => {
    const [before = 0, end = 0] = changes;
    return end <= noise || (end <= scale + CLOSE && end - before <= SHRINKS_FAST);
  };
  if (difference === undefined || !rests.every(isSettled)) return false;
  const size = logarithmOfSize(difference);
  const beforeIt = logarithmOfSize(differences.at(-2) ?? difference);
  // Small and falling, or so large that what still changes is nothing beside it.
  return isSettled([beforeIt, size]) || rests.every(changes => (changes.at(-1) ?? 0) <= size + CLEAR);
}

/** log10 of the last two changes. */
const lastChanges = (values: readonly BigFloat[], ring: FloatRing): number[] =>
  [-2, -1].map(at => logarithmOfSize(ring.subtract(values.at(at) ?? ring.zero, values.at(at - 1) ?? ring.zero)));

function judgeCell({ claimed, derived }: Cell, digits: number): CellOutcome {
  const ring = new FloatRing(digits + GUARD_DIGITS);
  const scale = Math.max(...[...claimed, ...derived].map(logarithmOfSize));
  if (scale === Number.NEGATIVE_INFINITY) return { kind: 'zero' };
  const noise = scale - digits;
  for (const [name, values] of [['derived', derived] as const, ['claimed', claimed] as const])
    if (!settles(values, ring, noise)) {
      const reason = `the ${name} side has no limit that shows`;
      return { kind: 'unusable', reason, ...(growsFaster(values, ring) ? { grows: true } : {}) };
    }
  const differences = claimed.map((value, at) => ring.subtract(value, derived[at] ?? ring.zero));
  const [before, middle, end] = differences.map(logarithmOfSize).slice(-3);
  if (before === undefined || middle === undefined || end === undefined) throw new Error('a sequence has members');
  const shrinks = end - middle <= SHRINKS && middle - before <= SHRINKS;
  if (end <= noise || (shrinks && end <= scale + CLOSE)) return { kind: 'agree' };
  if (shrinks) return { kind: 'closer' };
  if (end > rest(differences, ring, noise) + Math.log10(FAR)) return { kind: 'differ' };
  return { kind: 'unusable', reason: 'the difference changes too slowly to tell' };
}

/** log10 of what the changes of the last three doublings leave for all later ones; Infinity where they do not shrink. */
function rest(values: readonly BigFloat[], ring: FloatRing, noise: number): number {
  const changes = values
    .slice(1)
    .map((value, at) => logarithmOfSize(ring.subtract(value, values[at] ?? ring.zero)))
    .slice(-3);
  const [before, middle, end] = changes;
  if (before === undefined || middle === undefined || end === undefined) return Number.POSITIVE_INFINITY;
  // A change that is rounding shrinks no more.
  const ratio = (from: number, to: number): number => (to <= noise ? 0 : 10 ** (to - from));
  const worst = Math.max(ratio(before, middle), ratio(middle, end));
  if (worst > RATIO) return Number.POSITIVE_INFINITY;
  return Math.max(end, noise) + Math.log10(Math.max(worst / (1 - worst), 1));
}

/** Whether the steps from one member to the next become smaller. */
function settles(values: readonly BigFloat[], ring: FloatRing, noise: number): boolean {
  const [before, middle, end] = values.slice(-3);
  if (!before || !middle || !end) throw new Error('a sequence has members');
  const [first, second] = [ring.subtract(middle, before), ring.subtract(end, middle)].map(logarithmOfSize);
  if (first === undefined || second === undefined) throw new Error('two differences');
  return second <= noise || second - first <= SHRINKS / 2;
}

/** Whether the last values grow, and by ever larger steps: q^n for q > 1, and not a sum that is only slow. */
function growsFaster(values: readonly BigFloat[], ring: FloatRing): boolean {
  const sizes = values.slice(-4).map(logarithmOfSize);
  const steps = values.slice(-4).map((value, at, all) => logarithmOfSize(ring.subtract(value, all[at - 1] ?? value)));
  const [, first, second, third] = steps;
  if (first === undefined || second === undefined || third === undefined) return false;
  const isRising = sizes.every((size, at) => at === 0 || size > (sizes[at - 1] ?? size));
  return isRising && second - first > GROWS && third - second > GROWS;
}
