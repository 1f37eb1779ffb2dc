/** The judge's own program: the derivation, the prover and the series route of this package. */
import { deriveModifiedEquation, type ModifiedEquation } from '../../derivation/derive.ts';
import type { Engine } from './engine.ts';
import { followEquation } from '../follow-equation.ts';
import { proveStatement } from './prove.ts';

export const standardEngine: Engine<ModifiedEquation> = {
  derive: deriveModifiedEquation,
  prove: proveStatement,
  follow: followEquation,
};
