/**
 * Expansions as claims: a gradient, state or quantity at an earlier time beside its claimed series at the current θ, both
 * expanded along the optimizer, power of h by power of h.
 */
import { hasOneLoss } from '../../../notation/settings.ts';
import { Budget } from '../../../base/budget.ts';
import { refuse } from '../../../base/problem.ts';
import type { Claim, Statement } from '../../../document/model.ts';
import type { Constraint } from '../../../expression/core/domain.ts';
import { restrict, substituteIndices, subtract } from '../../../expression/core/expression.ts';
import type { Letters } from '../../../expression/core/index-form.ts';
import { ITERATION_INDEX, ZERO } from '../../../expression/core/indices.ts';
import { coefficient } from '../../../expression/calculus/series.ts';
import { variableForm } from '../../../number/linear-form.ts';
import { withoutCurrentLabel } from '../../../optimizer/checks/current-points.ts';
import type { Declaration, Optimizer } from '../../../optimizer/model.ts';
import { expansionAlong } from '../../../derivation/expand-earlier.ts';
import { letterFacts, lettersOf } from '../../symbolic/claim-meaning.ts';
import type { VanishingPart, Sides, ZeroTask } from '../../symbolic/sides.ts';
import { assumedIteration } from '../../stated/earlier-times.ts';

/** An expansion along the optimizer: left minus right, power of h by power of h. */
export function expansionZero({ claim, statement, declarations, optimizer, record }: ZeroTask): Sides {
  const letters = lettersOf(claim, statement);
  if (record !== undefined) record.scope = letters;
  if (optimizer === null) return refuse('no-optimizer', 'an expansion is one along an optimizer');
  // The expansion of the derived side makes many terms: its work is bounded with the rest of the proof.
  const list = expansionDifferences(claim, statement, optimizer, declarations, letters, Budget.unlimited());
  return { differences: list, rates: [] };
}

/**
 * Left minus right for every power of h up to the statement's order. Free letters that count iterations are times 0 … n; n is
 * at least what the left side needs, counted from there in the result.
 */
export function expansionDifferences(
  claim: Claim,
  statement: Statement,
  optimizer: Optimizer,
  declarations: readonly Declaration[],
  letters: Letters,
  budget: Budget,
): VanishingPart[] {
  const facts = letterFacts(letters);
  const least = assumedIteration(claim, statement);
  const from: Constraint = { left: ZERO, right: ITERATION_INDEX, bound: -least };
  const order = statement.order ?? claim.order;
  const expand = expansionAlong(optimizer, {
    order,
    fullBatch: hasOneLoss(claim.setting),
    definitions: claim.definitions,
    declarations,
    facts: [...facts, from],
    budget,
  });
  const [left, right] = [statement.left, statement.right].map(side => expand(withoutCurrentLabel(side), letters));
  const later = new Map([[ITERATION_INDEX, variableForm(ITERATION_INDEX, least)]]);
  return Array.from({ length: order + 1 }, (_, q) => ({
    what: `the coefficients of h^${q}`,
    value: substituteIndices(restrict(subtract(coefficient(left ?? [], q), coefficient(right ?? [], q)), facts), later),
  }));
}
