/**
 * Which way a product is counted: Π_k f(n − k) is Π_i f(i) over i = n − k, so that products over the same factors are one. Any
 * such change of the letter keeps the product; which one is made is a choice of writing only.
 */
import { addForms, coefficientOf, type LinearForm, scaleForm, variableForm } from '../../number/linear-form.ts';
import type { Assumptions } from './assumptions.ts';
import { type Expression, mapFactors, substituteIndices } from '../core/expression.ts';
import { factorForms, plainExponent } from '../core/factor.ts';
import type { Factor } from '../core/factors.ts';
import { applyFunction } from './functions.ts';
import { power } from './power.ts';
import { instantiate } from '../core/template.ts';

export interface CountedProduct {
  readonly body: Expression;
  readonly lower: LinearForm;
  readonly upper: LinearForm;
}

/** The product counted so that its index stands alone with a positive sign, where all its factors allow one such way. */
export function oriented(
  body: Expression,
  open: number,
  { lower, upper }: Omit<CountedProduct, 'body'>,
  assumptions: Assumptions,
): CountedProduct {
  const forms = formsWith(body, open);
  const [first] = forms;
  const sign = first === undefined ? 0 : coefficientOf(first, open);
  const rest = (form: LinearForm): LinearForm => addForms({ ...form, constant: 0 }, variableForm(open), -sign);
  const same = (form: LinearForm): boolean =>
    first !== undefined &&
    coefficientOf(form, open) === sign &&
    addForms(rest(form), rest(first), -1).terms.length === 0;
  if (first === undefined || Math.abs(sign) !== 1 || !forms.every(same)) return { body, lower, upper };
  const beside = rest(first);
  if (sign === 1 && beside.terms.length === 0) return { body, lower, upper };
  // i = sign·open + beside.
  const image = scaleForm(addForms(variableForm(open), beside, -1), sign);
  const to = (form: LinearForm): LinearForm => addForms(scaleForm(form, sign), beside);
  const [one, other] = sign === 1 ? [lower, upper] : [upper, lower];
  const turned = substituteIndices(body, new Map([[open, image]]));
  return { body: inOneLetter(turned, open, assumptions), lower: to(one), upper: to(other) };
}

/** The least c of the indices `open` + c in the body; 0 where there is none. */
export function leastShift(body: Expression, open: number): number {
  const shifts = formsWith(body, open)
    .filter(form => form.terms.length === 1 && form.terms[0]?.[1] === 1)
    .map(form => form.constant);
  return shifts.length === 0 ? 0 : Math.min(...shifts);
}

/** The forms with the index in factors; where there are none, those in exponents. */
function formsWith(body: Expression, open: number): LinearForm[] {
  const powers = body.terms.flatMap(term => term.factors);
  const has = (form: LinearForm): boolean => coefficientOf(form, open) !== 0;
  const inFactors = powers.flatMap(({ factor }) =>
    mixes(factor, open) ? formsInside(factor, open) : factorForms(factor).filter(has),
  );
  if (inFactors.length > 0) return inFactors;
  return powers
    .filter(({ exponent }) => has(exponent.form) && exponent.constant.isInteger())
    .map(({ exponent }) => ({ constant: Number(exponent.constant.num), terms: exponent.form.terms }));
}

type Kept = Factor & { readonly kind: 'template' | 'function' };

/** Whether the index stands in a template beside other arguments: how it is counted is said inside. */
const mixes = (factor: Factor, open: number): factor is Kept =>
  (factor.kind === 'template' || factor.kind === 'function') &&
  factor.arguments.length > 1 &&
  factor.arguments.some(form => coefficientOf(form, open) !== 0);

const formsInside = (factor: Kept, open: number): LinearForm[] =>
  formsWith(instantiate(factor.template, factor.arguments), open);

/** sign(n − k) with n − i put in for k: what its template mixes is written anew, so that sign(i) has one argument. */
function inOneLetter(body: Expression, open: number, assumptions: Assumptions): Expression {
  return mapFactors(body, own => {
    const { factor, exponent } = own;
    const plain = plainExponent(exponent);
    if (plain === null || !mixes(factor, open)) return null;
    const inside = inOneLetter(instantiate(factor.template, factor.arguments), open, assumptions);
    if (factor.kind === 'template') return power(inside, plain, assumptions);
    return power(applyFunction(factor.name, factor.parity, factor.order, inside), plain, assumptions);
  });
}
