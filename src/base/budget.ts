/**
 * Budgets: every search and every expansion that could explode spends from one and stops with a reason.
 *
 * A spent budget is never a verdict: callers turn {@link BudgetSpent} into `undecided` with the reason. Budgets count steps and
 * know no clock; what is spent is counted as work too (work.ts), where the clock of the whole is looked at.
 */
import { work } from './work.ts';

/** Thrown when a budget is spent; `reason` is shown to the user. */
export class BudgetSpent extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.name = 'BudgetSpent';
    this.reason = reason;
  }
}

export class Budget {
  #steps: number;
  #spent = 0;

  /** At most `steps` units; may be Infinity. */
  constructor(steps: number) {
    this.#steps = steps;
  }

  /** An unlimited budget, for work whose size is known to be small. */
  static unlimited(): Budget {
    return new Budget(Number.POSITIVE_INFINITY);
  }

  get spent(): number {
    return this.#spent;
  }

  /** Spends `amount`; throws BudgetSpent when the steps are used up. */
  spend(amount = 1): void {
    if (this.#spent + amount > this.#steps) {
      // However large the last piece was, no more is counted than there was.
      this.#spent = this.#steps;
      throw new BudgetSpent(`more than ${this.#steps} steps`);
    }
    this.#spent += amount;
    work(amount);
  }

  /**
   * What `action` gives with at most `amount` further units of work, which count here as well; null where that is too
   * little. Throws BudgetSpent where this budget itself is spent.
   */
  within<T>(amount: number, action: () => T): T | null {
    const whole = this.#steps;
    const part = this.#spent + amount;
    this.#steps = Math.min(whole, part);
    try {
      return action();
    } catch (error) {
      if (!(error instanceof BudgetSpent) || whole <= part) throw error;
      return null;
    } finally {
      this.#steps = whole;
    }
  }
}
