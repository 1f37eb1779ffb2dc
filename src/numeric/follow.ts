/**
 * Does an equation follow the optimizer? Both are started at one point and expanded in h, and the expansions compared.
 *
 * An equation that is right to order q agrees with the n-th iterate through h^{q+1} for every n; one that is not right to
 * order q + 1 differs at h^{q+2} (at generic instances). No symbolic expansion takes part.
 */
import { Budget } from '../base/budget.ts';
import { attempt, type Result } from '../base/problem.ts';
import { type BigFloat, logarithmOfSize } from '../number/big-float.ts';
import type { Optimizer } from '../optimizer/model.ts';
import type { Equation } from './evaluate-equation.ts';
import { FloatRing } from './float-ring.ts';
import { flowStep, mapStep, type VectorField, vectorField } from './flow.ts';
import type { Instance } from './instance.ts';
import { instanceEnvironment } from './instance-environment.ts';
import { runOptimizer } from './run-optimizer.ts';
import { type Series, SeriesRing } from './series-ring.ts';

export type FollowForm = 'flow' | 'map' | 'next';

export interface FollowOptions {
  /** How many steps; the instance needs a loss for each (batches 0 … steps − 1). */
  readonly steps: number;
  /** How many powers of h, from h⁰, are compared: q + 3 shows the first error of an equation of order q. */
  readonly terms: number;
  readonly digits: number;
  /**
   * `flow`: coefficients[q] of h^q in θ̃′. `map`: of h^{q+1} in the step of the memoryless map. `next`: of h^q in the next
   * point itself.
   */
  readonly form?: FollowForm;
  readonly budget?: Budget;
}

/** Iterate and flow after `step` steps. */
export interface StepDifference {
  readonly step: number;
  /** The first power of h at which they differ in some component; null: in none of the powers compared. */
  readonly power: number | null;
  /** log10 of the largest component of the difference at h^s, s = 0 … terms − 1; −∞ where it is zero. */
  readonly sizes: readonly number[];
  /** log10 of the largest coefficient of h^s of the iterate: what the sizes are to be compared with. */
  readonly scales: readonly number[];
}

/**
 * Iterates and flow from θ^{(0)} = the instance's θ, for 1 … steps steps. Differences count as zero where they are smaller than the
 * coefficients by half of the digits. The equation's f^{(n)} is used on [nh, (n+1)h].
 */
export function followOptimizer(
  optimizer: Optimizer,
  equation: Equation,
  instance: Instance,
  options: FollowOptions,
): Result<StepDifference[]> {
  const { steps, terms, digits, form = 'flow', budget = Budget.unlimited() } = options;
  return attempt(() => {
    const base = new FloatRing(digits);
    const ring = new SeriesRing(base, terms);
    const environment = instanceEnvironment(instance, ring, ring.monomial(base.one, 1));
    const iterates = runOptimizer(optimizer, environment, steps, budget);
    let point = environment.point;
    return iterates.slice(1).map((iterate, n) => {
      const field = vectorField(equation, environment, n, budget);
      point = next(form, ring, field, point);
      return compare(ring, n + 1, iterate, point, digits);
    });
  });
}

function next(
  form: FollowForm,
  ring: SeriesRing<BigFloat>,
  field: VectorField<Series<BigFloat>>,
  point: readonly Series<BigFloat>[],
): readonly Series<BigFloat>[] {
  switch (form) {
    case 'flow':
      return flowStep(ring, field, point);
    case 'map':
      return mapStep(ring, field, point);
    case 'next':
      return field(point);
  }
}

function compare(
  ring: SeriesRing<BigFloat>,
  step: number,
  iterate: readonly Series<BigFloat>[],
  flow: readonly Series<BigFloat>[],
  digits: number,
): StepDifference {
  const sizes: number[] = [];
  const scales: number[] = [];
  let power: number | null = null;
  for (let s = 0; s < ring.terms; s += 1) {
    const differences = iterate.map((series, place) =>
      ring.base.subtract(ring.coefficient(series, s), ring.coefficient(flow[place] ?? ring.zero, s)),
    );
    const size = Math.max(...differences.map(logarithmOfSize));
    const scale = Math.max(...[...iterate, ...flow].map(series => logarithmOfSize(ring.coefficient(series, s))));
    sizes.push(size);
    scales.push(scale);
    // Coefficients of lower powers enter into higher ones, so that their sizes set the rounding error too.
    if (power === null && size > Math.max(...scales) - digits / 2) power = s;
  }
  return { step, power, sizes, scales };
}
