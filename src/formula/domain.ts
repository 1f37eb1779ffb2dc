/** Domains of scalars: what lies in two of them, and whether anything does. */
import type { Rational } from '../number/rational.ts';
import type { Domain } from './declaration.ts';

export const WHOLE_LINE: Domain = { lower: null, lowerOpen: true, upper: null, upperOpen: true };

/** The values in both. */
export function intersect(left: Domain, right: Domain): Domain {
  const lower = tighter(left.lower, right.lower, 1);
  const upper = tighter(left.upper, right.upper, -1);
  const openAt = (bound: Rational | null, key: 'lower' | 'upper', open: 'lowerOpen' | 'upperOpen'): boolean =>
    bound === null || [left, right].some(each => each[open] && each[key]?.equals(bound) === true);
  return {
    lower,
    lowerOpen: openAt(lower, 'lower', 'lowerOpen'),
    upper,
    upperOpen: openAt(upper, 'upper', 'upperOpen'),
  };
}

function tighter(left: Rational | null, right: Rational | null, direction: 1 | -1): Rational | null {
  if (!left || !right) return left ?? right;
  return left.compare(right) * direction >= 0 ? left : right;
}

export function isEmpty({ lower, upper, lowerOpen, upperOpen }: Domain): boolean {
  if (!lower || !upper) return false;
  const order = lower.compare(upper);
  return order > 0 || (order === 0 && (lowerOpen || upperOpen));
}

/** Whether a value lies in the domain. */
export function liesIn(value: Rational, { lower, lowerOpen, upper, upperOpen }: Domain): boolean {
  const above = lower === null || value.compare(lower) > (lowerOpen ? 0 : -1);
  return above && (upper === null || value.compare(upper) < (upperOpen ? 0 : 1));
}
