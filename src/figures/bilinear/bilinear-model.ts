/**
 * The bilinear model ½(3/2 − 2θ₁θ₂)² of Barrett and Dherin, on which the reference paper's Section 5 draws Adam: its line of minima, and
 * the point of that line at which the one-norm of the gradient vanishes slowest.
 */

/** The residual y − xθ₁θ₂; the loss is half its square. */
const TARGET = 3 / 2;
const SLOPE = 2;
export const BILINEAR_LOSS = '(3/2 - 2*x1*x2)^2/2';
export const BILINEAR_START: readonly [number, number] = [2.8, 3.5];

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The point of the line of minima with this θ₁ > 0. */
export const minimumAt = (x: number): Point => ({ x, y: TARGET / SLOPE / x });

/** How far θ is from the line of minima: |3/2 − 2θ₁θ₂|. */
export const residual = ({ x, y }: Point): number => Math.abs(TARGET - SLOPE * x * y);

/**
 * lim ‖∇E‖₁/√(2E) at a point of the line of minima, ‖∇(xθ₁θ₂)‖₁: what is left of the one-norm of the gradient, relative to the residual,
 * when the line is reached there.
 */
export const limitingNorm = ({ x, y }: Point): number => SLOPE * (Math.abs(x) + Math.abs(y));

/** The point of the line of minima with the least limiting one-norm: a search by golden section. */
export function leastLimitingPoint(): Point {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [0.01, 10];
  while (high - low > 1e-9) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (limitingNorm(minimumAt(left)) < limitingNorm(minimumAt(right))) high = right;
    else low = left;
  }
  return minimumAt((low + high) / 2);
}
