/**
 * What a piece of a formula is before it is componentwise: a scalar, or a tensor given by a function from component
 * indices to formulas. How such values add and multiply is in product.ts.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Formula, Vector } from '../../formula/formula.ts';
import { DIMENSION } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';

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
  /** What a matrix that was made with the identity or diag(v) is beside the rest of it, so that products stay short. */
  readonly diagonal?: Diagonal;
}
/** A matrix as diag(entries) + rest. */
export interface Diagonal {
  readonly entry: (index: Formula) => Formula;
  readonly rest: Tensor | null;
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
export const isScalarValue = (value: Value): value is Scalar => value.rank === 0;
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
  isScalarValue(value) ? value.formula : value.component(indices);

/** The vector as data, with the index that all points use. */
export function asVector(value: Value): Vector {
  return { index: POINT_INDEX, body: componentOf(value, [{ kind: 'index', span: null, name: POINT_INDEX }]) };
}

export const VECTOR_HINT =
  'in a vector statement products are linear algebra; `vector=componentwise` makes them elementwise';

/** The entry of the identity, by which products leave it out. */
export const ONE: Formula = { kind: 'number', span: null, value: Rational.one };
/** Σ over all coordinates. */
export const overCoordinates = (index: string, body: Formula, span: Span): Formula => ({
  kind: 'sum',
  span,
  index,
  sort: 'coordinate',
  lower: ONE,
  upper: { kind: 'index', span: null, name: DIMENSION },
  body,
});

/** Applies a scalar operation component by component; scalars are repeated. The first error is a clash of ranks. */
export function elementwise(values: readonly Value[], span: Span, combine: (formulas: Formula[]) => Formula): Value {
  const rank = Math.max(...values.map(value => value.rank));
  if (rank === 0) return scalar(combine(values.map(value => componentOf(value, []))), span);
  for (const value of values) {
    if (value.rank !== 0 && value.rank !== rank)
      refuse(
        'vector-rank',
        `a ${rankName(value)} beside a ${rankWord(rank)}`,
        value.span,
        rank === 2
          ? 'Matrices such as g g^\\top are not read in the rows of an optimizer, where parameters are one vector; their diagonal is \\mathrm{diag}(g g^\\top).'
          : undefined,
      );
  }
  return tensor(rank, span, indices => combine(values.map(value => componentOf(value, indices))));
}

/** diag(entries) + rest as a matrix; a component of it has Kronecker's δ_ij as ∂θ_i/∂θ_j. */
export function diagonalMatrix(span: Span, { entry, rest }: Diagonal): Tensor {
  const component = (indices: readonly Formula[]): Formula => {
    const [i, j] = [known(indices[0]), known(indices[1])];
    const argument: Formula = { kind: 'iterate', span, component: i, label: null };
    const delta: Formula = { kind: 'derivative', span, by: [j], argument };
    const value = entry(i);
    const own: Formula = value === ONE ? delta : { kind: 'multiply', span, factors: [value, delta] };
    return rest === null ? own : { kind: 'add', span, terms: [own, rest.component(indices)] };
  };
  return { ...tensor(2, span, component), diagonal: { entry, rest } };
}
/** The identity matrix. */
export const identityMatrix = (span: Span): Tensor => diagonalMatrix(span, { entry: () => ONE, rest: null });

/** A linear operation on the only value that is no scalar, such as a product with numbers: it keeps a matrix's diagonal apart. */
export function linearly(values: readonly Value[], span: Span, combine: (formulas: Formula[]) => Formula): Value {
  const matrix = values.find(value => !isScalarValue(value));
  if (matrix === undefined || isScalarValue(matrix) || matrix.diagonal === undefined)
    return elementwise(values, span, combine);
  const { entry, rest } = matrix.diagonal;
  const withMatrix = (by: (of: Value) => Formula): Formula =>
    withoutOne(combine(values.map(value => (value === matrix ? by(value) : componentOf(value, [])))));
  return diagonalMatrix(span, {
    entry: index => withMatrix(() => entry(index)),
    rest: rest && tensor(2, span, indices => withMatrix(() => rest.component(indices))),
  });
}

/** A product without the 1 that the identity puts into it. */
function withoutOne(formula: Formula): Formula {
  if (formula.kind !== 'multiply') return formula;
  const factors = formula.factors.filter(factor => factor !== ONE);
  const [only] = factors;
  return only === undefined ? ONE : factors.length === 1 ? only : { ...formula, factors };
}

/** A scalar function such as a power, a root or |·|, applied to a vector's components only in elementwise reading. */
export function mapOf(
  value: Value,
  span: Span,
  algebra: Algebra,
  what: string,
  apply: (formula: Formula) => Formula,
): Value {
  if (!isScalarValue(value) && (!algebra.elementwise || value.rank !== 1))
    return refuse('vector-function', `${what} of a ${rankName(value)}`, span, VECTOR_HINT);
  return elementwise([value], span, ([formula]) => apply(known(formula)));
}

export const rankName = (value: Value): string => rankWord(value.rank);
export const rankWord = (rank: number): string =>
  rank === 0 ? 'scalar' : rank === 1 ? 'vector' : rank === 2 ? 'matrix' : `tensor with ${rank} indices`;
