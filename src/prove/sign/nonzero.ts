/** Whether an expression is non-zero at every admissible point, ends of domains included. Sufficient only. */
import { Budget, BudgetSpent } from '../../base/budget.ts';
import { attempt } from '../../base/problem.ts';
import { type Assumptions, insideTemplate, isPositive, withIndices } from '../../expression/arithmetic/assumptions.ts';
import {
  asNumber,
  type Expression,
  expressionKey,
  expressionOf,
  factorExpression,
  negate,
} from '../../expression/core/expression.ts';
import { exponentKey, type FactorPower, factorKey, integerExponent } from '../../expression/core/factor.ts';
import { indexName } from '../../expression/core/indices.ts';
import { isScalar } from '../../expression/arithmetic/scalar.ts';
import { isPlainTerm, singleTerm } from '../../expression/core/single.ts';
import { instantiate } from '../../expression/core/template.ts';
import type { Term } from '../../expression/core/term.ts';
import { neverZero } from '../../expression/arithmetic/thin-zeros.ts';
import { elementaryFunction } from '../../formula/elementary.ts';
import { Rational } from '../../number/rational.ts';
import { isPositiveDomain } from './sign-coefficients.ts';
import { provablyPositive } from './sign.ts';

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
  if (singleTerm(expression)?.factors.every(own => isNonzeroFactor(own, assumptions, budget, isNonzero)) === true)
    return true;
  const apart = withoutCommon(expression);
  if (apart !== null)
    return (
      apart.common.every(own => isNonzeroFactor(own, assumptions, budget, isNonzero)) &&
      provablyNonzero(apart.rest, assumptions, budget, isNonzero)
    );
  if (isPositiveSum(expression, assumptions, budget, isNonzero)) return true;
  if (isPositiveByGroups(expression, assumptions, budget, isNonzero)) return true;
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
 * The sum as Σ (what is not negative) · (a weight in powers with an index that is not negative), in which some product does not
 * vanish. In g² − ρ^{k+1}g² + ε with k ≥ 0 the weights are 1 − ρ^{k+1} and 1.
 */
function isPositiveByGroups(
  { terms }: Expression,
  assumptions: Assumptions,
  budget: Budget,
  isNonzero: (own: FactorPower) => boolean,
): boolean {
  const isWeight = ({ factor, exponent }: FactorPower): boolean =>
    factor.kind === 'symbol' && exponent.form.terms.length > 0;
  const groups = new Map<string, Term[]>();
  for (const term of terms) {
    const key = expressionKey(withoutWeights(term, isWeight));
    groups.set(key, [...(groups.get(key) ?? []), term]);
  }
  if (groups.size === terms.length) return false;
  let isStrict = false;
  for (const [first, ...others] of groups.values()) {
    if (first === undefined) continue;
    if (others.length === 0) {
      if (first.coefficient.sign() < 0 || !isNeverNegativeTerm(first, assumptions, budget)) return false;
      isStrict ||= isNonzeroTerm(first, assumptions, budget, isNonzero);
      continue;
    }
    const [common] = withoutWeights(first, isWeight).terms;
    // The letter of a sum means something inside it only.
    if (common === undefined || !isPlainTerm(common)) return false;
    const weight = expressionOf([first, ...others].map(term => ({ ...term, factors: term.factors.filter(isWeight) })));
    const sign = weightSign(weight, assumptions);
    if (sign === null || !isNeverNegativeTerm(common, assumptions, budget)) return false;
    isStrict ||= sign === 'positive' && isNonzeroTerm(common, assumptions, budget, isNonzero);
  }
  return isStrict;
}

const withoutWeights = (term: Term, isWeight: (own: FactorPower) => boolean): Expression =>
  expressionOf([{ ...term, coefficient: Rational.one, factors: term.factors.filter(own => !isWeight(own)) }]);

/** A positive number, or c(1 − Π x^s) with 0 ≤ x ≤ 1 and s ≥ 0: positive where some s ≥ 1 stands over an x < 1. */
function weightSign({ terms }: Expression, assumptions: Assumptions): 'positive' | 'not negative' | null {
  const one = terms.find(({ factors }) => factors.length === 0);
  const others = terms.filter(term => term !== one);
  if (others.length === 0) return (one?.coefficient.sign() ?? 0) > 0 ? 'positive' : null;
  const [power, ...more] = others;
  if (one === undefined || power === undefined || more.length > 0 || one.coefficient.sign() <= 0) return null;
  if (!one.coefficient.equals(power.coefficient.negate())) return null;
  let isBelowOne = false;
  for (const { factor, exponent } of power.factors) {
    const domain = factor.kind === 'symbol' ? assumptions.domain(factor.name) : null;
    const upper = domain?.upper ?? null;
    if (domain === null || upper === null || (domain.lower?.sign() ?? -1) < 0 || !exponent.constant.isInteger())
      return null;
    if (upper.compare(Rational.one) > 0) return null;
    const least = assumptions.indices.low({ ...exponent.form, constant: Number(exponent.constant.num) });
    if (least < 0) return null;
    if (least >= 1 && (domain.upperOpen || !upper.isOne())) isBelowOne = true;
  }
  return isBelowOne ? 'positive' : 'not negative';
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
  return (
    terms.every(term => term.coefficient.sign() > 0 && isNeverNegativeTerm(term, assumptions, budget)) &&
    terms.some(term => isNonzeroTerm(term, assumptions, budget, isNonzero))
  );
}

/** Whether no factor of the term is negative anywhere in its range. */
function isNeverNegativeTerm(term: Term, assumptions: Assumptions, budget: Budget): boolean {
  const inside = withIndices(assumptions, assumptions.indices.with(term.constraints));
  return term.factors.every(own => isNeverNegative(own, inside, budget));
}

function isNeverNegative({ factor, exponent }: FactorPower, assumptions: Assumptions, budget: Budget): boolean {
  const whole = integerExponent(exponent);
  if (whole !== null && whole % 2 === 0) return true;
  if (factor.kind === 'integer') return factor.value > 0n;
  if (factor.kind === 'index') return whole !== null && assumptions.indices.low(factor.index) >= 0;
  if (factor.kind === 'symbol') return (assumptions.domain(factor.name)?.lower?.sign() ?? -1) >= 0;
  if (factor.kind !== 'template') return false;
  if (whole === null) return exponent.form.terms.length === 0;
  const inside = insideTemplate(assumptions, factor.template, factor.arguments);
  return (
    isPositive(factor.template.body, inside) ||
    provablyAbove(instantiate(factor.template, factor.arguments), assumptions, budget)
  );
}

/**
 * Whether the term has a summand that does not vanish: over all components, of which there is one at least, or without a sum. A
 * sum over times has constraints.
 */
const isNonzeroTerm = (
  { constraints, factors }: Term,
  assumptions: Assumptions,
  budget: Budget,
  isNonzero: (own: FactorPower) => boolean,
): boolean => constraints.length === 0 && factors.every(own => isNonzeroFactor(own, assumptions, budget, isNonzero));

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
    case 'index':
      return neverZero(factor.index, assumptions.indices);
    case 'symbol':
      return isPositiveDomain(assumptions.domain(factor.name));
    case 'template':
      return provablyNonzero(instantiate(factor.template, factor.arguments), assumptions, budget, isNonzero);
    case 'function':
      return elementaryFunction(factor.name)?.range.positive === true;
    default:
      return provablyAbove(factorExpression(factor), assumptions, budget);
  }
}
