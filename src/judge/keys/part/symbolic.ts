/** part=: a part of f_1 in normal form, Φ_1 or f_1 − Φ_1. */
import { refuse } from '../../../base/problem.ts';
import { subtract, ZERO_EXPRESSION } from '../../../expression/core/expression.ts';
import type { CoefficientKey } from '../../symbolic/coefficient-key.ts';

export const partOfCoefficients: CoefficientKey = (values, { claim, equation }) => {
  if (claim.part === null) return values;
  const map = equation.map?.() ?? null;
  if (map === null || !map.ok) return refuse('no-map', 'the memoryless map was not derived');
  const memory = map.value.expressions[1] ?? ZERO_EXPRESSION;
  const first = values[1];
  if (first === undefined || claim.order !== 1) return refuse('part', 'a part is one of the coefficient of h');
  return [ZERO_EXPRESSION, claim.part === 'memory' ? memory : subtract(first, memory)];
};
