/** The limit of a sum over times by a theorem: Silverman–Toeplitz, and Tannery where there is a dominating series. */
import type { Budget } from '../../base/budget.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { isScalar } from '../../expression/arithmetic/scalar.ts';
import {
  type Expression,
  factorExpression,
  isZero,
  multiply,
  scale,
  substituteIndices,
  sumTerms,
  ZERO_EXPRESSION,
} from '../../expression/core/expression.ts';
import { type FactorPower, plainExponent } from '../../expression/core/factor.ts';
import { ITERATION_INDEX } from '../../expression/core/indices.ts';
import { instantiate } from '../../expression/core/template.ts';
import type { Term } from '../../expression/core/term.ts';
import { variableForm } from '../../number/linear-form.ts';
import { provablyNonzero } from '../sign/nonzero.ts';
import { Bounds } from './bounded.ts';
import type { LimitNotebook, ShownLimit } from './limit-notes.ts';
import { type DominatedSum, dominatedSums } from './tannery.ts';
import { type InnerFactor, weightedSum } from './toeplitz.ts';

/** How the limits of parts are taken. */
export interface LimitTools {
  readonly assumptions: Assumptions;
  readonly budget: Budget;
  readonly notebook: LimitNotebook;
  readonly ofTerms: (expression: Expression) => Expression;
  /** The limit of a product without summed times, and of one factor that neither grows nor vanishes. */
  readonly product: (factors: readonly FactorPower[]) => Expression;
  readonly factor: (own: FactorPower) => Expression;
  /** The limit of an expression that is equal to its closed form; refuses where sums are left in that. */
  readonly limitOfClosed: (whole: Expression) => Expression;
  readonly closed: (expression: Expression, assumptions: Assumptions) => Expression;
  readonly note: (divisor: Expression) => void;
}

const TOEPLITZ = 'Silverman–Toeplitz: a limit under a sum whose weights leave every fixed time';
const TANNERY = 'Tannery: a limit under a sum with a dominating series';

export class LimitOfSums {
  readonly #tools: LimitTools;
  readonly #bounds: Bounds;

  constructor(tools: LimitTools) {
    this.#tools = tools;
    const { assumptions, budget, closed } = tools;
    this.#bounds = new Bounds({
      assumptions,
      budget,
      closed,
      // One with gradients is the statement's own, which has no value where it vanishes.
      note: divisor => {
        if (isScalar(divisor)) tools.note(divisor);
      },
    });
  }

  /** The theorem of Silverman and Toeplitz, condition by condition; null where the term is no sum of its kind. */
  weighted(term: Term): Expression | null {
    return this.#tools.notebook.show(sumTerms([term]), () => this.#toeplitz(term));
  }

  #toeplitz(term: Term): ShownLimit | null {
    const { assumptions, factor, limitOfClosed, notebook } = this.#tools;
    const sum = weightedSum(term, assumptions);
    if (sum === null || sum.inner.length === 0) return null;
    if (!sum.inner.every(each => this.#hasValues(each))) return null;
    const inner = multiply(...sum.inner.map(each => this.#innerLimit(each)));
    // Bounded, since it has a limit.
    limitOfClosed(sum.sizes);
    for (const time of sum.times) if (!isZero(limitOfClosed(sum.sizesAt(time)))) return null;
    const outer = multiply(...sum.outer.map(factor));
    notebook.theorem(TOEPLITZ);
    const relation = { kind: 'toeplitz', sizes: sum.sizes, fixed: sum.times.map(sum.sizesAt) } as const;
    if (isZero(inner)) return { rule: TOEPLITZ, after: ZERO_EXPRESSION, relation };
    const weights = limitOfClosed(sum.weights);
    const after = scale(sum.overCoordinates(multiply(outer, inner, weights)), sum.coefficient);
    return { rule: TOEPLITZ, after, relation };
  }

  /** Whether a quantity at a time has a value at every time of the range; gradients in its denominator are the statement's own. */
  #hasValues({ power: { factor, exponent }, time, from }: InnerFactor): boolean {
    if (plainExponent(exponent)?.sign() === 1) return true;
    const { assumptions, budget } = this.#tools;
    const start = new Map([[time, variableForm(ITERATION_INDEX, from)]]);
    const base = substituteIndices(factorExpression(factor), start);
    if (isZero(base)) return false;
    const opened =
      factor.kind === 'template' ? substituteIndices(instantiate(factor.template, factor.arguments), start) : base;
    return !isScalar(opened) || provablyNonzero(opened, assumptions, budget);
  }

  /** The limit of a quantity as its time goes to infinity. */
  #innerLimit({ power: { factor, exponent }, time }: InnerFactor): Expression {
    const late = substituteIndices(
      factorExpression(factor, exponent),
      new Map([[time, variableForm(ITERATION_INDEX)]]),
    );
    return this.#tools.ofTerms(late);
  }

  /** Tannery's theorem, in every way in which the term is a sum of its kind. */
  dominated(term: Term): (() => Expression | null)[] {
    const { assumptions, notebook } = this.#tools;
    const whole = sumTerms([term]);
    return dominatedSums(term, assumptions, this.#bounds).map(
      find => () =>
        notebook.show(whole, () => {
          const sum = find();
          return sum === null ? null : this.#tannery(sum);
        }),
    );
  }

  #tannery(sum: DominatedSum): ShownLimit {
    const { factor, limitOfClosed, notebook, ofTerms, product } = this.#tools;
    const outer = multiply(...sum.outer.map(factor));
    const moving = sum.isLeft ? ZERO_EXPRESSION : product(sum.moving);
    // Bounded, since it has a limit.
    limitOfClosed(sum.sizes);
    notebook.theorem(TANNERY);
    // How fast it is approached is not said.
    notebook.slow();
    const relation = { kind: 'tannery', sizes: sum.sizes, dominated: sum.dominated } as const;
    const series = scale(sum.sum(multiply(outer, moving)), sum.coefficient);
    return { rule: TANNERY, after: isZero(series) ? series : ofTerms(series), relation };
  }
}
