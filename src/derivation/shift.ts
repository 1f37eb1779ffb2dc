/** Recognises a definition's value as one template whose argument is the definition's label up to a constant. */
import type { Expression } from '../expression/core/expression.ts';
import { plainExponent } from '../expression/core/factor.ts';
import type { Template } from '../expression/core/template.ts';
import { asShiftedVariable, type LinearForm } from '../number/linear-form.ts';

/** The template, and what must be added to its history argument to give the label; null otherwise. */
export function shiftToLabel(
  value: Expression | undefined,
  label: LinearForm | undefined,
): { readonly template: Template; readonly shift: number } | null {
  const only = value?.terms[0];
  const power = only?.factors[0];
  if (
    value?.terms.length !== 1 ||
    only === undefined ||
    power === undefined ||
    only.factors.length !== 1 ||
    only.sorts.length > 0
  )
    return null;
  if (!only.coefficient.isOne() || power.factor.kind !== 'template' || plainExponent(power.exponent)?.isOne() !== true)
    return null;
  const { template, arguments: args } = power.factor;
  const form = args[template.sorts.indexOf('history')];
  const [own, wanted] = [form, label].map(f => (f === undefined ? null : asShiftedVariable(f)));
  if (
    own == null ||
    wanted == null ||
    own.variable !== wanted.variable ||
    template.sorts.filter(sort => sort === 'history').length !== 1
  )
    return null;
  return { template, shift: wanted.shift - own.shift };
}
