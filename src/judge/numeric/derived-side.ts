/**
 * The derived equation's coefficients at samples. Values are remembered, since all claims about one optimizer, setting and
 * order meet the same samples.
 */
import type { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import { RememberedOf } from '../../base/work.ts';
import type { Formula } from '../../formula/formula.ts';
import type { Ball } from '../../evaluate/ring/ball.ts';
import { enclose } from '../../evaluate/ring/enclose.ts';
import { Evaluator } from '../../evaluate/evaluator.ts';
import { nestSums } from '../../evaluate/nest/nest-sums.ts';
import { meetsSwitch } from '../../evaluate/meets-switch.ts';
import { Program } from '../../evaluate/program/program.ts';
import type { Declaration } from '../../optimizer/model.ts';
import type { Coefficients } from '../coefficients.ts';
import type { Outcome } from '../question.ts';
import { environmentOf } from '../sample/sample-environment.ts';
import type { Sample } from '../sample/sample.ts';

/** From here on sums inside sums are taken in the order that costs least. */
const LARGE_N = 13;

interface Compiled {
  readonly program: Program;
  readonly coefficients: readonly Formula[];
}

export class DerivedSide {
  readonly #equation: Coefficients;
  readonly #declarations: readonly Declaration[];
  readonly #plain: Compiled;
  #nested: Compiled | null = null;
  readonly #known = new RememberedOf<Sample, Outcome>();

  constructor(equation: Coefficients, declarations: readonly Declaration[]) {
    this.#equation = equation;
    this.#declarations = declarations;
    this.#plain = {
      program: new Program({ definitions: equation.definitions, declarations }),
      coefficients: equation.coefficients,
    };
  }

  /** Row q holds the coefficient of h^q for the components 1…p; unusable where any of them has no value. */
  at(sample: Sample, digits: number, budget: Budget): Outcome {
    return this.#known.get(sample, String(digits), () => this.#compute(sample, digits, budget), budget);
  }

  #compute(sample: Sample, digits: number, budget: Budget): Outcome {
    const nested = sample.n < LARGE_N ? null : this.#evaluate(this.#inOrder(), sample, digits, budget);
    return nested?.kind === 'values' ? nested : this.#evaluate(this.#plain, sample, digits, budget);
  }

  /** The same with its sums in an order that costs little, in which a value may be lost but none is another one. */
  #inOrder(): Compiled {
    const { definitions, coefficients } = this.#equation;
    this.#nested ??= {
      program: new Program({
        definitions: definitions.map(each => ({ ...each, body: nestSums(each.body, { isFromZero: false }) })),
        declarations: this.#declarations,
      }),
      coefficients: coefficients.map(each => nestSums(each, { isFromZero: true })),
    };
    return this.#nested;
  }

  #evaluate({ program, coefficients }: Compiled, sample: Sample, digits: number, budget: Budget): Outcome {
    const rows = enclose(digits, ring => {
      const evaluator = new Evaluator(program, environmentOf(sample, ring), budget);
      const valueAt = (formula: Formula, component: number): Ball =>
        ring.ball(evaluator.at(formula, sample.n, component));
      if (
        meetsSwitch(
          this.#equation.switches ?? [],
          evaluator,
          sample.n,
          sample.theta.length,
          value => ring.sign(value) === 0,
        )
      )
        refuse('no-value-at-switch', 'the rule switches at this point');
      return coefficients.map(formula => sample.theta.map((_, at) => valueAt(formula, at + 1)));
    });
    return rows.ok
      ? { kind: 'values', rows: rows.value }
      : { kind: 'unusable', reason: `derived side: ${rows.problems[0]?.message ?? 'no value'}` };
  }
}
