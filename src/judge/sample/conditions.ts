/** Whether a sample satisfies the conditions of a statement: only those samples are evidence. */
import { Budget } from '../../base/budget.ts';
import { attempt } from '../../base/problem.ts';
import { atMost } from '../../base/work.ts';
import type { Claim, Condition } from '../../document/model.ts';
import { COMPONENT, ITERATION } from '../../formula/formula.ts';
import { enclose } from '../../evaluate/ring/enclose.ts';
import { Evaluator } from '../../evaluate/evaluator.ts';
import { Program } from '../../evaluate/program/program.ts';
import { RationalRing } from '../../evaluate/ring/rational-ring.ts';
import type { Ring } from '../../evaluate/ring/ring.ts';
import type { Declaration } from '../../optimizer/model.ts';
import type { QuestionRelation } from '../question.ts';
import { nodes } from '../../optimizer/replace.ts';
import { environmentOf } from './sample-environment.ts';
import type { Sample } from './sample.ts';
import { isInOrder, type Order, sureOrder } from '../stated/sure-order.ts';

type Comparison = Condition['comparisons'][number];

const GUARD_DIGITS = 12;

/** Longer rational numbers are not compared exactly. */
const MOST_BITS = 1_000;
/** Units of work for one side of a condition at one sample; a function of a long number takes more than one a step. */
const STEPS = 20_000;
const WORK_A_STEP = 4;
/** Work for the exact values at one sample: sums of many fractions have long denominators, beyond which enclosures tell as much. */
const EXACT_WORK = 10_000;

/** What conditions say of one component at a sample; null where one has no value or is too close to its border to tell. */
type TruthAt = (sample: Sample, component: number) => boolean | null;

/** Comparisons at samples. */
export class Comparisons {
  readonly #program: Program;
  readonly #digits: number;
  readonly #budget: Budget;

  /** `budget` counts the work; one side of a comparison may take a fixed part of it. */
  constructor(claim: Claim, declarations: readonly Declaration[], digits: number, budget = Budget.unlimited()) {
    this.#budget = budget;
    this.#program = new Program({ definitions: claim.definitions, declarations });
    this.#digits = digits;
  }

  /** Whether one holds for a component; null where it has no value or is too close to its border to tell. */
  holds(comparison: Comparison, sample: Sample, component: number): boolean | null {
    const order = this.#order(comparison, sample, component);
    return order === null ? null : isInOrder(comparison.relation, order);
  }

  #order(comparison: Comparison, sample: Sample, component: number): Order | null {
    const ring = new RationalRing(MOST_BITS);
    const exact = this.#within(() =>
      atMost(
        EXACT_WORK,
        () => attempt(() => this.#pair(comparison, sample, component, ring)),
        () => null,
      ),
    );
    if (exact?.ok) return ring.compare(...exact.value);
    return sureOrder(
      more =>
        this.#within(() => {
          const enclosed = enclose(more, balls => {
            const [derived, claimed] = this.#pair(comparison, sample, component, balls);
            return { derived: balls.ball(derived), claimed: balls.ball(claimed) };
          });
          return enclosed.ok ? enclosed.value : null;
        }),
      this.#digits + GUARD_DIGITS,
    );
  }

  #within<T>(action: () => T | null): T | null {
    return atMost(
      WORK_A_STEP * STEPS,
      () => this.#budget.within(STEPS, action),
      () => null,
    );
  }

  #pair<T>({ left, right }: Comparison, sample: Sample, component: number, ring: Ring<T>): readonly [T, T] {
    const letters = new Map([...sample.letters, [ITERATION, sample.n], [COMPONENT, component]]);
    const evaluator = new Evaluator(this.#program, environmentOf(sample, ring), this.#budget);
    return [evaluator.value(left, letters), evaluator.value(right, letters)];
  }
}

function truthAt(
  conditions: readonly Condition[],
  claim: Claim,
  declarations: readonly Declaration[],
  digits: number,
): TruthAt {
  const values = new Comparisons(claim, declarations, digits);
  const comparisons = conditions.flatMap(condition => condition.comparisons);
  return (sample, component) => {
    const each = comparisons.map(comparison => values.holds(comparison, sample, component));
    return each.includes(null) ? null : !each.includes(false);
  };
}

/** The components (from 1) of a sample for which the conditions hold; all of them, or none, where no condition has a j. */
export type Speaking = (sample: Sample) => ReadonlySet<number>;

/** A condition with j speaks of the statement's own j; one that has no value does not hold. */
export function speakingAt(
  conditions: readonly Condition[],
  claim: Claim,
  declarations: readonly Declaration[],
  digits: number,
): Speaking {
  const all = (sample: Sample): number[] => sample.theta.map((_, at) => at + 1);
  if (conditions.length === 0) return sample => new Set(all(sample));
  const truth = truthAt(conditions, claim, declarations, digits);
  const isEach = isAboutComponent(conditions, claim);
  const known = new WeakMap<Sample, ReadonlySet<number>>();
  return sample => {
    const found =
      known.get(sample) ??
      new Set(
        isEach
          ? all(sample).filter(component => truth(sample, component) === true)
          : truth(sample, 1) === true
            ? all(sample)
            : [],
      );
    known.set(sample, found);
    return found;
  };
}

/** Whether a condition has the statement's component, itself or in a definition that does not take it as its own letter. */
function isAboutComponent(conditions: readonly Condition[], claim: Claim): boolean {
  const sides = conditions.flatMap(({ comparisons }) => comparisons.flatMap(({ left, right }) => [left, right]));
  const open = claim.definitions.filter(({ indices }) => !indices.includes(COMPONENT)).map(({ body }) => body);
  return [...sides, ...open].some(formula =>
    [...nodes(formula)].some(node => node.kind === 'index' && node.name === COMPONENT),
  );
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
