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
    case 'limit':
      return limit(step, point);
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
