/**
 * From which step on a closed form is the equation that it was made of: (1/n) Σ_{k<n} k is 0 for n = 0, where its sum is empty, and (n−1)/2 only for
 * n ≥ 1; and what √n stands below has no value there. By values in the first steps.
 */
import { Budget } from '../../base/budget.ts';
import { compareSides } from '../numeric/compare-sides.ts';
import { samplesOf } from '../sample/arbitrary-sample.ts';
import { withinBudget } from '../within-budget.ts';
import { sideQuestions } from './check-special.ts';
import type { Printed } from './self-check.ts';

const SAMPLES = 40;
const DIGITS = 20;
const MOST_STEPS = 3_000_000;
/** Agreements that are enough for each side. */
const ENOUGH = 3;
/** A closed form that is another one for longer is wrong. */
const MOST = 2;

/** The least n from which on every side that is printed is `finite`; null where it is none of the first ones, or nothing tells. */
export function leastStep(printed: Printed, finite: Printed): number | null {
  let from = 0;
  for (const { question, values } of sideQuestions(printed, finite, new Budget(MOST_STEPS))) {
    const agreed: number[] = [];
    for (const sample of samplesOf(question.space, 1, SAMPLES)) {
      const said = withinBudget(
        () => compareSides(question, sample, DIGITS),
        () => null,
      );
      if (said === null) break;
      if (said.kind === 'agree') agreed.push(sample.n);
      const isOther =
        said.kind === 'differ' ||
        (said.kind === 'unusable' && values.at(sample, DIGITS, new Budget(MOST_STEPS)).kind === 'values');
      if (isOther) from = Math.max(from, sample.n + 1);
      if (from > MOST) return null;
    }
    if (agreed.filter(n => n >= from).length < ENOUGH) return null;
  }
  return from;
}
