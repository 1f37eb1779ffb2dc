/** A spent budget stops one route of the judge, and with it no more than that route. */
import { BudgetSpent } from '../base/budget.ts';

/** What `action` gives, or `stopped` with the reason when its budget is spent; every other error passes on. */
export function withinBudget<T>(action: () => T, stopped: (reason: string) => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof BudgetSpent) return stopped(error.reason);
    throw error;
  }
}
