/**
 * The facts at a place: the domains of symbols and, in {@link IndexFacts}, the ranges of indices. One value, passed to every rule
 * and part of every cache's key: needed wherever a sign decides, as where a fractional power is taken apart.
 */
import { Rational } from '../../number/rational.ts';
import type { Declaration, Domain } from '../../formula/declaration.ts';
import { PI } from '../../formula/formula.ts';
import { type Exponent, type FactorPower, integerExponent, plainExponent } from '../core/factor.ts';
import type { Expression } from '../core/expression.ts';
import { IndexFacts } from '../core/index-facts.ts';
import type { Template } from '../core/template.ts';
import type { Term } from '../core/term.ts';
import type { LinearForm } from '../../number/linear-form.ts';

export interface Assumptions {
  /** Positive (for λ ≥ 0: off the null set λ = 0). */
  readonly isPositive: (symbol: string) => boolean;
  /** Positive and below 1, so that 1 − x^{n} is positive for n ≥ 1. */
  readonly isBelowOne: (symbol: string) => boolean;
  /** The whole domain with its ends, where signs must hold without exception; null where nothing is declared. */
  readonly domain: (symbol: string) => Domain | null;
  /** All of them. */
  readonly domains: ReadonlyMap<string, Domain>;
  /** What is known of indices. */
  readonly indices: IndexFacts;
  /**
   * Factors of products count as numbers of their own, as the carries of a state do while it is unrolled: a ratio of cumulative
   * products stands for the product over the range between, as which it is written (product-ranges.ts).
   */
  readonly genericProducts?: boolean;
}

/** The assumptions that declarations make at the top of a statement, where n ≥ 0; those of later lists win. */
export function assumptionsOf(...lists: readonly (readonly Declaration[])[]): Assumptions {
  const scalars = lists.flat().flatMap(each => (each.kind === 'scalar' ? [each] : []));
  return fromDomains(new Map(scalars.map(({ name, domain }) => [name, domain])), IndexFacts.TOP);
}

/** Archimedes: 223/71 < π < 22/7. Nothing else is used of it, so that what is proved with it holds for every number between. */
export const DOMAIN_OF_PI: Domain = {
  lower: Rational.of(223n, 71n),
  lowerOpen: true,
  upper: Rational.of(22n, 7n),
  upperOpen: true,
};

function fromDomains(domains: ReadonlyMap<string, Domain>, indices: IndexFacts): Assumptions {
  const domainOf = (symbol: string): Domain | null => domains.get(symbol) ?? (symbol === PI ? DOMAIN_OF_PI : null);
  const isPositive = (symbol: string): boolean => (domainOf(symbol)?.lower?.sign() ?? -1) >= 0;
  return {
    domains,
    indices,
    isPositive,
    isBelowOne: symbol => {
      const upper = domainOf(symbol)?.upper ?? null;
      return isPositive(symbol) && upper !== null && upper.compare(Rational.one) <= 0;
    },
    domain: domainOf,
  };
}

export const NO_ASSUMPTIONS: Assumptions = fromDomains(new Map(), IndexFacts.NONE);

/** The same domains with other facts about indices. */
export const withIndices = (assumptions: Assumptions, indices: IndexFacts): Assumptions =>
  indices === assumptions.indices ? assumptions : { ...assumptions, indices };

/** The facts inside a template that is applied to these arguments. */
export const insideTemplate = (
  assumptions: Assumptions,
  template: Template,
  args: readonly LinearForm[],
): Assumptions => withIndices(assumptions, assumptions.indices.inside(template.sorts, args));

/** A text that is equal exactly for equal assumptions. */
export const assumptionsKey = ({ domains, indices }: Assumptions): string =>
  [indices.key, ...domainTexts(domains)].join('|');

/** A short text that is equal exactly for assumptions that differ at most in what they know of indices. */
export function symbolsKey({ domains, genericProducts }: Assumptions): string {
  const text = [...(genericProducts === true ? ['generic'] : []), ...domainTexts(domains)].join('|');
  const known = symbolKeys.get(text) ?? String(symbolKeys.size);
  symbolKeys.set(text, known);
  return known;
}

const symbolKeys = new Map<string, string>();

const domainTexts = (domains: ReadonlyMap<string, Domain>): string[] =>
  [...domains]
    .map(([name, { lower, lowerOpen, upper, upperOpen }]) => `${name}:${lower},${lowerOpen},${upper},${upperOpen}`)
    .sort();

/** Whether r^{n} → 0 on the whole domain of r: at an end 1 that belongs to it, r^{n} is 1. */
export function powerVanishes(symbol: string, assumptions: Assumptions): boolean {
  const domain = assumptions.domain(symbol);
  const reachesOne = domain?.upper?.isOne() === true && !domain.upperOpen;
  return assumptions.isBelowOne(symbol) && !reachesOne;
}

/** The same with another domain for one symbol. */
export const withDomain = ({ domains, indices }: Assumptions, name: string, domain: Domain): Assumptions =>
  fromDomains(new Map(domains).set(name, domain), indices);

/** Whether a factor power is positive wherever it is defined (off null sets). */
export function isPositivePower(power: FactorPower, assumptions: Assumptions): boolean {
  const { factor, exponent } = power;
  if (factor.kind === 'symbol') return assumptions.isPositive(factor.name);
  if (factor.kind === 'integer') return factor.value > 0n;
  const whole = integerExponent(exponent);
  // A root is not negative; a power with an index may be an odd one.
  if (whole === null && plainExponent(exponent) !== null) return true;
  if (whole !== null && whole % 2 === 0) return true;
  if (factor.kind === 'index') return assumptions.indices.low(factor.index) >= 0;
  return (
    factor.kind === 'template' &&
    isPositive(factor.template.body, insideTemplate(assumptions, factor.template, factor.arguments))
  );
}

/**
 * Whether an expression is provably not negative where it has a value: a sum of such terms, which may be empty, or 1 − x^{s}
 * with 0 < x ≤ 1 and s ≥ 0 by the facts. So a denominator is positive where the quotient has a value.
 */
export function isPositive(expression: Expression, assumptions: Assumptions): boolean {
  if (expression.terms.length === 0) return false;
  if (expression.terms.every(term => isPositiveTerm(term, assumptions))) return true;
  return isOneMinusSmall(expression, assumptions);
}

function isPositiveTerm(term: Term, assumptions: Assumptions): boolean {
  if (term.coefficient.sign() <= 0) return false;
  const inside = withIndices(assumptions, assumptions.indices.with(term.constraints));
  return term.factors.every(power => isPositivePower(power, inside));
}

function isOneMinusSmall(expression: Expression, assumptions: Assumptions): boolean {
  if (expression.terms.length !== 2) return false;
  const one = expression.terms.find(t => t.factors.length === 0 && t.sorts.length === 0 && t.constraints.length === 0);
  const other = expression.terms.find(t => t.factors.length > 0 && t.sorts.length === 0);
  if (one === undefined || other === undefined || one.coefficient.sign() <= 0) return false;
  if (!one.coefficient.equals(other.coefficient.negate())) return false;
  return other.factors.every(
    ({ factor, exponent }) =>
      factor.kind === 'symbol' &&
      assumptions.isBelowOne(factor.name) &&
      isNonNegativeExponent(exponent, assumptions.indices),
  );
}

function isNonNegativeExponent({ constant, form }: Exponent, indices: IndexFacts): boolean {
  if (form.terms.length === 0) return constant.sign() >= 0;
  return constant.isInteger() && indices.low({ constant: Number(constant.num), terms: form.terms }) >= 0;
}
