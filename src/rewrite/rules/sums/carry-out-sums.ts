/**
 * Sums over times carried out, inside definitions first, so that what is inserted is short.
 *
 * Source: that of each sum in closed form (resum.ts).
 */
import type { Budget } from '../../../base/budget.ts';
import type { Assumptions } from '../../../expression/arithmetic/assumptions.ts';
import type { Expression } from '../../../expression/core/expression.ts';
import { Bases } from '../bases.ts';
import { underContext } from '../../context.ts';
import { sumOut } from './resum.ts';
import { unfoldLayer, unfoldScalars } from '../../unfold.ts';

/** Definitions inside definitions are inserted at most so often. */
const MOST_LAYERS = 8;

/** The expression with its definitions inserted and its sums over times in closed form where they have one. */
export function carryOutSums(expression: Expression, assumptions: Assumptions, budget: Budget): Expression {
  const bases = new Bases(assumptions, budget);
  let current = bases.onBases(expression);
  for (let layer = 0; layer < MOST_LAYERS; layer += 1) {
    const next = bases.onBases(unfoldLayer(current, budget));
    if (next === current) break;
    current = next;
  }
  for (let round = 0; round < MOST_LAYERS; round += 1) {
    const next = underContext(bases.onBases(sumOut(unfoldScalars(current, budget, assumptions), assumptions, budget)));
    if (next === current) break;
    current = next;
  }
  return current;
}
