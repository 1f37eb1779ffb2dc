/** Replaces a symbol by an expression everywhere in a normal form, inside templates too. */
import { refuse } from '../base/problem.ts';
import type { LinearForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';
import type { Assumptions } from './assumptions.ts';
import {
  type Expression,
  isZero,
  mapFactors,
  ONE_EXPRESSION,
  restrict,
  substituteIndices,
  ZERO_EXPRESSION,
} from './expression.ts';
import { type FactorPower, plainExponent } from './factor.ts';
import { applyFunction } from './functions.ts';
import { freeSort, isBound, isSlot, ZERO } from './indices.ts';
import { power } from './power.ts';
import { powerOfForm } from './power-of-form.ts';
import { argumentMap } from './template.ts';
import { withZeroPowers } from './zero-power.ts';

/** `value` with `by` in place of the symbol; `by` must not contain bound indices of `value` (it never does). */
export function substituteSymbol(
  value: Expression,
  symbol: string,
  by: Expression,
  assumptions: Assumptions,
): Expression {
  const known = new Map<number, Expression>();
  const inTemplate = (own: Extract<FactorPower['factor'], { kind: 'template' | 'function' }>): Expression => {
    let image = known.get(own.template.id);
    if (image === undefined) {
      image = visit(own.template.body);
      known.set(own.template.id, image);
    }
    return withoutNegativeLabels(substituteIndices(image, argumentMap(own.template, own.arguments)));
  };
  const visit = (given: Expression): Expression =>
    mapFactors(isZero(by) ? withZeroPowers(given, symbol) : given, ({ factor, exponent }) => {
      if (factor.kind === 'symbol' && factor.name === symbol) {
        const plain = plainExponent(exponent);
        if (plain !== null) return power(by, plain, assumptions);
        const form = { constant: Number(exponent.constant.num), terms: exponent.form.terms };
        const raised = isZero(by) ? zeroToForm(form) : powerOfForm(by, form);
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

/** 0^{form} for a form that is not negative where it occurs: 1 where it is 0, by 0⁰ = 1. */
function zeroToForm(form: LinearForm): Expression | null {
  const plus = form.terms.filter(([, c]) => c > 0);
  const minus = form.terms.filter(([, c]) => c < 0);
  const [only, ...more] = form.terms;
  // c·x + k is 0 at x = −k/c alone, and at no index where that is no integer.
  if (only !== undefined && more.length === 0 && Math.abs(only[1]) !== 1) {
    return form.constant % only[1] === 0
      ? zeroToForm({ constant: form.constant / only[1], terms: [[only[0], 1]] })
      : ZERO_EXPRESSION;
  }
  if (plus.length > 1 || minus.length > 1 || form.terms.some(([, c]) => Math.abs(c) !== 1)) return null;
  const [left, right] = [plus[0]?.[0] ?? ZERO, minus[0]?.[0] ?? ZERO];
  return restrict(ONE_EXPRESSION, [
    { left, right, bound: -form.constant },
    { left: right, right: left, bound: form.constant },
  ]);
}

/** Drops what holds only at a negative label: times are counted from 0. */
function withoutNegativeLabels(value: Expression): Expression {
  const impossible = value.terms.filter(term =>
    term.constraints.some(
      ({ left, right, bound }) =>
        right === ZERO && bound < 0 && left !== ZERO && !isBound(left) && !isSlot(left) && freeSort(left) === 'history',
    ),
  );
  return impossible.length === 0 ? value : { terms: value.terms.filter(term => !impossible.includes(term)) };
}
