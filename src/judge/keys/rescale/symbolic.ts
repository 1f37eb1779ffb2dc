/** rescale=: another step size in normal form. */
import { refuse } from '../../../base/problem.ts';
import { coefficient } from '../../../expression/calculus/series.ts';
import { multiply } from '../../../expression/core/expression.ts';
import { FormulaReader } from '../../../expression/read/from-formula.ts';
import type { CoefficientKey } from '../../symbolic/coefficient-key.ts';

/** The step c·h and the time c·t: θ̇ = c·F(θ; c·h). */
export const rescaledCoefficients: CoefficientKey = (values, { claim, declarations }) => {
  if (claim.rescale === null) return values;
  const step = new FormulaReader({ declarations, definitions: [], order: 6 }).read(claim.rescale);
  if (coefficient(step, 0).terms.length > 0 || step.length > 2)
    return refuse('rescale', 'the new step must be a multiple of h');
  return values.map((value, q) => multiply(value, ...Array.from({ length: q + 1 }, () => coefficient(step, 1))));
};
