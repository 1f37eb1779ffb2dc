/** The guard of a statement: the places that its constants ask for, as far as the conditions on n, p and labels allow them. */
import type { Condition } from '../../document/model.ts';
import { isInOrder } from '../sure-order.ts';
import { conditionsOf } from '../unsupported.ts';
import type { QuestionTask } from '../question-of.ts';
import { constantsOf } from './constants.ts';
import { Guard, type GuardTask } from './guard.ts';
import { addForms, formAt, type IntegerForm, integerFormOf, scaleForm } from './integer-form.ts';
import { Rational } from '../../number/rational.ts';
import { placesFor } from './places.ts';
import { statedFormulas } from './stated-formulas.ts';

export interface StatementGuardTask extends Omit<GuardTask, 'places'> {
  readonly asked: Pick<QuestionTask, 'claim' | 'statement' | 'optimizer' | 'other'>;
}

export function guardOf({ asked, ...task }: StatementGuardTask): Guard {
  const comparisons = conditionsOf(asked.claim, asked.statement)
    .filter(({ equivalence }) => equivalence !== true)
    .flatMap(condition => condition.comparisons);
  const constants = constantsOf(
    statedFormulas(asked),
    comparisons.map(({ left, right }) => [left, right]),
  );
  const { letters, largestN } = task.question.space;
  const places = placesFor(constants, letters, integersAllowed(comparisons)).filter(
    ({ n }) => largestN === undefined || n <= largestN,
  );
  return new Guard({ ...task, places });
}

/** Whether the conditions that speak of integers alone hold; one with an integer that is not given lets everything through. */
export function integersAllowed(
  comparisons: readonly Condition['comparisons'][number][],
): (letters: ReadonlyMap<string, number>) => boolean {
  const known = comparisons.flatMap(({ left, relation, right }) => {
    const [one, other] = [integerFormOf(left), integerFormOf(right)];
    return one && other ? [{ gap: difference(one, other), relation }] : [];
  });
  return letters =>
    known.every(({ gap, relation }) => {
      const value = formAt(gap, letters);
      return value === null || isInOrder(relation, value.sign());
    });
}

const difference = (one: IntegerForm, other: IntegerForm): IntegerForm =>
  addForms(one, scaleForm(other, Rational.minusOne));
