/** Steps that take a limit: by values at late n, by the limits of the parts, by products of powers, by Silverman–Toeplitz. */
import type { Expression } from '../expression/core/expression.ts';
import { Rational } from '../number/rational.ts';
import { type Ball, mayBeZero, PrecisionLoss } from '../evaluate/ring/ball.ts';
import type { ProofStep } from '../prove/trace.ts';
import {
  broken,
  decided,
  KEPT,
  LOST,
  NOTHING,
  type StepOutcome,
  type StepPoint,
  UNKNOWN,
  type PointValue,
  noValueFrom,
} from './step-outcome.ts';

/** Values of n at which an expression and its limit are compared. */
const LATE = [6, 12, 24] as const;
/** Beyond them: what goes elsewhere does so there too, where there are values; 1/(1 + β^n e^{200}) has not settled before. */
const BEYOND = [400, 20_000, 1_000_000] as const;
/** A part of the distance from the limit: by less than this nothing moves that has settled elsewhere. */
const STILL = Rational.of(1, 1_000);

/**
 * Broken where the distance from the limit settles at something that is not zero: it hardly changes from one n to the next,
 * and the less the larger n is.
 */
function limit({ before, after }: ProofStep, point: StepPoint): StepOutcome {
  const { ring } = point;
  const end = point.value(after);
  if (end.kind !== 'value') return noValueFrom(end, LOST);
  const distances: Ball[] = [];
  for (const n of LATE) {
    const value = point.later(before, n);
    if (value.kind !== 'value') return noValueFrom(value, NOTHING);
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
    if (!settles) return KEPT;
    const beyond = BEYOND.flatMap(n => {
      const value = point.later(before, n);
      return value.kind === 'value' ? [ring.subtract(value.value, end.value)] : [];
    });
    // (n+1)^{−γ} shrinks as slowly as one likes; what goes elsewhere hardly moves by then.
    const stillMoves = beyond.some((distance, at) => {
      const before = beyond[at - 1];
      return at === beyond.length - 1 && before !== undefined && !isBelow(ring.subtract(distance, before), STILL);
    });
    const staysBeyond = !stillMoves && beyond.every(each => isBelow(ring.subtract(each, third), Rational.of(1, 2)));
    return staysBeyond ? broken('the values for large n go elsewhere') : KEPT;
  } catch (error) {
    if (error instanceof PrecisionLoss) return UNKNOWN;
    throw error;
  }
}

type Part = Pick<ProofStep, 'before' | 'after'>;

/** |before(n) − after|; the kind of the value that is missing where there is none. */
function distanceAt({ before, after }: Part, n: number, { ring, value, later }: StepPoint): PointValue {
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
export function checkContinuous(step: ProofStep, parts: readonly Part[], point: StepPoint): StepOutcome {
  const usual = limit(step, point);
  if (usual.kind !== 'kept' || parts.length === 0) return usual;
  return decided(() => {
    const n = LATE[2];
    let areThere = true;
    for (const part of parts) {
      const [distance, end] = [distanceAt(part, n, point), point.value(part.after)];
      if (distance.kind !== 'value' || end.kind !== 'value') return usual;
      if (!isSmall(distance.value, PARTS_NEAR, end.value, point)) return usual;
      areThere &&= mayBeZero(distance.value);
    }
    const end = point.value(step.after);
    if (end.kind !== 'value') return usual;
    // A part may be next to its limit and yet have a large factor: then the whole comes near later.
    const isFar = [n, ...(areThere ? [] : BEYOND)].every(late => {
      const distance = distanceAt(step, late, point);
      return distance.kind === 'value' ? !isSmall(distance.value, WHOLE_NEAR, end.value, point) : late !== n;
    });
    return isFar ? broken('the parts are at their limits and the whole is not') : usual;
  });
}

/** Products of powers alone cost nothing at large n. */
const VERY_LATE = [16, 256] as const;
const HALF = Rational.of(1, 2);

/** Whether the distance from the limit halves from one late n to another; where powers of n may be slow, whether it shrinks. */
export function checkGrowth(step: ProofStep, isSlow: boolean, point: StepPoint): StepOutcome {
  const [early, late] = VERY_LATE.map(n => distanceAt(step, n, point));
  if (early === undefined || late === undefined) return UNKNOWN;
  if (early.kind !== 'value') return noValueFrom(early, NOTHING);
  if (late.kind !== 'value') return noValueFrom(late, NOTHING);
  return decided(() => {
    const { ring } = point;
    if (mayBeZero(late.value)) return KEPT;
    const bound = ring.multiply(ring.fromRational(isSlow ? Rational.one : HALF), ring.abs(early.value));
    return !mayBeZero(early.value) && ring.compare(ring.abs(late.value), bound) < 0
      ? KEPT
      : broken('the distance from the limit does not shrink');
  });
}

/** What tends to something shrinks at least like this from one n to twice that; what grows like log n or faster does not. */
const SETTLING = Rational.of(4, 5);
/** Below this nothing is to be seen. */
const NOTHING_LEFT = Rational.of(1, 10n ** 6n);

const valuesAt = (expression: Expression, { later }: StepPoint): readonly Ball[] =>
  LATE.flatMap(n => {
    const value = later(expression, n);
    return value.kind === 'value' ? [value.value] : [];
  });

/** Whether the second is less than a part of the first, or nothing. */
function shrinks(first: Ball, second: Ball, point: StepPoint): boolean {
  const { ring } = point;
  return (
    isSmall(second, NOTHING_LEFT, ring.zero, point) ||
    (!mayBeZero(first) &&
      ring.compare(ring.abs(second), ring.multiply(ring.fromRational(SETTLING), ring.abs(first))) < 0)
  );
}

/** Whether sums of what is not negative stay bounded, so far as can be seen; null where values are missing. */
function staysBounded(sums: Expression, point: StepPoint): boolean | null {
  const { ring } = point;
  const [s1, s2, s3] = valuesAt(sums, point);
  if (s1 === undefined || s2 === undefined || s3 === undefined) return null;
  const [before, after] = [ring.subtract(s2, s1), ring.subtract(s3, s2)];
  const grows = !mayBeZero(after) && ring.sign(after) > 0;
  return !grows || shrinks(before, after, point);
}

export function checkToeplitz(
  step: ProofStep,
  { sizes, fixed }: Extract<ProofStep['relation'], { readonly kind: 'toeplitz' }>,
  point: StepPoint,
): StepOutcome {
  const usual = limit(step, point);
  if (usual.kind !== 'kept') return usual;
  return decided(() => {
    const isBounded = staysBounded(sizes, point);
    if (isBounded === null) return UNKNOWN;
    if (!isBounded) return broken('the sums of the sizes of the weights are not bounded');
    for (const weights of fixed) {
      const [, w2, w3] = valuesAt(weights, point);
      if (w2 === undefined || w3 === undefined) return UNKNOWN;
      if (!shrinks(w2, w3, point)) return broken('the weights of a fixed time do not vanish');
    }
    return KEPT;
  });
}

export function checkTannery(
  step: ProofStep,
  { sizes, dominated }: Extract<ProofStep['relation'], { readonly kind: 'tannery' }>,
  point: StepPoint,
): StepOutcome {
  const usual = limit(step, point);
  if (usual.kind !== 'kept') return usual;
  return decided(() => {
    for (const [sums, what] of [
      [sizes, 'the sums of the dominating series are not bounded'],
      [dominated, 'the terms are not below a constant times the dominating series'],
    ] as const) {
      const isBounded = staysBounded(sums, point);
      if (isBounded === null) return UNKNOWN;
      if (!isBounded) return broken(what);
    }
    return KEPT;
  });
}
