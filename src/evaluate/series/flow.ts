/**
 * One step of length h of the flow θ̃′ = Σ_q h^q f_q^{(n)}(θ̃) in truncated power series of h, exact in every kept term.
 *
 * A one-step method of order r is exact through h^r as a formal series, because the right side's own h is only a
 * parameter. The classical Runge–Kutta method does for five terms; beyond, Euler's method is extrapolated (Aitken and
 * Neville), whose order is the number of its runs.
 */
import { Budget } from '../../base/budget.ts';
import { Rational } from '../../number/rational.ts';
import type { Environment } from '../environment.ts';
import type { Equation } from '../evaluate-equation.ts';
import { Evaluator } from '../evaluator.ts';
import { Program } from '../program/program.ts';
import type { RingSeries, SeriesRing } from '../ring/series-ring.ts';

type Point<T> = readonly T[];
/** The right side of an autonomous equation. */
export type VectorField<T> = (point: Point<T>) => Point<T>;

const programs = new WeakMap<Equation, Program>();

/** What the formulas of an equation are compiled to, once. */
export function programOf(equation: Equation): Program {
  const program =
    programs.get(equation) ?? new Program({ definitions: equation.definitions, declarations: equation.declarations });
  programs.set(equation, program);
  return program;
}

/**
 * The right side Σ_q h^q f_q^{(n)} of an equation at iteration n, where `environment.step()` is h. A coefficient may itself
 * contain h: then it is the whole right side.
 */
export function vectorField<T>(
  equation: Equation,
  environment: Environment<T>,
  n: number,
  budget: Budget = Budget.unlimited(),
): VectorField<T> {
  const program = programOf(equation);
  const { ring } = environment;
  return point => {
    // θ^{(n)} in the formula of a step is the point that the step starts from.
    const iterate = (label: number): readonly T[] => (label === n ? point : environment.iterate(label));
    const evaluator = new Evaluator(program, { ...environment, point, iterate }, budget);
    return point.map((_, place) => {
      // Horner's rule in h.
      let value = ring.zero;
      for (const coefficient of equation.coefficients.toReversed())
        value = ring.add(ring.multiply(value, environment.step()), evaluator.at(coefficient, n, place + 1));
      return value;
    });
  };
}

/** θ̃((n+1)h) from θ̃(nh) along `field`, in every term of `ring`; h is the ring's variable. */
export function flowStep<T>(
  ring: SeriesRing<T>,
  field: VectorField<RingSeries<T>>,
  start: Point<RingSeries<T>>,
): Point<RingSeries<T>> {
  const h = ring.monomial(ring.base.one, 1);
  const bounded = withoutPoles(ring, field);
  return ring.terms <= 5 ? rungeKutta(ring, bounded, start, h) : extrapolatedEuler(ring, bounded, start, h);
}

/** One step of the memoryless map θ + h Σ_q h^q Φ_q^{(n)}(θ), whose Φ_q are the equation's coefficients. */
export function mapStep<T>(
  ring: SeriesRing<T>,
  field: VectorField<RingSeries<T>>,
  start: Point<RingSeries<T>>,
): Point<RingSeries<T>> {
  return moved(ring, start, [[ring.monomial(ring.base.one, 1), withoutPoles(ring, field)(start)]]);
}

/** The field where it has values as h → 0; refuses a pole, which the factor h of a step would hide. */
const withoutPoles =
  <T>(ring: SeriesRing<T>, field: VectorField<RingSeries<T>>): VectorField<RingSeries<T>> =>
  point => {
    const values = field(point);
    for (const value of values) ring.coefficient(value, 0);
    return values;
  };

/** start + Σ factor · direction. */
function moved<T>(
  ring: SeriesRing<T>,
  start: Point<RingSeries<T>>,
  moves: readonly (readonly [RingSeries<T>, Point<RingSeries<T>>])[],
): Point<RingSeries<T>> {
  return start.map((value, place) =>
    moves.reduce(
      (sum, [factor, direction]) => ring.add(sum, ring.multiply(factor, direction[place] ?? ring.zero)),
      value,
    ),
  );
}

function rungeKutta<T>(
  ring: SeriesRing<T>,
  field: VectorField<RingSeries<T>>,
  start: Point<RingSeries<T>>,
  h: RingSeries<T>,
): Point<RingSeries<T>> {
  const times = (factor: Rational): RingSeries<T> => ring.multiply(h, ring.fromRational(factor));
  const half = times(Rational.of(1, 2));
  const first = field(start);
  const second = field(moved(ring, start, [[half, first]]));
  const third = field(moved(ring, start, [[half, second]]));
  const fourth = field(moved(ring, start, [[h, third]]));
  const sixth = times(Rational.of(1, 6));
  const twoSixths = times(Rational.of(1, 3));
  return moved(ring, start, [
    [sixth, first],
    [twoSixths, second],
    [twoSixths, third],
    [sixth, fourth],
  ]);
}

/** Euler's method with 1, 2, …, terms − 1 substeps, extrapolated to infinitely many: right modulo h^terms. */
function extrapolatedEuler<T>(
  ring: SeriesRing<T>,
  field: VectorField<RingSeries<T>>,
  start: Point<RingSeries<T>>,
  h: RingSeries<T>,
): Point<RingSeries<T>> {
  const runs = ring.terms - 1;
  let total: Point<RingSeries<T>> = start.map(() => ring.zero);
  const first = field(start);
  for (let parts = 1; parts <= runs; parts += 1) {
    const part = ring.multiply(h, ring.fromRational(Rational.of(1, parts)));
    let point = moved(ring, start, [[part, first]]);
    for (let substep = 1; substep < parts; substep += 1) point = moved(ring, point, [[part, field(point)]]);
    total = moved(ring, total, [[ring.fromRational(neville(parts, runs)), point]]);
  }
  return total;
}

/** The weight of the run with `parts` substeps among 1 … runs: Π_{s≠parts} parts / (parts − s). */
function neville(parts: number, runs: number): Rational {
  let weight = Rational.one;
  for (let other = 1; other <= runs; other += 1) {
    if (other !== parts) weight = weight.multiply(Rational.of(parts, parts - other));
  }
  return weight;
}
