/**
 * Templates: expressions with slots, applied to index arguments. Equal templates are one object, so that R_i^{(l)} and
 * R_j^{(n)} share everything but their arguments.
 *
 * {@link abstract} makes the slots canonical: indices are shifted so that their normalised occurrence has no constant
 * (1 − β^{n+1} becomes 1 − β^{s} at s = n + 1) and ordered so that the key is least; a rational factor is taken out.
 */
import { contentOfRationals } from '../../number/content.ts';
import type { IndexSort } from '../../formula/formula.ts';
import { constantForm, type LinearForm, shiftForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { factorForms } from './factor.ts';
import {
  type Expression,
  expressionKey,
  factorExpression,
  freeIndicesOf,
  scale,
  substituteIndices,
} from './expression.ts';
import { DIMENSION_INDEX, freeSort, isBound, slot } from './indices.ts';
import type { Term } from './term.ts';

export interface Template {
  /** Distinct for distinct bodies; it depends on the body alone, so that the order of terms is that of any other run. */
  readonly id: number;
  readonly sorts: readonly IndexSort[];
  /** The slots are its only free indices, besides the dimension p. */
  readonly body: Expression;
}

/** `scale` times the template applied to the arguments. */
export interface Abstraction {
  readonly scale: Rational;
  readonly template: Template;
  readonly arguments: readonly LinearForm[];
}

const templates = new Map<string, Template>();

/** The template with this body, whose slots must be slot(0), slot(1), … of the given sorts. */
function internTemplate(body: Expression, sorts: readonly IndexSort[]): Template {
  const key = `${sorts.map(sort => sort[0]).join('')}|${expressionKey(body)}`;
  const known = templates.get(key);
  if (known !== undefined) return known;
  let id = idOf(key);
  while (ids.has(id)) id += 1;
  ids.add(id);
  const template = { id, sorts, body };
  templates.set(key, template);
  return template;
}

const ids = new Set<number>();
const SIZES = 1_000;
const SHORTEST = 1_000_000_000_000;

/** The size of the body first, so that what is long comes first, then a hash of it; 16 digits. */
function idOf(key: string): number {
  let a = 0x811c9dc5;
  let b = 0x2545f491;
  for (let i = 0; i < key.length; i += 1) {
    const code = key.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b + code, 0x9e3779b1) ^ (b >>> 13);
  }
  const mixed = (a ^ (a >>> 15)) >>> 0;
  const hash = (mixed * 2 ** 20 + ((b ^ (b >>> 12)) & 0xfffff)) % SHORTEST;
  return (2 * SIZES - Math.min(SIZES, Math.floor(key.length / 8))) * SHORTEST + hash;
}

export const slotsOf = (template: Template): number[] => template.sorts.map((sort, position) => slot(position, sort));

/** The template's body with the arguments in place of its slots. */
export function instantiate(template: Template, args: readonly LinearForm[]): Expression {
  return substituteIndices(template.body, argumentMap(template, args));
}

export function argumentMap(template: Template, args: readonly LinearForm[]): Map<number, LinearForm> {
  return new Map(slotsOf(template).map((index, position) => [index, args[position] ?? variableForm(index)] as const));
}

/** The greatest common divisor of the coefficients, 1 for zero; its sign is that of the first term when `signed`. */
function content(expression: Expression, signed: boolean): Rational {
  if (expression.terms.length === 0) return Rational.one;
  const size = contentOfRationals(expression.terms.map(({ coefficient }) => coefficient));
  return signed && leadingTerm(expression).coefficient.sign() < 0 ? size.negate() : size;
}

/** The term with the fewest factors, so that 1 − β and not β − 1 is the normalised form. */
function leadingTerm(expression: Expression): Term {
  const weight = (term: Term): number => term.factors.length + 10 * term.sorts.length;
  const [first, ...rest] = expression.terms;
  if (first === undefined) throw new Error('zero has no leading term');
  return rest.reduce((best, term) => (weight(term) < weight(best) ? term : best), first);
}

/** The constant that normalises a history index: moves with the index, so equal expressions up to a shift agree. */
function canonicalShift(expression: Expression, index: number): number {
  for (const find of [boundsAt, argumentsAt, exponentsAt]) {
    const constants = expression.terms.flatMap(term => find(term, index));
    if (constants.length > 0) return Math.max(...constants);
  }
  return 0;
}

const boundsAt = (term: Term, index: number): number[] =>
  term.constraints.filter(c => c.right === index && isBound(c.left)).map(c => c.bound);

const shiftsIn = (forms: readonly LinearForm[], index: number): number[] =>
  forms.filter(f => f.terms.length === 1 && f.terms[0]?.[0] === index && f.terms[0][1] === 1).map(f => f.constant);

const argumentsAt = (term: Term, index: number): number[] =>
  term.factors.flatMap(({ factor }) => shiftsIn(factorForms(factor), index));

/** Exponents n + c: the constant c belongs to the exponent as a whole. */
const exponentsAt = (term: Term, index: number): number[] =>
  term.factors
    .filter(
      ({ exponent }) =>
        exponent.form.terms.length === 1 &&
        exponent.form.terms[0]?.[0] === index &&
        exponent.form.terms[0][1] === 1 &&
        exponent.constant.isInteger(),
    )
    .map(({ exponent }) => Number(exponent.constant.num));

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map(rest => [item, ...rest]),
  );
}

/** More free indices of one sort than this are ordered by name only (sound; equal expressions may then look different). */
const MAX_PERMUTED = 4;

/**
 * The expression as a template applied to its free indices. `signed` lets the rational factor be negative, which is
 * wrong under a fractional power.
 */
export function abstract(expression: Expression, signed: boolean): Abstraction {
  const factor = content(expression, signed);
  const primitive = factor.isOne() ? expression : scale(expression, factor.inverse());
  const free = [...freeIndicesOf(primitive)].filter(index => index !== DIMENSION_INDEX).sort((a, b) => a - b);
  const history = free.filter(index => freeSort(index) === 'history');
  const coordinates = free.filter(index => freeSort(index) === 'coordinate');
  const shifts = new Map(history.map(index => [index, canonicalShift(primitive, index)] as const));
  const sorts: IndexSort[] = [
    ...history.map(() => 'history' as const),
    ...coordinates.map(() => 'coordinate' as const),
  ];
  const orders = (list: readonly number[]): number[][] =>
    list.length > MAX_PERMUTED ? [[...list]] : permutations(list);
  let best: { key: string; body: Expression; order: number[] } | null = null;
  for (const h of orders(history)) {
    for (const c of orders(coordinates)) {
      const order = [...h, ...c];
      const map = new Map(
        order.map(
          (index, position) =>
            [
              index,
              shiftForm(variableForm(slot(position, sorts[position] ?? 'history')), -(shifts.get(index) ?? 0)),
            ] as const,
        ),
      );
      const body = substituteIndices(primitive, map);
      const key = expressionKey(body);
      if (best === null || key < best.key) best = { key, body, order };
    }
  }
  if (best === null) throw new Error('an order of the free indices exists');
  const template = internTemplate(best.body, sorts);
  return { scale: factor, template, arguments: best.order.map(index => variableForm(index, shifts.get(index) ?? 0)) };
}

/**
 * The expression kept together as one factor (times a number). What is already a single factor without a sum stays as
 * it is, and so does a number.
 */
export function wrap(expression: Expression): Expression {
  const only = expression.terms[0];
  if (only === undefined) return expression;
  if (
    expression.terms.length === 1 &&
    only.sorts.length === 0 &&
    only.constraints.length === 0 &&
    only.factors.length <= 1
  )
    return expression;
  const { scale: by, template, arguments: args } = abstract(expression, true);
  return scale(factorExpression({ kind: 'template', template, arguments: args }), by);
}

/** An expression as the argument of a function: a template that keeps the rational factor inside. */
export function argumentTemplate(expression: Expression): {
  readonly template: Template;
  readonly arguments: readonly LinearForm[];
} {
  const { scale: by, template, arguments: args } = abstract(expression, true);
  if (by.isOne()) return { template, arguments: args };
  return { template: internTemplate(scale(template.body, by), template.sorts), arguments: args };
}

/** A vector as the argument of a function: a template whose slot 0 is the coordinate `component`; its argument there is a placeholder. */
export function vectorTemplate(
  expression: Expression,
  component: number,
): { readonly template: Template; readonly arguments: readonly LinearForm[] } {
  const free = [...freeIndicesOf(expression)]
    .filter(index => index !== DIMENSION_INDEX && index !== component)
    .sort((a, b) => a - b);
  const order = [component, ...free];
  const sorts = order.map(index => freeSort(index));
  const map = new Map(
    order.map((index, position) => [index, variableForm(slot(position, sorts[position] ?? 'history'))] as const),
  );
  const template = internTemplate(substituteIndices(expression, map), sorts);
  return { template, arguments: [constantForm(0), ...free.map(index => variableForm(index))] };
}
