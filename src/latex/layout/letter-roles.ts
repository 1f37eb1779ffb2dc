/** What the letters of a notation mean, by canonical name. */
import { BATCHES, COMPONENT, DIMENSION, ITERATION } from '../../formula/formula.ts';
import type { Notation } from '../../optimizer/model.ts';
import { parseLetter } from './canonical-name.ts';
import { spellName } from './item.ts';

/** The single roles of letters that are no indices. */
export type LetterRole = 'loss' | 'parameters' | 'step' | 'time';

export interface LetterRoles {
  /** The role names of n, j, p, m. */
  readonly indices: ReadonlyMap<string, string>;
  /** The loss and the parameters stand under their letter without accents. */
  readonly special: ReadonlyMap<string, LetterRole>;
}

/** The roles of a notation are asked for at every formula; a notation never changes. */
const known = new WeakMap<Notation, LetterRoles>();

export function letterRoles(notation: Notation): LetterRoles {
  const before = known.get(notation);
  if (before !== undefined) return before;
  const roles: LetterRoles = {
    indices: new Map([
      [spell(notation.batches), BATCHES],
      [spell(notation.dimension), DIMENSION],
      [spell(notation.component), COMPONENT],
      [spell(notation.iteration), ITERATION],
    ]),
    special: new Map<string, LetterRole>([
      [core(notation.loss), 'loss'],
      [core(notation.parameters), 'parameters'],
      [spell(notation.step), 'step'],
      [spell(notation.time), 'time'],
    ]),
  };
  known.set(notation, roles);
  return roles;
}

/** A notation letter in canonical spelling. */
function spell(letter: string): string {
  const name = parseLetter(letter);
  return name === null ? letter : spellName(name);
}
/** A notation letter without its accents. */
const core = (letter: string): string => parseLetter(letter)?.core ?? letter;
