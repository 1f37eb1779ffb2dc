/**
 * Fractions in hyperparameters: an expression over the common denominator of its terms, with every denominator cancelled
 * that divides all numerators. Exact division of polynomials in the symbols and their powers β, β^n, …, whatever else a
 * term contains being carried along.
 */
import type { Budget } from '../base/budget.ts';
import {
  add,
  type Expression,
  expressionOf,
  factorExpression,
  multiply,
  ZERO_EXPRESSION,
} from '../expression/expression.ts';
import { exponentOf, type FactorPower, factorForms, factorKey, integerExponent } from '../expression/factor.ts';
import { indexName, isBound } from '../expression/indices.ts';
import { isScalar } from '../expression/scalar.ts';
import { instantiate } from '../expression/template.ts';
import type { Term } from '../expression/term.ts';
import { Rational } from '../number/rational.ts';
import { unfoldScalars } from './unfold.ts';

/** The expression with common scalar denominators cancelled where they divide; equal off their zeros. */
export function cancelFractions(expression: Expression, budget: Budget): Expression {
  const denominators = commonDenominators(expression);
  if (denominators.length === 0) return expression;
  const cleared = unfoldScalars(
    multiply(expression, ...denominators.map(({ factor, count }) => factorExpression(factor, exponentOf(count)))),
    budget,
  );
  let numerator = cleared;
  let cancelled = false;
  const left: Expression[] = [];
  for (const { factor, count } of denominators) {
    const divisor =
      factor.kind === 'template'
        ? unfoldScalars(instantiate(factor.template, factor.arguments), budget)
        : factorExpression(factor);
    let remaining = count;
    while (remaining > 0) {
      const quotient = divideExactly(numerator, divisor, budget);
      if (quotient === null) break;
      numerator = quotient;
      remaining -= 1;
      cancelled = true;
    }
    if (remaining > 0) left.push(factorExpression(factor, exponentOf(-remaining)));
  }
  return cancelled ? multiply(numerator, ...left) : expression;
}

interface Denominator {
  readonly factor: FactorPower['factor'];
  readonly count: number;
}

/** Scalar templates with free arguments in negative powers, with the greatest power that some term has. */
function commonDenominators(expression: Expression): Denominator[] {
  const found = new Map<string, Denominator>();
  for (const term of expression.terms) {
    for (const { factor, exponent } of term.factors) {
      const whole = integerExponent(exponent);
      if (factor.kind !== 'template' || whole === null || whole >= 0 || !isScalar(factor.template.body)) continue;
      if (factorForms(factor).some(form => form.terms.some(([index]) => isBound(index)))) continue;
      const key = factorKey(factor, indexName);
      const known = found.get(key);
      if (known === undefined || known.count < -whole) found.set(key, { factor, count: -whole });
    }
  }
  return [...found.values()];
}

/** A monomial in symbols and powers of symbols with free indices; everything else of a term stands in `rest`. */
interface Monomial {
  readonly exponents: ReadonlyMap<string, number>;
  readonly term: Term;
  readonly rest: string;
}

const variable = (name: string, index: number | null): string => (index === null ? name : `${name}@${index}`);

function monomialOf(term: Term): Monomial {
  const exponents = new Map<string, number>();
  const rest: string[] = [
    `${term.sorts.join()}|${term.constraints.map(c => `${c.left},${c.right},${c.bound}`).join(';')}`,
  ];
  for (const { factor, exponent } of term.factors) {
    const isMonomial =
      factor.kind === 'symbol' &&
      exponent.constant.isInteger() &&
      exponent.form.terms.every(([index]) => !isBound(index));
    if (!isMonomial) {
      rest.push(`${factorKey(factor, indexName)}^${exponent.constant}+${JSON.stringify(exponent.form.terms)}`);
      continue;
    }
    exponents.set(variable(factor.name, null), Number(exponent.constant.num));
    for (const [index, coefficient] of exponent.form.terms) exponents.set(variable(factor.name, index), coefficient);
  }
  return { exponents, term, rest: rest.join('*') };
}

/** Lexicographic order by variable names; a total order that multiplication respects. */
function compareMonomials(a: Monomial, b: Monomial): number {
  if (a.rest !== b.rest) return a.rest < b.rest ? -1 : 1;
  for (const name of [...new Set([...a.exponents.keys(), ...b.exponents.keys()])].sort()) {
    const difference = (a.exponents.get(name) ?? 0) - (b.exponents.get(name) ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const leading = (expression: Expression): Monomial | null => {
  let best: Monomial | null = null;
  for (const term of expression.terms) {
    const monomial = monomialOf(term);
    if (best === null || compareMonomials(monomial, best) > 0) best = monomial;
  }
  return best;
};

/** The quotient by a polynomial in symbols; null when the division leaves a remainder. */
export function divideExactly(numerator: Expression, divisor: Expression, budget: Budget): Expression | null {
  const lead = leading(divisor);
  const [only] = divisor.terms;
  if (
    lead === null ||
    only === undefined ||
    divisor.terms.some(term => monomialOf(term).rest !== monomialOf(only).rest)
  )
    return null;
  let rest = numerator;
  let quotient = ZERO_EXPRESSION;
  const limit = 8 * numerator.terms.length + 32;
  for (let step = 0; rest.terms.length > 0; step += 1) {
    if (step > limit || rest.terms.length > limit) return null;
    budget.spend();
    const top = leading(rest);
    if (top === null) return null;
    const part = multiply(expressionOf([top.term]), expressionOf([inverseOf(lead.term)]));
    quotient = add(quotient, part);
    rest = add(
      rest,
      multiply(
        part,
        divisor,
        expressionOf([{ coefficient: Rational.minusOne, factors: [], sorts: [], constraints: [] }]),
      ),
    );
  }
  return quotient;
}

/** The reciprocal of a monomial in symbols. */
function inverseOf(term: Term): Term {
  return {
    ...term,
    coefficient: term.coefficient.inverse(),
    factors: term.factors.map(({ factor, exponent }) => ({
      factor,
      exponent: {
        constant: exponent.constant.negate(),
        form: { constant: 0, terms: exponent.form.terms.map(([v, c]) => [v, -c] as const) },
      },
    })),
  };
}
