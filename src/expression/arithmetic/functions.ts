/** Functions of one scalar argument: the elementary ones with their derivatives, and declared smooth ones. */
import { type ElementaryName, elementaryFunction } from '../../formula/elementary.ts';
import { Rational } from '../../number/rational.ts';
import { NO_ASSUMPTIONS } from './assumptions.ts';
import {
  add,
  asNumber,
  constant,
  type Expression,
  factorExpression,
  multiply,
  negate,
  scale,
} from '../core/expression.ts';
import type { FunctionFactor, Parity } from '../core/factor.ts';
import { exponentOf } from '../core/factor.ts';
import { power } from './power.ts';
import { abstract, argumentTemplate, instantiate } from '../core/template.ts';

/** The derivative in terms of functions at the same argument. */
type Slope = (apply: (name: ElementaryName) => Expression, argument: Expression) => Expression;

const SLOPES: Readonly<Record<ElementaryName, Slope>> = {
  exp: apply => apply('exp'),
  log: (_, x) => power(x, Rational.minusOne, NO_ASSUMPTIONS),
  sin: apply => apply('cos'),
  cos: apply => negate(apply('sin')),
  sinh: apply => apply('cosh'),
  cosh: apply => apply('sinh'),
  tanh: apply => add(constant(1), negate(multiply(apply('tanh'), apply('tanh')))),
  // Where it has a derivative.
  sign: () => constant(0),
};

/** Derivative number `order` of the function named in the factor, at the factor's argument. */
export function functionExpression(factor: FunctionFactor, order: number): Expression {
  const elementary = elementaryFunction(factor.name);
  if (elementary === null || order === 0) return factorExpression({ ...factor, order });
  const argument = instantiate(factor.template, factor.arguments);
  const apply = (name: ElementaryName): Expression =>
    applyFunction(name, elementaryFunction(name)?.parity ?? null, 0, argument);
  const derivative = SLOPES[elementary.name](apply, argument);
  return order === 1 ? derivative : derivativeInArgument(derivative, factor, order - 1);
}

/** Further derivatives of a polynomial in elementary functions of one argument, by the product rule. */
function derivativeInArgument(expression: Expression, factor: FunctionFactor, times: number): Expression {
  if (times === 0) return expression;
  const argument = instantiate(factor.template, factor.arguments);
  const parts = expression.terms.flatMap(term =>
    term.factors.map((own, i) => {
      const others = term.factors
        .filter((_, other) => other !== i)
        .map(other => factorExpression(other.factor, other.exponent));
      const exponent = own.exponent.constant;
      const lowered = factorExpression(own.factor, exponentOf(exponent.subtract(Rational.one)));
      const isFunction = own.factor.kind === 'function';
      const slope = own.factor.kind === 'function' ? functionExpression(own.factor, own.factor.order + 1) : constant(1);
      // A power of the argument itself (from log) has slope 1 in it, times the argument's own rational factor.
      const scaleBack = isFunction ? Rational.one : argumentScale(argument);
      return scale(multiply(slope, lowered, ...others), term.coefficient.multiply(exponent).multiply(scaleBack));
    }),
  );
  return derivativeInArgument(add(...parts), factor, times - 1);
}

function argumentScale(argument: Expression): Rational {
  return argument.terms.length === 1
    ? (argument.terms[0]?.coefficient.inverse() ?? Rational.one)
    : abstract(argument, true).scale.inverse();
}

/** The function (or a derivative of it) at an argument; an odd or even function has the argument's sign taken out. */
export function applyFunction(name: string, parity: Parity, order: number, argument: Expression): Expression {
  const value = asNumber(argument);
  const elementary = elementaryFunction(name);
  // Derivatives of odd functions are even and odd in turn, and what is odd is 0 at 0.
  const isOdd = parity !== null && (parity === 'odd') === (order % 2 === 0);
  if (value?.isZero() && isOdd) return constant(0);
  if (value?.isZero() && order === 0) {
    if (elementary !== null && elementary.atZero !== null) return constant(elementary.atZero);
  }
  if (value?.isOne() && order === 0 && name === 'log') return constant(0);
  const abstraction = abstract(argument, true);
  if (parity !== null && abstraction.scale.sign() < 0) {
    const flipped = applyFunction(name, parity, order, negate(argument));
    return isOdd ? negate(flipped) : flipped;
  }
  if (name === 'sign' && order === 0) {
    if (value !== null) return constant(value.sign());
    if (!abstraction.scale.isOne()) return applyFunction(name, parity, 0, scale(argument, abstraction.scale.inverse()));
  }
  const { template, arguments: args } = argumentTemplate(argument);
  const factor: FunctionFactor = { kind: 'function', name, parity, order: 0, template, arguments: args };
  return functionExpression(factor, order);
}
