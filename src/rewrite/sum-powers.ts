/**
 * Σ x^d r^x between two ends by an antidifference: with q(x) such that r q(x+1) − q(x) = x^d the sum from a to b is q(b+1) r^{b+1} − q(a) r^a (Graham,
 * Knuth, Patashnik, *Concrete Mathematics*, § 2.6). In r there may be sums of hyperparameters, as in β/(1 − β).
 */
import { refuse } from '../base/problem.ts';
import type { Assumptions } from '../expression/arithmetic/assumptions.ts';
import { power } from '../expression/arithmetic/power.ts';
import { powerOfForm } from '../expression/arithmetic/power-of-form.ts';
import {
  add,
  type Expression,
  expressionOf,
  factorExpression,
  formExpression,
  isZero,
  multiply,
  ONE_EXPRESSION,
  sameExpression,
  scale,
  substituteIndices,
  subtract,
  ZERO_EXPRESSION,
} from '../expression/core/expression.ts';
import { exponentOf, type FactorPower, integerExponent } from '../expression/core/factor.ts';
import { instantiate } from '../expression/core/template.ts';
import { coefficientOf, type LinearForm, shiftForm, variableForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';

/** Σ_{x=lower}^{upper} of a product of powers r^{ax+…} and polynomials in x. */
export function sumPowers(
  factors: readonly FactorPower[],
  x: number,
  lower: LinearForm,
  upper: LinearForm,
  assumptions: Assumptions,
): Expression {
  let ratio: Expression = ONE_EXPRESSION;
  /** Above and below the fraction line in r, multiplied out. */
  let above: Expression = ONE_EXPRESSION;
  let below: Expression = ONE_EXPRESSION;
  let weight: Expression = ONE_EXPRESSION;
  let polynomial: Expression = ONE_EXPRESSION;
  for (const { factor, exponent } of factors) {
    const speed = coefficientOf(exponent.form, x);
    if (factor.kind === 'index') {
      const degree = integerExponent(exponent) ?? 0;
      const rest = { constant: factor.index.constant, terms: factor.index.terms.filter(([v]) => v !== x) };
      const entry = add(
        scale(factorExpression({ kind: 'index', index: variableForm(x) }), Rational.of(coefficientOf(factor.index, x))),
        formExpression(rest),
      );
      polynomial = multiply(polynomial, ...Array.from({ length: degree }, () => entry));
      continue;
    }
    const base = factorExpression(factor);
    const raised = powerOfForm(base, { constant: speed, terms: [] }) ?? power(base, Rational.of(speed), assumptions);
    ratio = multiply(ratio, raised);
    if (factor.kind === 'template') {
      const opened = Array.from({ length: Math.abs(speed) }, () => instantiate(factor.template, factor.arguments));
      if (speed > 0) above = multiply(above, ...opened);
      else below = multiply(below, ...opened);
    } else above = multiply(above, raised);
    const without = {
      constant: exponent.constant,
      form: { constant: 0, terms: exponent.form.terms.filter(([v]) => v !== x) },
    };
    weight = multiply(weight, factorExpression(factor, without));
  }
  const gap = subtract(above, below);
  if (isZero(gap)) ratio = ONE_EXPRESSION;
  const inverseGap = isZero(gap) ? ONE_EXPRESSION : multiply(below, power(gap, Rational.minusOne, assumptions));
  const primitive = antidifference(coefficientsIn(polynomial, x), ratio, inverseGap);
  const at = (form: LinearForm): Expression =>
    multiply(
      substituteIndices(evaluate(primitive, x), new Map([[x, form]])),
      powerOfForm(ratio, form) ?? refuse('exponent-not-covered', 'this ratio cannot have an index in its exponent'),
    );
  return multiply(weight, subtract(at(shiftForm(upper, 1)), at(lower)));
}

/** The coefficients c_d of Σ c_d x^d; they do not contain x. */
function coefficientsIn(polynomial: Expression, x: number): Expression[] {
  const result: Expression[] = [];
  for (const term of polynomial.terms) {
    const own = term.factors.find(({ factor }) => factor.kind === 'index' && coefficientOf(factor.index, x) !== 0);
    const degree = own === undefined ? 0 : (integerExponent(own.exponent) ?? 0);
    const rest = expressionOf([{ ...term, factors: term.factors.filter(power => power !== own) }]);
    result[degree] = add(result[degree] ?? ZERO_EXPRESSION, rest);
  }
  return result;
}

const evaluate = (coefficients: readonly Expression[], x: number): Expression =>
  add(
    ...coefficients.map((c, d) =>
      d === 0 ? c : multiply(c, factorExpression({ kind: 'index', index: variableForm(x) }, exponentOf(d))),
    ),
  );

/** The coefficients of q with r·q(x+1) − q(x) = Σ c_d x^d, where 1/(r − 1) is given. */
function antidifference(target: readonly Expression[], ratio: Expression, inverseGap: Expression): Expression[] {
  const isPlain = sameExpression(ratio, ONE_EXPRESSION);
  // For r ≠ 1 the last coefficient is zero.
  const degree = target.length;
  const result: Expression[] = Array.from({ length: degree + 1 }, () => ZERO_EXPRESSION);
  for (let d = degree; d >= (isPlain ? 1 : 0); d -= 1) {
    // The coefficient of x^{d−1} (r = 1) or x^d: what higher powers of q leave, and the unknown q_d.
    const row = isPlain ? d - 1 : d;
    let rest = target[row] ?? ZERO_EXPRESSION;
    for (let e = d + 1; e <= degree; e += 1)
      rest = subtract(rest, multiply(ratio, scale(result[e] ?? ZERO_EXPRESSION, binomial(e, row))));
    result[d] = isPlain ? scale(rest, Rational.of(1, d)) : multiply(rest, inverseGap);
  }
  return result;
}

function binomial(n: number, k: number): Rational {
  let value = Rational.one;
  for (let i = 1; i <= k; i += 1) value = value.multiply(Rational.of(n - k + i, i));
  return value;
}
