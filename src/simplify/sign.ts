/**
 * Signs: a sum is positive when its numerator over positive denominators has coefficients of one sign after β = u/(1+u)
 * for every symbol between 0 and 1. Sufficient only: `false` says nothing.
 */
import type { Budget } from '../base/budget.ts';
import { type Assumptions, isPositive } from '../expression/assumptions.ts';
import { asNumber, type Expression, factorExpression, multiply, scale, subtract } from '../expression/expression.ts';
import { exponentOf, type Factor, factorForms, factorKey, integerExponent, plainExponent } from '../expression/factor.ts';
import { indexName, isBound, ITERATION_INDEX } from '../expression/indices.ts';
import type { Term } from '../expression/term.ts';
import { Rational } from '../number/rational.ts';
import { Bases } from './bases.ts';
import { cancelFractions, divideExactly } from './fractions.ts';
import { unfold } from './unfold.ts';

/** Whether the expression is positive (or, not strictly, non-negative) wherever the assumptions hold. */
export function provablyPositive(expression: Expression, strictly: boolean, assumptions: Assumptions, budget: Budget): boolean {
  const numerator = positiveNumerator(expression, assumptions, budget);
  return numerator !== null && hasPositiveCoefficients(numerator, strictly, assumptions);
}

/** Whether `left` is `right` times something provably positive, so that they have one sign everywhere. */
export function provablySameSign(left: Expression, right: Expression, assumptions: Assumptions, budget: Budget): boolean {
  const [a, b] = [positiveNumerator(left, assumptions, budget), positiveNumerator(right, assumptions, budget)];
  if (a === null || b === null) return false;
  return isPositiveMultiple(a, b, assumptions, budget) || isPositiveMultiple(b, a, assumptions, budget);
}

function isPositiveMultiple(a: Expression, b: Expression, assumptions: Assumptions, budget: Budget): boolean {
  for (const one of a.terms) {
    for (const other of b.terms) {
      // Equal but for the coefficient and powers of symbols: the quotient of these two terms may be the factor.
      const ratio = quotientOfTerms(one, other, assumptions);
      if (ratio !== null && subtract(a, unfold(multiply(ratio, b), budget)).terms.length === 0) return true;
    }
  }
  const quotient = divideExactly(a, b, budget);
  return quotient !== null && provablyPositive(quotient, true, assumptions, budget);
}

function quotientOfTerms(one: Term, other: Term, assumptions: Assumptions): Expression | null {
  const inverse = { ...other, coefficient: other.coefficient.inverse(), factors: other.factors.map(({ factor, exponent }) => ({ factor, exponent: { constant: exponent.constant.negate(), form: { constant: 0, terms: exponent.form.terms.map(([v, c]) => [v, -c] as const) } } })) };
  if (one.sorts.length > 0 || other.sorts.length > 0 || one.constraints.length > 0 || other.constraints.length > 0) return null;
  const ratio = multiply({ terms: [one] }, ...inverse.factors.map(({ factor, exponent }) => factorExpression(factor, exponent)));
  const value = scale(ratio, inverse.coefficient);
  return isPositive(value, assumptions) ? value : null;
}

/** The expression times its denominators, all of them positive; null where one is not known to be. */
function positiveNumerator(expression: Expression, assumptions: Assumptions, budget: Budget): Expression | null {
  let current = cancelFractions(new Bases(assumptions, budget).canonical(expression), budget);
  for (let round = 0; round < 12; round += 1) {
    const below = current.terms.flatMap((term) => term.factors).find(({ exponent }) => (plainExponent(exponent)?.sign() ?? 1) < 0);
    if (below === undefined) return current;
    const isKnown = below.factor.kind === 'symbol' ? assumptions.isPositive(below.factor.name) : below.factor.kind === 'template' && isPositive(below.factor.template.body, assumptions);
    if (!isKnown || factorForms(below.factor).some((form) => form.terms.some(([index]) => isBound(index)))) return null;
    const plain = plainExponent(below.exponent);
    if (plain === null) return null;
    current = unfold(multiply(current, factorExpression(below.factor, exponentOf(plain.negate()))), budget);
  }
  return null;
}

type Monomial = ReadonlyMap<string, number>;

/** All coefficients of one sign after the substitution β = u/(1+u) for symbols below 1. */
function hasPositiveCoefficients(numerator: Expression, strictly: boolean, assumptions: Assumptions): boolean {
  const value = asNumber(numerator);
  if (value !== null) return strictly ? value.sign() > 0 : value.sign() >= 0;
  const read: { readonly powers: Map<string, number>; readonly rest: string; readonly coefficient: Rational; readonly isStrict: boolean }[] = [];
  const degrees = new Map<string, number>();
  for (const term of numerator.terms) {
    const powers = new Map<string, number>();
    const rest: string[] = [];
    let isStrict = true;
    if (term.sorts.length > 0 || term.constraints.length > 0) return false;
    for (const { factor, exponent } of term.factors) {
      const whole = integerExponent(exponent);
      if (whole !== null && factor.kind === 'symbol' && assumptions.isBelowOne(factor.name) && whole >= 0) {
        powers.set(factor.name, whole);
        degrees.set(factor.name, Math.max(degrees.get(factor.name) ?? 0, whole));
        continue;
      }
      const sign = signOfPower(factor, whole, assumptions);
      if (sign === null) return false;
      if (sign === 'non-negative') isStrict = false;
      rest.push(`${factorKey(factor, indexName)}^${exponent.constant}`);
    }
    read.push({ powers, rest: rest.sort().join('*'), coefficient: term.coefficient, isStrict });
  }
  const totals = new Map<string, Rational>();
  const strict = new Set<string>();
  for (const { powers, rest, coefficient, isStrict } of read) {
    for (const [key, weight] of expandPowers(powers, degrees)) {
      const whole = `${rest}|${key}`;
      totals.set(whole, (totals.get(whole) ?? Rational.zero).add(coefficient.multiply(weight)));
      if (isStrict) strict.add(whole);
    }
  }
  const values = [...totals];
  return values.every(([, total]) => total.sign() >= 0) && (!strictly || values.some(([key, total]) => total.sign() > 0 && strict.has(key)));
}

function signOfPower(factor: Factor, exponent: number | null, assumptions: Assumptions): 'positive' | 'non-negative' | null {
  if (factor.kind === 'symbol') return assumptions.isPositive(factor.name) ? 'positive' : exponent !== null && exponent % 2 === 0 ? 'non-negative' : null;
  if (factor.kind === 'integer') return 'positive';
  if (factor.kind === 'template' && exponent === null) return 'non-negative';
  if (factor.kind === 'index' && exponent !== null && factor.index.terms.every(([index, c]) => index === ITERATION_INDEX && c > 0) && factor.index.constant >= 0) return 'non-negative';
  return exponent !== null && exponent % 2 === 0 ? 'non-negative' : null;
}

/** Π u_s^{k_s} (1+u_s)^{d_s − k_s} multiplied out: what Π β_s^{k_s} becomes over the common denominator. */
function expandPowers(powers: Monomial, degrees: ReadonlyMap<string, number>): Map<string, Rational> {
  let current = new Map<string, Rational>([['', Rational.one]]);
  for (const [name, degree] of [...degrees].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const low = powers.get(name) ?? 0;
    const next = new Map<string, Rational>();
    for (const [key, value] of current) {
      let binomial = Rational.one;
      for (let i = 0; i <= degree - low; i += 1) {
        next.set(`${key},${name}^${low + i}`, value.multiply(binomial));
        binomial = binomial.multiply(Rational.of(degree - low - i, i + 1));
      }
    }
    current = next;
  }
  return current;
}
