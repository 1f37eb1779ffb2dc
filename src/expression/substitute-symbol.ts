/** Replaces a symbol by an expression everywhere in a normal form, inside templates too. */
import { refuse } from '../base/problem.ts';
import { Rational } from '../number/rational.ts';
import type { Assumptions } from './assumptions.ts';
import { type Expression, mapFactors, substituteIndices } from './expression.ts';
import { type FactorPower, plainExponent } from './factor.ts';
import { applyFunction } from './functions.ts';
import { power } from './power.ts';
import { powerOfForm } from './power-of-form.ts';
import { argumentMap } from './template.ts';

/** `value` with `by` in place of the symbol; `by` must not contain bound indices of `value` (it never does). */
export function substituteSymbol(value: Expression, symbol: string, by: Expression, assumptions: Assumptions): Expression {
  const known = new Map<number, Expression>();
  const inTemplate = (own: Extract<FactorPower['factor'], { kind: 'template' | 'function' }>): Expression => {
    let image = known.get(own.template.id);
    if (image === undefined) {
      image = visit(own.template.body);
      known.set(own.template.id, image);
    }
    return substituteIndices(image, argumentMap(own.template, own.arguments));
  };
  const visit = (expression: Expression): Expression =>
    mapFactors(expression, ({ factor, exponent }) => {
      if (factor.kind === 'symbol' && factor.name === symbol) {
        const plain = plainExponent(exponent);
        if (plain !== null) return power(by, plain, assumptions);
        const raised = powerOfForm(by, { constant: Number(exponent.constant.num), terms: exponent.form.terms });
        return raised ?? refuse('exponent-not-covered', 'this value cannot stand under an exponent with an index');
      }
      if (factor.kind === 'template') {
        const image = inTemplate(factor);
        const plain = plainExponent(exponent);
        if (plain !== null) return power(image, plain, assumptions);
        return powerOfForm(image, { constant: Number(exponent.constant.num), terms: exponent.form.terms });
      }
      if (factor.kind === 'function') {
        const plain = plainExponent(exponent) ?? Rational.one;
        return power(applyFunction(factor.name, factor.parity, factor.order, inTemplate(factor)), plain, assumptions);
      }
      return null;
    });
  return visit(value);
}
