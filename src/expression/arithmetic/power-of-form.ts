/** Powers whose exponent contains indices, such as ρ^{n−k} and (1−β)^n. */
import { factorInteger } from '../../number/factor-integer.ts';
import type { LinearForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import {
  constant,
  type Expression,
  expressionOf,
  factorExpression,
  formExpression,
  multiply,
  scale,
} from '../core/expression.ts';
import { type Exponent, exponentFromForm, type FactorPower, plainExponent, scaleExponent } from '../core/factor.ts';
import type { FunctionFactor } from '../core/factors.ts';
import { applyFunction } from './functions.ts';
import { isScalarFunction } from './scalar.ts';
import { abstract, instantiate } from '../core/template.ts';

/** The base to a power with indices in the exponent; null where the normal form has none. */
export function powerOfForm(base: Expression, form: LinearForm): Expression | null {
  const only = base.terms[0];
  if (only === undefined) return null;
  if (base.terms.length > 1 || only.sorts.length > 0 || only.constraints.length > 0) {
    return isScalarFunction(base) ? togetherToForm(base, form) : null;
  }
  const number = numberToForm(only.coefficient, form);
  if (number === null) return null;
  const factors: FactorPower[] = [];
  const parts: Expression[] = [];
  for (const { factor, exponent } of only.factors) {
    if (factor.kind === 'function') {
      const whole = functionToForm(factor, exponent, form);
      if (whole === null) return null;
      parts.push(whole);
      continue;
    }
    if (factor.kind !== 'symbol' && factor.kind !== 'template' && factor.kind !== 'integer') return null;
    const plain = plainExponent(exponent);
    if (plain === null || !plain.isInteger()) return null;
    const scaled = scaleExponent(exponentFromForm(form), plain);
    if (scaled === null) return null;
    factors.push({ factor, exponent: scaled });
  }
  return multiply(number, ...parts, expressionOf([{ coefficient: Rational.one, factors, sorts: [], constraints: [] }]));
}

/** The base as one factor, to the power. */
function togetherToForm(base: Expression, form: LinearForm): Expression | null {
  const { scale: by, template, arguments: args } = abstract(base, true);
  const number = numberToForm(by, form);
  return number === null
    ? null
    : multiply(number, factorExpression({ kind: 'template', template, arguments: args }, exponentFromForm(form)));
}

/** (e^x)^l = e^{lx}; other functions of hyperparameters stay a factor. */
function functionToForm(factor: FunctionFactor, exponent: Exponent, form: LinearForm): Expression | null {
  const plain = plainExponent(exponent);
  if (plain === null || !plain.isInteger()) return null;
  if (factor.name !== 'exp' || factor.order !== 0) {
    const base = factorExpression(factor, exponent);
    return isScalarFunction(base) ? togetherToForm(base, form) : null;
  }
  const argument = instantiate(factor.template, factor.arguments);
  return applyFunction('exp', null, 0, scale(multiply(argument, formExpression(form)), plain));
}

function numberToForm(value: Rational, form: LinearForm): Expression | null {
  if (value.isOne()) return constant(1);
  if (value.isZero()) return null;
  // −1 to an exponent counts by whether that is even.
  const parts: Expression[] =
    value.sign() < 0 ? [factorExpression({ kind: 'integer', value: -1n }, exponentFromForm(form))] : [];
  for (const [integer, sign] of [
    [value.abs().num, 1],
    [value.den, -1],
  ] as const) {
    for (const [prime, count] of factorInteger(integer)) {
      const exponent = scaleExponent(exponentFromForm(form), Rational.of(sign * count));
      if (exponent === null) return null;
      parts.push(factorExpression({ kind: 'integer', value: prime }, exponent));
    }
  }
  return multiply(...parts);
}
