/** Terms over one denominator, and what their numerators share. */
import { type FactorPower, integerExponent, isBelow } from '../core/factor.ts';
import type { Rational } from '../../number/rational.ts';
import type { Term } from '../core/term.ts';

export const reciprocal = ({ factor, exponent }: FactorPower): FactorPower => ({
  factor,
  exponent: { constant: exponent.constant.negate(), form: exponent.form },
});

/** Terms without sums that share their denominator go together; the order of first occurrence is kept. */
export function groupByDenominator(terms: readonly Term[]): Term[][] {
  const groups = new Map<string, Term[]>();
  terms.forEach((term, i) => {
    const below = term.factors.filter(isBelow);
    const simple = term.sorts.length === 0 && term.constraints.length === 0 && below.length > 0;
    const key = simple
      ? below
          .map(power => `${powerId(power)}^${power.exponent.constant}`)
          .sort()
          .join('*')
      : `#${i}`;
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [term]);
    else list.push(term);
  });
  return [...groups.values()];
}

/** The factor powers that stand in every list. */
export function commonFactors(lists: readonly (readonly FactorPower[])[]): FactorPower[] {
  const [first = [], ...rest] = lists;
  return first.filter(power => {
    const exponent = integerExponent(power.exponent);
    const id = powerId(power);
    return (
      exponent !== null &&
      rest.every(list =>
        list.some(
          other =>
            powerId(other) === id &&
            other.exponent.form.terms.length === 0 &&
            other.exponent.constant.equals(power.exponent.constant),
        ),
      )
    );
  });
}

/** The term with another coefficient and without these factors. */
export function without(term: Term, removed: readonly FactorPower[], coefficient: Rational): Term {
  const ids = new Set(removed.map(powerId));
  return { ...term, coefficient, factors: term.factors.filter(power => !ids.has(powerId(power))) };
}

const powerId = (power: FactorPower): string =>
  `${JSON.stringify(power.factor, (key, value: unknown) => (key === 'template' && typeof value === 'object' && value !== null && 'id' in value ? value.id : typeof value === 'bigint' ? String(value) : value))}`;
