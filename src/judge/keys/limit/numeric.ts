/**
 * Limits n → ∞ by their values along growing n. A difference of the two sides refutes only where it is settled over three
 * doublings of n: its changes shrink like a geometric sequence whose rest is far smaller than the difference itself. What
 * tends to zero slowly, as 1/√n or 1/log n, has changes whose rest is as large as itself, so that it never refutes. A side that
 * does not settle has no limit that shows, which is no evidence for anything.
 */
import type { Budget } from '../../../base/budget.ts';
import { type BigFloat, logarithmOfSize } from '../../../number/big-float.ts';
import { FloatRing } from '../../../evaluate/ring/float-ring.ts';
import {
  isClear,
  isSharp,
  judgeLimitCell,
  type LimitCell,
  limitCellAt,
  limitsDiffer,
  LIMIT_GUARD_DIGITS,
  type LimitMember,
} from './limit-cells.ts';
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
/** What a claim says of large n does not depend on how many digits are asked for. */
const FEWEST_DIGITS = 30;
/** Members whose parts are looked at. */
const LAST = 3;
const HIDDEN = 'a part is not seen beside another one there, and may be seen at large n';
/** From so many digits on numbers are exact while they are short. */
const EXACT_DIGITS = 120;
/** Whether the sequence of the first sample that ends with the others may not see what happens at large n. */
export type Hides = (first: Sample, last: readonly Sample[]) => boolean;
const HIDES_NOTHING: Hides = () => false;

/** The question about the limits of both sides of `base`; `start` says from which n on a sequence tells of large n. */
export function limitQuestion(
  base: Question,
  budget: Budget,
  start: LateStart,
  { iteration = 'n', hides = HIDES_NOTHING }: { readonly iteration?: string; readonly hides?: Hides } = {},
): Question {
  const along = new Along(base, budget, start, hides);
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

/** Whether a side grows ever faster in a component, which is seen whatever else is not. */
const growsSomewhere = (members: readonly LimitMember[], digits: number): boolean =>
  (members.at(-1)?.claimed.rows ?? []).some((values, row) =>
    values.some((_, component) => {
      const said = judgeLimitCell(limitCellAt(members, row, component), digits);
      return said.kind === 'unusable' && said.grows === true;
    }),
  );

const valueAt = (outcome: Outcome, row: number, component: number): BigFloat | null =>
  outcome.kind === 'values' ? (outcome.rows[row]?.[component] ?? null) : null;

type Members =
  | { readonly kind: 'members'; readonly members: readonly LimitMember[] }
  | Extract<Outcome, { kind: 'unusable' }>;

class Along {
  readonly #base: Question;
  readonly #budget: Budget;
  readonly #start: LateStart;
  /** The sequence of a sample, once it is known how far it goes. */
  readonly #samples = new WeakMap<Sample, readonly Sample[]>();
  readonly #hides: Hides;
  #work = 0;

  constructor(base: Question, budget: Budget, start: LateStart, hides: Hides) {
    this.#base = base;
    this.#budget = budget;
    this.#start = start;
    this.#hides = hides;
  }

  /** With fewer digits than these nothing more is told: what no digits show is no evidence, and no refutation. */
  compare(sample: Sample, asked: number, { screening = false, speaksOf }: AskedAlong = {}): Comparison {
    const digits = Math.max(asked, FEWEST_DIGITS);
    const along = this.#members(sample, digits, screening);
    if (along.kind === 'unusable') return along;
    const { members } = along;
    const last = members.at(-1);
    if (!last) throw new Error('a sequence has members');
    if (
      !screening &&
      this.#hides(
        sample,
        members.slice(-LAST).map(member => member.sample),
      )
    )
      return { kind: 'unusable', reason: HIDDEN, ...(growsSomewhere(members, digits) ? { grows: true } : {}) };
    let agrees = false;
    let comesCloser = false;
    let unusable: string | null = null;
    let grows = false;
    for (const [row, values] of last.claimed.rows.entries()) {
      for (const component of values.keys()) {
        if (speaksOf?.(component + 1) === false) continue;
        const cell = limitCellAt(members, row, component);
        const outcome = judgeLimitCell(cell, digits);
        const isDifferent =
          outcome.kind === 'differ' &&
          !('unknown' in this.#start) &&
          (screening || this.#isStable(sample, digits, cell, row, component));
        if (isDifferent) return limitsDiffer(cell, row, component);
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
    const members: LimitMember[] = [];
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
  #memberAt(sample: Sample, digits: number): LimitMember | Extract<Outcome, { kind: 'unusable' }> {
    const member = this.#memberWith(sample, digits + LIMIT_GUARD_DIGITS);
    if ('kind' in member || isSharp(member, digits)) return member;
    return this.#memberWith(sample, Math.max(EXACT_DIGITS, 2 * digits + LIMIT_GUARD_DIGITS));
  }

  #memberWith(sample: Sample, digits: number): LimitMember | Extract<Outcome, { kind: 'unusable' }> {
    const derived = this.#base.derived(sample, digits);
    if (derived.kind === 'unusable') return derived;
    const claimed = this.#base.claimed(sample, digits);
    return claimed.kind === 'unusable' ? claimed : { sample, derived, claimed };
  }

  /** Whether a difference stays what it is at more than twice the digits, and is not the rounding of a zero. */
  #isStable(sample: Sample, digits: number, cell: LimitCell, row: number, component: number): boolean {
    const more = 2 * digits + LIMIT_GUARD_DIGITS;
    const along = this.#members(sample, more);
    if (along.kind === 'unusable') return false;
    const again = limitCellAt(along.members, row, component);
    if (judgeLimitCell(again, more).kind !== 'differ') return false;
    const ring = new FloatRing(more);
    const [first, second] = [cell, again].map(({ claimed, derived }) =>
      ring.subtract(claimed.at(-1) ?? ring.zero, derived.at(-1) ?? ring.zero),
    );
    if (first === undefined || second === undefined) throw new Error('two cells');
    return logarithmOfSize(ring.subtract(first, second)) < logarithmOfSize(second) - 2;
  }
}
