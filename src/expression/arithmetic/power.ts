/**
 * Powers of expressions. A power of a sum stays together as a template factor; only what is certain about signs is
 * taken apart: √(a²) is |a|, written as the template of a² to the power ½, unless a is known to be positive.
 */
import { refuse } from '../../base/problem.ts';
import { factorInteger } from '../../number/factor-integer.ts';
import { Rational } from '../../number/rational.ts';
import { type Assumptions, insideTemplate, isPositive, isPositivePower } from './assumptions.ts';
import {
  asNumber,
  constant,
  type Expression,
  expressionOf,
  factorExpression,
  multiply,
  ONE_EXPRESSION,
  scale,
} from '../core/expression.ts';
import { exponentOf, type FactorPower, integerExponent, plainExponent, scaleExponent } from '../core/factor.ts';
import { abstract, instantiate } from '../core/template.ts';
import type { Term } from '../core/term.ts';
import { hasThinZeros } from './thin-zeros.ts';

/** The expression to a rational power; refuses a negative power of zero and a fractional power of a negative number. */
export function power(base: Expression, exponent: Rational, assumptions: Assumptions): Expression {
  if (exponent.isZero()) return ONE_EXPRESSION;
  if (exponent.isOne()) return base;
  const value = asNumber(base);
  if (value !== null) return numberPower(value, exponent);
  const only = base.terms[0];
  if (base.terms.length === 1 && only !== undefined && only.sorts.length === 0 && only.constraints.length === 0) {
    return exponent.isInteger() ? integerPower(only, exponent) : fractionalPower(only, exponent, assumptions);
  }
  return wrappedPower(base, exponent);
}

/** The reciprocal. */
export const inverse = (base: Expression, assumptions: Assumptions): Expression =>
  power(base, Rational.minusOne, assumptions);

function wrappedPower(base: Expression, exponent: Rational): Expression {
  const { scale: by, template, arguments: args } = abstract(base, exponent.isInteger());
  const factor = factorExpression({ kind: 'template', template, arguments: args }, exponentOf(exponent));
  return multiply(numberPower(by, exponent), factor);
}

function integerPower(term: Term, exponent: Rational): Expression {
  requireSmall(term.coefficient, exponent);
  const factors: FactorPower[] = [];
  for (const { factor, exponent: own } of term.factors) {
    const scaled = scaleExponent(own, exponent);
    if (scaled === null) throw new Error('an integer power scales every exponent');
    factors.push({ factor, exponent: scaled });
  }
  return expressionOf([
    { coefficient: term.coefficient.power(Number(exponent.num)), factors, sorts: [], constraints: [] },
  ]);
}

function fractionalPower(term: Term, exponent: Rational, assumptions: Assumptions): Expression {
  const opposite = oppositeSum(term);
  if (opposite !== null) return wrappedPower(opposite, exponent);
  const parts: Expression[] = [];
  const rest: FactorPower[] = [];
  for (const own of term.factors) {
    const part = mayLeaveRoot(own, term, assumptions) ? fractionalFactor(own, exponent, assumptions) : null;
    if (part === null) rest.push(own);
    else parts.push(part);
  }
  const negative = term.coefficient.sign() < 0;
  if (rest.length === 0) {
    if (negative) refuse('root-of-negative', 'a fractional power of a negative quantity');
    return multiply(numberPower(term.coefficient, exponent), ...parts);
  }
  const [single] = rest;
  const whole = single === undefined ? null : integerExponent(single.exponent);
  if (!negative && rest.length === 1 && single !== undefined && whole !== null && whole % 2 !== 0) {
    // An odd power has a real root exactly where its base has one.
    const scaled = exponentOf(exponent.multiply(Rational.of(whole)));
    return multiply(numberPower(term.coefficient, exponent), ...parts, factorExpression(single.factor, scaled));
  }
  const residue = expressionOf([
    { coefficient: negative ? Rational.minusOne : Rational.one, factors: rest, sorts: [], constraints: [] },
  ]);
  const { template, arguments: args } = abstract(residue, false);
  return multiply(
    numberPower(term.coefficient.abs(), exponent),
    ...parts,
    factorExpression({ kind: 'template', template, arguments: args }, exponentOf(exponent)),
  );
}

/** −(A − S) as S − A: a sum that was kept together with the other sign is the radicand that was typed; null for others. */
export function oppositeSum({ coefficient, factors }: Term): Expression | null {
  const [only, ...others] = factors;
  if (coefficient.sign() >= 0 || only === undefined || others.length > 0 || only.factor.kind !== 'template')
    return null;
  if (integerExponent(only.exponent) !== 1) return null;
  return scale(instantiate(only.factor.template, only.factor.arguments), coefficient);
}

/** What is zero at some integers stays in the root where the rest may be negative: √(n²x) is 0 at n = 0, |n|√x need not be. */
const mayLeaveRoot = (own: FactorPower, { factors }: Term, assumptions: Assumptions): boolean =>
  factors.every(other => other === own || isPositivePower(other, assumptions)) ||
  hasThinZeros(factorExpression(own.factor), assumptions);

/** A factor power to a fractional power, taken out of the root where its sign allows; null where it must stay inside. */
function fractionalFactor(own: FactorPower, exponent: Rational, assumptions: Assumptions): Expression | null {
  const scaled = scaleExponent(own.exponent, exponent);
  const whole = integerExponent(own.exponent);
  if (
    own.factor.kind === 'template' &&
    plainExponent(own.exponent) !== null &&
    (whole === null ||
      isPositive(own.factor.template.body, insideTemplate(assumptions, own.factor.template, own.factor.arguments)))
  ) {
    return scaled === null ? null : factorExpression(own.factor, scaled);
  }
  if (own.factor.kind === 'symbol' || own.factor.kind === 'integer') {
    return scaled !== null && isPositivePower(own, assumptions)
      ? factorExpression(own.factor, scaled)
      : evenPower(own, exponent, whole);
  }
  // √(n²) is n.
  const isWhole = scaled !== null && plainExponent(scaled)?.isInteger() === true;
  if (own.factor.kind === 'index' && isWhole && assumptions.indices.low(own.factor.index) >= 0)
    return factorExpression(own.factor, scaled);
  return evenPower(own, exponent, whole);
}

/** (a^{2r})^{e} = (a²)^{re}; for r = e⁻¹/2 that is |a|. */
function evenPower(own: FactorPower, exponent: Rational, whole: number | null): Expression | null {
  if (whole === null || whole % 2 !== 0) return null;
  const square = factorExpression(own.factor, exponentOf(2));
  const total = exponent.multiply(Rational.of(whole / 2));
  if (total.isInteger()) return factorExpression(own.factor, exponentOf(total.multiply(Rational.of(2))));
  const { template, arguments: args } = abstract(square, false);
  return factorExpression({ kind: 'template', template, arguments: args }, exponentOf(total));
}

/** |a|: a itself where it is known to be positive, else √(a²). */
export function absolute(value: Expression, assumptions: Assumptions): Expression {
  const plain = asNumber(value);
  if (plain !== null) return constant(plain.abs());
  if (isPositive(value, assumptions)) return value;
  const only = value.terms[0];
  if (value.terms.length === 1 && only !== undefined && only.sorts.length === 0 && only.constraints.length === 0) {
    return power(power(value, Rational.of(2), assumptions), Rational.of(1, 2), assumptions);
  }
  const { scale: by, template, arguments: args } = abstract(value, true);
  const square = abstract(factorExpression({ kind: 'template', template, arguments: args }, exponentOf(2)), false);
  return scale(
    factorExpression(
      { kind: 'template', template: square.template, arguments: square.arguments },
      exponentOf(Rational.of(1, 2)),
    ),
    by.abs(),
  );
}

/** Numbers with more digits than this are refused. */
const MOST_DIGITS = 50_000;

function requireSmall(value: Rational, exponent: Rational): void {
  if (value.abs().isOne() || value.isZero()) return;
  const digits = Math.max(value.num.toString().length, value.den.toString().length);
  if (digits * Math.abs(exponent.toNumber()) > MOST_DIGITS) refuse('number-too-large', 'a number has too many digits');
}

/** A positive number to a rational power, as its primes to powers below 1; large factors stay together. */
function numberPower(value: Rational, exponent: Rational): Expression {
  requireSmall(value, exponent);
  if (exponent.isInteger()) {
    if (value.isZero() && exponent.sign() < 0) refuse('division-by-zero', 'a denominator is zero');
    return constant(value.power(Number(exponent.num)));
  }
  if (value.isZero()) {
    if (exponent.sign() < 0) refuse('division-by-zero', 'a denominator is zero');
    return constant(0);
  }
  if (value.sign() < 0) refuse('root-of-negative', 'a fractional power of a negative number');
  const parts: Expression[] = [];
  for (const [integer, sign] of [
    [value.num, 1],
    [value.den, -1],
  ] as const) {
    for (const [prime, count] of factorInteger(integer)) {
      parts.push(
        factorExpression({ kind: 'integer', value: prime }, exponentOf(exponent.multiply(Rational.of(sign * count)))),
      );
    }
  }
  return multiply(...parts);
}
