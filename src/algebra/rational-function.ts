/** Quotients of polynomials whose denominators are kept as factors: number · monomial · polynomials / denominators. */
import { refuse } from '../base/problem.ts';
import { Rational } from '../number/rational.ts';
import type { Factorer, PolynomialPower } from './factor-polynomial.ts';
import {
  addPolynomials,
  commonMonomial,
  dividedByMonomial,
  divideExactly,
  multiplyMonomials,
  multiplyPolynomials,
  ONE_POLYNOMIAL,
  type Polynomial,
  polynomialKey,
  polynomialOf,
  powerPolynomial,
  scalePolynomial,
  substitutePolynomial,
} from './polynomial.ts';

/** above / Π base^count; monomials with negative exponents stand in `above`. */
export interface Fraction {
  readonly above: Polynomial;
  readonly below: readonly PolynomialPower[];
}

export const ZERO_FRACTION: Fraction = { above: [], below: [] };
export const fractionOf = (above: Polynomial): Fraction => ({ above, below: [] });

/** 1 / polynomial; refuses where that is zero. */
export function reciprocalOf(polynomial: Polynomial, factor: Factorer): Fraction {
  if (polynomial.length === 0) return refuse('division-by-zero', 'a denominator is zero');
  const { number, monomial, powers } = factor(polynomial);
  const inverse = monomial.map(([variable, exponent]) => [variable, -exponent] as const);
  return { above: polynomialOf([{ coefficient: number.inverse(), monomial: inverse }]), below: powers };
}

export function multiplyFractions(...factors: readonly Fraction[]): Fraction {
  return cancelled({
    above: factors.reduce<Polynomial>((product, { above }) => multiplyPolynomials(product, above), ONE_POLYNOMIAL),
    below: joined(
      factors.map(({ below }) => below),
      (a, b) => a + b,
    ),
  });
}

export function addFractions(...summands: readonly Fraction[]): Fraction {
  const below = joined(
    summands.map(each => each.below),
    Math.max,
  );
  const above = addPolynomials(
    ...summands.map(each => {
      const missing = below.map(({ base, count }) => powerPolynomial(base, count - countOf(each.below, base)));
      return missing.reduce(multiplyPolynomials, each.above);
    }),
  );
  return cancelled({ above, below });
}

export const scaleFraction = ({ above, below }: Fraction, by: Rational): Fraction => ({
  above: scalePolynomial(above, by),
  below,
});
export const subtractFractions = (left: Fraction, right: Fraction): Fraction =>
  addFractions(left, scaleFraction(right, Rational.minusOne));
export const isZeroFraction = ({ above }: Fraction): boolean => above.length === 0;

/** The quotient; the divisor is not zero. */
export const divideFractions = (left: Fraction, right: Fraction, factor: Factorer): Fraction =>
  multiplyFractions(
    left,
    reciprocalOf(right.above, factor),
    fractionOf(
      right.below.reduce(
        (product, { base, count }) => multiplyPolynomials(product, powerPolynomial(base, count)),
        ONE_POLYNOMIAL,
      ),
    ),
  );

/** Denominators that divide what stands above are cancelled. */
function cancelled({ above, below }: Fraction): Fraction {
  if (above.length === 0) return ZERO_FRACTION;
  if (below.length === 0) return { above, below };
  const monomial = commonMonomial(above);
  let rest = dividedByMonomial(above, monomial);
  const left = below.flatMap(({ base, count }) => {
    let remaining = count;
    while (remaining > 0) {
      const quotient = divideExactly(rest, base);
      if (quotient === null) break;
      rest = quotient;
      remaining -= 1;
    }
    return remaining === 0 ? [] : [{ base, count: remaining }];
  });
  const restored = rest.map(({ coefficient, monomial: own }) => ({
    coefficient,
    monomial: multiplyMonomials(own, monomial),
  }));
  return { above: polynomialOf(restored), below: left };
}

function joined(
  lists: readonly (readonly PolynomialPower[])[],
  merge: (a: number, b: number) => number,
): PolynomialPower[] {
  const found = new Map<string, PolynomialPower>();
  for (const { base, count } of lists.flat()) {
    const key = polynomialKey(base);
    const known = found.get(key);
    found.set(key, { base, count: known === undefined ? count : merge(known.count, count) });
  }
  return [...found.values()];
}

function countOf(list: readonly PolynomialPower[], base: Polynomial): number {
  const key = polynomialKey(base);
  return list.find(each => polynomialKey(each.base) === key)?.count ?? 0;
}

/** The fraction with a polynomial in place of a variable; null where that has no value. */
export function substituteFraction(
  { above, below }: Fraction,
  variable: number,
  by: Polynomial,
  factor: Factorer,
): Fraction | null {
  const top = substitutePolynomial(above, variable, by);
  if (top === null) return null;
  const bottoms: Fraction[] = [];
  for (const { base, count } of below) {
    const image = substitutePolynomial(base, variable, by);
    if (image === null || image.length === 0) return null;
    bottoms.push(...Array.from({ length: count }, () => reciprocalOf(image, factor)));
  }
  return multiplyFractions(fractionOf(top), ...bottoms);
}
