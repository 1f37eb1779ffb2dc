/**
 * Denominators 1 − x with x = β^l under a sum over l, taken apart into what stays and what vanishes as l grows: 1/(1 − x)^m = 1 + Σ_{i=1}^m x/(1 − x)^i.
 *
 * Source: the geometric series, 1/(1 − x) = 1 + x/(1 − x), m times.
 */
import { type Assumptions, powerVanishes } from '../../../expression/arithmetic/assumptions.ts';
import {
  add,
  type Expression,
  factorExpression,
  mapFactors,
  multiply,
  ONE_EXPRESSION,
  subtract,
} from '../../../expression/core/expression.ts';
import { exponentOf, type FactorPower, integerExponent } from '../../../expression/core/factor.ts';
import { isOpenIndex } from '../../../expression/core/indices.ts';
import { instantiate } from '../../../expression/core/template.ts';

/** Higher powers stay together. */
const MOST_TIMES = 4;

/** The expression with those denominators taken apart; the same object where there are none. */
export const withRemainders = (expression: Expression, assumptions: Assumptions): Expression =>
  mapFactors(expression, own => takenApart(own, assumptions));

function takenApart({ factor, exponent }: FactorPower, assumptions: Assumptions): Expression | null {
  const count = -(integerExponent(exponent) ?? 0);
  if (factor.kind !== 'template' || count < 1 || count > MOST_TIMES) return null;
  const rest = subtract(ONE_EXPRESSION, instantiate(factor.template, factor.arguments));
  if (!isVanishing(rest, assumptions)) return null;
  const parts = Array.from({ length: count }, (_, i) => multiply(rest, factorExpression(factor, exponentOf(-1 - i))));
  return add(ONE_EXPRESSION, ...parts);
}

/** Whether an expression is one product of powers β^{l+c} of which one at least goes to zero with a summed letter. */
function isVanishing({ terms }: Expression, assumptions: Assumptions): boolean {
  const [only, ...others] = terms;
  if (only === undefined || others.length > 0 || only.sorts.length + only.constraints.length > 0) return false;
  if (!only.coefficient.isOne() || only.factors.length === 0) return false;
  return only.factors.every(
    ({ factor, exponent }) =>
      factor.kind === 'symbol' &&
      powerVanishes(factor.name, assumptions) &&
      exponent.form.terms.length === 1 &&
      exponent.form.terms.every(([index, speed]) => isOpenIndex(index) && speed > 0),
  );
}
