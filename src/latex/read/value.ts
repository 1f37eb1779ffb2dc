/**
 * What a piece of a formula is before it is componentwise: a scalar, or a tensor given by a function from component
 * indices to formulas. The rules of linear algebra are here; the grammar is not.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Formula, Vector } from '../../formula/formula.ts';
import { DIMENSION } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';
import { withoutStep } from './script/labelled-step.ts';

export interface Scalar {
  readonly rank: 0;
  readonly formula: Formula;
  readonly span: Span;
  /** A loss with a transposition, as in \nabla E^\top: the gradient is what is transposed. */
  readonly row?: boolean;
}
export interface Tensor {
  readonly rank: number;
  /** A transposed vector. */
  readonly row: boolean;
  /** The component with these indices; as many as the rank. */
  readonly component: (indices: readonly Formula[]) => Formula;
  readonly span: Span;
}
export type Value = Scalar | Tensor;

/** How vectors multiply, and where fresh names for summation come from. */
export interface Algebra {
  readonly elementwise: boolean;
  /** A coordinate letter that the formula uses nowhere else. */
  fresh(): string;
}

const POINT_INDEX = '#c';

export const scalar = (formula: Formula, span: Span): Scalar => ({ rank: 0, formula, span });
export const isScalar = (value: Value): value is Scalar => value.rank === 0;
export const tensor = (rank: number, span: Span, component: (indices: readonly Formula[]) => Formula): Tensor => ({
  rank,
  row: false,
  component,
  span,
});
/** A vector from a function of its one index. */
export const vectorOf = (span: Span, component: (index: Formula) => Formula): Tensor =>
  tensor(1, span, ([index]) => component(known(index)));

export function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a component was asked for with too few indices');
  return value;
}

/** The component of a vector; a scalar is its own component (elementwise reading). */
export const componentOf = (value: Value, indices: readonly Formula[]): Formula =>
  isScalar(value) ? value.formula : value.component(indices);

/** The vector as data, with the index that all points use. */
export function asVector(value: Value): Vector {
  return { index: POINT_INDEX, body: componentOf(value, [{ kind: 'index', span: null, name: POINT_INDEX }]) };
}

const HINT = 'in a vector statement products are linear algebra; `vector=componentwise` makes them elementwise';

/** Applies a scalar operation component by component; scalars are repeated. The first error is a clash of ranks. */
export function elementwise(values: readonly Value[], span: Span, combine: (formulas: Formula[]) => Formula): Value {
  const rank = Math.max(...values.map(value => value.rank));
  if (rank === 0) return scalar(combine(values.map(value => componentOf(value, []))), span);
  for (const value of values) {
    if (value.rank !== 0 && value.rank !== rank)
      refuse('vector-rank', `a ${rankName(value)} beside a ${rankWord(rank)}`, value.span);
  }
  return tensor(rank, span, indices => combine(values.map(value => componentOf(value, indices))));
}

export function sumOf(
  values: readonly Value[],
  span: Span,
  algebra: Algebra,
  combine: (formulas: Formula[]) => Formula,
): Value {
  const rank = Math.max(...values.map(value => value.rank));
  if (rank > 1) {
    const number = values.find(value => isScalar(value) && !isZero(value.formula));
    if (number !== undefined)
      refuse(
        'matrix-and-number',
        `a number is added to a ${rankWord(rank)}: to its diagonal, or to every entry`,
        number.span,
        'Take the product apart: (1 + A)v with the identity is v + Av.',
      );
  }
  if (rank > 0 && !algebra.elementwise) {
    const alone = values.find(value => value.rank !== rank && !(isScalar(value) && isZero(value.formula)));
    if (alone !== undefined)
      refuse('vector-rank', `a ${rankName(alone)} is added to a ${rankWord(rank)}`, alone.span, HINT);
  }
  return elementwise(values, span, combine);
}

const isZero = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isZero();

const one: Formula = { kind: 'number', span: null, value: Rational.one };
export const overCoordinates = (index: string, body: Formula, span: Span): Formula => ({
  kind: 'sum',
  span,
  index,
  sort: 'coordinate',
  lower: one,
  upper: { kind: 'index', span: null, name: DIMENSION },
  body,
});

/** The product of factors that stand side by side: one flat product where no contraction is involved. */
export function productOfAll(values: readonly Value[], span: Span, algebra: Algebra): Value {
  const [first, ...rest] = values;
  if (first === undefined) throw new Error('a product has a factor');
  if (rest.length === 0) return first;
  const tensors = values.filter(value => !isScalar(value));
  const flat =
    tensors.length <= 1 ||
    (algebra.elementwise && tensors.every(value => !isScalar(value) && value.rank === 1 && !value.row));
  if (!flat) {
    // Numbers commute with everything: they stay outside the contractions.
    const numbers = values.filter(isScalar);
    const [leading, ...others] = tensors;
    if (leading === undefined) throw new Error('a contraction needs tensors');
    const contracted = others.reduce((product, value) => productOf(product, value, span, algebra), leading);
    return numbers.length === 0 ? contracted : productOfAll([...numbers, contracted], span, algebra);
  }
  const result = elementwise(values, span, factors => ({ kind: 'multiply', span, factors }));
  const only = tensors[0];
  return isScalar(result) || tensors.length !== 1 || only === undefined || isScalar(only)
    ? result
    : { ...result, row: only.row };
}

/** The product of two values. */
export function productOf(left: Value, right: Value, span: Span, algebra: Algebra): Value {
  const multiply = (factors: Formula[]): Formula => ({ kind: 'multiply', span, factors });
  if (isScalar(left) || isScalar(right)) return keepRow(elementwise([left, right], span, multiply), left, right);
  if (left.rank === 1 && right.rank === 1) {
    if (left.row && !right.row) return innerProduct(left, right, span, algebra);
    if (!left.row && right.row)
      return tensor(2, span, ([i, j]) => multiply([left.component([known(i)]), right.component([known(j)])]));
    if (algebra.elementwise) return elementwise([left, right], span, multiply);
    return refuse(
      'vector-product',
      'a product of two vectors',
      span,
      `${HINT}; u^\\top v is the inner product, \\odot the elementwise one`,
    );
  }
  if (left.rank === 1 && !left.row) return refuse('vector-product', `a vector times a ${rankName(right)}`, span, HINT);
  const index = algebra.fresh();
  const letter: Formula = { kind: 'index', span: null, name: index };
  const rank = left.rank + right.rank - 2;
  const result = tensor(rank, span, indices =>
    overCoordinates(
      index,
      multiply([
        left.component([...indices.slice(0, left.rank - 1), letter]),
        right.component([letter, ...indices.slice(left.rank - 1)]),
      ]),
      span,
    ),
  );
  return left.rank === 1 && left.row ? { ...result, row: true } : result;
}

export function innerProduct(left: Value, right: Value, span: Span, algebra: Algebra): Scalar {
  if (left.rank !== 1 || right.rank !== 1) return refuse('vector-rank', 'an inner product needs two vectors', span);
  const index = algebra.fresh();
  const letter: Formula = { kind: 'index', span: null, name: index };
  return scalar(
    overCoordinates(
      index,
      { kind: 'multiply', span, factors: [componentOf(left, [letter]), componentOf(right, [letter])] },
      span,
    ),
    span,
  );
}

/** A tensor with its last indices contracted with vectors: \nabla^3E[u,v]. */
export function contract(value: Tensor, vectors: readonly Value[], span: Span, algebra: Algebra): Value {
  if (vectors.length > value.rank)
    return refuse('vector-rank', `a ${rankName(value)} takes at most ${value.rank} vectors`, span);
  for (const vector of vectors)
    if (vector.rank !== 1) refuse('vector-rank', `expected a vector, not a ${rankName(vector)}`, vector.span);
  const names = vectors.map(() => algebra.fresh());
  const letters = names.map((name): Formula => ({ kind: 'index', span: null, name }));
  const body = (indices: readonly Formula[]): Formula => {
    const factors = [
      value.component([...indices, ...letters]),
      ...vectors.map((vector, at) => componentOf(vector, [known(letters[at])])),
    ];
    return names.reduceRight((inner: Formula, name) => overCoordinates(name, inner, span), {
      kind: 'multiply',
      span,
      factors,
    });
  };
  const rank = value.rank - vectors.length;
  return rank === 0 ? scalar(body([]), span) : tensor(rank, span, body);
}

/** A quotient; the divisor must be a scalar outside elementwise reading. */
export function quotientOf(numerator: Value, denominator: Value, span: Span, algebra: Algebra): Value {
  if (!isScalar(denominator) && (!algebra.elementwise || denominator.rank !== 1)) {
    return refuse('vector-quotient', `a division by a ${rankName(denominator)}`, denominator.span, HINT);
  }
  return elementwise([numerator, denominator], span, formulas =>
    withoutStep({ kind: 'divide', span, numerator: known(formulas[0]), denominator: known(formulas[1]) }),
  );
}

/** A scalar function such as a power, a root or |·|, applied to a vector's components only in elementwise reading. */
export function mapOf(
  value: Value,
  span: Span,
  algebra: Algebra,
  what: string,
  apply: (formula: Formula) => Formula,
): Value {
  if (!isScalar(value) && (!algebra.elementwise || value.rank !== 1))
    return refuse('vector-function', `${what} of a ${rankName(value)}`, span, HINT);
  return elementwise([value], span, ([formula]) => apply(known(formula)));
}

export function transpose(value: Value, span: Span): Value {
  if (isScalar(value)) return { ...value, row: value.row !== true };
  if (value.rank === 1) return { ...value, row: !value.row };
  if (value.rank === 2) return tensor(2, span, ([i, j]) => value.component([known(j), known(i)]));
  return refuse('vector-rank', `a transposed ${rankName(value)}`, span);
}

function keepRow(result: Value, left: Value, right: Value): Value {
  return isScalar(result)
    ? result
    : { ...result, row: (!isScalar(left) && left.row) || (!isScalar(right) && right.row) };
}

export const rankName = (value: Value): string => rankWord(value.rank);
const rankWord = (rank: number): string =>
  rank === 0 ? 'scalar' : rank === 1 ? 'vector' : rank === 2 ? 'matrix' : `tensor with ${rank} indices`;
