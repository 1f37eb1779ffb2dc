/**
 * Fractions in hyperparameters: an expression over the common denominator of its terms, with every denominator cancelled
 * that divides all numerators. Exact division of polynomials in the symbols and their powers β, β^n, …, whatever else a
 * term contains being carried along.
 *
 * Source: Knuth, The Art of Computer Programming 2, 4.6.1: division of polynomials.
 */
import type { Budget } from '../../base/budget.ts';
import { type Expression, factorExpression, multiply } from '../../expression/core/expression.ts';
import { exponentOf, type FactorPower, factorForms, factorKey, timesBelow } from '../../expression/core/factor.ts';
import { indexName, isBound } from '../../expression/core/indices.ts';
import { isScalar } from '../../expression/arithmetic/scalar.ts';
import { instantiate } from '../../expression/core/template.ts';
import { divideExpression } from '../divide-exactly.ts';
import { unfoldScalars } from '../unfold.ts';

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
      const quotient = divideExpression(numerator, divisor, budget);
      if (quotient === null) break;
      numerator = quotient;
      remaining -= 1;
      cancelled = true;
    }
    left.push(factorExpression(factor, exponentOf(-remaining)));
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
      const count = timesBelow({ exponent });
      if (factor.kind !== 'template' || count === 0 || !isScalar(factor.template.body)) continue;
      if (factorForms(factor).some(form => form.terms.some(([index]) => isBound(index)))) continue;
      const key = factorKey(factor, indexName);
      found.set(key, { factor, count: Math.max(count, found.get(key)?.count ?? count) });
    }
  }
  return [...found.values()];
}
