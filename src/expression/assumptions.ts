/** What is known of the signs of symbols: needed wherever a fractional power is taken apart. */
import { Rational } from '../number/rational.ts';
import type { Declaration, Domain } from '../formula/declaration.ts';
import { integerExponent, type FactorPower } from './factor.ts';
import type { Expression } from './expression.ts';
import type { Term } from './term.ts';

export interface Assumptions {
  /** Positive (for λ ≥ 0: off the null set λ = 0). */
  readonly isPositive: (symbol: string) => boolean;
  /** Positive and below 1, so that 1 − x^{n} is positive for n ≥ 1. */
  readonly isBelowOne: (symbol: string) => boolean;
  /** The whole domain with its ends, where signs must hold without exception; null where nothing is declared. */
  readonly domain: (symbol: string) => Domain | null;
}

export const NO_ASSUMPTIONS: Assumptions = { isPositive: () => false, isBelowOne: () => false, domain: () => null };

/** The assumptions that declarations make; those of later lists win. */
export function assumptionsOf(...lists: readonly (readonly Declaration[])[]): Assumptions {
  const positive = new Set<string>();
  const belowOne = new Set<string>();
  const domains = new Map<string, Domain>();
  for (const declaration of lists.flat()) {
    if (declaration.kind !== 'scalar') continue;
    const { lower, upper } = declaration.domain;
    domains.set(declaration.name, declaration.domain);
    if (lower !== null && lower.sign() >= 0) positive.add(declaration.name);
    if (lower !== null && lower.sign() >= 0 && upper !== null && upper.compare(Rational.one) <= 0)
      belowOne.add(declaration.name);
  }
  return { isPositive: s => positive.has(s), isBelowOne: s => belowOne.has(s), domain: s => domains.get(s) ?? null };
}

/** The same with another domain for one symbol. */
export function withDomain(assumptions: Assumptions, name: string, domain: Domain): Assumptions {
  const isPositive = domain.lower !== null && domain.lower.sign() >= 0;
  const isBelowOne = isPositive && domain.upper !== null && domain.upper.compare(Rational.one) <= 0;
  return {
    isPositive: s => (s === name ? isPositive : assumptions.isPositive(s)),
    isBelowOne: s => (s === name ? isBelowOne : assumptions.isBelowOne(s)),
    domain: s => (s === name ? domain : assumptions.domain(s)),
  };
}

/** Whether a factor power is positive wherever it is defined (off null sets). */
export function isPositivePower(power: FactorPower, assumptions: Assumptions): boolean {
  const { factor, exponent } = power;
  if (factor.kind === 'symbol') return assumptions.isPositive(factor.name);
  if (factor.kind === 'integer') return true;
  const whole = integerExponent(exponent);
  if (whole === null) return true;
  if (whole % 2 === 0) return true;
  return factor.kind === 'template' && isPositive(factor.template.body, assumptions);
}

/** Whether an expression is provably positive: a sum of positive terms, or 1 − x^{s} with 0 < x < 1 and s > 0. */
export function isPositive(expression: Expression, assumptions: Assumptions): boolean {
  if (expression.terms.length === 0) return false;
  if (expression.terms.every(term => isPositiveTerm(term, assumptions))) return true;
  return isOneMinusSmall(expression, assumptions);
}

/** Sums may be empty, so a term under a sum is only non-negative; one term without a sum must make the total positive. */
function isPositiveTerm(term: Term, assumptions: Assumptions): boolean {
  return term.coefficient.sign() > 0 && term.factors.every(power => isPositivePower(power, assumptions));
}

function isOneMinusSmall(expression: Expression, assumptions: Assumptions): boolean {
  if (expression.terms.length !== 2) return false;
  const one = expression.terms.find(t => t.factors.length === 0 && t.sorts.length === 0);
  const other = expression.terms.find(t => t.factors.length > 0 && t.sorts.length === 0);
  if (one === undefined || other === undefined || one.coefficient.sign() <= 0) return false;
  if (!one.coefficient.equals(other.coefficient.negate())) return false;
  return other.factors.every(
    ({ factor, exponent }) =>
      factor.kind === 'symbol' &&
      assumptions.isBelowOne(factor.name) &&
      exponent.constant.sign() >= 0 &&
      exponent.form.terms.every(([, c]) => c > 0),
  );
}
