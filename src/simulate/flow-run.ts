/** The solution of the piecewise modified equation θ̃′ = Σ_q h^q f_q^{(n)}(θ̃) on [nh, (n+1)h], restarted at every nh. */
import { Refusal } from '../base/problem.ts';
import { integrate, TOLERANCE } from './integrate.ts';
import type { RightSide } from './right-side.ts';

/** θ̃(0), θ̃(h), …, θ̃(steps·h). Refuses, with the time, where it cannot be continued. */
export function followFlow(
  field: Pick<RightSide, 'at'>,
  start: ArrayLike<number>,
  h: number,
  steps: number,
  tolerance: number = TOLERANCE,
): Float64Array[] {
  const points = [Float64Array.from(start)];
  let y = Array.from(start);
  for (let n = 0; n < steps; n += 1) {
    try {
      y = integrate(point => field.at(n, point, h), y, h, tolerance);
    } catch (error) {
      if (error instanceof Refusal)
        throw new Refusal({ ...error.problem, message: `at t = ${n * h}: ${error.problem.message}` });
      throw error;
    }
    points.push(Float64Array.from(y));
  }
  return points;
}
