/** Integers as they stand in formulas: c + Σ a·letter, with rational a and c, read from the tree as it was typed. */
import type { Formula } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';

export interface IntegerForm {
  readonly constant: Rational;
  /** By letter, role names for n and p; none is zero. */
  readonly terms: ReadonlyMap<string, Rational>;
}

const constantForm = (constant: Rational): IntegerForm => ({ constant, terms: new Map() });

export const scaleIntegerForm = ({ constant, terms }: IntegerForm, by: Rational): IntegerForm =>
  by.isZero()
    ? constantForm(Rational.zero)
    : {
        constant: constant.multiply(by),
        terms: new Map([...terms].map(([letter, each]) => [letter, each.multiply(by)])),
      };

export function addIntegerForms(a: IntegerForm, b: IntegerForm): IntegerForm {
  const terms = new Map(a.terms);
  for (const [letter, each] of b.terms) {
    const sum = (terms.get(letter) ?? Rational.zero).add(each);
    if (sum.isZero()) terms.delete(letter);
    else terms.set(letter, sum);
  }
  return { constant: a.constant.add(b.constant), terms };
}

/** The form that a formula of numbers and index letters is; null for any other, and for what is not affine. */
export function integerFormOf(formula: Formula): IntegerForm | null {
  switch (formula.kind) {
    case 'number':
      return constantForm(formula.value);
    case 'index':
      return { constant: Rational.zero, terms: new Map([[formula.name, Rational.one]]) };
    case 'negate': {
      const inner = integerFormOf(formula.argument);
      return inner && scaleIntegerForm(inner, Rational.minusOne);
    }
    case 'add':
      return formula.terms.reduce<IntegerForm | null>((sum, term) => {
        const form = sum && integerFormOf(term);
        return sum && form ? addIntegerForms(sum, form) : null;
      }, constantForm(Rational.zero));
    case 'multiply':
      return formula.factors.reduce<IntegerForm | null>((product, factor) => {
        const form = product && integerFormOf(factor);
        if (!product || !form) return null;
        if (product.terms.size === 0) return scaleIntegerForm(form, product.constant);
        return form.terms.size === 0 ? scaleIntegerForm(product, form.constant) : null;
      }, constantForm(Rational.one));
    case 'divide': {
      const [above, below] = [integerFormOf(formula.numerator), integerFormOf(formula.denominator)];
      return above && below && below.terms.size === 0 && !below.constant.isZero()
        ? scaleIntegerForm(above, below.constant.inverse())
        : null;
    }
    default:
      return null;
  }
}

/** The value where the letters are these; null where one is missing. */
export function formAt({ constant, terms }: IntegerForm, letters: ReadonlyMap<string, number>): Rational | null {
  let value = constant;
  for (const [letter, each] of terms) {
    const at = letters.get(letter);
    if (at === undefined) return null;
    value = value.add(each.multiply(Rational.of(at)));
  }
  return value;
}
