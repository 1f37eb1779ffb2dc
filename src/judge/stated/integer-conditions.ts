/** The conditions that speak of integers alone: n ≥ 13, p = 1, k < l. */
import type { Condition } from '../../document/model.ts';
import { isInOrder } from './sure-order.ts';
import { addIntegerForms, formAt, integerFormOf, scaleIntegerForm } from './integer-form.ts';
import { Rational } from '../../number/rational.ts';

/** Whether they hold; one with an integer that is not given lets everything through. */
export function integersAllowed(
  comparisons: readonly Condition['comparisons'][number][],
): (letters: ReadonlyMap<string, number>) => boolean {
  const known = comparisons.flatMap(({ left, relation, right }) => {
    const [one, other] = [integerFormOf(left), integerFormOf(right)];
    return one && other ? [{ gap: addIntegerForms(one, scaleIntegerForm(other, Rational.minusOne)), relation }] : [];
  });
  return letters =>
    known.every(({ gap, relation }) => {
      const value = formAt(gap, letters);
      return value === null || isInOrder(relation, value.sign());
    });
}
