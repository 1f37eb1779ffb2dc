/** The judge's own program: the derivation, the prover and the series route of this package. */
import { type Derivations, deriveModifiedEquation, type ModifiedEquation } from '../../derivation/derive.ts';
import type { Engine } from './engine.ts';
import { followEquation } from '../follow-equation.ts';
import { proveStatement } from './prove.ts';

/** It derives by itself whatever it is asked for. */
export const standardEngine: Engine<ModifiedEquation> = {
  derive: deriveModifiedEquation,
  prove: proveStatement,
  follow: followEquation,
};

/** The same, taking what it derives from `derivations`, which others may share. */
export const engineOf = (derivations: Derivations): Engine<ModifiedEquation> => ({
  ...standardEngine,
  derive: (optimizer, options) => derivations.equation(optimizer, options),
});
