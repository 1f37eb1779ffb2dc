/**
 * Losses and points replaced everywhere in an expression, inside of templates and arguments of functions too. Quantities
 * stay together as templates.
 */
import { refuse } from '../../base/problem.ts';
import { NO_ASSUMPTIONS } from './assumptions.ts';
import { contractionOf } from '../core/contraction.ts';
import { type Expression, factorExpression, mapFactors, substituteIndices } from '../core/expression.ts';
import { type FactorPower, plainExponent } from '../core/factor.ts';
import { type Factor, kindOf, type PointedFactor } from '../core/factors.ts';
import { applyFunction } from './functions.ts';
import { openIndex } from '../core/indices.ts';
import { power } from './power.ts';
import { argumentMap, instantiate, type Template, vectorTemplate, wrap } from '../core/template.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';

/** The expression with every loss, every component of a point and every value of a recursion replaced by what `leaf` makes of it. */
export function mapInside(expression: Expression, leaf: (factor: PointedFactor) => Factor): Expression {
  return mapFactors(expression, own => mapPower(own, leaf));
}

function mapPower({ factor, exponent }: FactorPower, leaf: (factor: PointedFactor) => Factor): Expression | null {
  if ('at' in factor) {
    const image = leaf(factor);
    return image === factor ? null : factorExpression(image, exponent);
  }
  if (factor.kind === 'differential') {
    const sum = contractionOf(factor);
    const image = mapInside(sum, leaf);
    const whole = plainExponent(exponent);
    return image === sum || whole === null ? null : power(image, whole, NO_ASSUMPTIONS);
  }
  const inside = bodyOf(factor);
  const body = inside && mapInside(inside.body, leaf);
  const plain = plainExponent(exponent);
  if (inside === null || body === null || body === inside.body) return null;
  if (plain === null)
    return refuse('exponent-with-index', 'a power with an index in its exponent depends on the parameters');
  switch (factor.kind) {
    case 'template':
      return power(wrap(body), plain, NO_ASSUMPTIONS);
    case 'function':
      return power(applyFunction(factor.name, factor.parity, factor.order, body), plain, NO_ASSUMPTIONS);
    case 'vector-function': {
      const { template, arguments: args } = vectorTemplate(body, inside.component);
      return power(factorExpression({ ...factor, template, arguments: args }), plain, NO_ASSUMPTIONS);
    }
    default:
      return refuse('product-of-gradients', 'a product over an index depends on the parameters');
  }
}

/** What stands inside a factor, with an open index in place of the slot that the factor itself binds. */
export function bodyOf(factor: Factor): { readonly body: Expression; readonly component: number } | null {
  if (!('template' in factor)) return null;
  const { binds } = kindOf(factor);
  const component = openIndex(binds ?? 'coordinate');
  return binds === null
    ? { body: instantiate(factor.template, factor.arguments), component }
    : { body: withFirst(factor.template, factor.arguments, component), component };
}

const withFirst = (template: Template, [, ...rest]: readonly LinearForm[], first: number): Expression =>
  substituteIndices(template.body, argumentMap(template, [variableForm(first), ...rest]));
