/** Σ and Π in formulas, as series in h; what is known of their letters holds inside. */
import { refuse } from '../../base/problem.ts';
import type { BigNode, Formula, IndexSort } from '../../formula/formula.ts';
import { variableForm } from '../../number/linear-form.ts';
import { sumOver } from '../core/expression.ts';
import { formOf, type Letters } from '../core/index-form.ts';
import { freeSort, openIndex, ZERO } from '../core/indices.ts';
import { productOver, rangeOfProduct } from '../arithmetic/product.ts';
import { coefficient, constantSeries, mapSeries, type Series } from '../calculus/series.ts';
import { isUsedAsCoordinate, isWholeRange, type Range, rangeOf, withinDimension } from '../arithmetic/sum-range.ts';
import type { FormulaReader } from './from-formula.ts';

/** The series of Σ over a range, its body by `bodyOf`. */
export function readSum(
  node: BigNode,
  letters: Letters,
  reader: FormulaReader,
  bodyOf: (body: Formula, letters: Letters) => Series,
): Series {
  const whole = node.sort === 'coordinate' && isWholeRange(node);
  const withForms = reader.meaning.endsAtForms === true;
  const read = (sort: IndexSort): { readonly range: Range; readonly inner: Series } => {
    const range = rangeOf({ ...node, sort }, letters, withForms);
    const inner = reader.under(reader.assumptions.indices.with(range.constraints), () =>
      bodyOf(node.body, new Map(letters).set(node.index, range.form)),
    );
    return { range, inner };
  };
  const isUsed = ({ range, inner }: ReturnType<typeof read>): boolean =>
    inner.some(value => isUsedAsCoordinate(value, range.open));
  // A coordinate is one of 1 … p; a letter that runs further is a plain number.
  const isOutside = node.sort === 'coordinate' && !whole && !isWithin(rangeOf(node, letters, withForms), reader);
  const first = read(isOutside ? 'history' : node.sort);
  if (isOutside && isUsed(first))
    return refuse('index-out-of-range', 'a sum over components must stay within 1 … p', node.span);
  // So is one that is no component anywhere.
  const isPlain = withForms && node.sort === 'coordinate' && !isOutside && !isUsed(first);
  const { range, inner } = isPlain ? read('history') : first;
  const sort = isOutside || isPlain ? 'history' : node.sort;
  return mapSeries(inner, value => sumOver(value, range.open, sort, whole && !isPlain ? [] : range.constraints));
}

/** Whether the range of a coordinate lies within 1 … p, as those of the letters around it do. */
function isWithin({ open, constraints }: Range, reader: FormulaReader): boolean {
  const letters = constraints
    .flatMap(({ left, right }) => [left, right])
    .filter(index => index !== open && index !== ZERO && freeSort(index) === 'coordinate');
  const known = reader.assumptions.indices.with([...constraints, ...letters.flatMap(withinDimension)]);
  return withinDimension(open).every(constraint => known.implies(constraint));
}

/** Π over a range, which holds no h. */
export function readProduct(node: BigNode, letters: Letters, reader: FormulaReader): Series {
  const lower = formOf(node.lower, letters);
  const upper = formOf(node.upper, letters);
  const read = (sort: IndexSort): { readonly open: number; readonly inner: Series } => {
    const open = openIndex(sort);
    const inner = reader.under(reader.assumptions.indices.with(rangeOfProduct(open, lower, upper)), () =>
      reader.series(node.body, new Map(letters).set(node.index, variableForm(open))),
    );
    return { open, inner };
  };
  const keepsRanges = reader.meaning.endsAtForms === true;
  const first = read(node.sort);
  const isPlain =
    keepsRanges && node.sort === 'coordinate' && !first.inner.some(value => isUsedAsCoordinate(value, first.open));
  const { open, inner } = isPlain ? read('history') : first;
  if (inner.length > 1) return refuse('product-not-covered', 'a product over an index must not contain h', node.span);
  const generic = reader.meaning.genericProducts === true;
  const assumptions = generic ? { ...reader.assumptions, genericProducts: true } : reader.assumptions;
  return constantSeries(productOver(coefficient(inner, 0), open, lower, upper, assumptions, keepsRanges));
}
