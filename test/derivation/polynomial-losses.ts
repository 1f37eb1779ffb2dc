/** Losses whose derivatives of every order up to a degree occur. */
import { PolynomialLoss } from '../../src/evaluate/loss/polynomial-loss.ts';
import { Rational } from '../../src/number/rational.ts';

/** A polynomial of degree `degree` in p variables, with all monomials. */
export function lossOf(p: number, degree: number): PolynomialLoss {
  const powers = (left: number, most: number): number[][] =>
    left === 0
      ? [[]]
      : Array.from({ length: most + 1 }, (_, first) =>
          powers(left - 1, most - first).map(rest => [first, ...rest]),
        ).flat();
  const monomials = powers(p, degree).map((each, at) => ({
    powers: each,
    coefficient: Rational.of(((7 * at + 3) % 11) - 5 || 2, 3 + (at % 4)),
  }));
  return new PolynomialLoss(monomials);
}
