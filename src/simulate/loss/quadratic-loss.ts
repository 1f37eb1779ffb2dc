/** Quadratic losses ½xᵀAx + bᵀx: gradients along series of points are exact to every power. */
import type { FloatLoss } from './float-loss.ts';

export interface Quadratic {
  /** A, symmetric. */
  readonly matrix: readonly (readonly number[])[];
  /** b. */
  readonly slope: readonly number[];
}

/** The loss under a name. */
export function quadraticLoss(name: string, { matrix, slope }: Quadratic): FloatLoss {
  const dimension = slope.length;
  return {
    name,
    gradient: (target, point, terms) => {
      target.degree = Math.min(point.degree, terms - 1);
      for (let q = 0; q <= target.degree; q += 1)
        for (let i = 0; i < dimension; i += 1) {
          let sum = q === 0 ? (slope[i] ?? 0) : 0;
          for (let k = 0; k < dimension; k += 1)
            sum += (matrix[i]?.[k] ?? 0) * (point.data[q * dimension + k] ?? Number.NaN);
          target.data[q * dimension + i] = sum;
        }
    },
  };
}
