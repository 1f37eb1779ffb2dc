/**
 * Evaluation with enclosures: whatever a computation needs to decide is decided surely, with more digits where it must be,
 * or the computation has no value. Every number that comes out is proved to lie in its ball.
 */
import { attempt, failure, type Problem, type Result } from '../../base/problem.ts';
import { PrecisionLoss } from './ball.ts';
import { BallRing } from './ball-ring.ts';
import { type EnclosingRing, EnclosureRing } from './enclosure-ring.ts';

/** A computation over any ring of enclosures. */
export type Computation<R> = <T>(ring: EnclosingRing<T>) => R;

/** Digits taken where those asked for do not decide a sign, a root or a quotient, or where a value cancels. */
const MORE_DIGITS: readonly number[] = [120, 300, 700];
/** More digits are worth another look only where they are clearly more. */
const CLEARLY_MORE = 1.5;
/** Up to so many digits balls alone are tried first: short exact numbers cost more, and decide what balls mostly do. */
const MOST_PLAIN_DIGITS = 100;

/** The digits to compute with, one after the other, where `digits` do not tell. */
export const precisionsFrom = (digits: number): readonly number[] => [
  digits,
  ...MORE_DIGITS.filter(more => more >= CLEARLY_MORE * digits),
];

const plainRings = new Map<number, BallRing>();
const exactRings = new Map<number, EnclosureRing>();

/** Made once for a number of digits: rings remember the balls of constants. */
function made<V>(table: Map<number, V>, digits: number, make: (digits: number) => V): V {
  const known = table.get(digits);
  if (known !== undefined) return known;
  const value = make(digits);
  table.set(digits, value);
  return value;
}

/** A ring of balls with so many digits. */
export const ballRing = (digits: number): BallRing => made(plainRings, digits, more => new BallRing(more));
const exactRing = (digits: number): EnclosureRing => made(exactRings, digits, more => new EnclosureRing(more));

/** How often a part was too small to be seen in computations that began with so many digits. */
export const swallowedAt = (digits: number): number =>
  digits <= MOST_PLAIN_DIGITS ? ballRing(digits).swallowed : exactRing(digits).swallowed;

/**
 * The result of `compute` over enclosures of at least `digits` digits; a failure where it has no value, or where no
 * precision decides what it needs. Values that cancel have as few digits as are left. Throws BudgetSpent.
 */
export function enclose<R>(digits: number, compute: Computation<R>): Result<R> {
  const [first = digits, ...rest] = precisionsFrom(digits);
  let lost: Problem | null = null;
  const tryWith = <T>(ring: EnclosingRing<T>): Result<R> | null => {
    try {
      return attempt(() => compute(ring));
    } catch (error) {
      if (!(error instanceof PrecisionLoss)) throw error;
      lost = error.problem;
      return null;
    }
  };
  const found = first <= MOST_PLAIN_DIGITS ? tryWith(ballRing(first)) : tryWith(exactRing(first));
  if (found !== null) return found;
  for (const more of rest) {
    const again = tryWith(exactRing(more));
    if (again !== null) return again;
  }
  return failure(lost ?? { code: 'digits-not-reached', message: 'more digits are needed' });
}
