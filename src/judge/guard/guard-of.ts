/** The guard of a statement: the places that its constants ask for, as far as the conditions on n, p and labels allow them. */
import { conditionsOf } from '../unsupported.ts';
import type { QuestionTask } from '../question-of.ts';
import { Satisfier } from '../satisfy/satisfy.ts';
import { constantsOf } from './constants.ts';
import { Guard, type GuardTask } from './guard.ts';
import { integersAllowed } from './integer-conditions.ts';
import { placesFor } from './places.ts';
import { statedFormulas } from './stated-formulas.ts';
import { zerosOf } from './zeros.ts';

export interface StatementGuardTask extends Omit<GuardTask, 'places' | 'satisfier' | 'claim'> {
  readonly asked: Pick<QuestionTask, 'claim' | 'statement' | 'optimizer' | 'other'>;
}

export interface StatementGuard {
  readonly guard: Guard;
  /** Finds samples at which the conditions hold; null where there is none. */
  readonly satisfier: Satisfier | null;
}

export function guardOf({ asked, ...task }: StatementGuardTask): StatementGuard {
  const { claim, statement } = asked;
  const { space } = task.question;
  const conditions = conditionsOf(claim, statement).filter(({ equivalence }) => equivalence !== true);
  const comparisons = conditionsOf(claim, statement).flatMap(condition => condition.comparisons);
  const restricting = conditions.flatMap(condition => condition.comparisons);
  const formulas = statedFormulas(asked);
  const constants = constantsOf(
    formulas,
    comparisons.map(({ left, right }) => [left, right]),
  );
  const zeros = zerosOf(formulas, comparisons, space.declarations);
  const places = placesFor(constants, space.letters, integersAllowed(restricting), zeros).filter(
    ({ n }) => space.largestN === undefined || n <= space.largestN,
  );
  const satisfier =
    conditions.length === 0 ? null : new Satisfier({ conditions, claim, space, digits: task.digits, places });
  return { guard: new Guard({ ...task, claim, places, satisfier }), satisfier };
}
