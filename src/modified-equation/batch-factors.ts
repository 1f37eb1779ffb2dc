/**
 * Which batches a factor of the normal form depends on, and the same factor with other batches. Weights such as η_k or
 * β^{l−k} belong to the place in the epoch and not to the batch that stands there: they are left alone.
 */
import { refuse } from '../base/problem.ts';
import { NO_ASSUMPTIONS } from '../expression/assumptions.ts';
import { type Expression, factorExpression, mapFactors, substituteIndices } from '../expression/expression.ts';
import { type Factor, type FactorPower, plainExponent } from '../expression/factor.ts';
import { applyFunction } from '../expression/functions.ts';
import { isBound, openIndex } from '../expression/indices.ts';
import { power } from '../expression/power.ts';
import { argumentMap, instantiate, type Template, vectorTemplate } from '../expression/template.ts';
import { formKey, type LinearForm, variableForm } from '../number/linear-form.ts';

export const keyOf = (form: LinearForm): string => formKey(form, String);

/** The body of a factor that is a template in itself or has one as argument, and the coordinate of a vector argument. */
function bodyOf(factor: Factor): { readonly body: Expression; readonly component: number | null } | null {
  switch (factor.kind) {
    case 'template':
    case 'function':
      return { body: instantiate(factor.template, factor.arguments), component: null };
    case 'vector-function':
    case 'product': {
      const component = openIndex(factor.kind === 'product' ? 'history' : 'coordinate');
      return { body: withFirst(factor.template, factor.arguments, component), component };
    }
    default:
      return null;
  }
}

const withFirst = (template: Template, [, ...rest]: readonly LinearForm[], first: number): Expression =>
  substituteIndices(template.body, argumentMap(template, [variableForm(first), ...rest]));

/** The batches that a factor depends on. Refuses one that depends on a whole range of batches without being a sum. */
export function batchesIn(factor: Factor): LinearForm[] {
  const found = new Map<string, LinearForm>();
  collect(factor, found);
  return [...found.values()];
}

function collect(factor: Factor, found: Map<string, LinearForm>): void {
  if (factor.kind === 'loss' && factor.batch !== null) {
    if (factor.batch.terms.some(([index]) => isBound(index)))
      refuse(
        'mean-not-covered',
        'a root, a quotient or a function of several batches at once has no mean over their orders that is covered',
      );
    found.set(keyOf(factor.batch), factor.batch);
  }
  const inner = bodyOf(factor)?.body.terms ?? [];
  for (const term of inner) for (const own of term.factors) collect(own.factor, found);
}

/** The factor power with the batches that `map` knows replaced. */
export function withBatches(own: FactorPower, map: ReadonlyMap<string, LinearForm>): Expression {
  const { factor, exponent } = own;
  if (factor.kind === 'loss') {
    const batch = factor.batch === null ? null : (map.get(keyOf(factor.batch)) ?? factor.batch);
    return factorExpression({ ...factor, batch }, exponent);
  }
  const inside = batchesIn(factor).length > 0 ? bodyOf(factor) : null;
  const plain = plainExponent(exponent);
  if (inside === null || plain === null) return factorExpression(factor, exponent);
  const body = mapFactors(inside.body, inner => withBatches(inner, map));
  switch (factor.kind) {
    case 'function':
      return power(applyFunction(factor.name, factor.parity, factor.order, body), plain, NO_ASSUMPTIONS);
    case 'vector-function': {
      const { template, arguments: args } = vectorTemplate(body, inside.component ?? 0);
      return power(factorExpression({ ...factor, template, arguments: args }), plain, NO_ASSUMPTIONS);
    }
    case 'template':
      return power(body, plain, NO_ASSUMPTIONS);
    default:
      return refuse('mean-not-covered', 'a product over batches has no mean over their orders that is covered');
  }
}
