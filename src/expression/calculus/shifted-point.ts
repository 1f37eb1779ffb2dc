/** Gradients at a point that is θ^{(k)} up to a shift of order h. */
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { add, type Expression, isZero, multiply, scale, sumOver } from '../core/expression.ts';
import { type Factor, plainExponent } from '../core/factor.ts';
import { openIndex } from '../core/indices.ts';
import { coefficient, compositions, factorial, mapSeries, type Series } from './series.ts';

/**
 * ∇_{coordinates}E at the point θ^{(k)} + Σ_{q≥1} h^q shift_q by Taylor's formula, up to h^order; `derivative` gives
 * the partial derivatives at θ^{(k)} itself.
 */
export function expandAtShift(
  derivative: (by: readonly LinearForm[]) => Expression,
  coordinates: readonly LinearForm[],
  shift: (q: number, coordinate: LinearForm) => Expression,
  order: number,
): Series {
  const result: Expression[] = [derivative(coordinates)];
  for (let q = 1; q <= order; q += 1) {
    const parts: Expression[] = [];
    for (let r = 1; r <= q; r += 1) {
      for (const orders of compositions(q, r)) {
        const open = orders.map(() => openIndex('coordinate'));
        const moves = orders.map((s, i) => shift(s, variableForm(open[i] ?? 0)));
        if (moves.some(isZero)) continue;
        const slope = derivative([...coordinates, ...open.map(i => variableForm(i))]);
        const body = open.reduce((inner, i) => sumOver(inner, i, 'coordinate', []), multiply(slope, ...moves));
        parts.push(scale(body, Rational.of(1, factorial(r))));
      }
    }
    result.push(add(...parts));
  }
  return mapSeries(result, value => value);
}

/** θ^{(label)} where the series begins with it, component `component`; null where it begins with anything else. */
export function startOf(series: Series, component: number): Extract<Factor, { kind: 'point' }> | null {
  const leading = coefficient(series, 0);
  const [only] = leading.terms;
  const own = only?.factors[0];
  if (
    only === undefined ||
    own === undefined ||
    own.factor.kind !== 'point' ||
    plainExponent(own.exponent)?.isOne() !== true
  )
    return null;
  const alone =
    leading.terms.length === 1 &&
    only.coefficient.isOne() &&
    only.factors.length === 1 &&
    only.sorts.length === 0 &&
    only.constraints.length === 0;
  return alone && own.factor.coordinate.terms[0]?.[0] === component ? own.factor : null;
}
