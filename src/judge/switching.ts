/** What a verdict does not speak of: the points at which a rule with pieces switches. */
import { isAlongRuns } from '../notation/kinds.ts';
import type { Statement } from '../document/model.ts';
import { rowConditions, switchingConditions } from '../document/switching-text.ts';
import type { Optimizer } from '../optimizer/model.ts';
import type { DerivedEquation } from './symbolic/prover.ts';
import type { StatementVerdict } from './verdict.ts';

/** The verdict with the switching set among what it excludes. */
export function withSwitches(
  verdict: StatementVerdict,
  statement: Statement,
  optimizer: Optimizer | null,
  equation: DerivedEquation | null,
): StatementVerdict {
  if (optimizer === null || (verdict.verdict !== 'proved' && verdict.verdict !== 'supported')) return verdict;
  const conditions =
    equation !== null
      ? switchingConditions(equation.switches ?? [], optimizer)
      : isAlongRuns(statement)
        ? rowConditions(optimizer)
        : [];
  return conditions.length === 0 ? verdict : { ...verdict, excluded: [...verdict.excluded, ...conditions] };
}
