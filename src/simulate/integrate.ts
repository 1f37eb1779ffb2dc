/** One piece of an ordinary differential equation, by a library; blow-up and endless work end in a refusal. */
import { createRequire } from 'node:module';
import { refuse } from '../base/problem.ts';

/** The part of odex that is used. Plain arrays only: typed arrays give NaN. */
interface Solver {
  absoluteTolerance: number;
  relativeTolerance: number;
  initialStepSize: number;
  solve(
    field: (x: number, y: number[]) => number[],
    from: number,
    start: number[],
    to: number,
  ): { readonly y: number[]; readonly outcome: number };
}
// Imported, its sources would be compiled under this project's rules, since it ships no declarations beside them.
const odex: { readonly Solver: new (dimension: number) => Solver } = createRequire(import.meta.url)('odex');

/** More evaluations on one piece mean that the equation is stiff or blows up there. */
const MOST_EVALUATIONS = 20_000;
/** Odex's bound of the error of a step, relative and absolute. */
export const TOLERANCE = 1e-12;

/** y(to) of y′ = field(y), y(from) = start, over a short piece on which `field` is smooth. */
export function integrate(
  field: (y: readonly number[]) => ArrayLike<number>,
  start: readonly number[],
  length: number,
  tolerance: number = TOLERANCE,
): number[] {
  const solver = new odex.Solver(start.length);
  solver.absoluteTolerance = tolerance;
  solver.relativeTolerance = tolerance;
  solver.initialStepSize = length;
  let evaluations = 0;
  const { y, outcome } = solver.solve(
    (_, at) => {
      evaluations += 1;
      if (evaluations > MOST_EVALUATIONS)
        refuse(
          'not-integrated',
          `the modified equation could not be integrated to ${tolerance} over one step of length ${length}`,
        );
      return Array.from(field(at));
    },
    0,
    [...start],
    length,
  );
  if (outcome !== 0 || !y.every(Number.isFinite))
    refuse(
      'not-integrated',
      `the solution of the modified equation leaves all bounds within one step of length ${length}`,
    );
  return y;
}
