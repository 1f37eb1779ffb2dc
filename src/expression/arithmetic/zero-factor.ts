/**
 * Products that are 0 because a factor is: Π_{i=a}^{b} (i − c) is 0 where a ≤ c ≤ b, and where b < c it has b − a + 1 factors,
 * which are written out one number at a time. Where another factor has no value at c the product has none.
 */
import { addForms, coefficientOf, type LinearForm, scaleForm, shiftForm } from '../../number/linear-form.ts';
import type { Assumptions } from './assumptions.ts';
import type { Constraint } from '../core/domain.ts';
import { add, type Expression, multiply, restrict, substituteIndices, ZERO_EXPRESSION } from '../core/expression.ts';
import { type FactorPower, plainExponent } from '../core/factor.ts';
import { asAtom, ZERO } from '../core/indices.ts';
import { comparison } from './sum-range.ts';
import { instantiate } from '../core/template.ts';

/** Products of so many factors before the one that is zero are written out. */
const MOST_BEFORE = 14;

export interface ProductRange {
  readonly lower: LinearForm;
  /** Not below lower − 1. */
  readonly upper: LinearForm;
}

/** The product over the range of a body with this factor, where it is 0 from some upper end on; null where that is not known. */
export function productWithZero(
  body: Expression,
  own: FactorPower,
  open: number,
  { lower, upper }: ProductRange,
  assumptions: Assumptions,
): Expression | null {
  const { indices } = assumptions;
  const zero = zeroOf(own, open);
  if (zero === null) return null;
  const before = addForms({ constant: zero, terms: [] }, lower, -1);
  const after = shiftForm(upper, -zero);
  if (indices.low(before) >= 0 && indices.low(after) >= 0) return ZERO_EXPRESSION;
  if (before.terms.length > 0 || before.constant < 0 || before.constant > MOST_BEFORE) return null;
  const parts: Expression[] = [];
  for (let count = 0; count <= before.constant; count += 1) {
    // Exactly so many factors.
    const length = shiftForm(addForms(upper, lower, -1), 1 - count);
    if (indices.low(length) > 0 || indices.high(length) < 0) continue;
    const isSo = isZeroForm(length);
    if (isSo === null) return null;
    const factors = Array.from({ length: count }, (_, i) =>
      substituteIndices(body, new Map([[open, shiftForm(lower, i)]])),
    );
    parts.push(restrict(multiply(...factors), isSo));
  }
  return add(...parts);
}

/** The integer at which a power with a positive exponent is zero, whatever else is in it; null where there is none. */
function zeroOf({ factor, exponent }: FactorPower, open: number): number | null {
  if ((plainExponent(exponent)?.sign() ?? -1) <= 0) return null;
  if (factor.kind === 'index') return rootOf(factor.index, open);
  const isOfArgument =
    factor.kind === 'template' || (factor.kind === 'function' && factor.name === 'sign' && factor.order === 0);
  if (!isOfArgument || factor.arguments.every(form => coefficientOf(form, open) === 0)) return null;
  const [only, ...more] = instantiate(factor.template, factor.arguments).terms;
  if (only === undefined || more.length > 0 || only.sorts.length + only.constraints.length > 0) return null;
  const zeros = only.factors.flatMap(each => zeroOf(each, open) ?? []);
  return zeros[0] ?? null;
}

/** Where a·i + c is zero. */
function rootOf(form: LinearForm, open: number): number | null {
  const [only, ...more] = form.terms;
  if (only === undefined || more.length > 0 || only[0] !== open) return null;
  const root = -form.constant / only[1];
  return Number.isInteger(root) ? root : null;
}

/** form = 0 as two constraints. */
function isZeroForm(form: LinearForm): Constraint[] | null {
  const plain = [form, scaleForm(form, -1)].flatMap(each => comparison(each, null) ?? []);
  if (plain.length === 2) return plain;
  const whole = asAtom(form);
  if (whole === null) return null;
  return [
    { left: ZERO, right: whole.index, bound: whole.shift },
    { left: whole.index, right: ZERO, bound: -whole.shift },
  ];
}
