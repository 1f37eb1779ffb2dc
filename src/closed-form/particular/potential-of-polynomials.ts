/**
 * A field of polynomials in θ_1 … θ_d as minus a gradient: f = −∇V where ∂_kf_i = ∂_if_k, with V = −Σ_i∫_0^1 f_i(sθ)θ_i ds (Poincaré's lemma).
 */
import {
  addPolynomials,
  exponentIn,
  type Monomial,
  type Polynomial,
  polynomialOf,
  scalePolynomial,
  variablesOf,
} from '../../algebra/polynomial.ts';
import { addFractions, type Fraction, isZeroFraction, scaleFraction } from '../../algebra/rational-function.ts';
import { Rational } from '../../number/rational.ts';

/** The derivative of a polynomial by a variable. */
export const derivativeBy = (polynomial: Polynomial, id: number): Polynomial =>
  polynomialOf(
    polynomial.flatMap(({ coefficient, monomial }) => {
      const exponent = exponentIn(monomial, id);
      return exponent === 0
        ? []
        : [{ coefficient: coefficient.multiply(Rational.of(exponent)), monomial: raised(monomial, id, -1) }];
    }),
  );

function raised(monomial: Monomial, id: number, by: number): Monomial {
  const others = monomial.filter(([each]) => each !== id);
  const exponent = exponentIn(monomial, id) + by;
  return (exponent === 0 ? [...others] : [...others, [id, exponent] as const]).sort((a, b) => a[0] - b[0]);
}

/** V of the field; null where it is none, or has a component below a bar. `ids` are the variables of θ_1, θ_2, …. */
export function potentialOfPolynomials(field: readonly Fraction[], ids: readonly number[]): Fraction | null {
  const isPolynomial = field.every(
    ({ above, below }) =>
      below.every(({ base }) => !variablesOf(base).some(id => ids.includes(id))) &&
      above.every(({ monomial }) => monomial.every(([id, exponent]) => exponent > 0 || !ids.includes(id))),
  );
  if (!isPolynomial) return null;
  for (const [i, own] of field.entries())
    for (const [k, other] of field.entries()) {
      const [idOfI, idOfK] = [ids[i], ids[k]];
      if (k <= i || idOfI === undefined || idOfK === undefined) continue;
      const difference = addFractions(
        { above: derivativeBy(own.above, idOfK), below: own.below },
        { above: scalePolynomial(derivativeBy(other.above, idOfI), Rational.minusOne), below: other.below },
      );
      if (!isZeroFraction(difference)) return null;
    }
  const parts = field.map(({ above, below }, i) => {
    const own = ids[i];
    if (own === undefined) throw new Error('every component has a variable');
    const integrated = above.map(({ coefficient, monomial }) => {
      const degree = monomial.reduce((sum, [id, exponent]) => sum + (ids.includes(id) ? exponent : 0), 0);
      return { coefficient: coefficient.divide(Rational.of(degree + 1)), monomial: raised(monomial, own, 1) };
    });
    return { above: addPolynomials(integrated), below };
  });
  return scaleFraction(addFractions(...parts), Rational.minusOne);
}
