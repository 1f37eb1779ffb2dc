/**
 * Sums over a coordinate that are the gradient of something with a name: Σ_i ∇_{ij}E ∇_iE is ½∇_j‖∇E‖²,
 * Σ_i ∇_{ij}E ∇_iE/√((∇_iE)²+c) is ∇_j‖∇E‖_{1,c} (‖∇E‖_1 for c = 0), Σ_i ∇_{ij}E ∂_iK(∇E) is ∇_jK(∇E).
 */
import { subtract, expressionOf, type Expression, factorExpression } from '../expression/core/expression.ts';
import { exponentOf, type FactorPower, integerExponent, plainExponent } from '../expression/core/factor.ts';
import type { Factor } from '../expression/core/factors.ts';
import { COMPONENT_INDEX } from '../expression/core/indices.ts';
import { isScalar } from '../expression/arithmetic/scalar.ts';
import { instantiate } from '../expression/core/template.ts';
import * as build from '../formula/build.ts';
import { COMPONENT, type Formula, type Vector } from '../formula/formula.ts';
import { type LinearForm, variableForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';
import type { Rest } from '../rewrite/rules/collect-terms.ts';

/** `factor` times the derivative with respect to θ_j of `potential`. */
export interface Potential {
  readonly factor: Rational;
  readonly potential: Formula;
}

const INDEX = 0;
const GRADIENT: Vector = { index: '#i', body: build.gradient([build.index('#i')], null) };

/** The potential of a sum over one coordinate; null where it has none with a name. `write` spells scalars. */
export function recognise(
  { factors, sorts, constraints }: Rest,
  write: (scalar: Expression) => Formula,
): Potential | null {
  if (sorts.length !== 1 || sorts[0] !== 'coordinate' || constraints.length > 0) return null;
  const hessian = factors.findIndex(
    ({ factor, exponent }) => isDerivative(factor, [INDEX, COMPONENT_INDEX]) && integerExponent(exponent) === 1,
  );
  if (hessian === -1) return null;
  const others = factors.filter((_, position) => position !== hessian);
  return squareNorm(others) ?? oneNorm(others, write) ?? declaredFunction(others, write);
}

/** Whether a factor is a derivative of the full-batch loss at the current θ with respect to these coordinates. */
function isDerivative(factor: Factor, coordinates: readonly number[]): boolean {
  if (
    factor.kind !== 'loss' ||
    factor.batch !== null ||
    factor.at !== null ||
    factor.coordinates.length !== coordinates.length
  )
    return false;
  return coordinates.every(coordinate => factor.coordinates.some(form => isIndex(form, coordinate)));
}

const isIndex = (form: LinearForm, index: number): boolean =>
  form.constant === 0 && form.terms.length === 1 && form.terms[0]?.[0] === index && form.terms[0][1] === 1;

function squareNorm(factors: readonly FactorPower[]): Potential | null {
  const [only] = factors;
  if (
    factors.length !== 1 ||
    only === undefined ||
    !isDerivative(only.factor, [INDEX]) ||
    integerExponent(only.exponent) !== 1
  )
    return null;
  const norm: Formula = { kind: 'norm', span: null, order: 2, perturbation: null, argument: GRADIENT };
  return { factor: Rational.of(1, 2), potential: build.toPower(norm, build.number(2)) };
}

function oneNorm(factors: readonly FactorPower[], write: (scalar: Expression) => Formula): Potential | null {
  const slope = factors.find(
    ({ factor, exponent }) => isDerivative(factor, [INDEX]) && integerExponent(exponent) === 1,
  );
  const root = factors.find(own => own !== slope);
  if (factors.length !== 2 || slope === undefined || root === undefined || root.factor.kind !== 'template') return null;
  if (plainExponent(root.exponent)?.equals(Rational.of(-1, 2)) !== true) return null;
  const square = factorExpression(slope.factor, exponentOf(2));
  const perturbation = subtract(instantiate(root.factor.template, root.factor.arguments), square);
  if (!isScalar(perturbation)) return null;
  const norm: Formula = {
    kind: 'norm',
    span: null,
    order: 1,
    perturbation: perturbation.terms.length === 0 ? null : write(perturbation),
    argument: GRADIENT,
  };
  return { factor: Rational.one, potential: norm };
}

/** ∂_iK(∇E) of a declared function of a vector. */
function declaredFunction(factors: readonly FactorPower[], write: (scalar: Expression) => Formula): Potential | null {
  const [only] = factors;
  const factor = only?.factor;
  if (
    factors.length !== 1 ||
    only === undefined ||
    factor?.kind !== 'vector-function' ||
    integerExponent(only.exponent) !== 1
  )
    return null;
  const position = factor.by.findIndex(form => isIndex(form, INDEX));
  if (position === -1 || factor.component !== null) return null;
  const entry = instantiate(factor.template, [variableForm(INDEX), ...factor.arguments.slice(1)]);
  const [term] = entry.terms;
  const isGradient =
    entry.terms.length === 1 &&
    term !== undefined &&
    term.coefficient.isOne() &&
    term.factors.length === 1 &&
    term.factors.every(each => isDerivative(each.factor, [INDEX]) && integerExponent(each.exponent) === 1);
  const by = factor.by.filter((_, place) => place !== position);
  if (!isGradient || by.some(form => isIndex(form, INDEX))) return null;
  return {
    factor: Rational.one,
    potential: write(
      expressionOf([
        {
          coefficient: Rational.one,
          factors: [{ factor: { ...factor, by }, exponent: exponentOf(1) }],
          sorts: [],
          constraints: [],
        },
      ]),
    ),
  };
}

/** ∇_j of a potential. */
export const gradientOf = (potential: Formula): Formula => ({
  kind: 'derivative',
  span: null,
  by: [build.index(COMPONENT)],
  argument: potential,
});
