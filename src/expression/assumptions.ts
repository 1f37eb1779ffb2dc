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
  /** All of them. */
  readonly domains: ReadonlyMap<string, Domain>;
}

/** The assumptions that declarations make; those of later lists win. */
export function assumptionsOf(...lists: readonly (readonly Declaration[])[]): Assumptions {
  const scalars = lists.flat().flatMap(each => (each.kind === 'scalar' ? [each] : []));
  return fromDomains(new Map(scalars.map(({ name, domain }) => [name, domain])));
}

function fromDomains(domains: ReadonlyMap<string, Domain>): Assumptions {
  const isPositive = (symbol: string): boolean => (domains.get(symbol)?.lower?.sign() ?? -1) >= 0;
  return {
    domains,
    isPositive,
    isBelowOne: symbol => {
      const upper = domains.get(symbol)?.upper ?? null;
      return isPositive(symbol) && upper !== null && upper.compare(Rational.one) <= 0;
    },
    domain: symbol => domains.get(symbol) ?? null,
  };
}

export const NO_ASSUMPTIONS: Assumptions = fromDomains(new Map());

/** A text that is equal exactly for equal assumptions. */
export const assumptionsKey = ({ domains }: Assumptions): string =>
  [...domains]
    .map(([name, { lower, lowerOpen, upper, upperOpen }]) => `${name}:${lower},${lowerOpen},${upper},${upperOpen}`)
    .sort()
    .join(';');

/** Whether r^{n} → 0 on the whole domain of r: at an end 1 that belongs to it, r^{n} is 1. */
export function powerVanishes(symbol: string, assumptions: Assumptions): boolean {
  const domain = assumptions.domain(symbol);
  const reachesOne = domain?.upper?.isOne() === true && !domain.upperOpen;
  return assumptions.isBelowOne(symbol) && !reachesOne;
}

/** The same with another domain for one symbol. */
export const withDomain = ({ domains }: Assumptions, name: string, domain: Domain): Assumptions =>
  fromDomains(new Map(domains).set(name, domain));

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
