/** Gradients at a point that is θ^{(k)} up to a shift of order h. */
import { taylorCoefficients } from './taylor.ts';
import type { LinearForm } from '../../number/linear-form.ts';
import type { Expression } from '../core/expression.ts';
import { plainExponent } from '../core/factor.ts';
import type { Factor } from '../core/factors.ts';
import { coefficient, type Series } from './series.ts';

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
  return taylorCoefficients(order, open => derivative([...coordinates, ...open]), shift);
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
