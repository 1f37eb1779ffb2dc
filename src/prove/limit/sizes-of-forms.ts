/** How large linear forms in n and summed times are, by what is known of these, and powers of them. */
import { type Exponent, exponentOf } from '../../expression/core/factor.ts';
import type { IndexFacts } from '../../expression/core/index-facts.ts';
import { addForms, type LinearForm, scaleForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';

/** K in |a| ≤ K b + c. */
const MULTIPLES = [0, 1, 2, 4] as const;

/** The form itself where it is at least 1, minus it where it is at most −1; null where it may come nearer to 0. */
export function awayFromZero(form: LinearForm, facts: IndexFacts): LinearForm | null {
  if (facts.low(form) >= 1) return form;
  return facts.high(form) <= -1 ? scaleForm(form, -1) : null;
}

/** Whether |form| is at most a constant plus multiples of the others, none of which is negative by more than a constant. */
export function isWithin(form: LinearForm, others: readonly LinearForm[], facts: IndexFacts): boolean {
  const bounded = (rest: LinearForm): boolean =>
    facts.low(addForms(rest, form, -1)) > Number.NEGATIVE_INFINITY &&
    facts.low(addForms(rest, form)) > Number.NEGATIVE_INFINITY;
  const [first, second] = others;
  const zero = scaleForm(form, 0);
  if (first === undefined) return bounded(zero);
  return MULTIPLES.some(k =>
    second === undefined
      ? bounded(scaleForm(first, k))
      : MULTIPLES.some(m => bounded(addForms(scaleForm(first, k), scaleForm(second, m)))),
  );
}

/** e up to a constant, as a form. */
export const integral = ({ constant: by, form }: Exponent): LinearForm => ({
  ...form,
  constant: Math.floor(by.toNumber()),
});

export const leastExponent = ({ constant: by, form }: Exponent, facts: IndexFacts): Rational | null => {
  const low = facts.low(form);
  return Number.isFinite(low) ? by.add(Rational.of(low)) : null;
};

export const negatedForm = ({ constant: by, form }: Exponent): Exponent =>
  form.terms.length === 0 ? exponentOf(by.negate()) : { constant: by.negate(), form: scaleForm(form, -1) };

/** How many factors (form) a power is at most. */
export const factorsAtMost = (exponent: Rational): number => Math.ceil(Math.abs(exponent.toNumber()));

export const permutations = (list: readonly number[]): readonly (readonly number[])[] =>
  list.length <= 1
    ? [list]
    : list.flatMap((each, at) => permutations(list.filter((_, other) => other !== at)).map(rest => [each, ...rest]));
