/**
 * The equation for n → ∞ beside the one at finite n, which has been followed: its values along growing n come to those of the limit. The
 * search for the limit takes no part in them.
 */
import { Budget } from '../../base/budget.ts';
import type { Problem } from '../../base/problem.ts';
import { specialEquation } from '../../closed-form/special-equation.ts';
import type { ModifiedEquation } from '../../derivation/derive.ts';
import type { Formula } from '../../formula/formula.ts';
import { compareSides } from '../numeric/compare-sides.ts';
import { samplesOf } from '../sample/arbitrary-sample.ts';
import { withinBudget } from '../within-budget.ts';
import { specialQuestion } from './check-special.ts';

/** Samples that are drawn; a sequence that does not settle tells nothing. */
const SAMPLES = 16;
const DIGITS = 20;
const MOST_STEPS = 4_000_000;

/** What was found, as a report of `follow` tells it. */
export interface LimitOutcome {
  readonly verdict: 'follows' | 'differs' | 'undecided' | 'refused';
  readonly runs: number;
  readonly sharp: number;
  readonly reason: string | null;
  readonly problem: Problem | null;
}

/** Whether the equation has a limit in the full batch, and what the equation says of it at up to `wanted` points. */
export function followLimit(equation: ModifiedEquation, seed: number, wanted: number): LimitOutcome {
  const special = specialEquation(equation, { limit: 'large-n', regime: null });
  if (special.ok) return besideFinite(equation, special.value.coefficients, seed, wanted);
  const [problem = null] = special.problems;
  return { ...NOTHING, verdict: 'refused', reason: problem?.message ?? null, problem };
}

const NOTHING = { runs: 0, sharp: 0, reason: null, problem: null } as const;

/** What the equation at finite n says of coefficients that are said to be its limit. */
export function besideFinite(
  equation: ModifiedEquation,
  coefficients: readonly Formula[],
  seed: number,
  wanted: number,
): LimitOutcome {
  const { optimizer, setting, order } = equation;
  const printed = { optimizer, setting, order, form: 'flow' as const, coefficients, definitions: [] };
  const question = specialQuestion(printed, equation, { regime: null, limit: 'large-n' }, new Budget(MOST_STEPS));
  let runs = 0;
  let reason = 'no point at which the values settle';
  for (const sample of samplesOf(question.space, seed, SAMPLES)) {
    const said = withinBudget(
      () => compareSides(question, sample, DIGITS),
      () => null,
    );
    if (said === null) {
      reason = 'the runs take too much work';
      break;
    }
    if (said.kind === 'differ')
      return { ...NOTHING, verdict: 'differs', reason: `the ${question.quantity(said.row)} is another one` };
    if (said.kind === 'unusable') reason = said.reason;
    if (said.kind === 'agree') runs += 1;
    if (runs === wanted) break;
  }
  return runs > 0 ? { ...NOTHING, verdict: 'follows', runs } : { ...NOTHING, verdict: 'undecided', reason };
}
