/**
 * One step of length h of the flow θ̃′ = Σ_q h^q f_q^{(n)}(θ̃) by its Taylor coefficients in the part s of the step that has passed: with
 * θ̃ = Σ_k s^k p_k, p_{k+1} = h [s^k] f / (k+1), which is of order h^{k+1}. So a coefficient h^q f_q is needed at few powers of s where q is
 * large: of a field of many terms most are evaluated at few, of short series.
 *
 * Source: Griewank, Walther, Evaluating Derivatives, 2nd ed., 13.2 (Taylor series of the solution of an equation).
 */
import type { Budget } from '../../base/budget.ts';
import { Refusal } from '../../base/problem.ts';
import { Rational } from '../../number/rational.ts';
import { type Environment, liftEnvironment } from '../environment.ts';
import type { Equation } from '../evaluate-equation.ts';
import { Evaluator } from '../evaluator.ts';
import { type RingSeries, SeriesRing } from '../ring/series-ring.ts';
import { programOf } from './flow.ts';

type Point<T> = readonly RingSeries<T>[];

/** θ̃((n+1)h) from θ̃(nh) = `start`, in every term of `ring`; `environment.step()` is h, the ring's variable. Refuses a pole as h → 0. */
export function taylorFlow<T>(
  ring: SeriesRing<T>,
  equation: Equation,
  environment: Environment<RingSeries<T>>,
  n: number,
  start: Point<T>,
  budget: Budget,
): Point<T> {
  const h = ring.monomial(ring.base.one, 1);
  // h f is asked for up to h^last.
  const last = ring.terms - 1;
  const parts: Point<T>[] = [start];
  for (let k = 0; k < last; k += 1) {
    const slope = coefficientOf(k, { ring, equation, environment, n, parts, budget, last });
    const by = ring.multiply(h, ring.fromRational(Rational.of(1, k + 1)));
    parts.push(slope.map(value => ring.multiply(by, value)));
  }
  return start.map((_, place) =>
    parts.map(part => part[place] ?? ring.zero).reduce((sum, value) => ring.add(sum, value)),
  );
}

interface Passed<T> {
  readonly ring: SeriesRing<T>;
  readonly equation: Equation;
  readonly environment: Environment<RingSeries<T>>;
  readonly n: number;
  /** p_0, p_1, … as far as they are known. */
  readonly parts: readonly Point<T>[];
  readonly budget: Budget;
  readonly last: number;
}

/** [s^k] Σ_q h^q f_q, without what is beyond h^{last−1}. */
function coefficientOf<T>(k: number, passed: Passed<T>): Point<T> {
  const { ring, equation, environment, last } = passed;
  const { coefficients, definitions } = equation;
  const highest = Math.min(coefficients.length, last - k) - 1;
  // What is defined is evaluated once for all coefficients.
  const whole = definitions.length > 0 ? fieldAt(k, passed, ring.terms) : null;
  let sum: Point<T> = passed.parts[0]?.map(() => ring.zero) ?? [];
  for (let q = highest; q >= 0; q -= 1) {
    const values = whole?.(q) ?? shortest(last - q, length => fieldAt(k, passed, length)(q), ring.terms);
    sum = sum.map((value, place) => ring.add(ring.multiply(value, environment.step()), values[place] ?? ring.zero));
  }
  for (const value of sum) ring.coefficient(value, 0);
  return sum;
}

/** What `at` gives of points known to h^wanted; of all that is known where that does not tell so many powers. */
function shortest<T>(wanted: number, at: (length: number) => Point<T>, most: number): Point<T> {
  try {
    const values = at(wanted);
    if (values.every(value => value.low === undefined && (value.isFree === true || value.length >= wanted)))
      return values;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return at(most);
}

/** [s^k] f_q as a function of q, the point known to h^length. */
function fieldAt<T>(k: number, passed: Passed<T>, length: number): (q: number) => Point<T> {
  const { ring, equation, environment, n, parts, budget } = passed;
  const outer = new SeriesRing(ring, k + 1);
  const point = (parts[0] ?? []).map((_, place) => parts.map(part => shortened(part[place] ?? ring.zero, length)));
  const lifted = liftEnvironment(environment, outer);
  // θ^{(n)} in the formula of a step is the point that the step starts from.
  const iterate = (label: number): readonly RingSeries<RingSeries<T>>[] =>
    label === n ? point : lifted.iterate(label);
  const evaluator = new Evaluator(programOf(equation), { ...lifted, point, iterate }, budget);
  return q => {
    const formula = equation.coefficients[q];
    if (formula === undefined) throw new Error(`the equation has no coefficient of h^${q}`);
    return point.map((_, place) => outer.coefficient(evaluator.at(formula, n, place + 1), k));
  };
}

/** The series known less far. */
const shortened = <T>(series: RingSeries<T>, length: number): RingSeries<T> =>
  series.isFree === true || series.low !== undefined || series.length <= length ? series : series.slice(0, length);
