/** One entry of both sides along growing n: whether it settles, and whether a difference does. */
import { type BigFloat, logarithmOfSize } from '../../../number/big-float.ts';
import { FloatRing } from '../../../evaluate/ring/float-ring.ts';
import type { Comparison, Outcome } from '../../question.ts';
import type { Sample } from '../../sample/sample.ts';

/** Digits beyond those that are asked for. */
export const LIMIT_GUARD_DIGITS = 12;
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

const BITS_A_DIGIT = Math.log2(10);

type Values = Extract<Outcome, { readonly kind: 'values' }>;
export interface LimitMember {
  readonly sample: Sample;
  readonly claimed: Values;
  readonly derived: Values;
}
export type LimitCell = { readonly claimed: readonly BigFloat[]; readonly derived: readonly BigFloat[] };
type CellOutcome =
  | { readonly kind: 'agree' | 'closer' | 'zero' | 'differ' }
  | { readonly kind: 'unusable'; readonly reason: string; readonly grows?: true };

/** Whether both sides are known to so many digits of the larger one. */
export const isSharp = ({ claimed, derived }: LimitMember, digits: number): boolean =>
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

export const limitCellAt = (members: readonly LimitMember[], row: number, component: number): LimitCell => ({
  claimed: column(members, 'claimed', row, component),
  derived: column(members, 'derived', row, component),
});

function column(
  members: readonly LimitMember[],
  side: 'claimed' | 'derived',
  row: number,
  component: number,
): BigFloat[] {
  return members.map(member => {
    const value = member[side].rows[row]?.[component];
    if (value === undefined) throw new Error('the two sides have rows of different lengths');
    return value;
  });
}

export function limitsDiffer({ claimed, derived }: LimitCell, row: number, component: number): Comparison {
  const [one, other] = [claimed.at(-1), derived.at(-1)];
  if (!one || !other) throw new Error('a sequence has members');
  return { kind: 'differ', row, component, claimed: one, derived: other };
}

/** Whether later members would say the same: what changes still is next to nothing, and falls tenfold at each doubling. */
export function isClear(members: readonly LimitMember[], digits: number): boolean {
  const ring = new FloatRing(digits + LIMIT_GUARD_DIGITS);
  return (members.at(-1)?.claimed.rows ?? []).every((values, row) =>
    values.every((_, component) => isClearCell(limitCellAt(members, row, component), ring, digits)),
  );
}

function isClearCell({ claimed, derived }: LimitCell, ring: FloatRing, digits: number): boolean {
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

export function judgeLimitCell({ claimed, derived }: LimitCell, digits: number): CellOutcome {
  const ring = new FloatRing(digits + LIMIT_GUARD_DIGITS);
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
