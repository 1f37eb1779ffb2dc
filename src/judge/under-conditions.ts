/** What the conditions of a statement give to its proof: the least n, and values that are equal. */
import { attempt } from '../base/problem.ts';
import type { Claim, Condition, Statement } from '../document/model.ts';
import { assumptionsOf } from '../expression/assumptions.ts';
import { type Expression, substituteIndices } from '../expression/expression.ts';
import { FormulaReader, ROLE_LETTERS } from '../expression/from-formula.ts';
import { ITERATION_INDEX } from '../expression/indices.ts';
import { coefficient } from '../expression/series.ts';
import { substituteSymbol } from '../expression/substitute-symbol.ts';
import { type Formula, ITERATION } from '../formula/formula.ts';
import { variableForm } from '../number/linear-form.ts';
import type { Declaration } from '../optimizer/model.ts';
import { meaningOf } from './claim-meaning.ts';
import type { Sides } from './statement-differences.ts';
import { conditionsOf } from './unsupported.ts';

/** The differences where the conditions hold: n from its least value on, a = b put in. Others are left to the samples. */
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
  const value = (formula: Formula): Expression => coefficient(reader.series(formula, ROLE_LETTERS), 0);
  const from = Math.max(0, ...comparisons.map(each => leastOfN(each)));
  const equal = comparisons.filter(({ left, relation }) => relation === '=' && left.kind === 'parameter');
  const put = (difference: Expression): Expression => {
    const late =
      from === 0
        ? difference
        : substituteIndices(difference, new Map([[ITERATION_INDEX, variableForm(ITERATION_INDEX, from)]]));
    return equal.reduce(
      (inner, { left, right }) =>
        left.kind === 'parameter' ? substituteSymbol(inner, left.name, value(right), assumptions) : inner,
      late,
    );
  };
  const changed = attempt(() =>
    sides.differences.map(({ what, value: difference }) => ({ what, value: put(difference) })),
  );
  return changed.ok ? { ...sides, differences: changed.value } : sides;
}

/** c where a comparison says n ≥ c or n > c − 1, else 0. */
function leastOfN({ left, relation, right }: Condition['comparisons'][number]): number {
  const [small, large, strict] =
    relation === '>' || relation === '\\ge'
      ? [right, left, relation === '>']
      : relation === '<' || relation === '\\le'
        ? [left, right, relation === '<']
        : [right, right, false];
  if (large.kind !== 'index' || large.name !== ITERATION || small.kind !== 'number') return 0;
  const { value } = small;
  const floor = Number(value.floor());
  return value.isInteger() && !strict ? floor : floor + 1;
}
