/** Formula trees of fractions, coefficients and powers, as one writes them by hand. */
import * as build from '../../formula/build.ts';
import type { Formula } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';

export interface WrittenFraction {
  readonly above: readonly Formula[];
  readonly below: readonly Formula[];
}
export const fractionFormula = ({ above, below }: WrittenFraction): Formula =>
  below.length === 0
    ? build.productOfFactors(above)
    : build.divide(build.productOfFactors(above), build.productOfFactors(below));
export function withCoefficient(coefficient: Rational, { above, below }: WrittenFraction): Formula {
  const size = coefficient.abs();
  const top = size.num === 1n && above.length > 0 ? above : [build.number(Rational.of(size.num)), ...above];
  const bottom = size.den === 1n ? below : [build.number(Rational.of(size.den)), ...below];
  const value = fractionFormula({ above: top, below: bottom });
  return coefficient.sign() < 0 ? build.negation(value) : value;
}
/** a of a². */
export const squareRootOf = (base: Formula): Formula | null =>
  base.kind === 'power' && base.exponent.kind === 'number' && base.exponent.value.equals(Rational.of(2))
    ? base.base
    : null;
export function raise(base: Formula, exponent: Rational): Formula {
  if (exponent.isOne()) return base;
  const root = squareRootOf(base);
  if (root !== null && !exponent.isInteger()) return raise(build.modulus(root), exponent.multiply(Rational.of(2)));
  if (exponent.equals(Rational.of(1, 2))) return build.root(base);
  if (
    exponent.isInteger() &&
    base.kind === 'power' &&
    base.exponent.kind === 'number' &&
    base.exponent.value.isInteger()
  )
    return build.toPower(base.base, build.number(base.exponent.value.multiply(exponent)));
  return build.toPower(base, build.number(exponent));
}
