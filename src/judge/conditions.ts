/** Whether a sample satisfies the conditions of a statement: only those samples are evidence. */
import { attempt } from '../base/problem.ts';
import type { Claim, Condition } from '../document/model.ts';
import { COMPONENT, ITERATION } from '../formula/formula.ts';
import { enclose } from '../numeric/enclose.ts';
import { Evaluator } from '../numeric/evaluator.ts';
import { Program } from '../numeric/program.ts';
import { RationalRing } from '../numeric/rational-ring.ts';
import type { Ring } from '../numeric/ring.ts';
import type { Declaration } from '../optimizer/model.ts';
import type { QuestionRelation } from './question.ts';
import { environmentOf } from './sample-environment.ts';
import type { Sample } from './sample.ts';
import { isInOrder, type Order, sureOrder, type ValuePair } from './sure-order.ts';

type Comparison = Condition['comparisons'][number];

const GUARD_DIGITS = 12;

/** What conditions say of one component at a sample; null where one has no value or is too close to its border to tell. */
type TruthAt = (sample: Sample, component: number) => boolean | null;

function truthAt(
  conditions: readonly Condition[],
  claim: Claim,
  declarations: readonly Declaration[],
  digits: number,
): TruthAt {
  const program = new Program({ definitions: claim.definitions, declarations });
  const comparisons = conditions.flatMap(condition => condition.comparisons);
  return (sample, component) => {
    const letters = new Map([...sample.letters, [ITERATION, sample.n], [COMPONENT, component]]);
    const pair = <T>({ left, right }: Comparison, ring: Ring<T>): readonly [T, T] => {
      const evaluator = new Evaluator(program, environmentOf(sample, ring));
      return [evaluator.value(left, letters), evaluator.value(right, letters)];
    };
    const orderOf = (comparison: Comparison): Order | null => {
      const at = (more: number): ValuePair | null => {
        const enclosed = enclose(more, ring => {
          const [derived, claimed] = pair(comparison, ring);
          return { derived: ring.ball(derived), claimed: ring.ball(claimed) };
        });
        return enclosed.ok ? enclosed.value : null;
      };
      return sureOrder(at, digits + GUARD_DIGITS, () => {
        const ring = new RationalRing();
        const exact = attempt(() => ring.compare(...pair(comparison, ring)));
        return exact.ok ? exact.value : null;
      });
    };
    const each = comparisons.map(comparison => {
      const order = orderOf(comparison);
      return order === null ? null : isInOrder(comparison.relation, order);
    });
    return each.includes(null) ? null : !each.includes(false);
  };
}

/** A predicate on samples; a condition about component j must hold for every component, one without a value does not hold. */
export function holdsAt(
  conditions: readonly Condition[],
  claim: Claim,
  declarations: readonly Declaration[],
  digits: number,
): (sample: Sample) => boolean {
  if (conditions.length === 0) return () => true;
  const truth = truthAt(conditions, claim, declarations, digits);
  return sample => sample.theta.every((_, at) => truth(sample, at + 1) === true);
}

const OPPOSITE = { '=': '\\ne', '<': '\\ge', '>': '\\le', '\\le': '>', '\\ge': '<' } as const;

/**
 * For `A > B \iff C`: the relation that must hold for a component, the opposite one where C does not; null where C has no
 * value there.
 */
export function equivalentRelation(
  relation: QuestionRelation,
  condition: Condition,
  claim: Claim,
  declarations: readonly Declaration[],
  digits: number,
): (sample: Sample, component: number) => QuestionRelation | '\\ne' | null {
  const truth = truthAt([condition], claim, declarations, digits);
  return (sample, component) => {
    const known = truth(sample, component);
    return known === null ? null : known ? relation : OPPOSITE[relation];
  };
}
