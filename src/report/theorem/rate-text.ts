/** How fast an equation comes to its limit n → ∞, in words. */
import { type ShownLetters, USUAL_LETTERS } from '../../document/shown-letters.ts';
import type { Rate } from '../../prove/limit/settling.ts';

/** A sentence with hyperparameters in LaTeX; null where the equation does not depend on n. */
export function rateText({ orders, settling }: Rate, letters: ShownLetters = USUAL_LETTERS): string | null {
  const { iteration, first } = letters;
  if (orders.length === 0) return null;
  const order = `the difference from the limit is of order ${orders.map(name => `${name}^{${iteration}}`).join(', ')} up to powers of ${iteration}`;
  if (settling === null || settling.steps === null) return order;
  const values = [...settling.values].map(([name, value]) => `${name} = ${value}`).join(', ');
  return `${order}; at ${values} every coefficient is within 5 % of its limit from about ${iteration} = ${settling.steps + first} on`;
}

/** The same as plain data. */
export function rateReport({ orders, settling }: Rate): RateReport {
  return {
    orders,
    steps: settling?.steps ?? null,
    within: '5 %',
    values: settling ? Object.fromEntries(settling.values) : {},
  };
}

export interface RateReport {
  readonly orders: readonly string[];
  /** About the least n from which on every coefficient is within 5 % of its limit; null where it was not counted. */
  readonly steps: number | null;
  readonly within: string;
  /** The values of the hyperparameters at which the steps were counted. */
  readonly values: Readonly<Record<string, number>>;
}
