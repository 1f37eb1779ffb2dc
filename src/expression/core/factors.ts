/**
 * The one table of the factors that terms of the normal form are made of: for each kind its fields, and how it is walked, keyed, differentiated,
 * expanded, written and evaluated (see {@link FactorKind} for the columns). A new kind is an interface, its place in `Factor` and a row.
 *
 * All index arguments are linear forms. A `template` factor is a whole expression with slots (see template.ts) applied to
 * index arguments: radicals, denominators, and sums that are kept together all are powers of template factors.
 */
import { refuse } from '../../base/problem.ts';
import * as build from '../../formula/build.ts';
import { elementaryFunction } from '../../formula/elementary.ts';
import { deviation, populationMean } from '../../formula/population.ts';
import { formKey, type LinearForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import type { FactorKind, IndexName, IndexNumbers, AppliedTemplate, Valuation } from './factor-kind.ts';
import type { Tree } from './tree.ts';

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
/**
 * ∇^{m+1}E[F_1, …, F_m], an elementary differential of one loss at the current θ: the sum over all components of the products of derivatives
 * that its tree says, with `component` free at the root. {@link unfolded} gives it as that sum; batch null is the full-batch loss.
 */
export interface DifferentialFactor {
  readonly kind: 'differential';
  readonly tree: Tree;
  readonly batch: LinearForm | null;
  readonly component: LinearForm;
}
/**
 * 𝔼_k[∇_{coordinates}δ_k Π ∇_{others}δ_k] with δ_k = E_k − E: a central moment of the losses of a population and their derivatives, of two
 * parts or more. The parts are alike; `coordinates` is the one that derivatives are added to. `at` as for a loss.
 */
export interface MomentFactor {
  readonly kind: 'moment';
  readonly coordinates: readonly LinearForm[];
  readonly others: readonly (readonly LinearForm[])[];
  readonly at: LinearForm | null;
}
/** θ_coordinate^{(at)}; `at` null is the current θ. */
export interface PointFactor {
  readonly kind: 'point';
  readonly coordinate: LinearForm;
  readonly at: LinearForm | null;
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
export interface TemplateFactor extends AppliedTemplate {
  readonly kind: 'template';
}
/** Whether a function is odd or even, where that is known. */
export type Parity = 'odd' | 'even' | null;
/** The derivative number `order` of a function of one scalar argument, which is a template; `parity` is the function's own. */
export interface FunctionFactor extends AppliedTemplate {
  readonly kind: 'function';
  readonly name: string;
  readonly parity: Parity;
  readonly order: number;
}
/** ∂_{by…} of a function of a vector; the argument is a template whose slot 0 is the vector's coordinate. */
export interface VectorFunctionFactor extends AppliedTemplate {
  readonly kind: 'vector-function';
  readonly name: string;
  readonly component: LinearForm | null;
  readonly by: readonly LinearForm[];
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
export interface ProductFactor extends AppliedTemplate {
  readonly kind: 'product';
  readonly upper: LinearForm;
  readonly lower?: LinearForm;
}

export type Factor =
  | SymbolFactor
  | IntegerFactor
  | IndexFactor
  | LossFactor
  | DifferentialFactor
  | MomentFactor
  | PointFactor
  | RecursiveFactor
  | TemplateFactor
  | FunctionFactor
  | VectorFunctionFactor
  | ScheduleFactor
  | ProductFactor;

/** A factor that depends on θ, at one point. */
export type PointedFactor = Extract<Factor, { readonly at: LinearForm | null }>;

const opt = (form: LinearForm | null | undefined): readonly LinearForm[] => (form ? [form] : []);
const keyOf = (form: LinearForm | null | undefined, name: IndexName): string => (form ? formKey(form, name) : '');
const keyAt = (at: LinearForm | null, name: IndexName): string => (at === null ? '' : `@${formKey(at, name)}`);
const listKey = (forms: readonly LinearForm[], name: IndexName): string => forms.map(f => formKey(f, name)).join(',');
/** Of forms whose order says nothing. */
const setKey = (forms: readonly LinearForm[], name: IndexName): string =>
  forms
    .map(f => formKey(f, name))
    .sort()
    .join(',');
const insideKey = ({ template, arguments: args }: AppliedTemplate, name: IndexName): string =>
  `T${template.id}(${listKey(args, name)})`;
const numbers = <T>(forms: readonly LinearForm[], at: Valuation<T>, indices: IndexNumbers): number[] =>
  forms.map(form => at.form(form, indices));
const number = <T>(form: LinearForm | null, at: Valuation<T>, indices: IndexNumbers): number | null =>
  form === null ? null : at.form(form, indices);
const argumentsOf = (
  { template, arguments: args }: AppliedTemplate,
  sort: 'history' | 'coordinate',
): readonly LinearForm[] => args.filter((_, position) => template.sorts[position] === sort);
const isNumerator = (exponent: Rational | null): boolean => exponent !== null && exponent.sign() >= 0;

/** What stands inside says where its forms are. */
const WITH_INSIDE: Pick<FactorKind<AppliedTemplate>, 'coordinates' | 'labels' | 'weight'> = {
  coordinates: factor => argumentsOf(factor, 'coordinate'),
  labels: factor => argumentsOf(factor, 'history'),
  weight: () => null,
};

/** Of what depends on neither θ nor a symbol. */
const CONSTANT: Pick<
  FactorKind<SymbolFactor | IntegerFactor | IndexFactor | ScheduleFactor>,
  'binds' | 'derivative' | 'expansion' | 'replaced' | 'weight'
> = {
  binds: null,
  derivative: (_, by) => by.zero,
  expansion: (factor, by) => by.unmoved(factor),
  replaced: () => null,
  weight: () => Rational.zero,
};

/** Of what is never identically zero and has a value everywhere. */
const FREE: Pick<FactorKind<Factor>, 'hasThinZeros' | 'hasValue'> = { hasThinZeros: () => true, hasValue: () => true };

const symbol: FactorKind<SymbolFactor> = {
  ...CONSTANT,
  ...FREE,
  rank: 1,
  forms: () => [],
  map: factor => factor,
  coordinates: () => [],
  labels: () => [],
  key: ({ name }) => `a:${name}`,
  derivative: ({ name }, by) => by.symbol(name),
  weight: ({ name }, of) => of.symbol(name),
  written: ({ name }) => build.parameter(name),
  value: ({ name }, at) => at.symbol(name),
};

const integer: FactorKind<IntegerFactor> = {
  ...CONSTANT,
  ...FREE,
  rank: 0,
  forms: () => [],
  map: factor => factor,
  coordinates: () => [],
  labels: () => [],
  key: ({ value }) => `0:${value}`,
  written: ({ value }) => build.number(Rational.of(value)),
  value: ({ value }, at) => at.integer(value),
};

const index: FactorKind<IndexFactor> = {
  ...CONSTANT,
  rank: 1,
  forms: factor => [factor.index],
  map: (factor, image) => ({ ...factor, index: image(factor.index) }),
  coordinates: () => [],
  labels: () => [],
  key: (factor, name) => `i:${formKey(factor.index, name)}`,
  hasThinZeros: (factor, known) => known.neverZero(factor.index),
  hasValue: (factor, exponent, known) =>
    exponent?.isInteger() === true && (exponent.sign() >= 0 || known.neverZero(factor.index)),
  written: (factor, writer) => writer.form(factor.index),
  value: (factor, at, indices) => at.integer(at.form(factor.index, indices)),
};

const loss: FactorKind<LossFactor> = {
  ...FREE,
  rank: 4,
  binds: null,
  forms: ({ batch, coordinates, at }) => [...opt(batch), ...coordinates, ...opt(at)],
  map: ({ batch, coordinates, at }, image) => ({
    kind: 'loss',
    batch: batch && image(batch),
    coordinates: coordinates.map(image),
    at: at && image(at),
  }),
  coordinates: factor => factor.coordinates,
  labels: ({ batch, at }) => [...opt(batch), ...opt(at)],
  key: ({ batch, coordinates, at }, name) => `E[${keyOf(batch, name)};${setKey(coordinates, name)};${keyAt(at, name)}]`,
  derivative: (factor, by) => by.loss(factor),
  expansion: (factor, by) =>
    by.atPoint(factor, (directions, at) => ({ ...factor, coordinates: [...factor.coordinates, ...directions], at })),
  replaced: () => null,
  weight: ({ coordinates }, of) => of.gradient(coordinates),
  written: (factor, { form, inLetterOrder }) => {
    const at = factor.at === null ? build.point() : build.point(form(factor.at));
    const batch = factor.batch && form(factor.batch);
    return factor.coordinates.length === 0
      ? build.loss(batch, at)
      : build.gradient(inLetterOrder(factor.coordinates.map(form)), batch, at);
  },
  value: (factor, at, indices) =>
    at.loss(
      number(factor.batch, at, indices),
      numbers(factor.coordinates, at, indices),
      number(factor.at, at, indices),
    ),
};

const differential: FactorKind<DifferentialFactor> = {
  ...FREE,
  rank: 4,
  binds: null,
  forms: ({ batch, component }) => [...opt(batch), component],
  map: (factor, image) => ({
    ...factor,
    batch: factor.batch && image(factor.batch),
    component: image(factor.component),
  }),
  coordinates: ({ component }) => [component],
  labels: ({ batch }) => opt(batch),
  key: ({ tree, batch, component }, name) => `D${tree.key}[${keyOf(batch, name)};${formKey(component, name)}]`,
  derivative: (factor, by) => by.differential(factor),
  expansion: (factor, by) => by.unmoved(factor),
  replaced: () => null,
  // Of one component alone what is summed over is not of one size.
  weight: () => null,
  written: (factor, writer) => writer.contraction(factor),
  value: ({ tree, batch, component }, at, indices) =>
    contracted(tree, number(batch, at, indices), at.form(component, indices), at),
};

/** Σ over a component for each child of the root, of the derivative of the loss times the children's own values. */
function contracted<T>({ children }: Tree, batch: number | null, component: number, at: Valuation<T>): T {
  const from = (place: number, coordinates: readonly number[]): T => {
    const child = children[place];
    if (child === undefined) return at.loss(batch, coordinates, null);
    return at.components(i => at.times(contracted(child, batch, i, at), from(place + 1, [...coordinates, i])));
  };
  return from(0, [component]);
}

const partsOf = ({ coordinates, others }: MomentFactor): readonly (readonly LinearForm[])[] => [coordinates, ...others];

const moment: FactorKind<MomentFactor> = {
  rank: 4,
  binds: null,
  forms: factor => [...partsOf(factor).flat(), ...opt(factor.at)],
  map: ({ coordinates, others, at }, image) => ({
    kind: 'moment',
    coordinates: coordinates.map(image),
    others: others.map(part => part.map(image)),
    at: at && image(at),
  }),
  coordinates: factor => partsOf(factor).flat(),
  labels: ({ at }) => opt(at),
  key: (factor, name) =>
    `M[${partsOf(factor)
      .map(part => setKey(part, name))
      .sort()
      .join('|')};${keyAt(factor.at, name)}]`,
  derivative: (factor, by) => by.moment(factor),
  expansion: (factor, by) =>
    factor.at === null ? by.unmoved(factor) : refuse('mean-not-covered', 'a moment of the losses at an earlier point'),
  replaced: () => null,
  // Of one loss alone, or two, moments vanish.
  hasThinZeros: () => false,
  hasValue: (_, exponent) => isNumerator(exponent),
  weight: () => null,
  written: (factor, { form, inLetterOrder }) => {
    if (factor.at !== null) refuse('mean-not-covered', 'a moment of the losses at an earlier point');
    const parts = partsOf(factor).map(part => inLetterOrder(part.map(form)));
    return populationMean('k', build.multiplication(...parts.map(part => deviation(part, 'k'))));
  },
  value: (factor, at, indices) =>
    at.moment(
      partsOf(factor).map(part => numbers(part, at, indices)),
      number(factor.at, at, indices),
    ),
};

const point: FactorKind<PointFactor> = {
  ...FREE,
  rank: 3,
  binds: null,
  forms: ({ coordinate, at }) => [coordinate, ...opt(at)],
  map: (factor, image) => ({ ...factor, coordinate: image(factor.coordinate), at: factor.at && image(factor.at) }),
  coordinates: ({ coordinate }) => [coordinate],
  labels: ({ at }) => opt(at),
  key: ({ coordinate, at }, name) => `x[${formKey(coordinate, name)};${keyAt(at, name)}]`,
  derivative: (factor, by) => by.point(factor),
  expansion: (factor, by) => by.point(factor),
  replaced: () => null,
  weight: () => Rational.zero,
  written: ({ coordinate, at }, { form }) => build.iterate(form(coordinate), at && form(at)),
  value: (factor, at, indices) => at.point(at.form(factor.coordinate, indices), number(factor.at, at, indices)),
};

const recursive: FactorKind<RecursiveFactor> = {
  rank: 5,
  binds: null,
  forms: ({ component, label, coordinates, at }) => [...opt(component), label, ...coordinates, ...opt(at)],
  map: (factor, image) => ({
    ...factor,
    component: factor.component && image(factor.component),
    label: image(factor.label),
    coordinates: factor.coordinates.map(image),
    at: factor.at && image(factor.at),
  }),
  coordinates: ({ component, coordinates }) => [...coordinates, ...opt(component)],
  labels: ({ label, at }) => [label, ...opt(at)],
  key: ({ id, component, label, coordinates, at }, name) =>
    `r:${id}_${keyOf(component, name)}[${formKey(label, name)};${setKey(coordinates, name)};${keyAt(at, name)}]`,
  derivative: (factor, by) => {
    by.byParametersOnly(factor.name);
    return by.loss(factor);
  },
  expansion: (factor, by) =>
    by.atPoint(factor, (directions, at) => ({ ...factor, coordinates: [...factor.coordinates, ...directions], at })),
  replaced: ({ name }) => refuse('recursion-by-parameter', `a hyperparameter inside of ${name} is not replaced`),
  // It may be zero everywhere at some label, as at the first, or have no value.
  hasThinZeros: () => false,
  hasValue: () => false,
  weight: ({ name }) => refuse('no-expansion', `how ${name} grows is not known: it is defined by a recursion`),
  written: ({ name, component, label, coordinates, at }, { form, inLetterOrder }) => {
    const place = at === null ? build.point() : build.point(form(at));
    const value = build.quantity(name, opt(component).map(form), [form(label)], place);
    const by = inLetterOrder(coordinates.map(form));
    return by.length === 0 ? value : { kind: 'derivative', span: null, by, argument: value };
  },
  value: (factor, at, indices) =>
    at.recursive(
      factor,
      number(factor.component, at, indices),
      at.form(factor.label, indices),
      numbers(factor.coordinates, at, indices),
      number(factor.at, at, indices),
    ),
};

const template: FactorKind<TemplateFactor> = {
  ...WITH_INSIDE,
  rank: 5,
  binds: null,
  forms: factor => factor.arguments,
  map: (factor, image) => ({ ...factor, arguments: factor.arguments.map(image) }),
  key: insideKey,
  derivative: (factor, by) => by.inside(factor),
  expansion: (factor, by) => by.inside(factor),
  replaced: (factor, by) => by.inside(factor),
  hasThinZeros: (factor, known) => known.hasThinZeros(factor),
  hasValue: (factor, exponent, known) =>
    known.hasValues(factor) && (isNumerator(exponent) || known.hasThinZeros(factor)),
  written: (factor, writer) => writer.inside(factor),
  value: (factor, at, indices) => at.inside(factor.template, numbers(factor.arguments, at, indices)),
};

const scalarFunction: FactorKind<FunctionFactor> = {
  ...WITH_INSIDE,
  rank: 5,
  binds: null,
  forms: factor => factor.arguments,
  map: (factor, image) => ({ ...factor, arguments: factor.arguments.map(image) }),
  key: (factor, name) => `f:${factor.name}'${factor.order}<${insideKey(factor, name)}>`,
  derivative: (factor, by) => by.outer(factor),
  expansion: (factor, by) => by.outer(factor),
  replaced: (factor, by) => by.outer(factor),
  hasThinZeros: ({ name, order }) => elementaryFunction(name)?.range.positive === true && order === 0,
  hasValue: (factor, exponent, known) =>
    elementaryFunction(factor.name)?.ofPositive !== true && isNumerator(exponent) && known.hasValues(factor),
  written: (factor, writer) => build.call(factor.name, writer.inside(factor), factor.order),
  value: (factor, at, indices) =>
    at.function(factor, at.inside(factor.template, numbers(factor.arguments, at, indices))),
};

const vectorFunction: FactorKind<VectorFunctionFactor> = {
  ...WITH_INSIDE,
  rank: 5,
  binds: 'coordinate',
  forms: ({ component, by, arguments: args }) => [...opt(component), ...by, ...args],
  map: (factor, image) => ({
    ...factor,
    component: factor.component && image(factor.component),
    by: factor.by.map(image),
    arguments: factor.arguments.map(image),
  }),
  coordinates: ({ component, by }) => [...by, ...opt(component)],
  key: (factor, name) =>
    `F:${factor.name}_${keyOf(factor.component, name)}'${setKey(factor.by, name)}<${insideKey(factor, name)}>`,
  derivative: (factor, by) => by.chain(factor, direction => ({ ...factor, by: [...factor.by, direction] })),
  expansion: (factor, by) =>
    by.chain(factor, (directions, argument) => ({ ...factor, by: [...factor.by, ...directions], ...argument })),
  replaced: (factor, by) => by.vector(factor, inside => ({ ...factor, ...inside })),
  hasThinZeros: () => false,
  hasValue: (factor, exponent, known) => isNumerator(exponent) && known.hasValues(factor),
  written: (factor, writer) => ({
    kind: 'vector-call',
    span: null,
    name: factor.name,
    component: factor.component && writer.form(factor.component),
    by: factor.by.map(form => writer.form(form)),
    argument: writer.bound(factor, 'coordinate'),
  }),
  value: (factor, at, indices) => {
    const [, ...rest] = numbers(factor.arguments, at, indices);
    const component = number(factor.component, at, indices);
    return at.vectorFunction(factor.name, component, numbers(factor.by, at, indices), coordinate =>
      at.inside(factor.template, [coordinate, ...rest]),
    );
  },
};

const schedule: FactorKind<ScheduleFactor> = {
  ...CONSTANT,
  ...FREE,
  rank: 2,
  forms: factor => [factor.index],
  map: (factor, image) => ({ ...factor, index: image(factor.index) }),
  // Of a declared vector the index is a component.
  coordinates: factor => [factor.index],
  labels: factor => [factor.index],
  key: (factor, name) => `s:${factor.name}[${formKey(factor.index, name)}]`,
  written: (factor, writer) => build.schedule(factor.name, writer.form(factor.index)),
  value: (factor, at, indices) => at.schedule(factor.name, at.form(factor.index, indices)),
};

const product: FactorKind<ProductFactor> = {
  ...WITH_INSIDE,
  rank: 2,
  binds: 'history',
  forms: ({ upper, lower, arguments: args }) => [upper, ...opt(lower), ...args],
  map: (factor, image) => ({
    ...factor,
    arguments: factor.arguments.map(image),
    upper: image(factor.upper),
    ...(factor.lower === undefined ? {} : { lower: image(factor.lower) }),
  }),
  labels: ({ upper, lower }) => [upper, ...opt(lower)],
  key: (factor, name) =>
    `P[${factor.lower === undefined ? '' : `${formKey(factor.lower, name)}:`}${formKey(factor.upper, name)}]<${insideKey(factor, name)}>`,
  derivative: (factor, by) => by.constant(factor),
  expansion: (factor, by) => by.constant(factor),
  replaced: (factor, by) => by.product(factor),
  hasThinZeros: (factor, known) => known.hasThinZeros(factor),
  hasValue: (factor, exponent, known) =>
    known.hasValues(factor) && (isNumerator(exponent) || known.hasThinZeros(factor)),
  written: (factor, writer) => {
    const { index: letter, body } = writer.bound(factor, 'history');
    const lower = factor.lower === undefined ? build.number(0) : writer.form(factor.lower);
    return build.product(letter, lower, writer.form(factor.upper), body);
  },
  value: (factor, at, indices) => {
    const [, ...rest] = numbers(factor.arguments, at, indices);
    const from = factor.lower === undefined ? 0 : at.form(factor.lower, indices);
    return at.product(from, at.form(factor.upper, indices), i => at.inside(factor.template, [i, ...rest]));
  },
};

const KINDS: { readonly [K in Factor['kind']]: FactorKind<Extract<Factor, { readonly kind: K }>> } = {
  symbol,
  integer,
  index,
  loss,
  differential,
  moment,
  point,
  recursive,
  template,
  function: scalarFunction,
  'vector-function': vectorFunction,
  schedule,
  product,
};

/** The row of a factor; it may be asked about that factor, or another of its kind. */
export const kindOf = (factor: Factor): FactorKind<Factor> => KINDS[factor.kind];
