/**
 * Denominators that vanish where the sums beside them are empty: 1/√n beside Σ_{k=0}^{n−1} has no value in the first step, and is
 * written inside of the sum, where n ≥ 1.
 */
import type { IndexSort } from '../../formula/formula.ts';
import { neverZero } from '../arithmetic/thin-zeros.ts';
import type { Constraint } from '../core/domain.ts';
import { type FactorPower, isBelow } from '../core/factor.ts';
import { IndexFacts } from '../core/index-facts.ts';
import { alwaysPositive } from './conditions.ts';
import { planSums, type SumPlan } from './sum-plan.ts';
import type { Term } from '../core/term.ts';
import type { WrittenIndices } from './write-form.ts';

/** The plan of a term's sums with such denominators inside of a sum of theirs; `known` holds outside of the sums. */
export function planInside(
  { factors: all, constraints }: Pick<Term, 'factors' | 'constraints'>,
  indices: readonly number[],
  sorts: ReadonlyMap<number, IndexSort>,
  known: readonly Constraint[],
  letters: WrittenIndices,
): SumPlan {
  const plan = planSums(all, indices, sorts, constraints);
  const outside = IndexFacts.NONE.with(known);
  const mayVanish = (power: FactorPower): boolean =>
    isBelow(power) &&
    power.factor.kind === 'index' &&
    !neverZero(power.factor.index, outside) &&
    !alwaysPositive(power.factor.index, letters);
  const factors = plan.factors.filter(power => !mayVanish(power));
  const sums = [...plan.sums];
  for (const power of plan.factors.filter(mayVanish)) {
    const at = sums.findIndex(sum => isNeverZero(power, outside.with(rangesOf(sum, constraints))));
    const sum = sums[at];
    if (sum === undefined) factors.push(power);
    else sums[at] = { ...sum, body: { ...sum.body, factors: [power, ...sum.body.factors] } };
  }
  return { factors, sums };
}

const isNeverZero = ({ factor }: FactorPower, facts: IndexFacts): boolean =>
  factor.kind === 'index' && neverZero(factor.index, facts);

/** The constraints on the index of a sum and on those inside of it. */
function rangesOf(sum: SumPlan['sums'][number], constraints: readonly Constraint[]): Constraint[] {
  const inner = indicesOf(sum);
  return constraints.filter(({ left, right }) => inner.has(left) || inner.has(right));
}

const indicesOf = ({ index, body }: SumPlan['sums'][number]): Set<number> =>
  new Set([index, ...body.sums.flatMap(inner => [...indicesOf(inner)])]);
