/**
 * The derived equation's coefficients at samples. Values are remembered, since all claims about one optimizer, setting and
 * order meet the same samples.
 */
import type { Budget } from '../base/budget.ts';
import { RememberedOf } from '../base/work.ts';
import type { Definition, Formula } from '../formula/formula.ts';
import type { Ball } from '../numeric/ball-ring.ts';
import { enclose } from '../numeric/enclose.ts';
import { Evaluator } from '../numeric/evaluator.ts';
import { Program } from '../numeric/program.ts';
import type { Declaration } from '../optimizer/model.ts';
import type { Outcome } from './question.ts';
import { environmentOf } from './sample-environment.ts';
import type { Sample } from './sample.ts';

export interface Coefficients {
  readonly coefficients: readonly Formula[];
  readonly definitions: readonly Definition[];
}

export class DerivedSide {
  readonly #equation: Coefficients;
  readonly #program: Program;
  readonly #known = new RememberedOf<Sample, Outcome>();

  constructor(equation: Coefficients, declarations: readonly Declaration[]) {
    this.#equation = equation;
    this.#program = new Program({ definitions: equation.definitions, declarations });
  }

  /** Row q holds the coefficient of h^q for the components 1…p; unusable where any of them has no value. */
  at(sample: Sample, digits: number, budget: Budget): Outcome {
    return this.#known.get(sample, String(digits), () => this.#compute(sample, digits, budget), budget);
  }

  #compute(sample: Sample, digits: number, budget: Budget): Outcome {
    const rows = enclose(digits, ring => {
      const evaluator = new Evaluator(this.#program, environmentOf(sample, ring), budget);
      const valueAt = (formula: Formula, component: number): Ball =>
        ring.ball(evaluator.at(formula, sample.n, component));
      return this.#equation.coefficients.map(formula => sample.theta.map((_, at) => valueAt(formula, at + 1)));
    });
    return rows.ok
      ? { kind: 'values', rows: rows.value }
      : { kind: 'unusable', reason: `derived side: ${rows.problems[0]?.message ?? 'no value'}` };
  }
}
