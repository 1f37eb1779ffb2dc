/**
 * Which of two values is larger, surely: what rounding makes of a sum that cancels must count neither for nor against an
 * inequality. Exact where everything is rational; else only an order that stays the same at more than twice the digits.
 */
import type { Condition } from '../document/model.ts';
import type { BigFloat } from '../number/big-float.ts';
import { FloatRing } from '../numeric/float-ring.ts';
import { Rational } from '../number/rational.ts';

export type Order = -1 | 0 | 1;
export interface ValuePair {
  readonly claimed: BigFloat;
  readonly derived: BigFloat;
}

const GUARD_DIGITS = 12;
/** Values that agree to so many times the digits asked for count as equal where exact numbers cannot say. */
const EQUAL_AT = 5;
const HUNDRED = Rational.of(100);

/** Whether left and right are in the relation when the order of left − right is this; no order makes ≈, ∼, ≫ and ≪ true. */
export function isInOrder(relation: Condition['comparisons'][number]['relation'], order: Order): boolean {
  switch (relation) {
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '\\le':
      return order <= 0;
    case '\\ge':
      return order >= 0;
    case '\\ne':
      return order !== 0;
    case '=':
    case ':=':
    case '\\equiv':
      return order === 0;
    case '\\approx':
    case '\\sim':
    case '\\gg':
    case '\\ll':
      return false;
  }
}

/** The sign of derived − claimed, with values of `digits` digits and more from `at`; null where it is too close to tell. */
export function sureOrder(at: (digits: number) => ValuePair | null, digits: number): Order | null {
  const more = 2 * digits + GUARD_DIGITS;
  const [first, second] = [at(digits), at(more)];
  if (!first || !second) return null;
  const ring = new FloatRing(more + GUARD_DIGITS);
  const gaps = [first, second].map(({ claimed, derived }) => ring.subtract(derived, claimed));
  const [before, after] = gaps;
  if (!before || !after) return null;
  if (isApart(first, digits) && isApart(second, more) && isStable(before, after, ring)) return ring.sign(after);
  if (isApart(first, digits) || isApart(second, more)) return null;
  const last = at(EQUAL_AT * digits);
  return last && !isApart(last, EQUAL_AT * digits) ? 0 : null;
}

/** Whether the two values differ in their leading `digits` digits. */
function isApart({ claimed, derived }: ValuePair, digits: number): boolean {
  const ring = new FloatRing(digits + GUARD_DIGITS);
  const size = (value: BigFloat): BigFloat => ring.abs(value);
  const larger = ring.compare(size(claimed), size(derived)) < 0 ? size(derived) : size(claimed);
  const bound = ring.multiply(ring.fromRational(Rational.of(1, 10n ** BigInt(digits))), larger);
  return ring.compare(size(ring.subtract(derived, claimed)), bound) > 0;
}

const isStable = (before: BigFloat, after: BigFloat, ring: FloatRing): boolean =>
  ring.compare(ring.multiply(ring.abs(ring.subtract(before, after)), ring.fromRational(HUNDRED)), ring.abs(after)) < 0;
