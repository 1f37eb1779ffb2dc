/** What the evaluators of one formula at several points share: the values of index letters, the budget, the depth. */
import type { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import type { Bindings, Slot } from './integer-expression.ts';
import type { Node } from './node.ts';

/** Evaluations inside one another; each takes several stack frames, so this stays far from the stack's end. */
const DEEPEST = 800;
/** Far from the labels of iterates, and within the size of integers in formulas. */
const FIRST_LETTER = -500_000;
const MOST_LETTERS = 400_000;

export class Session {
  readonly bindings: Bindings = [];
  readonly #budget: Budget;
  #depth = 0;
  #letters = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** A label that no iterate has, for a point that is a letter of its own. */
  freshLabel(): number {
    this.#letters += 1;
    if (this.#letters > MOST_LETTERS) refuse('too-deep', 'derivatives by too many points');
    return FIRST_LETTER - this.#letters;
  }

  /** Begins one evaluation step inside the others; each is ended by {@link leave}, also where it fails. */
  enter(node: Node): void {
    this.#budget.spend();
    if (this.#depth >= DEEPEST) refuse('too-deep', 'definitions are nested too deeply', node.span);
    this.#depth += 1;
  }
  leave(): void {
    this.#depth -= 1;
  }

  /** Runs `action` with letters bound, and their old values after it. */
  with<R>(slots: readonly Slot[], values: readonly number[], action: () => R): R {
    const before = slots.map(slot => this.bindings[slot]);
    slots.forEach((slot, place) => {
      this.bindings[slot] = values[place];
    });
    try {
      return action();
    } finally {
      slots.forEach((slot, place) => {
        this.bindings[slot] = before[place];
      });
    }
  }

  /** The same for one letter, which sums do for every term. */
  withOne<R>(slot: Slot, value: number, action: () => R): R {
    const before = this.bindings[slot];
    this.bindings[slot] = value;
    try {
      return action();
    } finally {
      this.bindings[slot] = before;
    }
  }

  /** A key for the values of the letters: a number where they fit into one, else a text. */
  key(letters: readonly Slot[]): number | string {
    const range = RANGES[letters.length];
    if (range === undefined) return letters.map(slot => this.bindings[slot]).join();
    let key = 0;
    for (const slot of letters) {
      const value = this.bindings[slot];
      if (value === undefined || value <= -range || value >= range)
        return letters.map(other => this.bindings[other]).join();
      key = key * 2 * range + value + range;
    }
    return key;
  }
}

/** By the number of letters: values below this in size make a key below 2^53. */
const RANGES = [1, 2 ** 51, 2 ** 25, 2 ** 16, 2 ** 12];
