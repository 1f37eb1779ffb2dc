/** Absolute values of weights under a sum over times: powers of letters, numbers and indices. */
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { type Expression, factorExpression, ONE_EXPRESSION, scale } from '../../expression/core/expression.ts';
import { type FactorPower, integerExponent } from '../../expression/core/factor.ts';
import type { IndexFacts } from '../../expression/core/index-facts.ts';
import { Rational } from '../../number/rational.ts';

/** Whether a factor is a letter, a number or an index, which may be a weight. */
export const isWeightFactor = ({ factor }: FactorPower): boolean =>
  factor.kind === 'symbol' || factor.kind === 'integer' || factor.kind === 'index';

/** |weight| in the range of the facts; null for other factors and where its sign there is not known. */
export function sizeOfWeight(
  { factor, exponent }: FactorPower,
  { domain }: Assumptions,
  facts: IndexFacts,
): Expression | null {
  const value = factorExpression(factor, exponent);
  if (factor.kind === 'integer') return factor.value > 0n ? value : ONE_EXPRESSION;
  if (factor.kind === 'symbol') return (domain(factor.name)?.lower?.sign() ?? -1) >= 0 ? value : null;
  const whole = integerExponent(exponent);
  if (factor.kind !== 'index' || whole === null) return null;
  if (whole % 2 === 0 || facts.low(factor.index) >= 0) return value;
  return facts.high(factor.index) <= 0 ? scale(value, Rational.minusOne) : null;
}
