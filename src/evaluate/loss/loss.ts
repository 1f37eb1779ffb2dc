/** Losses and other concrete functions of several variables, with all their derivatives, over any ring. */
import type { Ring } from '../ring/ring.ts';

/**
 * Value at x = (x1, …, xp). A partial derivative is one of these too. `memo` may be given to share work between the
 * derivatives of one function, and of several, at one point: it belongs to one ring and one x, and starts empty.
 */
export type LossFunction = <T>(ring: Ring<T>, x: readonly T[], memo?: Map<object, T>) => T;

/** A smooth function of several variables: a batch loss E_k(x1…xp), a function K(v1…vp) of a vector, a φ(x) of one. */
export interface Loss {
  /** What an instance holds: in x1…xp (v1…vp for functions of a vector, x for functions of a scalar). */
  readonly text: string;
  /** ∂_{i1}…∂_{ir}, coordinates counted from 1 in any order; no index: the function itself. */
  derivative(indices: readonly number[]): LossFunction;
}
