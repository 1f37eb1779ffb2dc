/**
 * One step at one point: whether what it says of the expression before it and the one after it is so there. Only values are
 * looked at.
 */
import { Rational } from '../number/rational.ts';
import { type Ball, type BallRing, mayBeZero, PrecisionLoss } from '../numeric/ball-ring.ts';
import { rationalPower } from '../numeric/ring.ts';
import type { Expression } from '../expression/expression.ts';
import type { ProofStep, RegimeOf, SignOf } from '../prove/trace.ts';

/** `unknown`: too much work, or too few digits. */
export type Value =
  | { readonly kind: 'value'; readonly value: Ball }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

/** Values of expressions at one point. */
export interface StepPoint {
  readonly ring: BallRing;
  /** Every hyperparameter lies inside its domain, so that what is exactly zero is so because of the integers. */
  readonly inside: boolean;
  value(expression: Expression): Value;
  /** With another n. */
  later(expression: Expression, n: number): Value;
  /** At the next n. */
  next(expression: Expression): Value;
  /** In a regime, at σ. */
  scaled(expression: Expression, regime: RegimeOf, sigma: Rational): Value;
}

export type StepOutcome =
  | { readonly kind: 'kept' }
  /** A value before the step and none after it. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'unknown' }
  /** The step says nothing here: no value before it. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'broken'; readonly reason: string };

const KEPT: StepOutcome = { kind: 'kept' };
const LOST: StepOutcome = { kind: 'lost' };
const UNKNOWN: StepOutcome = { kind: 'unknown' };
const NOTHING: StepOutcome = { kind: 'nothing' };
const broken = (reason: string): StepOutcome => ({ kind: 'broken', reason });

const without = (value: Exclude<Value, { readonly kind: 'value' }>, none: StepOutcome): StepOutcome =>
  value.kind === 'none' ? none : UNKNOWN;

export function checkStep(step: ProofStep, point: StepPoint): StepOutcome {
  const { relation } = step;
  switch (relation.kind) {
    case 'equal':
      return multiplied(step, [], point);
    case 'times':
      return multiplied(step, relation.factors, point);
    case 'sign':
      return sign(step.before, relation, point);
    case 'recursion':
      return recursion(step, relation, point);
    case 'same-sign':
      return sameSign(step, relation.where, point);
    case 'limit':
      return continuous(step, relation.parts ?? [], point);
    case 'growth':
      return growth(step, point);
    case 'toeplitz':
      return toeplitz(step, relation, point);
    case 'series':
      return series(step.before, relation, point);
  }
}

function multiplied({ before, after }: ProofStep, factors: readonly Expression[], point: StepPoint): StepOutcome {
  const { ring } = point;
  const first = point.value(before);
  if (first.kind !== 'value') return without(first, NOTHING);
  const last = point.value(after);
  if (last.kind !== 'value') return without(last, LOST);
  let expected = first.value;
  for (const factor of factors) {
    const by = point.value(factor);
    if (by.kind !== 'value') return without(by, LOST);
    // Zero whatever the continuous variables are: the factor does not count at these integers.
    if (ring.isZero(by.value) && point.inside) continue;
    if (mayBeZero(by.value)) return UNKNOWN;
    expected = ring.multiply(by.value, expected);
  }
  if (mayBeZero(ring.subtract(last.value, expected))) return KEPT;
  return broken(
    factors.length === 0
      ? 'the values before and after it differ'
      : 'the value after it is not the one before it times its factors',
  );
}

/** Whether the sign holds at the point; null where its value has none or is too close to zero. */
function holds({ gap, strict }: SignOf, { ring, value }: StepPoint): boolean | null {
  const found = value(gap);
  if (found.kind !== 'value') return null;
  if (ring.isZero(found.value)) return !strict;
  return mayBeZero(found.value) ? null : ring.sign(found.value) > 0;
}

function sign(
  gap: Expression,
  { strict, where, exactly }: Extract<ProofStep['relation'], { readonly kind: 'sign' }>,
  point: StepPoint,
): StepOutcome {
  for (const condition of where) {
    const given = holds(condition, point);
    if (given === null) return UNKNOWN;
    if (!given) return NOTHING;
  }
  const asked = holds({ gap, strict }, point);
  const expected = exactly === null ? true : holds(exactly, point);
  if (asked === null || expected === null) return point.value(gap).kind === 'none' ? NOTHING : UNKNOWN;
  return asked === expected ? KEPT : broken('the sign is another one');
}

/** Values of n at which an expression and its limit are compared. */
const LATE = [6, 12, 24] as const;

/**
 * Broken where the distance from the limit settles at something that is not zero: it hardly changes from one n to the next,
 * and the less the larger n is.
 */
function limit({ before, after }: ProofStep, point: StepPoint): StepOutcome {
  const { ring } = point;
  const end = point.value(after);
  if (end.kind !== 'value') return without(end, LOST);
  const distances: Ball[] = [];
  for (const n of LATE) {
    const value = point.later(before, n);
    if (value.kind !== 'value') return without(value, NOTHING);
    distances.push(ring.subtract(value.value, end.value));
  }
  const [first, second, third] = distances;
  if (first === undefined || second === undefined || third === undefined) return UNKNOWN;
  if (mayBeZero(third)) return KEPT;
  try {
    const size = ring.abs(third);
    const isBelow = (value: Ball, part: Rational): boolean =>
      mayBeZero(value) || ring.compare(ring.abs(value), ring.multiply(ring.fromRational(part), size)) < 0;
    const settles =
      isBelow(ring.subtract(third, second), Rational.of(1, 5)) &&
      isBelow(ring.subtract(second, first), Rational.of(1, 2));
    return settles ? broken('the values for large n go elsewhere') : KEPT;
  } catch (error) {
    if (error instanceof PrecisionLoss) return UNKNOWN;
    throw error;
  }
}

type Part = Pick<ProofStep, 'before' | 'after'>;

/** |before(n) − after|; the kind of the value that is missing where there is none. */
function distanceAt({ before, after }: Part, n: number, { ring, value, later }: StepPoint): Value {
  const end = value(after);
  if (end.kind !== 'value') return end;
  const found = later(before, n);
  return found.kind === 'value' ? { kind: 'value', value: ring.subtract(found.value, end.value) } : found;
}

/** Whether |value| < part · (1 + |size|), where the digits tell. */
function isSmall(value: Ball, part: Rational, size: Ball, { ring }: StepPoint): boolean {
  if (mayBeZero(value)) return true;
  const bound = ring.multiply(ring.fromRational(part), ring.add(ring.one, ring.abs(size)));
  return ring.compare(ring.abs(value), bound) < 0;
}

/** Parts this near to their limits are at them; then the whole is this near to its own. */
const PARTS_NEAR = Rational.of(1, 10n ** 12n);
const WHOLE_NEAR = Rational.of(1, 100);

/** A limit that rests on those of its parts. */
function continuous(step: ProofStep, parts: readonly Part[], point: StepPoint): StepOutcome {
  const usual = limit(step, point);
  if (usual.kind !== 'kept' || parts.length === 0) return usual;
  return decided(() => {
    const n = LATE[2];
    for (const part of parts) {
      const [distance, end] = [distanceAt(part, n, point), point.value(part.after)];
      if (distance.kind !== 'value' || end.kind !== 'value') return usual;
      if (!isSmall(distance.value, PARTS_NEAR, end.value, point)) return usual;
    }
    const [distance, end] = [distanceAt(step, n, point), point.value(step.after)];
    if (distance.kind !== 'value' || end.kind !== 'value') return usual;
    return isSmall(distance.value, WHOLE_NEAR, end.value, point)
      ? usual
      : broken('the parts are at their limits and the whole is not');
  });
}

/** What the digits do not tell is unknown. */
function decided(find: () => StepOutcome): StepOutcome {
  try {
    return find();
  } catch (error) {
    if (error instanceof PrecisionLoss) return UNKNOWN;
    throw error;
  }
}

/** Products of powers alone cost nothing at large n. */
const VERY_LATE = [16, 256] as const;
const HALF = Rational.of(1, 2);

function growth(step: ProofStep, point: StepPoint): StepOutcome {
  const [early, late] = VERY_LATE.map(n => distanceAt(step, n, point));
  if (early === undefined || late === undefined) return UNKNOWN;
  if (early.kind !== 'value') return without(early, NOTHING);
  if (late.kind !== 'value') return without(late, NOTHING);
  return decided(() => {
    const { ring } = point;
    if (mayBeZero(late.value)) return KEPT;
    const bound = ring.multiply(ring.fromRational(HALF), ring.abs(early.value));
    return !mayBeZero(early.value) && ring.compare(ring.abs(late.value), bound) < 0
      ? KEPT
      : broken('the distance from the limit does not shrink');
  });
}

/** What tends to something shrinks at least like this from one n to twice that; what grows like log n or faster does not. */
const SETTLING = Rational.of(4, 5);
/** Below this nothing is to be seen. */
const NOTHING_LEFT = Rational.of(1, 10n ** 6n);

function toeplitz(
  step: ProofStep,
  { sizes, fixed }: Extract<ProofStep['relation'], { readonly kind: 'toeplitz' }>,
  point: StepPoint,
): StepOutcome {
  const usual = limit(step, point);
  if (usual.kind !== 'kept') return usual;
  const { ring } = point;
  const at = (expression: Expression): readonly Ball[] =>
    LATE.flatMap(n => {
      const value = point.later(expression, n);
      return value.kind === 'value' ? [value.value] : [];
    });
  /** Whether the second is less than a part of the first, or nothing. */
  const shrinks = (first: Ball, second: Ball): boolean =>
    isSmall(second, NOTHING_LEFT, ring.zero, point) ||
    (!mayBeZero(first) &&
      ring.compare(ring.abs(second), ring.multiply(ring.fromRational(SETTLING), ring.abs(first))) < 0);
  return decided(() => {
    const [s1, s2, s3] = at(sizes);
    if (s1 === undefined || s2 === undefined || s3 === undefined) return UNKNOWN;
    const [before, after] = [ring.subtract(s2, s1), ring.subtract(s3, s2)];
    const grows = !mayBeZero(after) && ring.sign(after) > 0;
    if (grows && !shrinks(before, after)) return broken('the sums of the sizes of the weights are not bounded');
    for (const weights of fixed) {
      const [, w2, w3] = at(weights);
      if (w2 === undefined || w3 === undefined) return UNKNOWN;
      if (!shrinks(w2, w3)) return broken('the weights of a fixed time do not vanish');
    }
    return KEPT;
  });
}

/** All conditions hold: true; one fails: false; not known: null. */
function given(where: readonly SignOf[], point: StepPoint): boolean | null {
  for (const condition of where) {
    const found = holds(condition, point);
    if (found !== true) return found;
  }
  return true;
}

function recursion(
  { before, after }: ProofStep,
  { ratio, strict, where }: Extract<ProofStep['relation'], { readonly kind: 'recursion' }>,
  point: StepPoint,
): StepOutcome {
  const inside = given(where, point);
  if (inside !== true) return inside === null ? UNKNOWN : NOTHING;
  const { ring } = point;
  const [now, by, rest, first] = [point.value(before), point.value(ratio), point.value(after), point.later(before, 0)];
  const next = point.next(before);
  if (now.kind !== 'value') return without(now, NOTHING);
  if (next.kind !== 'value') return without(next, NOTHING);
  if (by.kind !== 'value' || rest.kind !== 'value' || first.kind !== 'value') return UNKNOWN;
  const expected = ring.add(ring.multiply(by.value, now.value), rest.value);
  return decided(() => {
    if (!mayBeZero(ring.subtract(next.value, expected)))
      return broken('the next value is not the one of the recursion');
    if (!mayBeZero(by.value) && ring.sign(by.value) < 0) return broken('the ratio is negative');
    if (ring.isZero(first.value)) return strict ? broken('the first value is zero') : KEPT;
    return !mayBeZero(first.value) && ring.sign(first.value) < 0 ? broken('the first value is negative') : KEPT;
  });
}

function sameSign({ before, after }: ProofStep, where: readonly SignOf[], point: StepPoint): StepOutcome {
  const inside = given(where, point);
  if (inside !== true) return inside === null ? UNKNOWN : NOTHING;
  const [first, last] = [point.value(before), point.value(after)];
  if (first.kind !== 'value') return without(first, NOTHING);
  if (last.kind !== 'value') return without(last, LOST);
  return decided(() => {
    const { ring } = point;
    if (mayBeZero(first.value) || mayBeZero(last.value)) return UNKNOWN;
    return ring.sign(first.value) === ring.sign(last.value) ? KEPT : broken('the sign changes');
  });
}

/** Squares, so that their roots are exact. */
const NEAR = Rational.of(1, 64);
const NEARER = Rational.of(1, 1024);
/** What is left shrinks at least with this much more than the power that is claimed. */
const MORE = Rational.of(1, 4);

/**
 * What the terms leave of the expression must be smaller than σ^through: from one σ to the next it has to shrink by more than that
 * power does.
 */
function series(
  before: Expression,
  { regime, terms, through }: Extract<ProofStep['relation'], { readonly kind: 'series' }>,
  point: StepPoint,
): StepOutcome {
  const { ring } = point;
  const left: Ball[] = [];
  for (const sigma of [NEAR, NEARER]) {
    const value = point.scaled(before, regime, sigma);
    if (value.kind !== 'value') return without(value, NOTHING);
    let rest = value.value;
    for (const { power, coefficient } of terms) {
      const by = point.value(coefficient);
      if (by.kind !== 'value') return without(by, LOST);
      rest = ring.subtract(rest, ring.multiply(by.value, rationalPower(ring, ring.fromRational(sigma), power)));
    }
    left.push(rest);
  }
  const [far, near] = left;
  if (far === undefined || near === undefined) return UNKNOWN;
  if (mayBeZero(near)) return KEPT;
  try {
    // (σ₂/σ₁)^{through + ¼} with σ₂/σ₁ = 2^{−4}.
    const power = through.add(MORE).multiply(Rational.of(4));
    const shrink = rationalPower(ring, ring.fromRational(Rational.of(1, 2)), power);
    return ring.compare(ring.abs(near), ring.multiply(ring.abs(far), shrink)) > 0
      ? broken('what the terms leave does not become small enough')
      : KEPT;
  } catch (error) {
    if (error instanceof PrecisionLoss) return UNKNOWN;
    throw error;
  }
}
