/**
 * Whether an expression lies in the class for which normal forms that differ mean expressions that differ (docs/normal-form.md).
 * Outside it the zero test may leave something of a zero.
 */
import { elementaryFunction } from '../../formula/elementary.ts';
import type { Expression } from '../../expression/core/expression.ts';
import { type FactorPower, factorForms, isBelow, plainExponent } from '../../expression/core/factor.ts';
import { isBound } from '../../expression/core/indices.ts';
import { isScalar } from '../../expression/arithmetic/scalar.ts';

/** Functions with identities of their own. */
const isElementary = (name: string): boolean => name === 'abs' || elementaryFunction(name) !== null;

/** Whether no term contains, at any depth, what the normal form does not decide. */
export function isDecidable(expression: Expression): boolean {
  const seen = new Set<number>();
  const visit = ({ terms }: Expression): boolean =>
    terms.every(({ factors }) =>
      factors.every(own => {
        if (!isDecidablePower(own)) return false;
        if (!('template' in own.factor) || seen.has(own.factor.template.id)) return true;
        seen.add(own.factor.template.id);
        return visit(own.factor.template.body);
      }),
    );
  return visit(expression);
}

function isDecidablePower({ factor, exponent }: FactorPower): boolean {
  const plain = plainExponent(exponent);
  const isFraction = plain !== null && !plain.isInteger();
  switch (factor.kind) {
    case 'function':
      return !isElementary(factor.name);
    // Roots of numbers and of polynomials in hyperparameters and n have relations of their own.
    case 'integer':
      return !isFraction;
    case 'index':
      return !isFraction && !(isBelow({ exponent }) && factor.index.terms.some(([index]) => isBound(index)));
    // Products of schedules and of other factors telescope: Σ_l (1 − η_l) Π_{k>l} η_k = 1 − Π η_k.
    case 'product':
      return false;
    case 'symbol':
      return exponent.form.terms.length === 0 || exponent.constant.isInteger();
    case 'template':
      if (isFraction) return !isScalar(factor.template.body);
      // (1 − β)^n (1 + β)^n is (1 − β²)^n.
      if (exponent.form.terms.length > 0) return false;
      // 1/((k+1)(k+2)) under a sum over k telescopes.
      return !(
        isBelow({ exponent }) &&
        isScalar(factor.template.body) &&
        factorForms(factor).some(form => form.terms.some(([index]) => isBound(index)))
      );
    default:
      return true;
  }
}
