/** Cumulative products whose ends differ by a number, written alike. */
import { type LinearForm, shiftForm } from '../../number/linear-form.ts';
import { type Expression, factorExpression, multiply } from '../core/expression.ts';
import { type FactorPower, plainExponent } from '../core/factor.ts';
import { instantiate } from '../core/template.ts';
import type { Assumptions } from './assumptions.ts';
import { power } from './power.ts';
import { MAX_WRITTEN_OUT } from './cumulative-product.ts';
import { hasThinZeros, hasValues } from './thin-zeros.ts';

/**
 * C(x + c) as C(x) times or divided by the factors between, so that equal products look equal. Only where both ends are −1 or
 * later by the facts, and where no factor that is divided by vanishes.
 */

export function alignedProduct(own: FactorPower, assumptions: Assumptions): Expression | null {
  const { factor, exponent } = own;
  const plain = plainExponent(exponent);
  if (factor.kind !== 'product' || factor.lower !== undefined || factor.upper.constant === 0 || plain === null)
    return null;
  const { constant: shift } = factor.upper;
  const base: LinearForm = { constant: 0, terms: factor.upper.terms };
  if (base.terms.length === 0 || Math.abs(shift) > MAX_WRITTEN_OUT) return null;
  if (assumptions.indices.low(base) + Math.min(shift, 0) < -1) return null;
  const [, ...rest] = factor.arguments;
  const parts: Expression[] = [factorExpression({ ...factor, upper: base }, exponent)];
  for (let i = 1; i <= Math.abs(shift); i += 1) {
    const at = shift > 0 ? shiftForm(base, i) : shiftForm(base, 1 - i);
    const value = instantiate(factor.template, [at, ...rest]);
    if (shift < 0 && !(hasThinZeros(value, assumptions) && hasValues(value, assumptions))) return null;
    parts.push(power(value, shift > 0 ? plain : plain.negate(), assumptions));
  }
  return multiply(...parts);
}
