/** Whether an expression is non-zero at every admissible point, ends of domains included. Sufficient only. */
import { Budget, BudgetSpent } from '../../base/budget.ts';
import { attempt } from '../../base/problem.ts';
import type { Assumptions } from '../../expression/assumptions.ts';
import { asNumber, type Expression, expressionOf, factorExpression, negate } from '../../expression/expression.ts';
import { exponentKey, type FactorPower, factorKey, integerExponent } from '../../expression/factor.ts';
import { indexName } from '../../expression/indices.ts';
import { isScalar } from '../../expression/scalar.ts';
import { instantiate } from '../../expression/template.ts';
import { isPositiveDomain } from '../sign/sign-coefficients.ts';
import { provablyPositive } from '../sign/sign.ts';

/** Work for one sign, in terms made. */
const STEPS = 2_000;

/** `isNonzero` may say of single factors that they do not vanish: in a regime the components of the gradient do not. */
export function provablyNonzero(
  expression: Expression,
  assumptions: Assumptions,
  budget: Budget,
  isNonzero: (own: FactorPower) => boolean = () => false,
): boolean {
  const value = asNumber(expression);
  if (value !== null) return !value.isZero();
  const [only] = expression.terms;
  if (
    expression.terms.length === 1 &&
    only !== undefined &&
    only.sorts.length === 0 &&
    only.constraints.length === 0 &&
    only.factors.every(own => isNonzeroFactor(own, assumptions, budget, isNonzero))
  )
    return true;
  const apart = withoutCommon(expression);
  if (apart !== null)
    return (
      apart.common.every(own => isNonzeroFactor(own, assumptions, budget, isNonzero)) &&
      provablyNonzero(apart.rest, assumptions, budget, isNonzero)
    );
  if (isPositiveSum(expression, assumptions, budget, isNonzero)) return true;
  return (
    provablyAbove(expression, assumptions, budget) ||
    (isScalar(expression) && provablyAbove(negate(expression), assumptions, budget))
  );
}

/** g² − ρ^{n+1} g² as g² and 1 − ρ^{n+1}; null where the terms have no factor in common. */
function withoutCommon({
  terms,
}: Expression): { readonly common: readonly FactorPower[]; readonly rest: Expression } | null {
  const [first, ...others] = terms;
  if (first === undefined || others.length === 0 || terms.some(({ sorts }) => sorts.length > 0)) return null;
  const keyOf = ({ factor, exponent }: FactorPower): string =>
    `${factorKey(factor, indexName)}${exponentKey(exponent, indexName)}`;
  const common = first.factors.filter(own =>
    others.every(term => term.factors.some(each => keyOf(each) === keyOf(own))),
  );
  if (common.length === 0) return null;
  const keys = new Set(common.map(keyOf));
  return {
    common,
    rest: expressionOf(terms.map(term => ({ ...term, factors: term.factors.filter(own => !keys.has(keyOf(own))) }))),
  };
}

/**
 * A sum of what is not negative, in which some term does not vanish: over all components, or without a sum. There is at
 * least one component.
 */
function isPositiveSum(
  { terms }: Expression,
  assumptions: Assumptions,
  budget: Budget,
  isNonzero: (own: FactorPower) => boolean,
): boolean {
  const isNeverNegative = (own: FactorPower): boolean => {
    const { factor, exponent } = own;
    const whole = integerExponent(exponent);
    if (whole !== null && whole % 2 === 0) return true;
    if (factor.kind === 'integer') return true;
    if (factor.kind === 'symbol') return (assumptions.domain(factor.name)?.lower?.sign() ?? -1) >= 0;
    if (factor.kind !== 'template') return false;
    return whole === null
      ? exponent.form.terms.length === 0
      : provablyAbove(instantiate(factor.template, factor.arguments), assumptions, budget);
  };
  return (
    terms.every(term => term.coefficient.sign() > 0 && term.factors.every(isNeverNegative)) &&
    terms.some(
      term =>
        term.constraints.length === 0 &&
        term.sorts.every(sort => sort === 'coordinate') &&
        term.factors.every(own => isNonzeroFactor(own, assumptions, budget, isNonzero)),
    )
  );
}

/** Whether an expression is positive at every admissible point. */
export function provablyAbove(expression: Expression, assumptions: Assumptions, budget: Budget): boolean {
  const own = new Budget(STEPS);
  try {
    const read = attempt(() => provablyPositive(expression, true, { assumptions, from: 0 }, own));
    return read.ok && read.value;
  } catch (error) {
    if (error instanceof BudgetSpent) return false;
    throw error;
  } finally {
    budget.spend(Math.min(own.spent, STEPS));
  }
}

function isNonzeroFactor(
  own: FactorPower,
  assumptions: Assumptions,
  budget: Budget,
  isNonzero: (own: FactorPower) => boolean,
): boolean {
  const { factor } = own;
  if (isNonzero(own)) return true;
  switch (factor.kind) {
    case 'integer':
      return true;
    case 'symbol':
      return isPositiveDomain(assumptions.domain(factor.name));
    case 'template':
      return provablyNonzero(instantiate(factor.template, factor.arguments), assumptions, budget, isNonzero);
    case 'function':
      return factor.name === 'exp' || factor.name === 'cosh';
    default:
      return provablyAbove(factorExpression(factor), assumptions, budget);
  }
}
