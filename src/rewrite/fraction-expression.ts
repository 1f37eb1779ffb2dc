/** Fractions and polynomials of variables back in normal form. */
import { NO_ASSUMPTIONS } from '../expression/arithmetic/assumptions.ts';
import { type Expression, expressionOf, multiply, substituteIndices } from '../expression/core/expression.ts';
import { type FactorPower, factorForms, substituteExponent, substituteFactor } from '../expression/core/factor.ts';
import { isBound, openIndex } from '../expression/core/indices.ts';
import { power } from '../expression/arithmetic/power.ts';
import { wrap } from '../expression/core/template.ts';
import { variableForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';
import type { Variables } from './polynomial-variables.ts';
import type { Polynomial } from '../algebra/polynomial.ts';
import type { Fraction } from '../algebra/rational-function.ts';

/** A fraction without bound indices in normal form. */
export function fractionExpression({ above, below }: Fraction, variables: Variables): Expression {
  const numerator = expressionOf(
    above.map(({ coefficient, monomial }) => ({
      coefficient,
      factors: variables.factorPowers(monomial),
      sorts: [],
      constraints: [],
    })),
  );
  const denominators = below.map(({ base, count }) => {
    const { coefficient, factors } = polynomialFactor(base, -count, variables);
    return expressionOf([{ coefficient, factors, sorts: [], constraints: [] }]);
  });
  return multiply(numerator, ...denominators);
}

/** A polynomial to a power as factors of the normal form. */
export function polynomialFactor(
  base: Polynomial,
  exponent: number,
  variables: Variables,
): { readonly coefficient: Rational; readonly factors: readonly FactorPower[] } {
  const sum = expressionOf(
    base.map(({ coefficient, monomial }) => ({
      coefficient,
      factors: variables.factorPowers(monomial),
      sorts: [],
      constraints: [],
    })),
  );
  // Bound indices are opened while the sum becomes one factor.
  const bound = [...new Set(base.flatMap(({ monomial }) => variables.factorPowers(monomial)).flatMap(boundIn))];
  const open = new Map(bound.map(index => [index, openIndex('history')] as const));
  const opened = substituteIndices(
    sum,
    new Map([...open].map(([index, fresh]) => [index, variableForm(fresh)] as const)),
  );
  const closing = new Map([...open].map(([index, fresh]) => [fresh, variableForm(index)] as const));
  const [term] = power(wrap(opened), Rational.of(exponent), NO_ASSUMPTIONS).terms;
  if (term === undefined) throw new Error('a factor is not zero');
  const factors = term.factors.map(own => ({
    factor: substituteFactor(own.factor, closing),
    exponent: substituteExponent(own.exponent, closing),
  }));
  return { coefficient: term.coefficient, factors };
}

/** The bound indices of a factor and of its exponent. */
export function boundIn({ factor, exponent }: FactorPower): number[] {
  return [exponent.form, ...factorForms(factor)].flatMap(form => form.terms.map(([index]) => index)).filter(isBound);
}
