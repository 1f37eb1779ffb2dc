/**
 * Signs are not continuous: sign(u) is u/|u| where u ≠ 0, and 0 where u = 0, which is a value. So an expression with signs is
 * zero when it is in both cases. The second needs no proof where the expression has no value at u = 0 anyway.
 *
 * Sufficient only. Signs inside denominators and roots, and signs under sums without such a pole, are not split.
 *
 * Source: the definition of the sign; nothing else is used.
 */
import type { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import { type Assumptions, NO_ASSUMPTIONS, powerVanishes } from '../../expression/arithmetic/assumptions.ts';
import {
  constant,
  type Expression,
  expressionOf,
  factorExpression,
  formExpression,
  mapFactors,
  multiply,
  restrict,
  withOpened,
  ZERO_EXPRESSION,
} from '../../expression/core/expression.ts';
import {
  exponentKey,
  type FactorPower,
  factorKey,
  integerExponent,
  isBelow,
  plainExponent,
  timesAbove,
} from '../../expression/core/factor.ts';
import type { FunctionFactor } from '../../expression/core/factors.ts';
import { indexName, isBound, ITERATION_INDEX, openIndex, ZERO } from '../../expression/core/indices.ts';
import { absolute, inverse, power } from '../../expression/arithmetic/power.ts';
import { substituteSymbol } from '../../expression/calculus/substitute-symbol.ts';
import { isPlainTerm, linearParts, singlePower } from '../../expression/core/single.ts';
import { instantiate } from '../../expression/core/template.ts';
import { variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { underContext } from '../../rewrite/context.ts';

type Test = (expression: Expression) => boolean;
type Sign = FunctionFactor;

const MOST_SIGNS = 4;
/** The letters of bound indices are not told apart. */
const nameOfAny = (index: number): string => (isBound(index) ? 'b' : indexName(index));

/** Whether a sign stands among the factors of the expression itself. */
export const hasSigns = (expression: Expression): boolean => signsIn(expression).length > 0;

/** Whether the expression is zero, by cases of its signs; `isZero` decides expressions without signs. */
export function isZeroByCases(expression: Expression, isZero: Test, assumptions: Assumptions, budget: Budget): boolean {
  return splitCases(expression, isZero, assumptions, budget, MOST_SIGNS);
}

function splitCases(given: Expression, isZero: Test, assumptions: Assumptions, budget: Budget, left: number): boolean {
  const value = absorbed(given);
  const [sign] = signsIn(value);
  if (sign === undefined) return isZero(value);
  if (left === 0) return false;
  budget.spend(value.terms.length);
  const rest = (next: Expression): boolean => splitCases(next, isZero, assumptions, budget, left - 1);
  return rest(asQuotients(value, sign)) && (hasPole(value, sign) || atZero(value, sign, assumptions).some(rest));
}

/** The signs among the factors, one for each argument. */
function signsIn({ terms }: Expression): Sign[] {
  const found = new Map<string, Sign>();
  for (const { factor } of terms.flatMap(({ factors }) => factors))
    if (factor.kind === 'function' && factor.name === 'sign') found.set(factorKey(factor, nameOfAny), factor);
  return [...found.values()];
}

/** The factor where it is a sign with this argument, at whatever index. */
const asSign = ({ factor }: FactorPower, { template }: Sign): Sign | null =>
  factor.kind === 'function' && factor.name === 'sign' && factor.template === template ? factor : null;

/** u·sign(u) is |u| and |u|·sign(u) is u, at u = 0 too. */
function absorbed(value: Expression): Expression {
  return expressionOf(value.terms.flatMap(term => withOpened(term, factors => product(absorb(factors))).terms));
}

const product = (factors: readonly FactorPower[]): Expression =>
  multiply(...factors.map(({ factor, exponent }) => factorExpression(factor, exponent)));

function absorb(factors: readonly FactorPower[]): readonly FactorPower[] {
  for (const sign of factors) {
    if (sign.factor.kind !== 'function' || sign.factor.name !== 'sign' || integerExponent(sign.exponent) !== 1)
      continue;
    const argument = singlePower(instantiate(sign.factor.template, sign.factor.arguments));
    const size = argument === null ? null : singlePower(absolute(product([argument]), NO_ASSUMPTIONS));
    if (argument === null || size === null) continue;
    for (const [from, to] of [
      [argument, size],
      [size, argument],
    ] as const) {
      const at = factors.findIndex(own => isSamePower(own, from));
      if (at !== -1) return [...factors.filter((own, i) => own !== sign && i !== at), to];
    }
  }
  return factors;
}

const isSamePower = (one: FactorPower, other: FactorPower): boolean =>
  factorKey(one.factor, indexName) === factorKey(other.factor, indexName) &&
  exponentKey(one.exponent, indexName) === exponentKey(other.exponent, indexName);

/**
 * The signs of an expression as quotients u/|u|, for regimes, in which no component of a gradient is zero; refuses a sign of
 * anything else than a product with such a component.
 */
export function signsOfGradients(value: Expression): Expression {
  return signsIn(value).reduce((current, sign) => {
    const [only, ...more] = instantiate(sign.template, sign.arguments).terms;
    const isGradient =
      more.length === 0 &&
      only?.factors.every(({ factor }) => factor.kind === 'loss' && factor.coordinates.length === 1) === true;
    return isGradient
      ? asQuotients(current, sign)
      : refuse('sign-not-covered', 'in a regime only the sign of a component of the gradient is covered');
  }, value);
}

/** Every sign with this argument, at whatever index, as u/|u|. */
function asQuotients(value: Expression, sign: Sign): Expression {
  return mapFactors(value, own => {
    if (own.factor.kind !== 'function' || own.factor.name !== 'sign' || own.factor.template !== sign.template)
      return null;
    const argument = instantiate(own.factor.template, own.factor.arguments);
    const quotient = multiply(argument, inverse(absolute(argument, NO_ASSUMPTIONS), NO_ASSUMPTIONS));
    return power(quotient, plainExponent(own.exponent) ?? Rational.one, NO_ASSUMPTIONS);
  });
}

/**
 * Whether the expression has no value wherever the argument of the sign is zero, at each index at which the sign occurs. A term
 * without constraints stands under no sum but one over all components.
 */
function hasPole(value: Expression, sign: Sign): boolean {
  const uses = value.terms.flatMap(term => term.factors.flatMap(own => asSign(own, sign) ?? []));
  return uses.every(use =>
    value.terms.some(
      term =>
        term.constraints.length === 0 &&
        term.factors.some(own => isBelow(own) && (isSize(own, use) || isSizeAtAny(own, sign))),
    ),
  );
}

/** Whether a factor is u or |u| for the argument of a sign; a summed component is any component in both. */
function isSize({ factor }: FactorPower, use: Sign): boolean {
  const argument = instantiate(use.template, use.arguments);
  return [argument, absolute(argument, NO_ASSUMPTIONS)].some(value => {
    const own = singlePower(value);
    return own !== null && factorKey(own.factor, indexName) === factorKey(factor, indexName);
  });
}

/** Whether a factor is |u_i| under a sum over all coordinates i, for a sign of u at one coordinate. */
function isSizeAtAny({ factor }: FactorPower, { template }: Sign): boolean {
  if (factor.kind !== 'template' || template.sorts.join() !== 'coordinate') return false;
  const argument = instantiate(template, [variableForm(openIndex('coordinate'))]);
  const own = singlePower(absolute(argument, NO_ASSUMPTIONS));
  return (
    own?.factor.kind === 'template' &&
    own.factor.template === factor.template &&
    factor.arguments.every(({ terms }) => terms.every(([index]) => isBound(index)))
  );
}

/** The expression where the argument of a sign is zero: ways to put that in, each of which holds at all such points. */
function atZero(value: Expression, sign: Sign, assumptions: Assumptions): Expression[] {
  if (sign.arguments.some(form => form.terms.some(([index]) => isBound(index)))) return [];
  const argument = instantiate(sign.template, sign.arguments);
  const without = mapFactors(value, own =>
    JSON.stringify(asSign(own, sign)?.arguments) === JSON.stringify(sign.arguments) ? ZERO_EXPRESSION : null,
  );
  return [without, ...whereZero(without, argument, assumptions)];
}

/** The expression with u = 0 put in: u itself where it is one factor, the symbol or the n at which it is zero. */
export function whereZero(value: Expression, argument: Expression, assumptions: Assumptions): Expression[] {
  const [only, ...more] = argument.terms;
  if (only === undefined) return [];
  if (more.length === 0) {
    const [own, ...others] = only.factors;
    if (own === undefined || others.length > 0 || !isPlainTerm(only)) return [];
    const key = factorKey(own.factor, indexName);
    const gone = expressionOf(
      value.terms.filter(
        term => !term.factors.some(each => factorKey(each.factor, indexName) === key && timesAbove(each) !== 0),
      ),
    );
    if (own.factor.kind === 'index') return [gone, ...atIteration(value, argument)];
    // ρ^{n+1} is zero where ρ is.
    if (own.factor.kind === 'symbol')
      return [gone, substituteSymbol(value, own.factor.name, ZERO_EXPRESSION, assumptions)];
    return [gone];
  }
  return [
    ...atIteration(value, argument),
    ...atSymbol(value, argument, assumptions),
    ...atExponent(value, argument, assumptions),
  ];
}

/** n = c where the argument is a multiple of n − c. */
function atIteration(value: Expression, argument: Expression): Expression[] {
  const linear = linearParts(argument);
  if (linear === null) return [];
  let [slope, offset] = [Rational.zero, linear.constant];
  for (const { factor, by } of linear.parts) {
    if (factor.kind !== 'index') return [];
    const { constant, terms } = factor.index;
    const [index, ...rest] = terms;
    if (index === undefined || rest.length > 0 || index[0] !== ITERATION_INDEX) return [];
    slope = slope.add(by.multiply(Rational.of(index[1])));
    offset = offset.add(by.multiply(Rational.of(constant)));
  }
  if (slope.isZero()) return [];
  const at = offset.negate().divide(slope);
  // No n is there, as at a negative one: nothing is to be shown.
  if (!at.isInteger()) return [ZERO_EXPRESSION];
  const bound = Number(at.num);
  return [
    underContext(
      restrict(value, [
        { left: ITERATION_INDEX, right: ZERO, bound },
        { left: ZERO, right: ITERATION_INDEX, bound: -bound },
      ]),
    ),
  ];
}

/** n = c where the argument is a multiple of 1 − x^{n−c}, with 0 ≤ x < 1. */
function atExponent(value: Expression, { terms }: Expression, assumptions: Assumptions): Expression[] {
  const one = terms.find(({ factors }) => factors.length === 0);
  const other = terms.find(each => each !== one);
  const [own, ...others] = other?.factors ?? [];
  if (terms.length !== 2 || one === undefined || other === undefined || own === undefined) return [];
  if (!terms.every(isPlainTerm) || others.length > 0 || !one.coefficient.equals(other.coefficient.negate())) return [];
  const { factor, exponent } = own;
  if (factor.kind !== 'symbol' || !powerVanishes(factor.name, assumptions) || !exponent.constant.isInteger()) return [];
  const form = { constant: Number(exponent.constant.num), terms: exponent.form.terms };
  return atIteration(value, formExpression(form));
}

/** x = c where the argument is a·x − a·c with numbers a and c. */
function atSymbol(value: Expression, argument: Expression, assumptions: Assumptions): Expression[] {
  const linear = linearParts(argument);
  const [slope, ...more] = linear?.parts ?? [];
  if (linear === null || slope?.factor.kind !== 'symbol' || more.length > 0) return [];
  return [substituteSymbol(value, slope.factor.name, constant(linear.constant.negate().divide(slope.by)), assumptions)];
}
