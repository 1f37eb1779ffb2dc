/**
 * Factors to powers, as terms hold them: exponents, keys, and indices replaced. What kinds of factors there are stands in factors.ts.
 */
import { Rational } from '../../number/rational.ts';
import { addForms, constantForm, formKey, type LinearForm, substituteForm } from '../../number/linear-form.ts';
import type { IndexName } from './factor-kind.ts';
import { type Factor, kindOf } from './factors.ts';
import { indexName } from './indices.ts';

/** constant + linear form; the linear form's own constant is always 0 and is non-zero only for symbols and templates. */
export interface Exponent {
  readonly constant: Rational;
  readonly form: LinearForm;
}

const NO_FORM = constantForm(0);
export const exponentOf = (constant: Rational | number): Exponent => ({
  constant: typeof constant === 'number' ? Rational.of(constant) : constant,
  form: NO_FORM,
});
export const ONE_EXPONENT = exponentOf(1);

/** The exponent of a linear form such as n − k + 1. */
export const exponentFromForm = (form: LinearForm): Exponent => ({
  constant: Rational.of(form.constant),
  form: { constant: 0, terms: form.terms },
});

export const addExponents = (a: Exponent, b: Exponent): Exponent => ({
  constant: a.constant.add(b.constant),
  form: addForms(a.form, b.form),
});
export const isZeroExponent = (e: Exponent): boolean => e.constant.isZero() && e.form.terms.length === 0;
/** The exponent as a rational number; null when it contains indices. */
export const plainExponent = (e: Exponent): Rational | null => (e.form.terms.length === 0 ? e.constant : null);
/** The exponent as a small integer; null when it is none. */
export function integerExponent(e: Exponent): number | null {
  return e.form.terms.length === 0 && e.constant.isInteger() ? Number(e.constant.num) : null;
}
/** The exponent times an integer or rational; null when the result would have non-integer index coefficients. */
export function scaleExponent(e: Exponent, by: Rational): Exponent | null {
  if (e.form.terms.length === 0) return { constant: e.constant.multiply(by), form: NO_FORM };
  const terms = e.form.terms.map(([index, count]) => [index, by.multiply(Rational.of(count))] as const);
  if (!terms.every(([, count]) => count.isInteger())) return null;
  return {
    constant: e.constant.multiply(by),
    form: { constant: 0, terms: terms.map(([index, count]) => [index, Number(count.num)] as const) },
  };
}
export function substituteExponent(e: Exponent, map: ReadonlyMap<number, LinearForm>): Exponent {
  if (e.form.terms.length === 0) return e;
  const form = substituteForm(e.form, map);
  return { constant: e.constant.add(Rational.of(form.constant)), form: { constant: 0, terms: form.terms } };
}

/** A factor to a power, as terms hold them. */
export interface FactorPower {
  readonly factor: Factor;
  readonly exponent: Exponent;
}

/** Whether a factor stands below the fraction bar: its exponent is a negative number. */
export const isBelow = ({ exponent }: Pick<FactorPower, 'exponent'>): boolean => plainExponent(exponent)?.sign() === -1;

/** How often a factor divides: d for an exponent −d with a whole number d, else 0. */
export const timesBelow = ({ exponent }: Pick<FactorPower, 'exponent'>): number =>
  Math.max(0, -(integerExponent(exponent) ?? 0));

/** How often a factor stands above: d for an exponent that is a whole number d, else 0. */
export const timesAbove = ({ exponent }: Pick<FactorPower, 'exponent'>): number =>
  Math.max(0, integerExponent(exponent) ?? 0);

/** A text that is equal exactly for equal factors (coordinates of derivatives are symmetric), with indices named by `name`. */
export function factorKey(factor: Factor, name: IndexName): string {
  if (name !== indexName) return kindOf(factor).key(factor, name);
  let key = keys.get(factor);
  if (key === undefined) {
    key = kindOf(factor).key(factor, name);
    keys.set(factor, key);
  }
  return key;
}

/** Keys in the usual names: the same factors stand in many terms. */
const keys = new WeakMap<Factor, string>();

export function exponentKey(exponent: Exponent, name: IndexName): string {
  if (exponent.form.terms.length === 0) return exponent.constant.isOne() ? '' : `^${exponent.constant}`;
  return `^${exponent.constant}+${formKey(exponent.form, name)}`;
}

/** The factor with index variables replaced (simultaneously); itself where none of them occurs in it. */
export function substituteFactor(factor: Factor, map: ReadonlyMap<number, LinearForm>): Factor {
  return factorForms(factor).some(form => form.terms.some(([index]) => map.has(index)))
    ? kindOf(factor).map(factor, form => substituteForm(form, map))
    : factor;
}

/** All index forms of a factor, in the order in which factorKey prints them. */
export const factorForms = (factor: Factor): readonly LinearForm[] => kindOf(factor).forms(factor);
