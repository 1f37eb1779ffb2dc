/** Short constructors for formulas that the program builds itself (no place in a text). They do not simplify. */
import { Rational } from '../number/rational.ts';
import type { Definition, Formula, IndexSort, Vector } from './formula.ts';
import { DIMENSION } from './formula.ts';

const span = null;

export const number = (value: Rational | number): Formula => ({
  kind: 'number',
  span,
  value: typeof value === 'number' ? Rational.of(value) : value,
});
export const parameter = (name: string): Formula => ({ kind: 'parameter', span, name });
export const step: Formula = { kind: 'step', span };
export const index = (name: string): Formula => ({ kind: 'index', span, name });
export const addition = (...terms: Formula[]): Formula => ({ kind: 'add', span, terms });
export const negation = (argument: Formula): Formula => ({ kind: 'negate', span, argument });
export const subtraction = (left: Formula, right: Formula): Formula => addition(left, negation(right));
export const multiplication = (...factors: Formula[]): Formula => ({ kind: 'multiply', span, factors });
/** The product of the factors: 1 where there are none, the only one as it is. */
export function productOfFactors(factors: readonly Formula[]): Formula {
  const [only] = factors;
  if (only === undefined) return number(1);
  return factors.length === 1 ? only : multiplication(...factors);
}
export const divide = (numerator: Formula, denominator: Formula): Formula => ({
  kind: 'divide',
  span,
  numerator,
  denominator,
});
export const toPower = (base: Formula, exponent: Formula): Formula => ({ kind: 'power', span, base, exponent });
export const root = (radicand: Formula, degree = 2): Formula => ({ kind: 'root', span, degree, radicand });
export const modulus = (argument: Formula): Formula => ({ kind: 'absolute', span, argument });
export const sum = (
  name: string,
  lower: Formula,
  upper: Formula,
  body: Formula,
  sort: IndexSort = 'history',
): Formula => ({ kind: 'sum', span, index: name, sort, lower, upper, body });
export const product = (
  name: string,
  lower: Formula,
  upper: Formula,
  body: Formula,
  sort: IndexSort = 'history',
): Formula => ({ kind: 'product', span, index: name, sort, lower, upper, body });
/** Σ over all coordinates 1…p. */
export const sumOverCoordinates = (name: string, body: Formula): Formula =>
  sum(name, number(1), index(DIMENSION), body, 'coordinate');
/** θ_component^{(label)}; without a label the current point. */
export const iterate = (component: Formula, label: Formula | null = null): Formula => ({
  kind: 'iterate',
  span,
  component,
  label,
});
/** The point θ^{(label)}, or the current point. */
export const point = (label: Formula | null = null): Vector => ({ index: '#c', body: iterate(index('#c'), label) });
export const loss = (batch: Formula | null, at: Vector = point()): Formula => ({ kind: 'loss', span, batch, at });
/** ∇_{by} E_batch(at). */
export const gradient = (by: Formula[], batch: Formula | null, at: Vector = point()): Formula => ({
  kind: 'derivative',
  span,
  by,
  argument: loss(batch, at),
});
export const quantity = (name: string, indices: Formula[], labels: Formula[], at: Vector | null = null): Formula => ({
  kind: 'quantity',
  span,
  name,
  indices,
  labels,
  at,
});
export const call = (name: string, argument: Formula, derivative = 0): Formula => ({
  kind: 'call',
  span,
  name,
  derivative,
  argument,
});
export const schedule = (name: string, at: Formula): Formula => ({ kind: 'schedule', span, name, index: at });
export const definition = (name: string, indices: string[], labels: string[], body: Formula): Definition => ({
  name,
  indices,
  indexSorts: indices.map(() => 'coordinate'),
  labels,
  body,
  span,
});
