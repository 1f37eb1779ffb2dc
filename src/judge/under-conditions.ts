/** What the conditions of a statement give to its proof: the least n, and values that are equal. */
import { attempt } from '../base/problem.ts';
import type { Claim, Statement } from '../document/model.ts';
import { assumptionsOf } from '../expression/assumptions.ts';
import { type Expression, substituteIndices } from '../expression/expression.ts';
import { FormulaReader } from '../expression/from-formula.ts';
import { ROLE_LETTERS } from '../expression/index-form.ts';
import { ITERATION_INDEX } from '../expression/indices.ts';
import { coefficient } from '../expression/series.ts';
import { substituteSymbol } from '../expression/substitute-symbol.ts';
import type { Formula } from '../formula/formula.ts';
import { variableForm } from '../number/linear-form.ts';
import type { Declaration } from '../optimizer/model.ts';
import { meaningOf } from './claim-meaning.ts';
import { assumedIteration, conditionedIteration } from './earlier-times.ts';
import type { Sides } from './statement-differences.ts';
import { conditionsOf } from './unsupported.ts';

/**
 * The differences where the conditions hold: a = b put in, n from its least value on. Others are left to the samples. An
 * expansion counts n from there already.
 */
export function underConditions(
  sides: Sides,
  claim: Claim,
  statement: Statement,
  declarations: readonly Declaration[],
): Sides {
  const comparisons = conditionsOf(claim, statement).flatMap(condition => condition.comparisons);
  if (comparisons.length === 0 || claim.limit !== null) return sides;
  const assumptions = assumptionsOf(declarations);
  const reader = new FormulaReader({ ...meaningOf(claim, declarations, 0), stepIsSymbol: true });
  const isExpansion = statement.kind === 'expansion';
  const counted = isExpansion ? assumedIteration(claim, statement) : 0;
  const value = (formula: Formula): Expression => later(coefficient(reader.series(formula, ROLE_LETTERS), 0), counted);
  const put = (difference: Expression): Expression =>
    comparisons.reduce(
      (inner, { left, relation, right }) =>
        relation === '=' && left.kind === 'parameter'
          ? substituteSymbol(inner, left.name, value(right), assumptions)
          : inner,
      difference,
    );
  const from = isExpansion ? 0 : conditionedIteration(claim, statement);
  const changed = attempt(() =>
    sides.differences.map(({ what, value: difference }) => ({ what, value: later(put(difference), from) })),
  );
  return changed.ok ? { ...sides, differences: changed.value } : sides;
}

/** The value at n + c. */
const later = (value: Expression, c: number): Expression =>
  c === 0 ? value : substituteIndices(value, new Map([[ITERATION_INDEX, variableForm(ITERATION_INDEX, c)]]));
