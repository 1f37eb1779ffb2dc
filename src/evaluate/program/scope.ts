/** What may be used at a place of a formula, and the integers that are made of it. */
import { refuse } from '../../base/problem.ts';
import { BATCHES, COMPONENT, DIMENSION, type Formula, ITERATION, POPULATION, TIME } from '../../formula/formula.ts';
import { compileInteger, type IntegerExpression, type Slot } from './integer-expression.ts';
import type { NodeTable } from './node-table.ts';

/** How deep formulas, definitions inside them included, may be nested. */
const DEEPEST_FORMULA = 500;
const ROLES: readonly string[] = [ITERATION, COMPONENT, DIMENSION, BATCHES, POPULATION, TIME];

export class Scope {
  readonly #table: NodeTable;
  readonly #letters: ReadonlySet<string>;
  readonly depth: number;

  private constructor(table: NodeTable, letters: ReadonlySet<string>, depth: number) {
    this.#table = table;
    this.#letters = letters;
    this.depth = depth;
  }

  /** The roles and the given letters. */
  static of(table: NodeTable, letters: readonly string[], depth = 0): Scope {
    return new Scope(table, new Set([...ROLES, ...letters]), depth);
  }
  with(letter: string): Scope {
    return new Scope(this.#table, new Set([...this.#letters, letter]), this.depth);
  }
  /** One level further in. Refuses at the deepest. */
  inner(formula: Formula): Scope {
    if (this.depth >= DEEPEST_FORMULA) refuse('too-deep', `nested deeper than ${DEEPEST_FORMULA} levels`, formula.span);
    return new Scope(this.#table, this.#letters, this.depth + 1);
  }
  /** How many letters are bound besides the roles. */
  get boundCount(): number {
    return this.#letters.size - ROLES.length;
  }

  slotOf(letter: string, at: Formula): Slot {
    if (this.#letters.has(letter)) return this.#table.slot(letter);
    return refuse('unbound-index', `the index letter ${letter.replace('#', '')} has no meaning here`, at.span);
  }
  /** The formula as a rational linear form or an integer expression; null where it is neither. */
  number(formula: Formula): IntegerExpression | null {
    return compileInteger(formula, (letter, at) => this.slotOf(letter, at));
  }
  /** Refuses what is not an integer. */
  integer(formula: Formula): IntegerExpression {
    const value = this.number(formula);
    if (value?.integral) return value;
    return refuse('not-an-integer', 'an integer of index letters is expected here', formula.span);
  }
}
