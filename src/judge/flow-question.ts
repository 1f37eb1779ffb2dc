/** The question whether a claimed flow or one-step map has the derived coefficients, power of h by power of h. */
import type { Budget } from '../base/budget.ts';
import { attempt } from '../base/problem.ts';
import type { Claim, Statement } from '../document/model.ts';
import { add, iterate, index, negate } from '../formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../formula/formula.ts';
import type { BigFloat } from '../number/big-float.ts';
import { Evaluator } from '../numeric/evaluator.ts';
import { FloatRing } from '../numeric/float-ring.ts';
import { Program } from '../numeric/program.ts';
import { type Series, SeriesRing } from '../numeric/series-ring.ts';
import type { Declaration } from '../optimizer/model.ts';
import type { DerivedSide } from './derived-side.ts';
import type { Outcome, Question } from './question.ts';
import { environmentOf } from './sample-environment.ts';
import type { Sample, SampleSpace } from './sample.ts';
import { truncateStep } from './truncate-step.ts';

export interface FlowSides {
  readonly claim: Claim;
  readonly statement: Statement;
  readonly declarations: readonly Declaration[];
  readonly derived: DerivedSide;
  readonly space: SampleSpace;
  readonly budget: Budget;
}

/** A series in h by its coefficient formulas is compared to the order of the claim; what lies above is cut off. */
export function flowQuestion({ claim, statement, declarations, derived, space, budget }: FlowSides): Question {
  const isMap = statement.kind === 'map';
  // A map says θ + h(…): less θ it has one power of h more than the rows of the derived side.
  const formula: Formula = isMap ? add(statement.right, negate(iterate(index(COMPONENT)))) : statement.right;
  const rows = claim.order + 1;
  const offset = isMap ? 1 : 0;
  const program = new Program({ definitions: claim.definitions, declarations });
  const cut = Array.from({ length: rows }, (_, at) => truncateStep(formula, at + 1 + offset));
  const evaluate = (sample: Sample, digits: number, count: number): Outcome => {
    const right = cut[count - 1];
    if (!right) throw new Error('no such truncation');
    const ring = new SeriesRing(new FloatRing(digits), count + offset);
    const environment = environmentOf<Series<BigFloat>>(sample, ring, { step: ring.monomial(ring.base.one, 1) });
    const evaluator = new Evaluator(program, environment, budget);
    const components = attempt(() =>
      sample.theta.map((_, at) =>
        evaluator.value(
          right,
          new Map([
            [ITERATION, sample.n],
            [COMPONENT, at + 1],
          ]),
        ),
      ),
    );
    if (!components.ok)
      return { kind: 'unusable', reason: `claimed side: ${components.problems[0]?.message ?? 'no value'}` };
    return {
      kind: 'values',
      rows: Array.from({ length: count + offset }, (_, power) =>
        components.value.map(series => ring.coefficient(series, power)),
      ),
    };
  };
  return {
    space,
    relation: '=',
    componentwise: true,
    claimed: (sample, digits) => {
      const whole = evaluate(sample, digits, rows);
      if (whole.kind === 'values') return whole;
      for (let count = rows - 1; count > 0; count--) {
        const partial = evaluate(sample, digits, count);
        if (partial.kind === 'values') return { ...partial, missing: whole.reason };
      }
      return whole;
    },
    derived: (sample, digits) => {
      const outcome = derived.at(sample, digits, budget);
      if (!isMap || outcome.kind === 'unusable') return outcome;
      return { kind: 'values', rows: [sample.theta.map(() => new FloatRing(digits).zero), ...outcome.rows] };
    },
    quantity: row =>
      isMap
        ? `coefficient of h^${row} in \\theta_j^{(n+1)} - \\theta_j^{(n)}`
        : `coefficient of h^${row} in \\dot{\\tilde\\theta}_j`,
  };
}
