/**
 * sin and cos beside multiples of π/2, where π is the number: sin(u + kπ) = (−1)^k sin u and sin(u + π/2) = cos u for integers k, and the
 * values at sixths and quarters of π.
 *
 * Source: NIST Digital Library of Mathematical Functions, 4.21.2 and 4.21.4 (sums of angles), table 4.17.1 (values).
 */
import { PI } from '../../formula/formula.ts';
import { addForms, constantForm, type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  formExpression,
  isZero,
  multiply,
  scale,
} from '../core/expression.ts';
import { plainExponent } from '../core/factor.ts';
import { isPlainTerm } from '../core/single.ts';
import type { Term } from '../core/term.ts';
import { type Assumptions, NO_ASSUMPTIONS } from './assumptions.ts';
import { applyFunction } from './functions.ts';
import { power } from './power.ts';
import { powerOfForm } from './power-of-form.ts';

const HALF = Rational.of(1, 2);
const QUARTER_TURN = scale(factorExpression({ kind: 'symbol', name: PI }), HALF);

/** An angle u + (part + quarters) π/2, where −1/2 < part ≤ 1/2 and the coefficients of the integer form `quarters` are even. */
interface Turned {
  readonly rest: Expression;
  readonly part: Rational;
  readonly quarters: LinearForm;
}

/**
 * The derivative number `order` of the sine or cosine at the argument, without the multiples of π/2 that can be taken out of it; null where
 * there are none, for every other function, and where π is a declared letter.
 */
export function atTurns(
  name: string,
  order: number,
  argument: Expression,
  assumptions: Assumptions,
): Expression | null {
  if ((name !== 'sin' && name !== 'cos') || assumptions.domains.has(PI)) return null;
  const { rest, part, quarters } = turnedOf(argument);
  // Each derivative is a quarter turn, and so is the step from sin to cos.
  const count = quarters.constant + order + (name === 'cos' ? 1 : 0);
  const isCosine = count % 2 !== 0;
  const known = isZero(rest) ? valueAt(part, isCosine) : null;
  if (known === null && quarters.constant === 0 && quarters.terms.length === 0) return null;
  const turns = quarters.terms.map(([index, times]) => [index, times / 2] as const);
  const alternating = turns.length === 0 ? constant(1) : powerOfForm(constant(-1), { constant: 0, terms: turns });
  if (alternating === null) return null;
  const angle = add(rest, scale(QUARTER_TURN, part));
  const value = known ?? (isCosine ? applyFunction('cos', 'even', 0, angle) : applyFunction('sin', 'odd', 0, angle));
  const isNegative = Math.floor(count / 2) % 2 !== 0;
  return scale(multiply(alternating, value), isNegative ? Rational.minusOne : Rational.one);
}

function turnedOf(argument: Expression): Turned {
  let quarters = constantForm(0);
  let part = Rational.zero;
  const rest: Expression[] = [];
  for (const term of argument.terms) {
    const angle = multipleOfPi(term);
    if (angle === null) {
      rest.push({ terms: [term] });
      continue;
    }
    part = part.add(angle.by.multiply(Rational.of(angle.form.constant)));
    for (const [index, times] of angle.form.terms) {
      const all = angle.by.multiply(Rational.of(times));
      const even = all.isInteger() ? all.num - modulo(all.num, 2n) : 0n;
      const left = all.subtract(Rational.of(even));
      quarters = addForms(quarters, variableForm(index), Number(even));
      rest.push(scale(multiply(QUARTER_TURN, formExpression(variableForm(index))), left));
    }
  }
  // The nearest whole number, the lower one of two.
  const { num, den } = part.subtract(HALF);
  const whole = -floor(-num, den);
  return {
    rest: add(...rest),
    part: part.subtract(Rational.of(whole)),
    quarters: addForms(quarters, constantForm(Number(whole))),
  };
}

/** How many quarter turns a term is: a number times an integer form; null for every other term. */
function multipleOfPi(term: Term): { readonly by: Rational; readonly form: LinearForm } | null {
  if (!isPlainTerm(term) || term.factors.length > 2) return null;
  if (!term.factors.every(({ exponent }) => plainExponent(exponent)?.isOne() === true)) return null;
  const others = term.factors.filter(({ factor }) => !(factor.kind === 'symbol' && factor.name === PI));
  if (others.length !== term.factors.length - 1) return null;
  const by = term.coefficient.multiply(Rational.of(2));
  const [other] = others;
  if (other === undefined) return { by, form: constantForm(1) };
  return other.factor.kind === 'index' ? { by, form: other.factor.index } : null;
}

/** The sine or cosine of `part` quarter turns, where the table has it. */
function valueAt(part: Rational, isCosine: boolean): Expression | null {
  const size = part.abs();
  const sign = isCosine || part.sign() >= 0 ? Rational.one : Rational.minusOne;
  const half = (of: number): Expression => scale(power(constant(of), HALF, NO_ASSUMPTIONS), HALF.multiply(sign));
  if (size.isZero()) return constant(isCosine ? 1 : 0);
  if (size.equals(Rational.of(1, 3))) return half(isCosine ? 3 : 1);
  return size.equals(HALF) ? half(2) : null;
}

const modulo = (a: bigint, b: bigint): bigint => ((a % b) + b) % b;
const floor = (num: bigint, den: bigint): bigint => (num - modulo(num, den)) / den;
