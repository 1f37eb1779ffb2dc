/** Steps that say a sign: by a value, by a recursion in n, by the sign of another expression. */
import type { Expression } from '../expression/core/expression.ts';
import { mayBeZero } from '../evaluate/ring/ball.ts';
import type { ProofStep, SignOf } from '../prove/trace.ts';
import {
  broken,
  decided,
  KEPT,
  LOST,
  NOTHING,
  type StepOutcome,
  type StepPoint,
  UNKNOWN,
  noValueFrom,
} from './step-outcome.ts';

/** Whether the sign holds at the point; null where its value has none or is too close to zero. */
function holds({ gap, strict }: SignOf, { ring, value }: StepPoint): boolean | null {
  const found = value(gap);
  if (found.kind !== 'value') return null;
  if (ring.isZero(found.value)) return !strict;
  return mayBeZero(found.value) ? null : ring.sign(found.value) > 0;
}

export function checkSign(
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

/** All conditions hold: true; one fails: false; not known: null. */
function given(where: readonly SignOf[], point: StepPoint): boolean | null {
  for (const condition of where) {
    const found = holds(condition, point);
    if (found !== true) return found;
  }
  return true;
}

export function checkRecursion(
  { before, after }: ProofStep,
  { ratio, strict, where }: Extract<ProofStep['relation'], { readonly kind: 'recursion' }>,
  point: StepPoint,
): StepOutcome {
  const inside = given(where, point);
  if (inside !== true) return inside === null ? UNKNOWN : NOTHING;
  const { ring } = point;
  const [now, by, rest, first] = [point.value(before), point.value(ratio), point.value(after), point.later(before, 0)];
  const next = point.next(before);
  if (now.kind !== 'value') return noValueFrom(now, NOTHING);
  if (next.kind !== 'value') return noValueFrom(next, NOTHING);
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

export function checkSameSign({ before, after }: ProofStep, where: readonly SignOf[], point: StepPoint): StepOutcome {
  const inside = given(where, point);
  if (inside !== true) return inside === null ? UNKNOWN : NOTHING;
  const [first, last] = [point.value(before), point.value(after)];
  if (first.kind !== 'value') return noValueFrom(first, NOTHING);
  if (last.kind !== 'value') return noValueFrom(last, LOST);
  return decided(() => {
    const { ring } = point;
    if (mayBeZero(first.value) || mayBeZero(last.value)) return UNKNOWN;
    return ring.sign(first.value) === ring.sign(last.value) ? KEPT : broken('the sign changes');
  });
}
