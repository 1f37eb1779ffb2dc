/** Losses in Float64 for simulations: gradients along curves of points, exact but for rounding. */
import type { Jet } from '../jet/jet.ts';

/**
 * A loss with the gradient of its values along a series of points x(h) = x_0 + h x_1 + …: ∇E(x(h)) term by term. Two terms are
 * the gradient and a Hessian-vector product, three have the third derivative. Never finite differences.
 */
export interface FloatLoss {
  /** How messages and tables call it. */
  readonly name: string;
  /** ∇E(point) to `terms` terms. Where it has no value the target is not finite. */
  gradient(target: Jet, point: Jet, terms: number): void;
}

/** The losses of a run: step k uses E_k = losses[order[k mod order.length]]. In the full batch there is one. */
export interface LossSequence {
  readonly losses: readonly FloatLoss[];
  readonly dimension: number;
  /** One pass over the batches, as positions in `losses`. */
  readonly order: readonly number[];
}

/** The position in `losses` of E_k, k ≥ 0. */
export const batchAt = ({ order }: LossSequence, k: number): number => order[k % order.length] ?? 0;
