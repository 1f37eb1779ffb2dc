/**
 * The edges of a proof: where a side condition of one of its rules is tight, as β = ρ after a division by β − ρ, n = 13 after
 * a range that is empty by two from there on, or −1 in a slot that has to be at least that. The guard looks exactly there.
 *
 * An edge says where to look and never what to find; nothing is proved or refuted by it.
 */
import { index, number, parameter, subtraction } from '../../formula/build.ts';
import { DIMENSION, type Formula, ITERATION } from '../../formula/formula.ts';

export interface Edge {
  /** As it is shown: `n = 13`. */
  readonly text: string;
  /**
   * What vanishes there, all at once: formulas in the integers of the statement (n, p and its free labels, by their names as
   * index letters) and in its scalars. Bound letters have no value here and must not occur.
   */
  readonly zeros: readonly Formula[];
}

const edge = (text: string, left: Formula, right: Formula): Edge => ({ text, zeros: [subtraction(left, right)] });

/** n = c. */
export const iterationEdge = (c: number): Edge => edge(`n = ${c}`, index(ITERATION), number(c));
/** p = c. */
export const dimensionEdge = (c: number): Edge => edge(`p = ${c}`, index(DIMENSION), number(c));
/** A free label equals c. */
export const labelEdge = (label: string, c: number): Edge => edge(`${label} = ${c}`, index(label), number(c));
/** n is c steps after a free label. */
export const distanceEdge = (label: string, c: number): Edge =>
  edge(`n - ${label} = ${c}`, index(ITERATION), subtraction(index(label), number(-c)));
/** The argument of a slot, in n, p and free labels, is c. */
export const slotEdge = (argument: Formula, c: number): Edge => edge(`a slot is ${c}`, argument, number(c));
/** Two scalars are equal. */
export const equalScalarsEdge = (one: string, other: string): Edge =>
  edge(`${one} = ${other}`, parameter(one), parameter(other));
