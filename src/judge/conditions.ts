/** Whether a sample satisfies the conditions of a statement: only those samples are evidence. */
import { attempt } from '../base/problem.ts';
import type { Claim, Condition } from '../document/model.ts';
import { COMPONENT, ITERATION, type Formula } from '../formula/formula.ts';
import { Evaluator } from '../numeric/evaluator.ts';
import { FloatRing } from '../numeric/float-ring.ts';
import { Program } from '../numeric/program.ts';
import type { Declaration } from '../optimizer/model.ts';
import { environmentOf } from './sample-environment.ts';
import type { Sample } from './sample.ts';

type Comparison = Condition['comparisons'][number];

function isSatisfied(relation: Comparison['relation'], order: -1 | 0 | 1): boolean {
  switch (relation) {
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '\\le':
      return order <= 0;
    case '\\ge':
      return order >= 0;
    case '\\ne':
      return order !== 0;
    case '=':
    case ':=':
    case '\\equiv':
      return order === 0;
    case '\\approx':
    case '\\sim':
    case '\\gg':
    case '\\ll':
      return false;
  }
}

/** A predicate on samples; a condition about component j must hold for every component, one without a value does not hold. */
export function holdsAt(
  conditions: readonly Condition[],
  claim: Claim,
  declarations: readonly Declaration[],
  digits: number,
): (sample: Sample) => boolean {
  if (conditions.length === 0) return () => true;
  const program = new Program({ definitions: claim.definitions, declarations });
  const comparisons = conditions.flatMap(condition => condition.comparisons);
  return sample => {
    const ring = new FloatRing(digits);
    const evaluator = new Evaluator(program, environmentOf(sample, ring));
    const holds = ({ left, relation, right }: Comparison, component: number): boolean => {
      const value = (formula: Formula) =>
        evaluator.value(formula, new Map([...sample.letters, [ITERATION, sample.n], [COMPONENT, component]]));
      return isSatisfied(relation, ring.compare(value(left), value(right)));
    };
    const all = attempt(() =>
      sample.theta.every((_, at) => comparisons.every(comparison => holds(comparison, at + 1))),
    );
    return all.ok && all.value;
  };
}
