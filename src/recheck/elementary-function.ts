/** The elementary functions and their derivatives at a number, for the interpreter of the normal form. */
import { refuse } from '../base/problem.ts';
import { elementaryFunction } from '../formula/elementary.ts';
import { Rational } from '../number/rational.ts';
import type { Ring } from '../evaluate/ring/ring.ts';
import { SeriesRing } from '../evaluate/ring/series-ring.ts';

/** The value of the function at x; null when it is not elementary. */
function valueAt<T>(name: string, ring: Ring<T>, x: T): { readonly value: T } | null {
  if (name === 'abs') return { value: ring.abs(x) };
  const known = elementaryFunction(name);
  return known && { value: known.value(ring, x) };
}

/** Derivative number `order` of the function at x, the coefficient of δ^order in f(x + δ); null when it is not elementary. */
export function elementaryDerivative<T>(
  name: string,
  order: number,
  ring: Ring<T>,
  x: T,
): { readonly value: T } | null {
  if (order === 0) return valueAt(name, ring, x);
  if (order > 20) refuse('too-many-derivatives', `more than 20 derivatives of ${name}`);
  const series = new SeriesRing(ring, order + 1);
  const shifted = valueAt(name, series, series.add(series.constant(x), series.monomial(ring.one, 1)));
  if (shifted === null) return null;
  let factorial = 1n;
  for (let r = 2n; r <= BigInt(order); r += 1n) factorial *= r;
  return { value: ring.multiply(series.coefficient(shifted.value, order), ring.fromRational(Rational.of(factorial))) };
}
