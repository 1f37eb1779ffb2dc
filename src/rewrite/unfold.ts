/**
 * Unfolding: templates with powers of 1 and more are multiplied out, templates that are one plain term are inserted, and
 * index factors n + 1 become sums. What is left are templates to powers below 1: radicals and denominators.
 */
import type { Budget } from '../base/budget.ts';
import { type Assumptions, NO_ASSUMPTIONS, withIndices } from '../expression/arithmetic/assumptions.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  mapFactors,
  mapFactorsUnder,
  multiply,
  scale,
} from '../expression/core/expression.ts';
import { exponentOf, type FactorPower, integerExponent, plainExponent } from '../expression/core/factor.ts';
import { power } from '../expression/arithmetic/power.ts';
import { alignedProduct } from '../expression/arithmetic/aligned-product.ts';
import { isScalar } from '../expression/arithmetic/scalar.ts';
import { contractionOf } from '../expression/core/contraction.ts';
import { singleTerm } from '../expression/core/single.ts';
import { instantiate } from '../expression/core/template.ts';
import { variableForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';

/** Higher powers of sums stay as they are. */
const MAX_UNFOLDED = 24;

/**
 * The expression with everything multiplied out that can be; spends one unit of the budget for each term made. Products begin
 * and end alike where the facts allow it.
 */
export function unfold(expression: Expression, budget: Budget, facts: Assumptions = NO_ASSUMPTIONS): Expression {
  return repeat(expression, unfoldPower, budget, facts);
}

/** Only sums of hyperparameters and indices are multiplied out; quantities stay together. */
export function unfoldScalars(expression: Expression, budget: Budget, facts: Assumptions = NO_ASSUMPTIONS): Expression {
  return repeat(expression, (own, inside) => (isQuantity(own) ? null : unfoldPower(own, inside)), budget, facts);
}

/** One layer of quantities is inserted; what their definitions contain stays together. */
export function unfoldLayer(expression: Expression, budget: Budget): Expression {
  const next = mapFactors(expression, own => (isQuantity(own) ? unfoldPower(own, NO_ASSUMPTIONS) : null));
  budget.spend(next.terms.length);
  return next;
}

const isQuantity = ({ factor }: FactorPower): boolean => factor.kind === 'template' && !isScalar(factor.template.body);

function repeat(
  expression: Expression,
  map: (own: FactorPower, inside: Assumptions) => Expression | null,
  budget: Budget,
  facts: Assumptions,
): Expression {
  let current = expression;
  for (;;) {
    const next = mapFactorsUnder(current, facts.indices, (own, inside) => map(own, withIndices(facts, inside)));
    if (next === current) return current;
    budget.spend(next.terms.length);
    current = next;
  }
}

function unfoldPower(own: FactorPower, inside: Assumptions): Expression | null {
  const { factor, exponent } = own;
  if (factor.kind === 'index') return unfoldIndex(own);
  if (factor.kind === 'product') return alignedProduct(own, inside);
  const plain = plainExponent(exponent);
  if (factor.kind === 'differential')
    return plain?.isInteger() === true && plain.sign() > 0
      ? multiply(...Array.from({ length: Number(plain.num) }, () => contractionOf(factor)))
      : null;
  if (factor.kind !== 'template') return null;
  if (plain === null) return splitPower(own);
  const only = singleTerm(factor.template.body);
  if (
    only !== null &&
    (plain.isInteger() ||
      only.factors.some(
        inner => inner.factor.kind === 'template' && plainExponent(inner.exponent)?.isInteger() === false,
      ))
  ) {
    return power(instantiate(factor.template, factor.arguments), plain, NO_ASSUMPTIONS);
  }
  const whole = plain.floor();
  if (whole < 1n || whole > MAX_UNFOLDED) return null;
  const body = instantiate(factor.template, factor.arguments);
  const rest = plain.subtract(Rational.of(whole));
  const parts = Array.from({ length: Number(whole) }, () => body);
  return multiply(...parts, rest.isZero() ? constant(1) : factorExpression(factor, exponentOf(rest)));
}

/** (1 − β)^{n+2} as (1 − β)^n (1 − β)², the latter multiplied out, so that it meets (1 − β)^n and β (1 − β)^n. */
function splitPower({ factor, exponent }: FactorPower): Expression | null {
  const { constant: by, form } = exponent;
  if (factor.kind !== 'template' || !by.isInteger() || by.num < 1n || by.num > MAX_UNFOLDED) return null;
  const body = instantiate(factor.template, factor.arguments);
  return multiply(
    factorExpression(factor, { constant: Rational.zero, form }),
    ...Array.from({ length: Number(by.num) }, () => body),
  );
}

/** (n − k + 1)^e as a polynomial in single indices. */
function unfoldIndex({ factor, exponent }: FactorPower): Expression | null {
  const whole = integerExponent(exponent);
  if (factor.kind !== 'index' || whole === null || whole < 1 || whole > MAX_UNFOLDED) return null;
  const { index } = factor;
  const [only] = index.terms;
  if (index.terms.length === 1 && index.constant === 0 && only?.[1] === 1) return null;
  const sum = add(
    constant(index.constant),
    ...index.terms.map(([variable, coefficient]) =>
      scale(factorExpression({ kind: 'index', index: variableForm(variable) }), Rational.of(coefficient)),
    ),
  );
  return multiply(...Array.from({ length: whole }, () => sum));
}
