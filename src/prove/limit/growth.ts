/**
 * How a product grows with n by its factors r^{cn} and (cn + d)^e alone: a power r^{cn} with 0 ≤ r < 1 wins over every power
 * of n; among powers of n the degrees are added, and where they cancel the leading coefficients are left.
 *
 * Source: Rudin, Principles of Mathematical Analysis, Theorem 3.20 (d).
 */
import { type Assumptions, powerVanishes } from '../../expression/arithmetic/assumptions.ts';
import { constant, type Expression, multiply, ONE_EXPRESSION } from '../../expression/core/expression.ts';
import { type FactorPower, plainExponent } from '../../expression/core/factor.ts';
import { ITERATION_INDEX } from '../../expression/core/indices.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { coefficientOf } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';

export type Growth =
  /** Like r^n for one of the symbols, up to powers of n; no symbols where the base is a number. */
  | { readonly kind: 'decays'; readonly symbols: readonly string[]; readonly rest: readonly FactorPower[] }
  /** Like a negative power of n. */
  | { readonly kind: 'vanishes'; readonly rest: readonly FactorPower[] }
  /** The powers of n tend to `factor`; `isPlain` where there are none. */
  | {
      readonly kind: 'settles';
      readonly factor: Expression;
      readonly isPlain: boolean;
      readonly rest: readonly FactorPower[];
    }
  | { readonly kind: 'grows' };

/** The growth of the factors with n in an exponent or as a number; `rest` are the others. Null where it is not known. */
export function growthOf(factors: readonly FactorPower[], assumptions: Assumptions): Growth | null {
  const rest: FactorPower[] = [];
  const symbols: string[] = [];
  let decays = false;
  let grows = false;
  /** (−1)^n, which is bounded. */
  let alternates = false;
  let degree = Rational.zero;
  let isPlain = true;
  let leading = ONE_EXPRESSION;
  for (const own of factors) {
    const { factor, exponent } = own;
    const speed = coefficientOf(exponent.form, ITERATION_INDEX);
    if (speed !== 0) {
      const isSmall = factor.kind === 'symbol' && powerVanishes(factor.name, assumptions);
      if (!isSmall && factor.kind !== 'integer') return null;
      if (factor.kind === 'integer' && factor.value < 0n) {
        alternates = true;
        continue;
      }
      // Another number stands with a base of 2 and more.
      if (factor.kind === 'integer' ? speed < 0 : speed > 0) decays = true;
      else grows = true;
      if (factor.kind === 'symbol') symbols.push(factor.name);
      continue;
    }
    const slope = factor.kind === 'index' ? coefficientOf(factor.index, ITERATION_INDEX) : 0;
    if (slope === 0) {
      rest.push(own);
      continue;
    }
    const plain = plainExponent(exponent);
    if (plain === null || (slope < 0 && !plain.isInteger())) return null;
    isPlain = false;
    degree = degree.add(plain);
    leading = multiply(leading, power(constant(slope), plain, assumptions));
  }
  // r^n s^{−n}: which of them wins is not decided here.
  if (decays && grows) return null;
  if (decays) return { kind: 'decays', symbols, rest };
  if (alternates) return null;
  if (grows || degree.sign() > 0) return { kind: 'grows' };
  return degree.sign() < 0 ? { kind: 'vanishes', rest } : { kind: 'settles', factor: leading, isPlain, rest };
}
