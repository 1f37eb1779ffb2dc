/**
 * What the normal form has to know of a kind of factor: a column a member of {@link FactorKind}, a row a kind in factors.ts. A column takes what
 * it needs of the algorithm that asks, so that the table knows no room above it: calculus, writing, regimes and values each bring their verbs.
 *
 * A factor with a field `at` depends on θ at the point with that label (null: the current θ) and on θ at no other; one with the fields
 * `template` and `arguments` holds an expression. Both are seen by their fields, so that a new kind is walked into like any other. A differential
 * depends on the current θ, and is walked into as the sum that it is (contraction.ts).
 */
import type { Formula, IndexSort } from '../../formula/formula.ts';
import type { LinearForm } from '../../number/linear-form.ts';
import type { Rational } from '../../number/rational.ts';
import type { Expression } from './expression.ts';
import type {
  DifferentialFactor,
  Factor,
  FunctionFactor,
  LossFactor,
  MomentFactor,
  PointFactor,
  ProductFactor,
  RecursiveFactor,
} from './factors.ts';
import type { Template } from './template.ts';

/** What an index variable is called in keys. */
export type IndexName = (index: number) => string;

/** What stands inside of a factor. */
export interface AppliedTemplate {
  readonly template: Template;
  readonly arguments: readonly LinearForm[];
}

/** The verbs of differentiation, by θ, along a field or by a hyperparameter. */
export interface FactorDerivative {
  readonly zero: Expression;
  symbol(name: string): Expression;
  /** Of what takes derivatives by θ, at its point. */
  loss(factor: LossFactor | RecursiveFactor): Expression;
  point(factor: PointFactor): Expression;
  /** Of a product of deviations, part by part. */
  moment(factor: MomentFactor): Expression;
  /** Of a contraction of derivatives: grafted where that is known, else of the sum that it is. */
  differential(factor: DifferentialFactor): Expression;
  /** Refuses a recursion by a hyperparameter: of its values nothing else is known. */
  byParametersOnly(name: string): void;
  /** Of what stands inside. */
  inside(factor: AppliedTemplate): Expression;
  /** φ^{(order+1)} times the derivative of the argument. */
  outer(factor: FunctionFactor): Expression;
  /** Σ_s of the factor with one more direction s times the derivative of component s of the argument. */
  chain(factor: AppliedTemplate, along: (direction: LinearForm) => Factor): Expression;
  /** Zero; refuses what depends on it. */
  constant(factor: AppliedTemplate & Factor): Expression;
}

/** The verbs of Taylor's formula in h: coefficients 0, 1, … of a factor whose points are displaced. */
export interface FactorExpansion {
  unmoved(factor: Factor): readonly Expression[];
  /** Of what takes derivatives by θ: `derivative` is the factor with more directions, at the label that `at` becomes. */
  atPoint(
    factor: LossFactor | RecursiveFactor,
    derivative: (directions: readonly LinearForm[], at: LinearForm | null) => Factor,
  ): readonly Expression[];
  point(factor: PointFactor): readonly Expression[];
  inside(factor: AppliedTemplate): readonly Expression[];
  outer(factor: FunctionFactor): readonly Expression[];
  chain(
    factor: AppliedTemplate,
    derivative: (directions: readonly LinearForm[], argument: AppliedTemplate) => Factor,
  ): readonly Expression[];
  /** The factor as it is; refuses one that moves. */
  constant(factor: AppliedTemplate & Factor): readonly Expression[];
}

/** The verbs of putting an expression in the place of a symbol; null where nothing changes. */
export interface FactorReplacement {
  inside(factor: AppliedTemplate): Expression | null;
  outer(factor: FunctionFactor): Expression | null;
  /** What stands inside where slot 0 is the coordinate of a vector. */
  vector(factor: AppliedTemplate & Factor, make: (inside: AppliedTemplate) => Factor): Expression | null;
  product(factor: ProductFactor): Expression | null;
}

/** What is known of zeros and values, off thin sets, for every choice of the integers. */
export interface ZeroFacts {
  neverZero(form: LinearForm): boolean;
  /** Whether what stands inside vanishes on a thin set only. */
  hasThinZeros(factor: AppliedTemplate & Factor): boolean;
  /** Whether what stands inside has a value off a thin set. */
  hasValues(factor: AppliedTemplate & Factor): boolean;
}

/** The power of s that a regime gives to what it scales. */
export interface FactorWeights {
  symbol(name: string): Rational;
  gradient(coordinates: readonly LinearForm[]): Rational;
}

/** The verbs of writing a factor as a formula. */
export interface FactorWriter {
  form(form: LinearForm): Formula;
  inside(factor: AppliedTemplate): Formula;
  /** What stands inside, with a fresh letter for its slot 0. */
  bound(factor: AppliedTemplate, sort: IndexSort): { readonly index: string; readonly body: Formula };
  inLetterOrder(coordinates: readonly Formula[]): Formula[];
  /** The sum that a contraction of derivatives is. */
  contraction(factor: DifferentialFactor): Formula;
}

/** Index variables with their values. */
export type IndexNumbers = ReadonlyMap<number, number>;

/** The values of names at one point, and of what stands inside of factors there. */
export interface Valuation<T> {
  form(form: LinearForm, indices: IndexNumbers): number;
  integer(value: bigint | number): T;
  symbol(name: string): T;
  loss(batch: number | null, coordinates: readonly number[], at: number | null): T;
  /** The mean over the population of the product of these derivatives of E_k − E. */
  moment(parts: readonly (readonly number[])[], at: number | null): T;
  point(coordinate: number, at: number | null): T;
  recursive(
    factor: RecursiveFactor,
    component: number | null,
    label: number,
    coordinates: readonly number[],
    at: number | null,
  ): T;
  schedule(name: string, index: number): T;
  inside(template: Template, args: readonly number[]): T;
  function(factor: FunctionFactor, argument: T): T;
  vectorFunction(name: string, component: number | null, by: readonly number[], argument: (coordinate: number) => T): T;
  times(left: T, right: T): T;
  /** The sum over all components. */
  components(each: (coordinate: number) => T): T;
  /** 1 where the range is empty. */
  product(from: number, to: number, each: (index: number) => T): T;
}

/** A kind of factor. `this` is used by none of the members. */
export interface FactorKind<F> {
  // Walk.
  /** All index forms, in the order in which the key prints them. */
  forms(factor: F): readonly LinearForm[];
  /** The factor with every form replaced. */
  map(factor: F, image: (form: LinearForm) => LinearForm): F;
  /** The forms that stand where a component does. */
  coordinates(factor: F): readonly LinearForm[];
  /** The forms that are a batch, a label or an end of a range. */
  labels(factor: F): readonly LinearForm[];
  /** The sort of the index that the factor itself binds, slot 0 of its template. */
  readonly binds: IndexSort | null;
  // Key.
  /** Equal exactly for equal factors; coordinates of derivatives are symmetric. */
  key(factor: F, name: IndexName): string;
  // Calculus.
  derivative(factor: F, by: FactorDerivative): Expression;
  expansion(factor: F, by: FactorExpansion): readonly Expression[];
  replaced(factor: F, by: FactorReplacement): Expression | null;
  // Where it vanishes and has a value.
  /** Whether it vanishes on a thin set only. */
  hasThinZeros(factor: F, known: ZeroFacts): boolean;
  /** Whether the factor to a power has a value off a thin set; the exponent is null where it has indices. No root of what may be negative. */
  hasValue(factor: F, exponent: Rational | null, known: ZeroFacts): boolean;
  // Regimes.
  /** The power of s that the factor is exactly; null for what is to be expanded. */
  weight(factor: F, of: FactorWeights): Rational | null;
  // Writing.
  /** Its place in a product: scalars first, then gradients and points, then quantities. */
  readonly rank: number;
  written(factor: F, writer: FactorWriter): Formula;
  // Value.
  value<T>(factor: F, at: Valuation<T>, indices: IndexNumbers): T;
}
