/** Equations of motion (flows, one-step maps, modified losses) beside the derived one, in normal form. */
import { isChanged } from '../../../document/changes.ts';
import { kindFacts } from '../../../notation/kinds.ts';
import { isEpoch } from '../../../notation/settings.ts';
import { refuse } from '../../../base/problem.ts';
import { coefficient } from '../../../expression/calculus/series.ts';
import { factorExpression, subtract, ZERO_EXPRESSION } from '../../../expression/core/expression.ts';
import { COMPONENT_INDEX } from '../../../expression/core/indices.ts';
import { variableForm } from '../../../number/linear-form.ts';
import { pairsByComponent } from '../../keys/loss/components.ts';
import { settlingOf, limitsOf } from '../../keys/limit/symbolic.ts';
import { regimeOf } from '../../keys/regime/scaling.ts';
import { inRegime } from '../../keys/regime/symbolic.ts';
import { besideNoise } from './beside-noise.ts';
import { besideFractions, withManyBatches } from '../../keys/limit/many-batches.ts';
import { changedCoefficients } from '../../keys/table.ts';
import { claimedSeries } from '../../symbolic/claim-meaning.ts';
import { withDerivedSequences } from './typed-sequences.ts';
import type { Pair, Sides, ZeroTask } from '../../symbolic/sides.ts';

const NO_LIMIT = 'a state is defined by its recursion, of which no limit is known';

/** The derived coefficients less the printed ones, power of h by power of h; their limits, or their terms in a regime. */
export function motionZero(task: ZeroTask): Sides {
  const { statement, declarations, equation, record } = task;
  if (equation === null) return refuse('no-equation', 'there is no derived equation to compare with');
  const { claim, differences, expressions } = withDerivedSequences(task.claim, declarations, equation);
  const offset = kindFacts(statement.kind).extraPowers;
  const right = claimedSeries(claim, statement, declarations, offset);
  const derived = changedCoefficients(claim, declarations, { ...equation, expressions });
  const pairs: Pair[] = Array.from({ length: claim.order + 1 }, (_, q) => ({
    what: `the coefficients of h^${q + offset}`,
    derived: derived[q] ?? ZERO_EXPRESSION,
    claimed: besideNoise(claim, coefficient(right, q + offset), q, task.budget),
  }));
  const isRead = !isEpoch(claim.setting) && claim.weak?.noise !== 0;
  for (const [q, { what, derived: expression, claimed }] of pairs.entries())
    record?.read(what, isRead ? q + offset : null, { derived: expression, claimed });
  if (offset === 1)
    pairs.unshift({
      what: 'the terms without h',
      derived: factorExpression({ kind: 'point', coordinate: variableForm(COMPONENT_INDEX), at: null }),
      claimed: coefficient(right, 0),
    });
  if (regimeOf(claim, statement) !== null) {
    if (differences.length > 0) return refuse('defined-by-recursion', NO_LIMIT);
    return inRegime({ ...task, optimizer: equation.optimizer }, pairs, formula =>
      claimedSeries(claim, { ...statement, right: formula }, declarations, offset),
    );
  }
  if (claim.limit !== null) {
    if (differences.length > 0) return refuse('defined-by-recursion', NO_LIMIT);
    const asked = claim.setting === 'permuted' ? pairs.flatMap(each => withManyBatches(each, task.budget)) : pairs;
    return {
      ...limitsOf(pairsByComponent(asked, claim, statement), task),
      ...(isChanged(claim) ? {} : { measure: () => settlingOf(equation) }),
    };
  }
  return {
    differences: [
      ...differences,
      ...pairs
        .map(({ what, derived: a, claimed: b }) => ({ what, value: subtract(b, a) }))
        .flatMap(each => (claim.setting === 'permuted' ? besideFractions(each, task.budget) : [each])),
    ],
    rates: [],
  };
}
