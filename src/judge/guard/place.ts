/** One place at which the guard looks: sizes, free labels, and what vanishes there. What else a sample has is drawn. */
import type { Formula } from '../../formula/formula.ts';

export const LARGEST_GUARDED_DIMENSION = 8;

export interface Place {
  readonly n: number;
  readonly dimension: number;
  /** The free labels that are not left to chance. */
  readonly letters: ReadonlyMap<string, number>;
  /** What is made zero there by its scalars, gradients and the like. */
  readonly zeros?: readonly Formula[];
  /** All losses are constant. */
  readonly flat?: boolean;
}
