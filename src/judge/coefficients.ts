/** A derived equation as both routes see it: formulas, and where they have no value. */
import type { Definition, Formula } from '../formula/formula.ts';
import type { SwitchingSet } from '../formula/pieces/switching.ts';

export interface Coefficients {
  readonly coefficients: readonly Formula[];
  readonly definitions: readonly Definition[];
  /** Where the coefficients have no value. */
  readonly switches?: readonly SwitchingSet[];
}
