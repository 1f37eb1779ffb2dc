/** The rules of linear algebra for values: sums, products, quotients, transpositions. The grammar is not here. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Formula } from '../../formula/formula.ts';
import { withoutStep } from './script/labelled-step.ts';
import type { Algebra, Scalar, Tensor, Value } from './value.ts';
import {
  componentOf,
  diagonalMatrix,
  elementwise,
  isScalarValue,
  known,
  linearly,
  mapOf,
  ONE,
  overCoordinates,
  rankName,
  rankWord,
  scalar,
  tensor,
  VECTOR_HINT,
} from './value.ts';

/** Matrices of which one has a diagonal of its own: those are added apart. */
function sumOfMatrices(matrices: readonly Tensor[], span: Span, combine: (formulas: Formula[]) => Formula): Tensor {
  const own = matrices.flatMap(({ diagonal }) => (diagonal === undefined ? [] : [diagonal]));
  const rests = matrices.flatMap(matrix =>
    matrix.diagonal === undefined ? [matrix] : matrix.diagonal.rest === null ? [] : [matrix.diagonal.rest],
  );
  const several = (formulas: Formula[]): Formula => (formulas.length === 1 ? known(formulas[0]) : combine(formulas));
  return diagonalMatrix(span, {
    entry: index => several(own.map(({ entry }) => entry(index))),
    rest: rests.length === 0 ? null : tensor(2, span, indices => several(rests.map(each => each.component(indices)))),
  });
}

/** The product of two of which one is diag(entries) + rest. */
function timesDiagonal(left: Tensor, right: Tensor, span: Span, algebra: Algebra): Value {
  const add = (formulas: Formula[]): Formula => ({ kind: 'add', span, terms: formulas });
  const scaled = (entry: Formula, by: Formula): Formula =>
    entry === ONE
      ? by
      : by === ONE
        ? entry
        : { kind: 'multiply', span, factors: [...(entry.kind === 'multiply' ? entry.factors : [entry]), by] };
  const parts: Tensor[] = [];
  const both = (first: Tensor, second: Tensor): void => {
    const value = productOfValues(first, second, span, algebra);
    if (isScalarValue(value)) throw new Error('a matrix times a vector is a vector');
    parts.push(value);
  };
  if (left.rank === 2 && left.diagonal !== undefined) {
    const { entry, rest } = left.diagonal;
    if (right.diagonal === undefined)
      parts.push(tensor(right.rank, span, indices => scaled(entry(known(indices[0])), right.component(indices))));
    else {
      const other = right.diagonal;
      const diagonal = (index: Formula): Formula => scaled(entry(index), other.entry(index));
      parts.push(diagonalMatrix(span, { entry: diagonal, rest: null }));
      if (other.rest !== null) both(diagonalMatrix(span, { entry, rest: null }), other.rest);
    }
    if (rest !== null) both(rest, right);
  } else if (right.diagonal !== undefined) {
    const { entry, rest } = right.diagonal;
    const last = left.rank - 1;
    parts.push(tensor(left.rank, span, indices => scaled(entry(known(indices[last])), left.component(indices))));
    if (rest !== null) both(left, rest);
  }
  const [only, ...more] = parts;
  const result = more.length === 0 ? known(only) : known(sumOfValues(parts, span, algebra, add));
  return left.rank === 1 && !isScalarValue(result) ? { ...result, row: true } : result;
}

export function sumOfValues(
  values: readonly Value[],
  span: Span,
  algebra: Algebra,
  combine: (formulas: Formula[]) => Formula,
): Value {
  const rank = Math.max(...values.map(value => value.rank));
  if (rank > 1) {
    const number = values.find(value => isScalarValue(value) && !isZero(value.formula));
    if (number !== undefined)
      refuse(
        'matrix-and-number',
        `a number is added to a ${rankWord(rank)}: to its diagonal, or to every entry`,
        number.span,
        'Write I for the identity: (I + A)v.',
      );
  }
  if (rank > 0 && !algebra.elementwise) {
    const alone = values.find(value => value.rank !== rank && !(isScalarValue(value) && isZero(value.formula)));
    if (alone !== undefined)
      refuse('vector-rank', `a ${rankName(alone)} is added to a ${rankWord(rank)}`, alone.span, VECTOR_HINT);
  }
  const matrices = values.filter((value): value is Tensor => !isScalarValue(value) && value.rank === 2);
  if (matrices.length > 1 && matrices.some(({ diagonal }) => diagonal !== undefined))
    return sumOfMatrices(matrices, span, combine);
  return elementwise(values, span, combine);
}

const isZero = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isZero();

/** The product of factors that stand side by side: one flat product where no contraction is involved. */
export function productOfAll(values: readonly Value[], span: Span, algebra: Algebra): Value {
  const [first, ...rest] = values;
  if (first === undefined) throw new Error('a product has a factor');
  if (rest.length === 0) return first;
  const tensors = values.filter(value => !isScalarValue(value));
  const flat =
    tensors.length <= 1 ||
    (algebra.elementwise && tensors.every(value => !isScalarValue(value) && value.rank === 1 && !value.row));
  if (!flat) {
    // Numbers commute with everything: they stay outside the contractions.
    const numbers = values.filter(isScalarValue);
    const [leading, ...others] = tensors;
    if (leading === undefined) throw new Error('a contraction needs tensors');
    const contracted = others.reduce((product, value) => productOfValues(product, value, span, algebra), leading);
    return numbers.length === 0 ? contracted : productOfAll([...numbers, contracted], span, algebra);
  }
  const result = linearly(values, span, factors => ({ kind: 'multiply', span, factors }));
  const only = tensors[0];
  return isScalarValue(result) || tensors.length !== 1 || only === undefined || isScalarValue(only)
    ? result
    : { ...result, row: only.row };
}

/** The product of two values. */
export function productOfValues(left: Value, right: Value, span: Span, algebra: Algebra): Value {
  const multiply = (factors: Formula[]): Formula => ({ kind: 'multiply', span, factors });
  if (isScalarValue(left) || isScalarValue(right)) return keepRow(linearly([left, right], span, multiply), left, right);
  if (left.rank === 1 && right.rank === 1) {
    if (left.row && !right.row) return innerProduct(left, right, span, algebra);
    if (!left.row && right.row)
      return tensor(2, span, ([i, j]) => multiply([left.component([known(i)]), right.component([known(j)])]));
    if (algebra.elementwise) return elementwise([left, right], span, multiply);
    return refuse(
      'vector-product',
      'a product of two vectors',
      span,
      `${VECTOR_HINT}; u^\\top v is the inner product, \\odot the elementwise one`,
    );
  }
  if (left.rank === 1 && !left.row)
    return refuse('vector-product', `a vector times a ${rankName(right)}`, span, VECTOR_HINT);
  if (left.diagonal !== undefined || right.diagonal !== undefined) return timesDiagonal(left, right, span, algebra);
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
  if (!isScalarValue(denominator) && (!algebra.elementwise || denominator.rank !== 1)) {
    return refuse('vector-quotient', `a division by a ${rankName(denominator)}`, denominator.span, VECTOR_HINT);
  }
  return linearly([numerator, denominator], span, formulas =>
    withoutStep({ kind: 'divide', span, numerator: known(formulas[0]), denominator: known(formulas[1]) }),
  );
}

export function transpose(value: Value, span: Span): Value {
  if (isScalarValue(value)) return { ...value, row: value.row !== true };
  if (value.rank === 1) return { ...value, row: !value.row };
  if (value.rank === 2) {
    const flipped = (of: Tensor): Tensor => tensor(2, span, ([i, j]) => of.component([known(j), known(i)]));
    if (value.diagonal === undefined) return flipped(value);
    const { entry, rest } = value.diagonal;
    return diagonalMatrix(span, { entry, rest: rest && flipped(rest) });
  }
  return refuse('vector-rank', `a transposed ${rankName(value)}`, span);
}

function keepRow(result: Value, left: Value, right: Value): Value {
  return isScalarValue(result)
    ? result
    : { ...result, row: (!isScalarValue(left) && left.row) || (!isScalarValue(right) && right.row) };
}

/** Makes a value's power, for exponents that are formulas. */
export function powerOf(base: Value, exponent: Value, span: Span, algebra: Algebra): Value {
  if (exponent.rank !== 0)
    return refuse('vector-function', 'expected a number as exponent, not a vector', exponent.span);
  if (base.rank === 2 && exponent.rank === 0) {
    const times = 'formula' in exponent && exponent.formula.kind === 'number' ? exponent.formula.value : null;
    if (base.diagonal?.rest === null) {
      const { entry } = base.diagonal;
      const power = (index: Formula): Formula => ({
        kind: 'power',
        span,
        base: entry(index),
        exponent: componentOf(exponent, []),
      });
      return diagonalMatrix(span, { entry: power, rest: null });
    }
    if (times === null || !times.isInteger() || times.sign() <= 0 || times.num > 8n)
      return refuse(
        'matrix-power',
        'powers of matrices are read only with an exponent from 1 to 8; inverses and roots of matrices are not read',
        span,
        'Those of diag(v) are read.',
      );
    return productOfAll(
      Array.from({ length: Number(times.num) }, () => base),
      span,
      algebra,
    );
  }
  const formula = 'formula' in exponent ? exponent.formula : null;
  if (formula === null) throw new Error('a scalar has a formula');
  return mapOf(base, span, algebra, 'a power', argument => ({
    kind: 'power',
    span,
    base: argument,
    exponent: formula,
  }));
}
