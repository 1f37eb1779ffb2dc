/**
 * What was cut off above O(h^r) must have a value somewhere: of h²·(1/(x − x)) nothing is shown. Until a sample is found at which it
 * has one, samples may refute only.
 */
import type { Result } from '../../base/problem.ts';
import type { Outcome } from '../question.ts';

export class WholeValue {
  #isSeen = false;

  /** Whether it had a value at a sample. */
  get isSeen(): boolean {
    return this.#isSeen;
  }

  /** The values of the truncated side, marked as missing something where the whole one has no value and never had one. */
  beside(values: Outcome, whole: () => Result<unknown> | null): Outcome {
    if (this.#isSeen || values.kind === 'unusable') return values;
    const found = whole();
    if (found === null) return values;
    if (!found.ok) return { ...values, missing: found.problems[0]?.message ?? 'no value' };
    this.#isSeen = true;
    return values;
  }
}
