/**
 * The factors that terms of the normal form are made of, and the exponents they carry.
 *
 * All index arguments are linear forms. A `template` factor is a whole expression with slots (see template.ts) applied to
 * index arguments: radicals, denominators, and sums that are kept together all are powers of template factors.
 */
import { Rational } from '../../number/rational.ts';
import { addForms, constantForm, formKey, type LinearForm, substituteForm } from '../../number/linear-form.ts';
import { indexName } from './indices.ts';
import type { Template } from './template.ts';

/** A hyperparameter or another scalar symbol; its exponent may contain indices (ρ^{n−k}). */
export interface SymbolFactor {
  readonly kind: 'symbol';
  readonly name: string;
}
/** √ of a prime and the like: a positive integer to a fractional power or one with indices; −1 with indices only, (−1)^{n−k}. */
export interface IntegerFactor {
  readonly kind: 'integer';
  readonly value: bigint;
}
/** An index variable as a number, such as n in (n+1). */
export interface IndexFactor {
  readonly kind: 'index';
  readonly index: LinearForm;
}
/**
 * ∇_{coordinates} E_batch at a point; no coordinates is the loss itself; batch null is the full-batch loss.
 * `at` is the label k of the point θ^{(k)}, or null for the current θ.
 */
export interface LossFactor {
  readonly kind: 'loss';
  readonly batch: LinearForm | null;
  readonly coordinates: readonly LinearForm[];
  readonly at: LinearForm | null;
}
/** θ_coordinate^{(at)}; `at` null is the current θ. */
export interface PointFactor {
  readonly kind: 'point';
  readonly coordinate: LinearForm;
  readonly at: LinearForm | null;
}
export interface TemplateFactor {
  readonly kind: 'template';
  readonly template: Template;
  readonly arguments: readonly LinearForm[];
}
/** Whether a function is odd or even, where that is known. */
export type Parity = 'odd' | 'even' | null;
/** The derivative number `order` of a function of one scalar argument, which is a template; `parity` is the function's own. */
export interface FunctionFactor {
  readonly kind: 'function';
  readonly name: string;
  readonly parity: Parity;
  readonly order: number;
  readonly template: Template;
  readonly arguments: readonly LinearForm[];
}
/** ∂_{by…} of a function of a vector; the argument is a template whose slot 0 is the vector's coordinate. */
export interface VectorFunctionFactor {
  readonly kind: 'vector-function';
  readonly name: string;
  readonly component: LinearForm | null;
  readonly by: readonly LinearForm[];
  readonly template: Template;
  readonly arguments: readonly LinearForm[];
}
export interface ScheduleFactor {
  readonly kind: 'schedule';
  readonly name: string;
  readonly index: LinearForm;
}
/**
 * The cumulative product Π_{i=0}^{upper} of a template whose slot 0 is i (its argument there is a placeholder). With `lower` it is
 * Π_{i=lower}^{upper}, 1 where that range is empty: where a factor before it may vanish, and where an expression is written
 * (product-ranges.ts).
 */
export interface ProductFactor {
  readonly kind: 'product';
  readonly template: Template;
  readonly arguments: readonly LinearForm[];
  readonly upper: LinearForm;
  readonly lower?: LinearForm;
}

/**
 * A value that is defined by a recursion in its label, of which nothing else is known here: equal only to itself. `id` tells one
 * recursion from every other. `coordinates` are those of its derivatives by θ, `at` is the label of its point, null for the current θ.
 */
export interface RecursiveFactor {
  readonly kind: 'recursive';
  readonly id: string;
  /** As which it is written. */
  readonly name: string;
  readonly component: LinearForm | null;
  readonly label: LinearForm;
  readonly coordinates: readonly LinearForm[];
  readonly at: LinearForm | null;
}

export type Factor =
  | SymbolFactor
  | IntegerFactor
  | IndexFactor
  | LossFactor
  | PointFactor
  | RecursiveFactor
  | TemplateFactor
  | FunctionFactor
  | VectorFunctionFactor
  | ScheduleFactor
  | ProductFactor;

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

type Name = (index: number) => string;
const list = (forms: readonly LinearForm[], name: Name): string => forms.map(f => formKey(f, name)).join(',');
const sorted = (forms: readonly LinearForm[], name: Name): string =>
  forms
    .map(f => formKey(f, name))
    .sort()
    .join(',');

/** A text that is equal exactly for equal factors (coordinates of derivatives are symmetric), with indices named by `name`. */
export function factorKey(factor: Factor, name: Name): string {
  if (name !== indexName) return writeKey(factor, name);
  let key = keys.get(factor);
  if (key === undefined) {
    key = writeKey(factor, name);
    keys.set(factor, key);
  }
  return key;
}

/** Keys in the usual names: the same factors stand in many terms. */
const keys = new WeakMap<Factor, string>();

function writeKey(factor: Factor, name: Name): string {
  switch (factor.kind) {
    case 'symbol':
      return `a:${factor.name}`;
    case 'integer':
      return `0:${factor.value}`;
    case 'index':
      return `i:${formKey(factor.index, name)}`;
    case 'loss':
      return `E[${factor.batch === null ? '' : formKey(factor.batch, name)};${sorted(factor.coordinates, name)};${factor.at === null ? '' : `@${formKey(factor.at, name)}`}]`;
    case 'point':
      return `x[${formKey(factor.coordinate, name)};${factor.at === null ? '' : `@${formKey(factor.at, name)}`}]`;
    case 'recursive':
      return `r:${factor.id}_${factor.component === null ? '' : formKey(factor.component, name)}[${formKey(factor.label, name)};${sorted(factor.coordinates, name)};${factor.at === null ? '' : `@${formKey(factor.at, name)}`}]`;
    case 'template':
      return `T${factor.template.id}(${list(factor.arguments, name)})`;
    case 'function':
      return `f:${factor.name}'${factor.order}<T${factor.template.id}(${list(factor.arguments, name)})>`;
    case 'vector-function':
      return `F:${factor.name}_${factor.component === null ? '' : formKey(factor.component, name)}'${sorted(factor.by, name)}<T${factor.template.id}(${list(factor.arguments, name)})>`;
    case 'schedule':
      return `s:${factor.name}[${formKey(factor.index, name)}]`;
    case 'product':
      return `P[${factor.lower === undefined ? '' : `${formKey(factor.lower, name)}:`}${formKey(factor.upper, name)}]<T${factor.template.id}(${list(factor.arguments, name)})>`;
  }
}

export function exponentKey(exponent: Exponent, name: Name): string {
  if (exponent.form.terms.length === 0) return exponent.constant.isOne() ? '' : `^${exponent.constant}`;
  return `^${exponent.constant}+${formKey(exponent.form, name)}`;
}

/** The factor with index variables replaced (simultaneously); itself where none of them occurs in it. */
export function substituteFactor(factor: Factor, map: ReadonlyMap<number, LinearForm>): Factor {
  return factorForms(factor).some(form => form.terms.some(([index]) => map.has(index)))
    ? replaced(factor, map)
    : factor;
}

function replaced(factor: Factor, map: ReadonlyMap<number, LinearForm>): Factor {
  const one = (f: LinearForm): LinearForm => substituteForm(f, map);
  const maybe = (f: LinearForm | null): LinearForm | null => (f === null ? null : substituteForm(f, map));
  switch (factor.kind) {
    case 'symbol':
    case 'integer':
      return factor;
    case 'index':
      return { ...factor, index: one(factor.index) };
    case 'loss':
      return {
        kind: 'loss',
        batch: maybe(factor.batch),
        coordinates: factor.coordinates.map(one),
        at: maybe(factor.at),
      };
    case 'point':
      return { ...factor, coordinate: one(factor.coordinate), at: maybe(factor.at) };
    case 'recursive':
      return {
        ...factor,
        component: maybe(factor.component),
        label: one(factor.label),
        coordinates: factor.coordinates.map(one),
        at: maybe(factor.at),
      };
    case 'template':
      return { ...factor, arguments: factor.arguments.map(one) };
    case 'function':
      return { ...factor, arguments: factor.arguments.map(one) };
    case 'vector-function':
      return {
        ...factor,
        component: maybe(factor.component),
        by: factor.by.map(one),
        arguments: factor.arguments.map(one),
      };
    case 'schedule':
      return { ...factor, index: one(factor.index) };
    case 'product':
      return {
        ...factor,
        arguments: factor.arguments.map(one),
        upper: one(factor.upper),
        ...(factor.lower === undefined ? {} : { lower: one(factor.lower) }),
      };
  }
}

/** All index forms of a factor, in the order in which factorKey prints them. */
export function factorForms(factor: Factor): readonly LinearForm[] {
  switch (factor.kind) {
    case 'symbol':
    case 'integer':
      return [];
    case 'index':
      return [factor.index];
    case 'loss':
      return [
        ...(factor.batch === null ? [] : [factor.batch]),
        ...factor.coordinates,
        ...(factor.at === null ? [] : [factor.at]),
      ];
    case 'point':
      return [factor.coordinate, ...(factor.at === null ? [] : [factor.at])];
    case 'recursive':
      return [
        ...(factor.component === null ? [] : [factor.component]),
        factor.label,
        ...factor.coordinates,
        ...(factor.at === null ? [] : [factor.at]),
      ];
    case 'template':
    case 'function':
      return factor.arguments;
    case 'vector-function':
      return [...(factor.component === null ? [] : [factor.component]), ...factor.by, ...factor.arguments];
    case 'schedule':
      return [factor.index];
    case 'product':
      return [factor.upper, ...(factor.lower === undefined ? [] : [factor.lower]), ...factor.arguments];
  }
}
