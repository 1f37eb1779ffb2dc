/** The derived coefficients that a claim speaks of: a part of them, at special values, with another step. */
import { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import type { Claim } from '../../document/model.ts';
import { assumptionsOf } from '../../expression/arithmetic/assumptions.ts';
import { type Expression, multiply, subtract, ZERO_EXPRESSION } from '../../expression/core/expression.ts';
import { FormulaReader } from '../../expression/read/from-formula.ts';
import { coefficient } from '../../expression/calculus/series.ts';
import type { ModifiedEquation } from '../../derivation/derive.ts';
import type { Declaration } from '../../optimizer/model.ts';
import { largeN } from '../../prove/limit/large-n.ts';
import { type Settling, stepsToLimit, usualValues } from '../../prove/limit/settling.ts';
import { specialised } from './claim-meaning.ts';
import { PROOF_STEPS } from './proof-budget.ts';

/** The derived coefficients under part, at and rescale. */
export function derivedCoefficients(
  claim: Claim,
  declarations: readonly Declaration[],
  equation: ModifiedEquation,
): Expression[] {
  const at = (value: Expression): Expression => specialised(value, claim, declarations);
  const whole = partOf(claim, equation);
  if (claim.rescale === null) return whole.map(at);
  const step = new FormulaReader({ declarations, definitions: [], order: 6 }).read(claim.rescale);
  if (coefficient(step, 0).terms.length > 0 || step.length > 2)
    return refuse('rescale', 'the new step must be a multiple of h');
  // The step c·h and the time c·t: θ̇ = c·F(θ; c·h).
  return whole.map((value, q) => at(multiply(value, ...Array.from({ length: q + 1 }, () => coefficient(step, 1)))));
}

function partOf(claim: Claim, equation: ModifiedEquation): readonly Expression[] {
  if (claim.part === null) return equation.expressions;
  const map = equation.map?.() ?? null;
  if (map === null || !map.ok) return refuse('no-map', 'the memoryless map was not derived');
  const memory = map.value.expressions[1] ?? ZERO_EXPRESSION;
  const first = equation.expressions[1];
  if (first === undefined || claim.order !== 1) return refuse('part', 'a part is one of the coefficient of h');
  return [ZERO_EXPRESSION, claim.part === 'memory' ? memory : subtract(first, memory)];
}

const settlings = new WeakMap<readonly Expression[], Settling>();

/** Steps to the limit of a derived equation at usual values, measured once. */
export function settlingOf({ expressions, optimizer }: ModifiedEquation): Settling {
  const known = settlings.get(expressions);
  if (known !== undefined) return known;
  const assumptions = assumptionsOf(optimizer.declarations);
  const pairs = expressions.map(value => ({ value, limit: largeN(value, assumptions, new Budget(PROOF_STEPS)).value }));
  const settling = stepsToLimit(pairs, usualValues(optimizer.declarations), assumptions);
  settlings.set(expressions, settling);
  return settling;
}
