/** Identities and quantities that are given: the two sides as typed, their limits, or their terms in a regime. */
import { coefficient, type Series } from '../../../expression/calculus/series.ts';
import { restrict, subtract } from '../../../expression/core/expression.ts';
import type { Letters } from '../../../expression/core/index-form.ts';
import { FormulaReader } from '../../../expression/read/from-formula.ts';
import type { Formula } from '../../../formula/formula.ts';
import { limitsOf } from '../../keys/limit/symbolic.ts';
import { inRegime } from '../../keys/regime/symbolic.ts';
import { letterFacts, lettersOf, meaningOf, derivedAtValues } from '../../symbolic/claim-meaning.ts';
import type { Sides, ZeroTask } from '../../symbolic/sides.ts';

/** Left minus right; up to O(h^r) power of h by power of h, which is asked without a limit and a regime only (unsupported.ts). */
export function identityZero(task: ZeroTask): Sides {
  const { claim, statement, record } = task;
  const letters = lettersOf(claim, statement);
  if (record !== undefined) record.scope = letters;
  const { remainder } = statement;
  return remainder === null ? sideDifferences(task, letters) : truncatedDifferences(task, remainder, letters);
}

/** For an equation up to O(h^r): the coefficients below h^r. */
function truncatedDifferences(
  { claim, statement, declarations, record }: ZeroTask,
  remainder: number,
  letters: Letters,
): Sides {
  const reader = new FormulaReader(meaningOf(claim, declarations, Math.max(0, remainder - 1)));
  const left = reader.series(statement.left, letters);
  const right = reader.series(statement.right, letters);
  const powers = Array.from({ length: remainder }, (_, q) => q);
  return {
    differences: powers.map(q => {
      const what = `the coefficients of h^${q}`;
      const derived = derivedAtValues(coefficient(left, q), claim, declarations);
      const claimed = coefficient(right, q);
      record?.read(what, q, { derived, claimed });
      return { what, value: restrict(subtract(derived, claimed), letterFacts(letters)) };
    }),
    rates: [],
  };
}

/** For an equation between quantities: the two sides, their limits, or their terms in a regime. */
function sideDifferences(task: ZeroTask, letters: Letters): Sides {
  const { claim, statement, declarations, record } = task;
  const reader = new FormulaReader({ ...meaningOf(claim, declarations, 0), stepIsSymbol: true });
  const right = coefficient(reader.series(statement.right, letters), 0);
  const left = derivedAtValues(coefficient(reader.series(statement.left, letters), 0), claim, declarations);
  record?.read('the two sides', 0, { derived: left, claimed: right });
  // Between quantities = means equality, in every regime; without one ≈ is not judged (unsupported.ts).
  if (['\\approx', '\\sim'].includes(statement.relation)) {
    const pairs = [{ what: 'the two sides', derived: left, claimed: right }];
    const read = (formula: Formula): Series => [coefficient(reader.series(formula, letters), 0)];
    return inRegime(task, pairs, read);
  }
  if (claim.limit === null)
    return {
      differences: [{ what: 'the two sides', value: restrict(subtract(left, right), letterFacts(letters)) }],
      rates: [],
    };
  return limitsOf([{ what: 'the limits of the two sides', derived: left, claimed: right }], task);
}
