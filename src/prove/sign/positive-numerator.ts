/** Denominators that are known to be positive, multiplied by. */
import { isScalar } from '../../expression/arithmetic/scalar.ts';
import { multiply } from '../../expression/core/expression.ts';
import { isPositive } from '../../expression/arithmetic/assumptions.ts';
import type { Budget } from '../../base/budget.ts';
import { type Assumptions, insideTemplate } from '../../expression/arithmetic/assumptions.ts';
import { type Expression, factorExpression } from '../../expression/core/expression.ts';
import { exponentOf, factorForms, factorKey, isBelow, plainExponent } from '../../expression/core/factor.ts';
import type { Factor } from '../../expression/core/factors.ts';
import { indexName, isBound } from '../../expression/core/indices.ts';
import { Rational } from '../../number/rational.ts';
import { Bases } from '../../rewrite/rules/bases.ts';
import { cancelFractions } from '../../rewrite/rules/fractions.ts';
import { unfold } from '../../rewrite/unfold.ts';
import { hasPositiveCoefficients } from './sign-coefficients.ts';

/** The expression times its denominators, all of them positive where they are not zero; null where one is not known to be. */
export function positiveNumerator(expression: Expression, assumptions: Assumptions, budget: Budget): Expression | null {
  let current = cancelFractions(new Bases(assumptions, budget).canonical(expression), budget);
  for (let round = 0; round < 12; round += 1) {
    const below = current.terms.flatMap(term => term.factors).find(isBelow);
    if (below === undefined) return current;
    const plain = leastExponent(current, below.factor);
    const isEven = plain.isInteger() && plain.num % 2n === 0n;
    const isKnown =
      isEven ||
      (below.factor.kind === 'symbol'
        ? assumptions.isPositive(below.factor.name)
        : below.factor.kind === 'template' &&
          isPositiveBody(
            below.factor.template.body,
            insideTemplate(assumptions, below.factor.template, below.factor.arguments),
            budget,
          ));
    if (!isKnown || factorForms(below.factor).some(form => form.terms.some(([index]) => isBound(index)))) return null;
    current = unfold(multiply(current, factorExpression(below.factor, exponentOf(plain.negate()))), budget);
  }
  return null;
}

/** A sum with parameters only, as 2 − β, may be positive by its coefficients where no rule of the assumptions says so. */
const isPositiveBody = (body: Expression, assumptions: Assumptions, budget: Budget): boolean =>
  isPositive(body, assumptions) || (isScalar(body) && hasPositiveCoefficients(unfold(body, budget), true, assumptions));

/** The least exponent that a factor has in any term, which is negative for a denominator. */
function leastExponent({ terms }: Expression, factor: Factor): Rational {
  const key = factorKey(factor, indexName);
  const exponents = terms.flatMap(term =>
    term.factors.flatMap(own => (factorKey(own.factor, indexName) === key ? [plainExponent(own.exponent)] : [])),
  );
  return exponents.reduce<Rational>(
    (least, next) => (next === null ? least : Rational.min(least, next)),
    Rational.zero,
  );
}
