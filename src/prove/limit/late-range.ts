/** What the range of a term is for all large n. */
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import type { Constraint } from '../../expression/core/domain.ts';
import type { IndexFacts } from '../../expression/core/index-facts.ts';
import { atomForm, ITERATION_INDEX, ZERO } from '../../expression/core/indices.ts';
import type { Term } from '../../expression/core/term.ts';
import { coefficientOf } from '../../number/linear-form.ts';

/** A limit is one for large n: this n and more are enough. */
const LARGE = 1_000;

/** The facts for all large n. */
export const lateFacts = ({ indices }: Assumptions, constraints: readonly Constraint[] = []): IndexFacts =>
  indices.with([...constraints, { left: ZERO, right: ITERATION_INDEX, bound: -LARGE }]);

/**
 * The term without what holds for all large n, as n ≥ c and 2n ≥ n + c; null where it is empty for all large n. What compares n with
 * another letter than a summed one counts as one with a number: the letter is fixed.
 */
export function lateTerm(term: Term, assumptions: Assumptions): Term | null {
  const facts = lateFacts(assumptions);
  const isTime = (index: number): boolean => term.sorts[index] === 'history';
  const kept: Constraint[] = [];
  for (const each of term.constraints) {
    const { left, right } = each;
    const speed = speedOf(left) - speedOf(right);
    if (isTime(left) || isTime(right)) kept.push(each);
    else if (speed > 0) return null;
    else if (speed === 0 && !facts.implies(each)) {
      if (facts.excludes(each)) return null;
      kept.push(each);
    }
  }
  return kept.length === term.constraints.length ? term : { ...term, constraints: kept };
}

/** How many times n a side of a constraint is. */
const speedOf = (index: number): number => coefficientOf(atomForm(index), ITERATION_INDEX);
