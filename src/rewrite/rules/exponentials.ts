/**
 * sinh, cosh and tanh by exponentials, exp of a sum as a product, e^{r log x} as x^r, and squares of cos by sin: e^{x/2} e^{x/3} is
 * (e^{x/6})^5. The values are the same at every point at which the argument has one.
 */
import { lcm } from '../../number/gcd.ts';
import type { Budget } from '../../base/budget.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { applyFunction } from '../../expression/arithmetic/functions.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { powerOfForm } from '../../expression/arithmetic/power-of-form.ts';
import {
  add,
  constant,
  type Expression,
  expressionKey,
  expressionOf,
  factorExpression,
  multiply,
  negate,
  scale,
} from '../../expression/core/expression.ts';
import { type FactorPower, integerExponent } from '../../expression/core/factor.ts';
import { isPlainTerm } from '../../expression/core/single.ts';
import { instantiate, wrap } from '../../expression/core/template.ts';
import type { Term } from '../../expression/core/term.ts';
import { scaleForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { mapDeep } from '../map-deep.ts';
import { unfold } from '../unfold.ts';

const HYPERBOLIC: ReadonlySet<string> = new Set(['sinh', 'cosh', 'tanh']);
const HALF = Rational.of(1, 2);
/** Higher powers stay as they are. */
const MOST_POWER = 24n;

/** The same object where nothing is rewritten. */
export function throughExponentials(expression: Expression, assumptions: Assumptions, budget: Budget): Expression {
  // Every argument in parts of this: letters of sums have no names by which parts could be told apart.
  let parts = 1n;
  mapDeep(expression, assumptions, (own, facts) => {
    const name = elementaryOf(own);
    if (name === null || name === 'cos') return null;
    for (const { coefficient } of argumentOf(own, facts, budget).terms) parts = lcm(parts, coefficient.den);
    return null;
  });
  return mapDeep(expression, assumptions, (own, facts) => {
    const name = elementaryOf(own);
    const exponent = integerExponent(own.exponent);
    if (name === null || exponent === null) return null;
    budget.spend();
    const image =
      name === 'cos' ? ofCosine(own, exponent, facts) : ofExponential(own, { name, exponent, parts }, facts, budget);
    if (image === null) return null;
    return expressionKey(image) === expressionKey(factorExpression(own.factor, own.exponent)) ? null : image;
  });
}

/** The name of a function that is rewritten here. */
function elementaryOf({ factor }: FactorPower): string | null {
  // Derivatives of these are made of these (functions.ts), so that the order is 0.
  if (factor.kind !== 'function') return null;
  return HYPERBOLIC.has(factor.name) || factor.name === 'exp' || factor.name === 'cos' ? factor.name : null;
}

const argumentOf = ({ factor }: FactorPower, facts: Assumptions, budget: Budget): Expression =>
  factor.kind === 'function' ? unfold(instantiate(factor.template, factor.arguments), budget, facts) : constant(0);

/** One term without its coefficient. */
const unitOf = (term: Term): Expression => expressionOf([{ ...term, coefficient: Rational.one }]);

interface Exponential {
  readonly name: string;
  readonly exponent: number;
  readonly parts: bigint;
}

function ofExponential(
  own: FactorPower,
  { name, exponent, parts }: Exponential,
  facts: Assumptions,
  budget: Budget,
): Expression | null {
  const factors: { readonly base: Expression; readonly count: bigint }[] = [];
  const powers: Expression[] = [];
  for (const term of argumentOf(own, facts, budget).terms) {
    const ofLogarithm = powerIn(term, facts);
    if (ofLogarithm !== null) {
      powers.push(ofLogarithm);
      continue;
    }
    const count = term.coefficient.multiply(Rational.of(parts));
    if (!count.isInteger() || count.num > MOST_POWER || count.num < -MOST_POWER) return null;
    factors.push({
      base: applyFunction('exp', null, 0, scale(unitOf(term), Rational.of(1n, parts))),
      count: count.num,
    });
  }
  const e = (by: bigint): Expression =>
    multiply(
      constant(1),
      ...factors.map(({ base, count }) => power(base, Rational.of(count * by), facts)),
      ...powers.map(each => power(each, Rational.of(by), facts)),
    );
  const of = (): Expression => {
    switch (name) {
      case 'sinh':
        return scale(multiply(wrap(add(e(2n), constant(-1))), e(-1n)), HALF);
      case 'cosh':
        return scale(multiply(wrap(add(e(2n), constant(1))), e(-1n)), HALF);
      case 'tanh':
        return multiply(add(e(2n), constant(-1)), power(add(e(2n), constant(1)), Rational.minusOne, facts));
      default:
        return e(1n);
    }
  };
  return power(of(), Rational.of(exponent), facts);
}

/** x^r, and x^l for a linear form l of indices, where a term is that times log x: the values are the same wherever the logarithm has one. */
function powerIn(term: Term, facts: Assumptions): Expression | null {
  const { coefficient, factors } = term;
  if (factors.length > 2 || !isPlainTerm(term)) return null;
  const logarithm = factors.find(({ factor }) => factor.kind === 'function' && factor.name === 'log');
  if (logarithm?.factor.kind !== 'function') return null;
  if (factors.some(({ exponent }) => integerExponent(exponent) !== 1)) return null;
  const base = instantiate(logarithm.factor.template, logarithm.factor.arguments);
  const index = factors.find(each => each !== logarithm)?.factor;
  if (index === undefined) return power(base, coefficient, facts);
  if (index.kind !== 'index' || !coefficient.isInteger()) return null;
  return powerOfForm(base, scaleForm(index.index, Number(coefficient.num)));
}

/** cos^{2k} = (1 − sin²)^k. */
function ofCosine({ factor }: FactorPower, exponent: number, facts: Assumptions): Expression | null {
  if (factor.kind !== 'function' || exponent < 2) return null;
  const sine = applyFunction('sin', 'odd', 0, instantiate(factor.template, factor.arguments));
  const square = add(constant(1), negate(multiply(sine, sine)));
  return multiply(
    power(square, Rational.of(Math.floor(exponent / 2)), facts),
    power(factorExpression(factor), Rational.of(exponent % 2), facts),
  );
}
