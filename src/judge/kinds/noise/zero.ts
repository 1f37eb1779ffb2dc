/** What stands before dW of a stochastic equation beside the covariance of one step, in normal form, power of h by power of h. */
import { refuse } from '../../../base/problem.ts';
import { coefficient } from '../../../expression/calculus/series.ts';
import { substituteIndices, subtract, ZERO_EXPRESSION } from '../../../expression/core/expression.ts';
import { OTHER_COMPONENT_INDEX } from '../../../expression/core/indices.ts';
import { FormulaReader } from '../../../expression/read/from-formula.ts';
import { derivedAtValues, lettersOf, meaningOf } from '../../symbolic/claim-meaning.ts';
import type { Sides, ZeroTask } from '../../symbolic/sides.ts';
import { besideNoise } from '../motion/beside-noise.ts';
import { otherLetter } from './other-letter.ts';

export function noiseZero(task: ZeroTask): Sides {
  const { claim, statement, declarations, equation, record } = task;
  // The covariance of a step is of order h^2, whatever the rule is.
  const expressions = claim.order === 0 ? [ZERO_EXPRESSION] : equation?.noise?.expressions;
  if (expressions === undefined) return refuse('no-equation', 'there is no derived noise to compare with');
  const letters = lettersOf(claim, statement);
  if (record !== undefined) record.scope = letters;
  const other = letters.get(otherLetter(statement));
  if (other === undefined) throw new Error('the other component has a letter');
  const right = new FormulaReader(meaningOf(claim, declarations, claim.order)).series(statement.right, letters);
  return {
    differences: Array.from({ length: claim.order + 1 }, (_, q) => {
      const what = `the coefficients of h^${q}`;
      const entry = substituteIndices(expressions[q] ?? ZERO_EXPRESSION, new Map([[OTHER_COMPONENT_INDEX, other]]));
      const derived = derivedAtValues(entry, claim, declarations);
      const claimed = besideNoise(claim, coefficient(right, q), q, task.budget);
      record?.read(what, claim.weak?.noise === 0 ? null : q, { derived, claimed });
      return { what, value: subtract(claimed, derived) };
    }),
    rates: [],
  };
}
