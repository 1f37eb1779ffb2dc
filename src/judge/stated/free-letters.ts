/** The index letters that a statement leaves free. */
import { COMPONENT, DIMENSION, type Formula, type IndexSort, ITERATION, POPULATION } from '../../formula/formula.ts';
import { places, type SortsOf } from './formula-places.ts';

const ROLES: ReadonlySet<string> = new Set([ITERATION, DIMENSION, POPULATION]);

/** Index letters that a formula uses without binding them, with what they count; n and p are not among them. */
export function freeLetters(formula: Formula, sortsOf: SortsOf): Map<string, IndexSort> {
  const found = new Map<string, IndexSort>();
  for (const { node, role, letters } of places(formula, new Map(), sortsOf)) {
    if (node.kind !== 'index' || ROLES.has(node.name) || letters.has(node.name)) continue;
    if (role === 'coordinate' || node.name === COMPONENT) found.set(node.name, 'coordinate');
    else if (!found.has(node.name)) found.set(node.name, 'history');
  }
  return found;
}
