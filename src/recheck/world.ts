/**
 * What the names in a normal form stand for at one point: numbers for hyperparameters, derivatives of losses, components of
 * θ, schedules and functions. A world knows nothing of expressions; where a name has no value it refuses.
 */
import type { Ring } from '../evaluate/ring/ring.ts';

/** Which value of a recursion: its component, its label, the coordinates of its derivatives, the label of its point. */
export interface RecursivePlace {
  readonly component: number | null;
  readonly label: number;
  readonly coordinates: readonly number[];
  readonly at: number | null;
}

export interface World<T> {
  readonly ring: Ring<T>;
  /** The number of coordinates, p ≥ 1. */
  readonly dimension: number;
  symbol(name: string): T;
  /** ∂_{coordinates}E_batch at θ^{(at)}; a null batch is the loss without an index, a null label the current θ. */
  loss(batch: number | null, coordinates: readonly number[], at: number | null): T;
  /** The mean over the population of the product of these derivatives of E_k − E at θ^{(at)}. */
  moment(parts: readonly (readonly number[])[], at: number | null): T;
  /** θ_coordinate^{(at)}. */
  point(coordinate: number, at: number | null): T;
  /** A value that is defined by a recursion, or its derivative by θ. */
  recursive(recursion: { readonly id: string; readonly name: string }, place: RecursivePlace): T;
  /** The schedule η, or the declared vector, of that name. */
  schedule(name: string, index: number): T;
  /** φ^{(order)}(argument) of a function that is not an elementary one. */
  function(name: string, order: number, argument: T): T;
  /** ∂_{by}F_component(argument); a null component for a scalar function of a vector. */
  vectorFunction(name: string, component: number | null, by: readonly number[], argument: readonly T[]): T;
}
