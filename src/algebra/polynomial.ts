/**
 * Sparse polynomials with exact coefficients, negative exponents allowed: the scalars of a closed form. A variable is a
 * number whose meaning the caller knows. Immutable; every monomial once, no coefficient zero.
 */
import { contentOfRationals } from '../number/content.ts';
import { work } from '../base/work.ts';
import { Rational } from '../number/rational.ts';

/** [variable, exponent] with exponent ≠ 0, ascending by variable. */
export type Monomial = readonly (readonly [number, number])[];

export interface PolynomialTerm {
  readonly coefficient: Rational;
  readonly monomial: Monomial;
}

/** Terms from the lexicographically greatest monomial down. */
export type Polynomial = readonly PolynomialTerm[];

const keyOf = (monomial: Monomial): string =>
  monomial.map(([variable, exponent]) => `${variable}:${exponent}`).join(' ');

/** A text that is equal exactly for equal polynomials. */
export const polynomialKey = (polynomial: Polynomial): string =>
  polynomial.map(({ coefficient, monomial }) => `${coefficient}*${keyOf(monomial)}`).join('+');

/** The sum of terms in any order. */
export function polynomialOf(terms: Iterable<PolynomialTerm>): Polynomial {
  const byKey = new Map<string, PolynomialTerm>();
  for (const term of terms) {
    work(1);
    const key = keyOf(term.monomial);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? term : { ...known, coefficient: known.coefficient.add(term.coefficient) });
  }
  return [...byKey.values()]
    .filter(({ coefficient }) => !coefficient.isZero())
    .sort((a, b) => compareMonomials(b.monomial, a.monomial));
}

/** Lexicographic, the variable with the least number first. */
export function compareMonomials(a: Monomial, b: Monomial): number {
  for (let i = 0, k = 0; i < a.length || k < b.length; ) {
    const [va, ea] = a[i] ?? [Number.POSITIVE_INFINITY, 0];
    const [vb, eb] = b[k] ?? [Number.POSITIVE_INFINITY, 0];
    if (va < vb) return ea;
    if (vb < va) return -eb;
    if (ea !== eb) return ea - eb;
    i += 1;
    k += 1;
  }
  return 0;
}

export const constantPolynomial = (value: Rational | number): Polynomial =>
  polynomialOf([{ coefficient: typeof value === 'number' ? Rational.of(value) : value, monomial: [] }]);
export const variablePolynomial = (variable: number, exponent = 1): Polynomial =>
  exponent === 0 ? constantPolynomial(1) : [{ coefficient: Rational.one, monomial: [[variable, exponent]] }];

export const ONE_POLYNOMIAL = constantPolynomial(1);

export const addPolynomials = (...summands: readonly Polynomial[]): Polynomial => polynomialOf(summands.flat());
export const scalePolynomial = (polynomial: Polynomial, by: Rational): Polynomial =>
  by.isZero()
    ? []
    : polynomial.map(({ coefficient, monomial }) => ({ coefficient: coefficient.multiply(by), monomial }));

export function multiplyMonomials(a: Monomial, b: Monomial, sign: 1 | -1 = 1): Monomial {
  const sums = new Map(a);
  for (const [variable, exponent] of b) sums.set(variable, (sums.get(variable) ?? 0) + sign * exponent);
  return [...sums].filter(([, exponent]) => exponent !== 0).sort((x, y) => x[0] - y[0]);
}

/** Units of work for a product of two terms. */
const A_PRODUCT = 2;

export function multiplyPolynomials(a: Polynomial, b: Polynomial): Polynomial {
  // Counted before it is done: what is too much does not fill the memory either.
  work(A_PRODUCT * a.length * b.length);
  return polynomialOf(
    a.flatMap(left =>
      b.map(right => ({
        coefficient: left.coefficient.multiply(right.coefficient),
        monomial: multiplyMonomials(left.monomial, right.monomial),
      })),
    ),
  );
}

export function powerPolynomial(base: Polynomial, exponent: number): Polynomial {
  let result = ONE_POLYNOMIAL;
  for (let i = 0; i < exponent; i += 1) result = multiplyPolynomials(result, base);
  return result;
}

/** left / right where that is a polynomial; null where it is not. Both without negative exponents. */
export function divideExactly(left: Polynomial, right: Polynomial): Polynomial | null {
  const [lead] = right;
  if (lead === undefined) return null;
  const [only, ...others] = variablesOf(right);
  if (only !== undefined && others.length === 0) return dividedInOne(left, right, only);
  let rest = left;
  const quotient: PolynomialTerm[] = [];
  for (let top = rest[0]; top !== undefined; top = rest[0]) {
    const monomial = multiplyMonomials(top.monomial, lead.monomial, -1);
    if (monomial.some(([, exponent]) => exponent < 0)) return null;
    const term = { coefficient: top.coefficient.divide(lead.coefficient), monomial };
    quotient.push(term);
    rest = addPolynomials(rest, scalePolynomial(multiplyPolynomials([term], right), Rational.minusOne));
  }
  return polynomialOf(quotient);
}

/** The same for a divisor in one variable: it divides where it divides what stands before each product of the others (Gauss). */
function dividedInOne(left: Polynomial, right: Polynomial, variable: number): Polynomial | null {
  const divisor = new Map(right.map(({ coefficient, monomial }) => [exponentIn(monomial, variable), coefficient]));
  const degree = Math.max(...divisor.keys());
  const lead = divisor.get(degree) ?? Rational.one;
  const groups = new Map<string, { readonly others: Monomial; readonly byExponent: Map<number, Rational> }>();
  for (const { coefficient, monomial } of left) {
    const others = monomial.filter(([each]) => each !== variable);
    const key = keyOf(others);
    const group = groups.get(key) ?? { others, byExponent: new Map() };
    groups.set(key, group);
    const exponent = exponentIn(monomial, variable);
    if (exponent < 0) return null;
    group.byExponent.set(exponent, coefficient);
  }
  const quotient: PolynomialTerm[] = [];
  for (const { others, byExponent } of groups.values()) {
    for (let top = Math.max(...byExponent.keys()); top >= 0; top -= 1) {
      const own = byExponent.get(top);
      if (own === undefined || own.isZero()) continue;
      if (top < degree) return null;
      const count = own.divide(lead);
      for (const [exponent, coefficient] of divisor) {
        work(1);
        const at = top - degree + exponent;
        byExponent.set(at, (byExponent.get(at) ?? Rational.zero).subtract(count.multiply(coefficient)));
      }
      quotient.push({ coefficient: count, monomial: multiplyMonomials(others, [[variable, top - degree]]) });
    }
  }
  return polynomialOf(quotient);
}

/** The greatest monomial that divides every term (its exponents may be negative). */
export function commonMonomial(polynomial: Polynomial): Monomial {
  const [first, ...others] = polynomial;
  if (first === undefined) return [];
  const variables = new Set(polynomial.flatMap(({ monomial }) => monomial.map(([variable]) => variable)));
  return [...variables]
    .map(
      variable =>
        [variable, Math.min(...[first, ...others].map(({ monomial }) => exponentIn(monomial, variable)))] as const,
    )
    .filter(([, exponent]) => exponent !== 0)
    .sort((a, b) => a[0] - b[0]);
}

export const exponentIn = (monomial: Monomial, variable: number): number =>
  monomial.find(([v]) => v === variable)?.[1] ?? 0;

export const dividedByMonomial = (polynomial: Polynomial, by: Monomial): Polynomial =>
  by.length === 0
    ? polynomial
    : polynomialOf(
        polynomial.map(({ coefficient, monomial }) => ({ coefficient, monomial: multiplyMonomials(monomial, by, -1) })),
      );

/** The variables that occur, ascending. */
export const variablesOf = (polynomial: Polynomial): number[] =>
  [...new Set(polynomial.flatMap(({ monomial }) => monomial.map(([variable]) => variable)))].sort((a, b) => a - b);

/** The coefficients of the powers of one variable. */
export function coefficientsOf(polynomial: Polynomial, variable: number): Map<number, Polynomial> {
  const byExponent = new Map<number, PolynomialTerm[]>();
  for (const { coefficient, monomial } of polynomial) {
    const exponent = exponentIn(monomial, variable);
    const list = byExponent.get(exponent) ?? [];
    list.push({ coefficient, monomial: monomial.filter(([v]) => v !== variable) });
    byExponent.set(exponent, list);
  }
  return new Map([...byExponent].map(([exponent, terms]) => [exponent, polynomialOf(terms)] as const));
}

/** The polynomial with another one in place of a variable; null where the variable has a negative exponent. */
export function substitutePolynomial(polynomial: Polynomial, variable: number, by: Polynomial): Polynomial | null {
  const parts: Polynomial[] = [];
  for (const [exponent, coefficient] of coefficientsOf(polynomial, variable)) {
    if (exponent < 0) return null;
    parts.push(multiplyPolynomials(coefficient, powerPolynomial(by, exponent)));
  }
  return addPolynomials(...parts);
}

/** The positive rational number by which the polynomial is a multiple of one with coprime integer coefficients. */
export const contentOf = (polynomial: Polynomial): Rational =>
  contentOfRationals(polynomial.map(({ coefficient }) => coefficient));
