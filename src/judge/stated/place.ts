/** One place at which the guard looks: sizes, free labels, and what vanishes there. What else a sample has is drawn. */
import type { Formula } from '../../formula/formula.ts';

/** Every p up to here is gone to where p matters. */
export const LARGEST_GUARDED_DIMENSION = 8;
/** The largest p beside a constant: with losses of a few monomials, with those that are linear, and where there is no loss. */
export const LARGEST_DIMENSION_OF = { lean: 40, even: 160, none: 200 } as const;

/**
 * Whether little is known where a formula may vanish and was not made to: `always` under a sign, a bar, max and min, which break there;
 * `along` where it is the same at every n and a limit may be another one there, as within what is divided by.
 */
export type Need = 'never' | 'along' | 'always';

export interface Place {
  readonly n: number;
  readonly dimension: number;
  /** The free labels that are not left to chance. */
  readonly letters: ReadonlyMap<string, number>;
  /** What is made zero there by its scalars, gradients and the like. */
  readonly zeros?: readonly Formula[];
  /** Whether much is open while nothing was seen there; see zeros.ts. */
  readonly needed?: Need;
  /** All losses are constant. */
  readonly flat?: boolean;
  /** All losses are linear, with the same slope in every coordinate. */
  readonly even?: boolean;
}
