/**
 * How a product grows with n by its factors r^{cn}, (cn + d)^e, powers of polynomials in n and (n + d)^e with hyperparameters in e alone: a power r^{cn} with
 * |r| < 1 wins over every power of n; among powers of n the degrees are added, and where they cancel the leading coefficients are left.
 *
 * Source: Rudin, Principles of Mathematical Analysis, Theorem 3.20 (d).
 */
import { type Assumptions, NO_ASSUMPTIONS, powerVanishes } from '../../expression/arithmetic/assumptions.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  isZero,
  multiply,
  negate,
  ONE_EXPRESSION,
  scale,
  ZERO_EXPRESSION,
} from '../../expression/core/expression.ts';
import { type FactorPower, integerExponent, plainExponent } from '../../expression/core/factor.ts';
import { ITERATION_INDEX } from '../../expression/core/indices.ts';
import { isPlainTerm, singlePower } from '../../expression/core/single.ts';
import { instantiate } from '../../expression/core/template.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { isSurelyPositive } from '../../expression/arithmetic/sure-sign.ts';
import { coefficientOf } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';

export type Growth =
  /** Like r^n for one of the symbols, up to powers of n; no symbols where the base is a number. */
  | { readonly kind: 'decays'; readonly symbols: readonly string[]; readonly rest: readonly FactorPower[] }
  /** Like a negative power of n; `isFading` where a hyperparameter stands in its exponent. */
  | { readonly kind: 'vanishes'; readonly isFading: boolean; readonly rest: readonly FactorPower[] }
  /** The powers of n tend to `factor`; `isPlain` where there are none. */
  | {
      readonly kind: 'settles';
      readonly factor: Expression;
      readonly isPlain: boolean;
      readonly rest: readonly FactorPower[];
    }
  | { readonly kind: 'grows' };

/**
 * The growth of the factors with n in an exponent or as a number; `rest` are the others. Null where it is not known. `isAbove` says
 * whether an exponent of hyperparameters is surely positive.
 */
export function growthOf(
  factors: readonly FactorPower[],
  assumptions: Assumptions,
  isAbove: (value: Expression) => boolean = value => isSurelyPositive(value, assumptions),
): Growth | null {
  const rest: FactorPower[] = [];
  const symbols: string[] = [];
  let decays = false;
  let grows = false;
  /** (−1)^n, which is bounded. */
  let alternates = false;
  let degree = Rational.zero;
  let isPlain = true;
  let leading = ONE_EXPRESSION;
  /** What hyperparameters add to the degree: −γ for (cn + d)^{−γ}. */
  let beside = ZERO_EXPRESSION;
  let hasSymbolic = false;
  for (const own of factors) {
    const { factor, exponent } = own;
    const speed = coefficientOf(exponent.form, ITERATION_INDEX);
    if (speed !== 0) {
      const isSmall = factor.kind === 'symbol' && isContracting(factor.name, assumptions);
      if (!isSmall && factor.kind !== 'integer') return null;
      if (factor.kind === 'integer' && factor.value === -1n) {
        alternates = true;
        continue;
      }
      // Another number stands with a base of 2 and more.
      if (factor.kind === 'integer' ? speed < 0 : speed > 0) decays = true;
      else grows = true;
      if (factor.kind === 'symbol') symbols.push(factor.name);
      continue;
    }
    const symbolic = symbolicPower(own);
    if (symbolic !== null) {
      hasSymbolic = true;
      beside = add(beside, symbolic);
      continue;
    }
    const polynomial = leadingPower(own);
    if (polynomial !== null) {
      isPlain = false;
      degree = degree.add(polynomial.degree);
      leading = multiply(leading, polynomial.leading);
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
  if (hasSymbolic) {
    const total = add(constant(degree), beside);
    if (grows) return null;
    if (isZero(total)) return { kind: 'settles', factor: leading, isPlain: false, rest };
    // n^2 (n+1)^{−γ}: where no sign is sure, which of them wins is not decided here.
    return isAbove(negate(total)) ? { kind: 'vanishes', isFading: true, rest } : null;
  }
  if (grows || degree.sign() > 0) return { kind: 'grows' };
  return degree.sign() < 0
    ? { kind: 'vanishes', isFading: false, rest }
    : { kind: 'settles', factor: leading, isPlain, rest };
}

/** Whether r^n → 0 on the whole domain of r, which may reach below 0. */
function isContracting(name: string, assumptions: Assumptions): boolean {
  if (powerVanishes(name, assumptions)) return true;
  const domain = assumptions.domain(name);
  const isAbove = (end: Rational | null, isOpen: boolean, sign: 1 | -1): boolean => {
    const gap = end === null ? -1 : Rational.one.subtract(sign === 1 ? end : end.negate()).sign();
    return gap > 0 || (gap === 0 && isOpen);
  };
  return domain !== null && isAbove(domain.upper, domain.upperOpen, 1) && isAbove(domain.lower, domain.lowerOpen, -1);
}

/** A plain power of a polynomial in n with numbers as coefficients, its leading one positive: its degree, and the power of the leading coefficient. */
function leadingPower({ factor, exponent }: FactorPower): { degree: Rational; leading: Expression } | null {
  const plain = plainExponent(exponent);
  if (factor.kind !== 'template' || plain === null) return null;
  let [highest, coefficient] = [0, Rational.zero];
  for (const term of instantiate(factor.template, factor.arguments).terms) {
    let [degree, value] = [0, term.coefficient];
    if (!isPlainTerm(term)) return null;
    for (const part of term.factors) {
      const times = integerExponent(part.exponent);
      if (part.factor.kind !== 'index' || times === null || times < 0 || part.factor.index.terms.length !== 1)
        return null;
      const slope = coefficientOf(part.factor.index, ITERATION_INDEX);
      if (slope === 0) return null;
      degree += times;
      value = value.multiply(Rational.of(slope).power(times));
    }
    if (degree > highest) [highest, coefficient] = [degree, Rational.zero];
    if (degree === highest) coefficient = coefficient.add(value);
  }
  if (highest === 0 || coefficient.sign() <= 0) return null;
  return {
    degree: plain.multiply(Rational.of(highest)),
    leading: power(constant(coefficient), plain, NO_ASSUMPTIONS),
  };
}

/**
 * The exponent of (n + d)^e, which is e^{e log(n + d)}, for an e of hyperparameters alone; null for anything else. With n + d and not
 * cn + d, so that the leading coefficient is 1.
 */
function symbolicPower({ factor, exponent }: FactorPower): Expression | null {
  const plain = plainExponent(exponent);
  if (factor.kind !== 'function' || factor.name !== 'exp' || plain === null) return null;
  let total = ZERO_EXPRESSION;
  for (const term of instantiate(factor.template, factor.arguments).terms) {
    if (!isPlainTerm(term)) return null;
    const logarithms = term.factors.filter(own => own.factor.kind === 'function' && own.factor.name === 'log');
    const others = term.factors.filter(own => !logarithms.includes(own));
    const [logarithm, ...more] = logarithms;
    if (logarithm === undefined || more.length > 0 || !isLogOfShiftedN(logarithm)) return null;
    if (others.some(own => own.factor.kind !== 'symbol' || plainExponent(own.exponent) === null)) return null;
    const factors = others.map(own => factorExpression(own.factor, own.exponent));
    total = add(total, scale(multiply(...factors), term.coefficient.multiply(plain)));
  }
  return total;
}

function isLogOfShiftedN({ factor, exponent }: FactorPower): boolean {
  if (factor.kind !== 'function' || factor.order !== 0 || integerExponent(exponent) !== 1) return false;
  const inner = singlePower(instantiate(factor.template, factor.arguments));
  return (
    inner?.factor.kind === 'index' &&
    integerExponent(inner.exponent) === 1 &&
    inner.factor.index.terms.length === 1 &&
    coefficientOf(inner.factor.index, ITERATION_INDEX) === 1
  );
}
