/**
 * The coefficients of a derived full-batch equation as formulas without named quantities, sums in closed form where they
 * have one: a value at n = 10,000 then costs no more than one at n = 1.
 */
import { Budget } from '../../base/budget.ts';
import { orRefuse } from '../../base/problem.ts';
import { assumptionsOf } from '../../expression/arithmetic/assumptions.ts';
import type { Expression } from '../../expression/core/expression.ts';
import { writeExpression } from '../../expression/write/to-formula.ts';
import type { Formula } from '../../formula/formula.ts';
import { isOverTimes } from '../../formula/population.ts';
import { children } from '../../formula/walk.ts';
import { closeEquation } from '../../closed-form/close-equation.ts';
import { deriveModifiedEquation, type ModifiedEquation } from '../../derivation/derive.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { Bases } from '../../rewrite/rules/bases.ts';
import { largeN } from '../../prove/limit/large-n.ts';

export interface ClosedCoefficients {
  /** atStep[q]: the coefficient of h^q in the flow, or of h^{q+1} in the map, at iteration n. */
  readonly atStep: readonly Formula[];
  /** The same for n → ∞. Refuses where no limit is found. */
  limits(): readonly Formula[];
}

/** Derives them; refuses what the derivation refuses. */
export function closedCoefficients(optimizer: Optimizer, order: number, form: 'flow' | 'map'): ClosedCoefficients {
  const derived = orRefuse(deriveModifiedEquation(optimizer, { order, setting: 'full-batch', form }));
  const { expressions } = derived;
  const { declarations } = optimizer;
  const assumptions = assumptionsOf(declarations);
  const reserved = new Set(declarations.map(({ name }) => name));
  const write = (expression: Expression): Formula => writeExpression(expression, { reserved, nameOf: () => null });
  const bases = new Bases(assumptions, Budget.unlimited());
  const onBases = expressions.map(expression => write(bases.onBases(expression)));
  return {
    atStep: onBases.some(countsTimes) ? (closedOf(derived) ?? onBases) : onBases,
    limits: () => expressions.map(expression => write(largeN(expression, assumptions, Budget.unlimited()).value)),
  };
}

/** What `modeq derive` prints, where it has no sum over times either. */
function closedOf(derived: ModifiedEquation): readonly Formula[] | null {
  const { inserted, coefficients, definitions } = closeEquation(derived, { allSteps: true });
  const formulas = inserted ?? (definitions.length === 0 ? coefficients : null);
  return formulas === null || formulas.some(countsTimes) ? null : formulas;
}

/** Whether its value takes the longer the larger n is. */
const countsTimes = (formula: Formula): boolean => isOverTimes(formula) || children(formula).some(countsTimes);
