/** Recognises a definition's value as one template whose label is the definition's formal label up to a constant. */
import type { Expression } from '../expression/expression.ts';
import { plainExponent } from '../expression/factor.ts';
import type { Template } from '../expression/template.ts';
import type { Definition } from '../formula/formula.ts';
import { asShiftedVariable } from '../number/linear-form.ts';

/** The template, and what must be added to its history argument to give the definition's label; null otherwise. */
export function isShiftOnly(value: Expression | undefined, formals: readonly number[], definition: Definition): { readonly template: Template; readonly shift: number } | null {
  const only = value?.terms[0];
  const power = only?.factors[0];
  if (value?.terms.length !== 1 || only === undefined || power === undefined || only.factors.length !== 1 || only.sorts.length > 0) return null;
  if (!only.coefficient.isOne() || power.factor.kind !== 'template' || plainExponent(power.exponent)?.isOne() !== true) return null;
  const label = formals[definition.indices.length];
  const { template, arguments: args } = power.factor;
  const position = template.sorts.indexOf('history');
  const form = args[position];
  const shifted = form === undefined ? null : asShiftedVariable(form);
  if (shifted === null || shifted.variable !== label || template.sorts.filter((sort) => sort === 'history').length !== 1) return null;
  return { template, shift: -shifted.shift };
}
