/** Factors replaced at every depth of an expression: in templates and arguments of functions too, each under its own facts. */
import { type Assumptions, insideTemplate, withIndices } from '../expression/arithmetic/assumptions.ts';
import { type Expression, mapFactorsUnder, substituteIndices } from '../expression/core/expression.ts';
import { type FactorPower, plainExponent } from '../expression/core/factor.ts';
import type { Factor } from '../expression/core/factors.ts';
import { applyFunction } from '../expression/arithmetic/functions.ts';
import { power } from '../expression/arithmetic/power.ts';
import { argumentMap, instantiate } from '../expression/core/template.ts';
import type { Rational } from '../number/rational.ts';

type Composite = Extract<Factor, { readonly kind: 'template' | 'function' }>;

/** What a factor power becomes where these facts hold; null where it stays. */
export type MapPower = (own: FactorPower, facts: Assumptions) => Expression | null;

/**
 * The expression with every factor replaced for which `map` gives one, the outer ones first; the same object where there are
 * none. Templates to a power with an index, and products over an index, are left as they are.
 */
export function mapDeep(expression: Expression, facts: Assumptions, map: MapPower): Expression {
  const bodies = new Map<string, Expression | null>();
  const visit = (value: Expression, known: Assumptions): Expression =>
    mapFactorsUnder(value, known.indices, (own, indices) => {
      const here = withIndices(known, indices);
      return map(own, here) ?? within(own, here);
    });
  const within = ({ factor, exponent }: FactorPower, known: Assumptions): Expression | null => {
    if (factor.kind !== 'template' && factor.kind !== 'function') return null;
    const plain = plainExponent(exponent);
    if (plain === null) return null;
    const inside = insideTemplate(known, factor.template, factor.arguments);
    const key = `${factor.template.id}|${inside.indices.key}`;
    let image = bodies.get(key);
    if (image === undefined) {
      const made = visit(factor.template.body, inside);
      image = made === factor.template.body ? null : made;
      bodies.set(key, image);
    }
    if (image === null) return null;
    const body = substituteIndices(image, argumentMap(factor.template, factor.arguments));
    return rebuilt(factor, body, plain, known);
  };
  return visit(expression, facts);
}

/**
 * The same with every definition written out at its arguments, so that what `map` is given speaks of the indices of the
 * expression, and of fresh ones in place of those that are summed.
 */
export function mapWrittenOut(expression: Expression, facts: Assumptions, map: MapPower): Expression {
  const visit = (value: Expression, known: Assumptions): Expression =>
    mapFactorsUnder(value, known.indices, (own, indices) => {
      const here = withIndices(known, indices);
      return map(own, here) ?? within(own, here);
    });
  const within = ({ factor, exponent }: FactorPower, known: Assumptions): Expression | null => {
    const plain = plainExponent(exponent);
    if ((factor.kind !== 'template' && factor.kind !== 'function') || plain === null) return null;
    const body = instantiate(factor.template, factor.arguments);
    const image = visit(body, known);
    return image === body ? null : rebuilt(factor, image, plain, known);
  };
  return visit(expression, facts);
}

/** The factor with another definition or argument, to the power. */
export function rebuilt(factor: Composite, body: Expression, exponent: Rational, facts: Assumptions): Expression {
  if (factor.kind === 'function')
    return power(applyFunction(factor.name, factor.parity, factor.order, body), exponent, facts);
  return power(body, exponent, facts);
}
