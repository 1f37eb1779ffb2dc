/**
 * Factors of a polynomial, as far as one sees them by hand: numbers, monomials, contents in one variable, and the factors
 * that the caller expects (1 − β, 1 − β^{n+1}, β − ρ). What is left counts as a factor of its own.
 */
import { Rational } from '../number/rational.ts';
import {
  coefficientsOf,
  commonMonomial,
  contentOf,
  dividedByMonomial,
  divideExactly,
  type Monomial,
  type Polynomial,
  polynomialKey,
  scalePolynomial,
  variablesOf,
} from './polynomial.ts';

export interface PolynomialPower {
  readonly base: Polynomial;
  readonly count: number;
}

/** number · monomial · Π base^count; bases have several terms, coprime integer coefficients and a positive first term. */
export interface Factored {
  readonly number: Rational;
  readonly monomial: Monomial;
  readonly powers: readonly PolynomialPower[];
}

/** Polynomials with more terms than this keep what is left of them in one piece. */
const MOST_TERMS = 400;

/** What a polynomial is likely to be divisible by, given its variables. */
export type Candidates = (variables: readonly number[]) => readonly Polynomial[];

/** Gives the factors of a polynomial that is not zero. */
export type Factorer = (polynomial: Polynomial) => Factored;

/** A factorer that remembers what it has done. */
export function factorerFor(candidates: Candidates): Factorer {
  const known = new Map<string, Factored>();
  const factor: Factorer = polynomial => {
    const key = polynomialKey(polynomial);
    const result = known.get(key) ?? factorPolynomial(polynomial, candidates, factor);
    known.set(key, result);
    return result;
  };
  return factor;
}

function factorPolynomial(polynomial: Polynomial, candidates: Candidates, factor: Factorer): Factored {
  const monomial = commonMonomial(polynomial);
  const { number, base } = oriented(dividedByMonomial(polynomial, monomial));
  if (base.length <= 1) return { number, monomial, powers: [] };
  const found = new Map<string, PolynomialPower>();
  const rest = takeOut(base, [...candidates(variablesOf(base)), ...contents(base, factor)], found);
  const left = oriented(rest);
  if (left.base.length > 1) note(found, left.base);
  return { number: number.multiply(left.number), monomial, powers: [...found.values()] };
}

/** Divides by every divisor, each of several terms, as often as it goes. */
function takeOut(
  polynomial: Polynomial,
  divisors: readonly Polynomial[],
  found: Map<string, PolynomialPower>,
): Polynomial {
  let rest = polynomial;
  if (rest.length > MOST_TERMS) return rest;
  for (const divisor of divisors) {
    for (let quotient = divideExactly(rest, divisor); quotient !== null; quotient = divideExactly(rest, divisor)) {
      note(found, divisor);
      rest = quotient;
    }
  }
  return rest;
}

function note(found: Map<string, PolynomialPower>, base: Polynomial): void {
  const key = polynomialKey(base);
  found.set(key, { base, count: (found.get(key)?.count ?? 0) + 1 });
}

/** Factors of the simplest coefficient in each variable: what divides all coefficients divides that one. */
function contents(polynomial: Polynomial, factor: Factorer): Polynomial[] {
  if (polynomial.length > MOST_TERMS) return [];
  return variablesOf(polynomial).flatMap(variable => {
    const all = [...coefficientsOf(polynomial, variable).values()];
    const [simplest] = [...all].sort((a, b) => a.length - b.length);
    if (simplest === undefined || simplest.length < 2) return [];
    return factor(simplest).powers.map(({ base }) => base);
  });
}

/** The polynomial as a number times one with coprime integer coefficients, the simplest term positive: 1 − β, not β − 1. */
function oriented(polynomial: Polynomial): { readonly number: Rational; readonly base: Polynomial } {
  const [first] = [...polynomial].sort((a, b) => degree(a.monomial) - degree(b.monomial));
  if (first === undefined) return { number: Rational.zero, base: [] };
  const content = contentOf(polynomial);
  const number = first.coefficient.sign() < 0 ? content.negate() : content;
  return { number, base: scalePolynomial(polynomial, number.inverse()) };
}

const degree = (monomial: Monomial): number => monomial.reduce((sum, [, exponent]) => sum + Math.abs(exponent), 0);
