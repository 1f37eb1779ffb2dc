/**
 * Budgets: every search and every expansion that could explode spends from one and stops with a reason.
 *
 * A spent budget is never a verdict: callers turn {@link BudgetSpent} into `undecided` with the reason.
 */

/** The reason of a clock that ended something; nothing may rest on where it did. */
export const TIME_LIMIT = 'time limit reached';

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
  readonly #deadline: number;
  #spent = 0;

  /** At most `steps` units of work and `milliseconds` of time; either may be Infinity. */
  constructor(steps: number, milliseconds = Number.POSITIVE_INFINITY) {
    this.#steps = steps;
    this.#deadline = Date.now() + milliseconds;
  }

  /** An unlimited budget, for work whose size is known to be small. */
  static unlimited(): Budget {
    return new Budget(Number.POSITIVE_INFINITY);
  }

  get spent(): number {
    return this.#spent;
  }

  /** Spends `amount`; throws BudgetSpent when the steps or the time are used up (time is looked at every 256 units). */
  spend(amount = 1): void {
    const before = this.#spent;
    this.#spent += amount;
    if (this.#spent > this.#steps) throw new BudgetSpent(`more than ${this.#steps} steps`);
    if (before >> 8 !== this.#spent >> 8 && Date.now() > this.#deadline) throw new BudgetSpent(TIME_LIMIT);
  }

  /**
   * What `action` gives with at most `amount` further units of work, which count here as well; null where that is too
   * little. Throws BudgetSpent where this budget itself is spent.
   */
  within<T>(amount: number, action: () => T): T | null {
    const whole = this.#steps;
    this.#steps = Math.min(whole, this.#spent + amount);
    try {
      return action();
    } catch (error) {
      if (!(error instanceof BudgetSpent) || this.#spent > whole || Date.now() > this.#deadline) throw error;
      return null;
    } finally {
      this.#steps = whole;
    }
  }
}
