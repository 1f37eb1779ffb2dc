/**
 * Does an equation follow the optimizer? Both are started at one point and expanded in h, and the expansions compared.
 *
 * An equation that is right to order q agrees with the n-th iterate through h^{q+1} for every n; one that is not right to
 * order q + 1 differs at h^{q+2} (at generic instances). No symbolic expansion takes part.
 */
import { Budget } from '../../base/budget.ts';
import { failure, type Result } from '../../base/problem.ts';
import { logarithmOfSize } from '../../number/big-float.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { type Ball, isApart, mayBeZero } from '../ring/ball.ts';
import { ballRing, enclose, precisionsFrom } from '../ring/enclose.ts';
import type { EnclosingRing } from '../ring/enclosure-ring.ts';
import type { Equation } from '../evaluate-equation.ts';
import { flowStep, mapStep, type VectorField, vectorField } from './flow.ts';
import type { Instance } from '../instance/instance.ts';
import { instanceEnvironment } from '../instance/instance-environment.ts';
import { taylorFlow } from './taylor-flow.ts';
import { runOptimizer } from './run-optimizer.ts';
import { LaurentRing, withEnoughTerms } from '../ring/laurent-ring.ts';
import type { RingSeries, SeriesRing } from '../ring/series-ring.ts';

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

/** Iterate and flow after `step` steps, in numbers that are surely what they say. */
export interface StepDifference {
  readonly step: number;
  /** The first power of h at which they surely differ in some component; null: in none of the powers compared. */
  readonly power: number | null;
  /** log10 of the largest component of the difference at h^s, s = 0 … terms − 1; −∞ where it is zero for all that is known. */
  readonly sizes: readonly number[];
  /** log10 of the largest coefficient of h^s of the iterate: what the sizes are to be compared with. */
  readonly scales: readonly number[];
}

/**
 * Iterates and flow from θ^{(0)} = the instance's θ, for 1 … steps steps. A difference counts where it is surely not zero; one
 * that may be zero must be smaller than the coefficients by half of the digits, else more digits are taken, and a start at
 * which no precision tells has no result. The equation's f^{(n)} is used on [nh, (n+1)h].
 */
export function followOptimizer(
  optimizer: Optimizer,
  equation: Equation,
  instance: Instance,
  options: FollowOptions,
): Result<StepDifference[]> {
  for (const digits of precisionsFrom(options.digits)) {
    const steps = withEnoughTerms(options.terms, powers =>
      enclose(digits, base => follow(optimizer, equation, instance, options, base, powers)),
    );
    if (!steps.ok) return steps;
    const known = steps.value.map(({ step, rows }) => compare(step, rows, digits, options.digits));
    const certain = known.filter(each => each !== null);
    if (certain.length === known.length) return { ok: true, value: certain };
  }
  return failure({ code: 'digits-not-reached', message: 'the digits do not tell whether the equation follows' });
}

/** rows[s][j]: the coefficients of h^s in component j. */
interface Step {
  readonly step: number;
  readonly rows: readonly (readonly { readonly iterate: Ball; readonly flow: Ball }[])[];
}

function follow<T>(
  optimizer: Optimizer,
  equation: Equation,
  instance: Instance,
  { steps, terms, form = 'flow', budget = Budget.unlimited() }: FollowOptions,
  base: EnclosingRing<T>,
  powers: number,
): Step[] {
  const ring = new LaurentRing(base, powers);
  const environment = instanceEnvironment(instance, ring, ring.monomial(base.one, 1));
  const iterates = runOptimizer(optimizer, environment, steps, budget);
  let point = environment.point;
  return iterates.slice(1).map((iterate, n) => {
    point =
      form === 'flow' && powers > FEW
        ? taylorFlow(ring, equation, environment, n, point, budget)
        : next(form, ring, vectorField(equation, environment, n, budget), point);
    const rows = Array.from({ length: terms }, (_, s) =>
      iterate.map((series, place) => ({
        iterate: base.ball(ring.coefficient(series, s)),
        flow: base.ball(ring.coefficient(point[place] ?? ring.zero, s)),
      })),
    );
    return { step: n + 1, rows };
  });
}

/** Up to so many terms a method of order four, or Euler's method extrapolated, costs no more. */
const FEW = 7;

function next<T>(
  form: FollowForm,
  ring: SeriesRing<T>,
  field: VectorField<RingSeries<T>>,
  point: readonly RingSeries<T>[],
): readonly RingSeries<T>[] {
  switch (form) {
    case 'flow':
      return flowStep(ring, field, point);
    case 'map':
      return mapStep(ring, field, point);
    case 'next':
      return field(point);
  }
}

/** null: a difference may be zero, and may be not small. */
function compare(step: number, rows: Step['rows'], digits: number, asked: number): StepDifference | null {
  const ring = ballRing(digits);
  const sizes: number[] = [];
  const scales: number[] = [];
  let power: number | null = null;
  for (const [s, row] of rows.entries()) {
    const differences = row.map(({ iterate, flow }) => ring.subtract(iterate, flow));
    const scale = Math.max(...row.flatMap(({ iterate, flow }) => [logarithmOfSize(iterate), logarithmOfSize(flow)]));
    scales.push(scale);
    sizes.push(
      Math.max(...differences.map(value => (mayBeZero(value) ? Number.NEGATIVE_INFINITY : logarithmOfSize(value)))),
    );
    if (power !== null) continue;
    if (differences.some(value => !ring.isZero(value) && isApart(value))) power = s;
    // Coefficients of lower powers enter into higher ones, so that their sizes say what is small.
    else if (Math.max(...differences.map(errorOf)) > Math.max(...scales) - asked / 2) return null;
  }
  return { step, power, sizes, scales };
}

/** log10 of the bound of the error. */
const errorOf = ({ radius, scale }: Ball): number => Math.log10(radius) + scale * Math.log10(2);
