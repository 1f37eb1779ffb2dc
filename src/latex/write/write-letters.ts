/**
 * Which letter a name gets on paper: roles by the notation, bound indices by their own letter wherever that is free.
 *
 * Bound letters are changed only where they would be read wrongly: inside the scope of the same letter, where the
 * letter has a role, where it is also a free name, and where the program made the name up (`#…`).
 */
import { refuse } from '../../base/problem.ts';
import { BATCHES, COMPONENT, DIMENSION, ITERATION, OTHER_COMPONENT, TIME } from '../../formula/formula.ts';
import type { Formula, IndexSort } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import type { Notation } from '../../optimizer/model.ts';
import { boundIndex } from './write-vector.ts';

/** Deeper formulas are refused before any recursion can run out of stack. */
const MAXIMAL_DEPTH = 800;

const FRESH: Readonly<Record<IndexSort, readonly string[]>> = {
  coordinate: ['i', 's', 'r', 'q', 'u', 'a', 'b', 'c', 'd'],
  history: ['k', 'l', 'a', 'b', 'c', 'r', 's', 'u', 'v'],
};

const ROLES: ReadonlySet<string> = new Set([ITERATION, COMPONENT, OTHER_COMPONENT, DIMENSION, BATCHES, TIME]);

export interface WrittenFormal {
  readonly name: string;
  readonly sort: IndexSort;
}

export class LetterBook {
  readonly notation: Notation;
  readonly #bound: ReadonlyMap<string, string>;
  readonly #taken: ReadonlySet<string>;

  private constructor(notation: Notation, bound: ReadonlyMap<string, string>, taken: ReadonlySet<string>) {
    this.notation = notation;
    this.#bound = bound;
    this.#taken = taken;
  }

  /**
   * Letters for `formulas`; `formal` are letters bound outside of them (on the left side of a definition); `timed` if
   * the time letter will be written.
   */
  static of(
    notation: Notation,
    formulas: readonly Formula[],
    formal: readonly WrittenFormal[],
    timed: boolean,
  ): LetterBook {
    const names = new Set(freeNames(formulas));
    const bound = formal.filter(({ name }) => !ROLES.has(name));
    for (const { name } of bound) names.delete(name);
    const { loss, parameters, step, iteration, component, dimension } = notation;
    const taken = new Set([loss, parameters, step, iteration, component, dimension, ...names]);
    if (names.has(BATCHES)) taken.add(notation.batches);
    if (names.has(OTHER_COMPONENT)) taken.add(otherComponent(notation));
    if (timed || names.has(TIME)) taken.add(notation.time);
    return bound.reduce(
      (letters, { name, sort }) => letters.bind(name, sort),
      new LetterBook(notation, new Map(), taken),
    );
  }

  /** The letter of an index or role name. */
  letter(name: string): string {
    const bound = this.#bound.get(name);
    if (bound !== undefined) return bound;
    switch (name) {
      case ITERATION:
        return this.notation.iteration;
      case COMPONENT:
        return this.notation.component;
      case OTHER_COMPONENT:
        return otherComponent(this.notation);
      case DIMENSION:
        return this.notation.dimension;
      case BATCHES:
        return this.notation.batches;
      case TIME:
        return this.notation.time;
      default:
        return name.startsWith('#') ? name.slice(1) : name;
    }
  }

  /** Letters inside the scope of the bound index `name`. */
  bind(name: string, sort: IndexSort): LetterBook {
    const letter = name.startsWith('#') || this.#taken.has(name) ? this.#fresh(sort) : name;
    return new LetterBook(this.notation, new Map(this.#bound).set(name, letter), new Set(this.#taken).add(letter));
  }

  #fresh(sort: IndexSort): string {
    const { batches, time } = this.notation;
    const free = FRESH[sort].find(
      candidate => !this.#taken.has(candidate) && candidate !== batches && candidate !== time,
    );
    if (free !== undefined) return free;
    const base = sort === 'coordinate' ? 'i' : 'k';
    for (let count = 1; ; count += 1) {
      const candidate = `${base}_${count}`;
      if (!this.#taken.has(candidate)) return candidate;
    }
  }
}

/** The letter of the second component of a matrix. */
const otherComponent = ({ component }: Notation): string => (component === 'i' ? 'j' : 'i');

/** The names that occur free, of whatever kind. Shared nodes are looked at once. Refuses too deep nesting. */
function freeNames(formulas: readonly Formula[]): ReadonlySet<string> {
  const known = new Map<Formula, ReadonlySet<string>>();
  const visit = (formula: Formula, depth: number): ReadonlySet<string> => {
    if (depth > MAXIMAL_DEPTH)
      refuse('too-deep', `the formula is nested more than ${MAXIMAL_DEPTH} deep`, formula.span);
    const seen = known.get(formula);
    if (seen) return seen;
    const names = new Set<string>();
    const include = (child: Formula, except: string | null): void => {
      for (const name of visit(child, depth + 1)) if (name !== except) names.add(name);
    };
    switch (formula.kind) {
      case 'parameter':
      case 'index':
        names.add(formula.name);
        break;
      case 'call':
      case 'schedule':
      case 'quantity':
      case 'vector-call':
        names.add(formula.name);
        break;
      case 'parameter-derivative':
        names.add(formula.by);
        break;
      default:
    }
    const bound = boundIndex(formula);
    const inner = children(formula);
    for (const [position, child] of inner.entries()) include(child, position === inner.length - 1 ? bound : null);
    known.set(formula, names);
    return names;
  };
  const all = new Set<string>();
  for (const formula of formulas) for (const name of visit(formula, 0)) all.add(name);
  return all;
}
