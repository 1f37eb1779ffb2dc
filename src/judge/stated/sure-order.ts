/**
 * Which of two values is larger, surely: where their enclosures overlap, with more digits; what stays open counts neither for
 * nor against an inequality. Equal are values whose difference is exactly zero.
 */
import type { Condition } from '../../document/model.ts';
import { type Ball, isApart } from '../../evaluate/ring/ball.ts';
import { ballRing, precisionsFrom } from '../../evaluate/ring/enclose.ts';

export type Order = -1 | 0 | 1;
export interface ValuePair {
  readonly claimed: Ball;
  readonly derived: Ball;
}

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

/**
 * The sign of derived − claimed, with values of `digits` digits and more from `at`; null where no precision tells it. Where
 * the first does not, `exactly` is asked, which knows the order of rational values however long they are.
 */
export function sureOrder(
  at: (digits: number) => ValuePair | null,
  digits: number,
  exactly: () => Order | null = () => null,
): Order | null {
  for (const [round, working] of precisionsFrom(digits).entries()) {
    const pair = at(working);
    if (pair === null) return null;
    const order = orderOf(pair, working) ?? (round === 0 ? exactly() : null);
    if (order !== null) return order;
  }
  return null;
}

function orderOf({ claimed, derived }: ValuePair, digits: number): Order | null {
  const ring = ballRing(digits);
  const gap = ring.subtract(derived, claimed);
  return isApart(gap) ? ring.sign(gap) : null;
}
