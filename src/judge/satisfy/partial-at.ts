/** First derivatives of polynomial losses at a rational point, exactly: the γ_i that regimes scale. */
import { Rational } from '../../number/rational.ts';
import type { PolynomialLoss } from '../../evaluate/loss/polynomial-loss.ts';

/** ∂_index of the loss at θ, index from 1. */
export function partialAt({ monomials }: PolynomialLoss, theta: readonly Rational[], index: number): Rational {
  return monomials.reduce((sum, { coefficient, powers }) => {
    const power = powers[index - 1] ?? 0;
    if (power === 0) return sum;
    const rest = powers.reduce((product, each, at) => {
      const left = at === index - 1 ? each - 1 : each;
      const base = theta[at];
      if (left > 0 && base === undefined) throw new Error(`a polynomial in x${at + 1} at ${theta.length} coordinates`);
      return base === undefined ? product : product.multiply(base.power(left));
    }, coefficient);
    return sum.add(rest.multiply(Rational.of(power)));
  }, Rational.zero);
}
