/** Work that several attempts share; where one ends depends on nothing but the question. */
import { BudgetSpent } from './budget.ts';
import { Refusal } from './problem.ts';
import { atMost, workDone } from './work.ts';

export class Pot {
  readonly #each: number;
  #left: number;

  /** Units of work for one attempt, and for all together. */
  constructor(each: number, all: number) {
    this.#each = each;
    this.#left = all;
  }

  /** The value, or null where the work is used up or a step is not covered. */
  within<T>(attempt: () => T | null): T | null {
    const start = workDone();
    try {
      return atMost(Math.min(this.#each, this.#left), attempt, () => null);
    } catch (error) {
      if (error instanceof BudgetSpent || error instanceof Refusal) return null;
      throw error;
    } finally {
      this.#left = Math.max(0, this.#left - (workDone() - start));
    }
  }
}
