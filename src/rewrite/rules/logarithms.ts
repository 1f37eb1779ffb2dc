/**
 * Logarithms of products as sums: log(2x(1−β)) is log 2 + log x + log(1−β), each part only where the facts say that it is above
 * zero; the parts of which no sign is known stay together. log Π f is Σ log f for positive f. So the two sides have the same value wherever the logarithm has one.
 */
import type { Budget } from '../../base/budget.ts';
import { type Assumptions, withIndices } from '../../expression/arithmetic/assumptions.ts';
import { applyFunction } from '../../expression/arithmetic/functions.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { comparison } from '../../expression/arithmetic/sum-range.ts';
import { isPositiveFactor, isSurelyPositive } from '../../expression/arithmetic/sure-sign.ts';
import {
  add,
  constant,
  type Expression,
  expressionKey,
  expressionOf,
  factorExpression,
  formExpression,
  multiply,
  negate,
  scale,
  sumOver,
} from '../../expression/core/expression.ts';
import {
  exponentOf,
  factorKey,
  isBelow,
  type FactorPower,
  integerExponent,
  ONE_EXPONENT,
} from '../../expression/core/factor.ts';
import type { ProductFactor } from '../../expression/core/factors.ts';
import { indexName, openIndex } from '../../expression/core/indices.ts';
import { isPlainTerm, linearParts, singleTerm } from '../../expression/core/single.ts';
import { abstract, instantiate } from '../../expression/core/template.ts';
import { factorInteger } from '../../number/factor-integer.ts';
import { addForms, constantForm, type LinearForm, scaleForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { factorsOf } from '../factors-of.ts';
import { mapDeep } from '../map-deep.ts';
import { unfold } from '../unfold.ts';

/** The same object where nothing is rewritten. */
export const throughLogarithms = (expression: Expression, assumptions: Assumptions, budget: Budget): Expression =>
  mapDeep(expression, assumptions, (own, facts) => {
    const { factor } = own;
    const exponent = integerExponent(own.exponent);
    if (factor.kind !== 'function' || factor.name !== 'log' || exponent === null) return null;
    const argument = instantiate(factor.template, factor.arguments);
    const image = power(logarithmOf(argument, facts, budget), Rational.of(exponent), facts);
    return expressionKey(image) === expressionKey(factorExpression(factor, own.exponent)) ? null : image;
  });

/** The logarithm of a linear form of indices is written as one of an index, n + 1 and not the sum of n and 1. */
function log(argument: Expression): Expression {
  const form = indexFormOf(argument);
  return applyFunction('log', null, 0, form === null ? argument : formExpression(form));
}

function indexFormOf(expression: Expression): LinearForm | null {
  const linear = linearParts(expression);
  if (linear?.constant.isInteger() !== true) return null;
  let form = constantForm(Number(linear.constant.num));
  for (const { factor, by } of linear.parts) {
    if (factor.kind !== 'index' || !by.isInteger()) return null;
    form = addForms(form, scaleForm(factor.index, Number(by.num)));
  }
  return form;
}

/** The logarithm of an expression where that is positive, with its positive parts apart. */
function logarithmOf(argument: Expression, facts: Assumptions, budget: Budget): Expression {
  budget.spend();
  const known: Expression[] = [];
  const others: Expression[] = [];
  for (const part of partsOf(unfold(argument, budget, facts))) {
    const opposite = negate(part);
    if (isSurelyPositive(part, facts)) known.push(part);
    else if (isSurelyPositive(opposite, facts)) {
      known.push(opposite);
      others.push(constant(-1));
    } else others.push(part);
  }
  // Beside positive parts, what is left is positive where the whole is.
  return add(...[...known, multiply(constant(1), ...others)].map(each => ofPart(each, facts, budget)));
}

/** Expressions whose product is the given one: polynomials that are not split any more, and what they are divided by. */
function partsOf(argument: Expression): readonly Expression[] {
  const below = new Map<string, { readonly factor: FactorPower['factor']; readonly least: Rational }>();
  for (const term of argument.terms) {
    if (!isPlainTerm(term)) return [argument];
    for (const own of term.factors) {
      if (!isBelow(own)) continue;
      const key = factorKey(own.factor, indexName);
      const its = own.exponent.constant;
      below.set(key, { factor: own.factor, least: Rational.min(below.get(key)?.least ?? its, its) });
    }
  }
  if (argument.terms.length < 2 || below.size === 0) return factorsOf(argument);
  const divisors = [...below.values()].map(({ factor, least }) => factorExpression(factor, exponentOf(least)));
  const inverse = [...below.values()].map(({ factor, least }) => factorExpression(factor, exponentOf(least.negate())));
  return [...factorsOf(multiply(argument, ...inverse)), ...divisors];
}

/** The logarithm of a part that is not split any more as a polynomial. */
function ofPart(part: Expression, facts: Assumptions, budget: Budget): Expression {
  const term = singleTerm(part);
  if (term === null) {
    const size = absolute(abstract(part, true).scale);
    return add(ofNumber(size), log(scale(part, size.inverse())));
  }
  const isKnown = ({ factor }: FactorPower): boolean => isPositiveFactor({ factor, exponent: ONE_EXPONENT }, facts);
  const rest = term.factors.filter(own => !isKnown(own));
  const sign = Rational.of(term.coefficient.sign());
  const isWhole = rest.length === 0 && sign.isOne();
  return add(
    ofNumber(absolute(term.coefficient)),
    ...term.factors.filter(isKnown).map(own => ofPower(own, facts, budget)),
    ...(isWhole ? [] : [log(expressionOf([{ ...term, coefficient: sign, factors: rest }]))]),
  );
}

/** log(f^{c+l}) = (c + l) log f for a positive f and a linear form l of indices. */
function ofPower({ factor, exponent }: FactorPower, facts: Assumptions, budget: Budget): Expression {
  const count = add(constant(exponent.constant), formExpression(exponent.form));
  const base = (): Expression => {
    if (factor.kind === 'integer') return ofNumber(Rational.of(factor.value));
    if (factor.kind === 'template') return logarithmOf(instantiate(factor.template, factor.arguments), facts, budget);
    if (factor.kind === 'product') return ofProduct(factor, facts, budget) ?? log(factorExpression(factor));
    const isExponential = factor.kind === 'function' && factor.name === 'exp';
    return isExponential ? instantiate(factor.template, factor.arguments) : log(factorExpression(factor));
  };
  return multiply(count, base());
}

/** log Π_{i=a}^{b} f(i) = Σ_{i=a}^{b} log f(i) for positive f; null where the range is none between two indices. */
function ofProduct(factor: ProductFactor, facts: Assumptions, budget: Budget): Expression | null {
  const [sort = 'history'] = factor.template.sorts;
  const open = openIndex(sort);
  const { lower = constantForm(0), upper } = factor;
  const own = variableForm(open);
  const constraints = [addForms(lower, own, -1), addForms(own, upper, -1)].map(form => comparison(form, open));
  const range = constraints.filter(each => each !== null);
  if (range.length < constraints.length) return null;
  const body = instantiate(factor.template, [own, ...factor.arguments.slice(1)]);
  const inside = withIndices(facts, facts.indices.with(range));
  return sumOver(logarithmOf(body, inside, budget), open, sort, range);
}

/** The logarithm of a positive number, by its primes. */
const ofNumber = ({ num, den }: Rational): Expression =>
  add(
    ...[...factorInteger(num)].map(([prime, count]) => scale(log(constant(Rational.of(prime))), Rational.of(count))),
    ...[...factorInteger(den)].map(([prime, count]) => scale(log(constant(Rational.of(prime))), Rational.of(-count))),
  );

const absolute = (value: Rational): Rational => (value.sign() < 0 ? value.negate() : value);
