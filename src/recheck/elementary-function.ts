/** The elementary functions and their derivatives at a number, for the interpreter of the normal form. */
import { refuse } from '../base/problem.ts';
import { Rational } from '../number/rational.ts';
import type { Ring } from '../numeric/ring.ts';
import { SeriesRing } from '../numeric/series-ring.ts';

type Elementary = <T>(ring: Ring<T>, x: T) => T;

const ELEMENTARY: ReadonlyMap<string, Elementary> = new Map<string, Elementary>([
  ['exp', (ring, x) => ring.exp(x)],
  ['log', (ring, x) => ring.log(x)],
  ['tanh', (ring, x) => ring.tanh(x)],
  ['sin', (ring, x) => ring.sin(x)],
  ['cos', (ring, x) => ring.cos(x)],
  ['sinh', (ring, x) => ring.sinh(x)],
  ['cosh', (ring, x) => ring.cosh(x)],
  ['abs', (ring, x) => ring.abs(x)],
  ['sign', (ring, x) => ring.fromRational(Rational.of(ring.sign(x)))],
]);

/** Derivative number `order` of the function at x, the coefficient of δ^order in f(x + δ); null when it is not elementary. */
export function elementaryFunction<T>(name: string, order: number, ring: Ring<T>, x: T): { readonly value: T } | null {
  const apply = ELEMENTARY.get(name);
  if (apply === undefined) return null;
  if (order === 0) return { value: apply(ring, x) };
  if (order > 20) refuse('too-many-derivatives', `more than 20 derivatives of ${name}`);
  const series = new SeriesRing(ring, order + 1);
  const value = apply(series, series.add(series.constant(x), series.monomial(ring.one, 1)));
  let factorial = 1n;
  for (let r = 2n; r <= BigInt(order); r += 1n) factorial *= r;
  return { value: ring.multiply(series.coefficient(value, order), ring.fromRational(Rational.of(factorial))) };
}
