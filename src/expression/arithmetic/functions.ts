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
  mapFactors,
  multiply,
  negate,
  scale,
} from '../core/expression.ts';
import type { FunctionFactor, Parity } from '../core/factors.ts';
import { exponentOf } from '../core/factor.ts';
import { power } from './power.ts';
import { abstract, argumentTemplate, instantiate } from '../core/template.ts';

/** The derivative in terms of functions at the same argument. */
type Slope = (apply: (name: ElementaryName) => Expression, argument: Expression) => Expression;

const SLOPES: Readonly<Record<Exclude<ElementaryName, 'arctan'>, Slope>> = {
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
  if (elementary.name === 'arctan') return slopeOfArctan(order, argument);
  // The argument is put in last: at a number such as 0 the first derivative is one too, and has none of its own.
  return mapFactors(derivativeOf(elementary.name, order), ({ factor: own, exponent }) => {
    const base = own.kind === 'function' ? applyFunction(own.name, own.parity, 0, argument) : argument;
    return power(base, exponent.constant, NO_ASSUMPTIONS);
  });
}

/** Derivative number r of arctan, p_r(x)/(1 + x²)^r with p_1 = 1 and p_{r+1} = (1 + x²)p_r′ − 2rxp_r. */
function slopeOfArctan(order: number, x: Expression): Expression {
  // The coefficients of p_r from that of 1 on.
  let numerator = [1];
  for (let r = 1; r < order; r += 1) {
    const next = new Array<number>(numerator.length + 1).fill(0);
    for (const [degree, value] of numerator.entries()) {
      if (degree > 0) next[degree - 1] = (next[degree - 1] ?? 0) + degree * value;
      next[degree + 1] = (next[degree + 1] ?? 0) + (degree - 2 * r) * value;
    }
    numerator = next;
  }
  const powers = [constant(1)];
  for (const _ of numerator) powers.push(multiply(powers.at(-1) ?? constant(1), x));
  const above = add(...numerator.map((value, degree) => scale(powers[degree] ?? constant(1), Rational.of(value))));
  const below = power(add(constant(1), multiply(x, x)), Rational.of(-order), NO_ASSUMPTIONS);
  return multiply(above, below);
}

/** The argument of a derivative before it is known. */
const ANY_ARGUMENT: Expression = factorExpression({ kind: 'symbol', name: '#x' });
const derivatives = new Map<string, Expression>();

/** Derivative number `order` of an elementary function: a polynomial in functions of the argument and its powers. */
function derivativeOf(name: Exclude<ElementaryName, 'arctan'>, order: number): Expression {
  const key = `${name}${order}`;
  const known = derivatives.get(key);
  if (known !== undefined) return known;
  const made =
    order === 1
      ? SLOPES[name](
          other => applyFunction(other, elementaryFunction(other)?.parity ?? null, 0, ANY_ARGUMENT),
          ANY_ARGUMENT,
        )
      : slopeOf(derivativeOf(name, order - 1));
  derivatives.set(key, made);
  return made;
}

/** The derivative of such a polynomial, by the product rule. */
const slopeOf = ({ terms }: Expression): Expression =>
  add(
    ...terms.flatMap(({ coefficient, factors }) =>
      factors.map(({ factor, exponent: { constant: exponent } }, at) => {
        const others = factors.filter((_, other) => other !== at);
        const lowered = factorExpression(factor, exponentOf(exponent.subtract(Rational.one)));
        const slope = factor.kind === 'function' ? functionExpression(factor, 1) : constant(1);
        const rest = others.map(other => factorExpression(other.factor, other.exponent));
        return scale(multiply(slope, lowered, ...rest), coefficient.multiply(exponent));
      }),
    ),
  );

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
