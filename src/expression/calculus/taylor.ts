/**
 * Taylor expansion in h of expressions whose points are displaced: every point θ^{(k)} is θ + h D_1(k) + h² D_2(k) + …,
 * and coefficient q of an expression is found factor by factor, with all points at the current θ in the result.
 *
 * Coefficients of templates are templates again (memoised), so that a derivation keeps its named quantities.
 *
 * Source: Dieudonné, Foundations of Modern Analysis, 8.14 (Taylor's formula).
 */
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import type { Assumptions } from '../arithmetic/assumptions.ts';
import type { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import { type FactorPower, plainExponent } from '../core/factor.ts';
import { type Factor, type FunctionFactor, kindOf } from '../core/factors.ts';
import {
  add,
  type Expression,
  factorExpression,
  isZero,
  multiply,
  scale,
  substituteIndices,
  sumOver,
  withOpened,
  ZERO_EXPRESSION,
} from '../core/expression.ts';
import { functionExpression } from '../arithmetic/functions.ts';
import { openIndex } from '../core/indices.ts';
import { coefficient, compositions, factorial, multiplySeries, powerSeries, type Series } from './series.ts';
import { argumentTemplate, instantiate, type Template, vectorTemplate, wrap } from '../core/template.ts';
import { isLabel, splitArguments } from './differentiate.ts';
import { bodyOf } from '../arithmetic/map-inside.ts';
import type { FactorExpansion, AppliedTemplate } from '../core/factor-kind.ts';

export interface Displacement {
  /** Only points with this label are displaced, and become `to` (null: the current θ); absent: all points, to the current θ. */
  readonly only?: { readonly label: number; readonly to: LinearForm | null };
  /** D_q at the label, component `coordinate`, q ≥ 1: an expression at the current θ. */
  readonly at: (q: number, label: LinearForm, coordinate: LinearForm) => Expression;
  readonly assumptions: Assumptions;
  /** Coefficients of templates, by template, fixed arguments and q. */
  readonly known: Map<string, Expression>;
  /** Spent with every term that is expanded. */
  readonly budget?: Budget;
  /** Called when coefficient q of a template is made: `image` is what it became. */
  readonly onTemplate?: (of: Template, q: number, image: Expression, args: readonly LinearForm[]) => void;
}

/** The coefficient of h^q of the expression with its points expanded. */
export function pointsCoefficient(expression: Expression, q: number, displacement: Displacement): Expression {
  return add(
    ...expression.terms.map(term =>
      withOpened(term, powers => {
        let product: Series | null = null;
        for (const power of powers) {
          const series = powerCoefficients(power, q, displacement);
          product = product === null ? series : multiplySeries(product, series, q);
          displacement.budget?.spend(WORK + sizeOf(product));
        }
        return product === null ? (q === 0 ? multiply() : ZERO_EXPRESSION) : (product[q] ?? ZERO_EXPRESSION);
      }),
    ),
  );
}

function powerCoefficients(power: FactorPower, order: number, displacement: Displacement): Series {
  // A number to the power n − k, as (1/2)^{n−k}, is no factor without its exponent.
  if (power.factor.kind === 'integer') return [factorExpression(power.factor, power.exponent)];
  const base = kindOf(power.factor).expansion(power.factor, verbsOf(order, displacement));
  if (base.length === 1 && base[0] !== undefined) {
    const only = base[0].terms[0];
    const single = only?.factors[0];
    // Points are relabelled only, so the factor keeps its exponent, which may contain indices.
    if (
      base[0].terms.length === 1 &&
      only !== undefined &&
      only.factors.length === 1 &&
      single !== undefined &&
      only.sorts.length === 0 &&
      only.coefficient.isOne() &&
      plainExponent(single.exponent)?.isOne()
    ) {
      return [factorExpression(single.factor, power.exponent)];
    }
  }
  const exponent = plainExponent(power.exponent);
  if (exponent === null)
    return refuse('exponent-with-index', 'a power with an index in its exponent depends on the parameters');
  if (exponent.isOne()) return base;
  const series = powerSeries(base, exponent, order, displacement.assumptions);
  return series ?? refuse('singular-expansion', 'a denominator or a root vanishes as h → 0, and is not expanded');
}

/** Coefficients of the parts of a factor up to h^order. */
const verbsOf = (order: number, displacement: Displacement): FactorExpansion => ({
  unmoved: factor => [factorExpression(factor)],
  atPoint: (factor, derivative) => {
    const { at } = factor;
    if (!isDisplaced(at, displacement)) return [factorExpression(factor)];
    const to = displacement.only?.to ?? null;
    return taylorCoefficients(
      order,
      directions => factorExpression(derivative(directions, to)),
      (q, coordinate) => displacement.at(q, at, coordinate),
    );
  },
  point: factor => {
    const { at } = factor;
    if (!isDisplaced(at, displacement)) return [factorExpression(factor)];
    return trimmed([
      factorExpression({ ...factor, at: displacement.only?.to ?? null }),
      ...range(1, order).map(q => displacement.at(q, at, factor.coordinate)),
    ]);
  },
  inside: factor =>
    trimmed(range(0, order).map(q => templateCoefficient(factor.template, factor.arguments, q, displacement))),
  outer: factor => functionCoefficients(factor, order, displacement),
  chain: (factor, derivative) => vectorCoefficients(factor, derivative, order, displacement),
  constant: factor => {
    for (let q = 1; q <= order; q += 1) {
      if (pointsCoefficient(bodyOf(factor)?.body ?? factor.template.body, q, displacement).terms.length > 0)
        refuse('product-of-gradients', 'a product over an index depends on the parameters');
    }
    return [factorExpression(factor)];
  },
});

function isDisplaced(at: LinearForm | null, { only }: Displacement): at is LinearForm {
  return at !== null && (only === undefined || isLabel(at, only.label));
}

/** What the expansion of one factor costs besides the terms made. */
const WORK = 8;
const sizeOf = (series: Series): number => series.reduce((total, { terms }) => total + terms.length, 0);

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

function trimmed(coefficients: readonly Expression[]): Series {
  let length = coefficients.length;
  while (length > 1 && (coefficients[length - 1]?.terms.length ?? 0) === 0) length -= 1;
  return coefficients.slice(0, length);
}

/** Σ over r of the r-th derivative applied to displacements whose orders add up to q, divided by r!. */
export function taylorCoefficients(
  order: number,
  derivative: (directions: readonly LinearForm[]) => Expression,
  move: (q: number, coordinate: LinearForm) => Expression,
): Series {
  const result: Expression[] = [derivative([])];
  const probe = openIndex('coordinate');
  const moves = Array.from({ length: order }, (_, q) => move(q + 1, variableForm(probe)).terms.length > 0);
  if (!moves.includes(true)) return result;
  for (let q = 1; q <= order; q += 1) {
    const parts: Expression[] = [];
    for (let r = 1; r <= q; r += 1) {
      const weight = Rational.of(1, factorial(r));
      for (const orders of compositions(q, r)) parts.push(scale(contract(orders, derivative, move), weight));
    }
    result.push(add(...parts));
  }
  return trimmed(result);
}

function contract(
  orders: readonly number[],
  derivative: (directions: readonly LinearForm[]) => Expression,
  move: (q: number, coordinate: LinearForm) => Expression,
): Expression {
  const open = orders.map(() => openIndex('coordinate'));
  const moves = orders.map((q, i) => move(q, variableForm(open[i] ?? 0)));
  if (moves.some(m => m.terms.length === 0)) return ZERO_EXPRESSION;
  const inner = multiply(derivative(open.map(index => variableForm(index))), ...moves);
  return open.reduce((body, index) => sumOver(body, index, 'coordinate', []), inner);
}

function templateCoefficient(
  template: Template,
  args: readonly LinearForm[],
  q: number,
  displacement: Displacement,
): Expression {
  const split = splitArguments(template, args, displacement.only?.label);
  const key = `${split.key}@${q}`;
  let image = displacement.known.get(key);
  if (image === undefined) {
    image = wrap(pointsCoefficient(split.body, q, displacement));
    displacement.known.set(key, image);
    displacement.onTemplate?.(template, q, image, args);
  }
  return substituteIndices(image, split.rest);
}

function functionCoefficients(factor: FunctionFactor, order: number, displacement: Displacement): Series {
  const argument = range(0, order).map(q => templateCoefficient(factor.template, factor.arguments, q, displacement));
  const [leading = ZERO_EXPRESSION] = argument;
  if (factor.name === 'sign' && isZero(leading))
    return refuse('always-switching', 'a sign is taken of what vanishes as h → 0');
  const { template, arguments: args } = argumentTemplate(leading);
  const result: Expression[] = [];
  for (let q = 0; q <= order; q += 1) {
    const parts: Expression[] = [];
    for (let r = 0; r <= q; r += 1) {
      for (const orders of compositions(q, r)) {
        const outer = functionExpression({ ...factor, template, arguments: args }, factor.order + r);
        const inner = orders.map(s => argument[s] ?? ZERO_EXPRESSION);
        parts.push(scale(multiply(outer, ...inner), Rational.of(1, factorial(r))));
      }
    }
    result.push(add(...parts));
  }
  return trimmed(result);
}

function vectorCoefficients(
  factor: AppliedTemplate,
  derivative: (directions: readonly LinearForm[], argument: AppliedTemplate) => Factor,
  order: number,
  displacement: Displacement,
): Series {
  const [, ...rest] = factor.arguments;
  const component = openIndex('coordinate');
  const argument = range(0, order).map(q =>
    pointsCoefficient(instantiate(factor.template, [variableForm(component), ...rest]), q, displacement),
  );
  const { template, arguments: args } = vectorTemplate(argument[0] ?? ZERO_EXPRESSION, component);
  return taylorCoefficients(
    order,
    directions => factorExpression(derivative(directions, { template, arguments: args })),
    (q, coordinate) => substituteIndices(argument[q] ?? ZERO_EXPRESSION, new Map([[component, coordinate]])),
  );
}

/** The series with its points displaced, up to h^order. */
export const displacedSeries = (series: Series, order: number, displacement: Displacement): Expression[] =>
  Array.from({ length: order + 1 }, (_, q) =>
    add(...Array.from({ length: q + 1 }, (_each, r) => pointsCoefficient(coefficient(series, r), q - r, displacement))),
  );
