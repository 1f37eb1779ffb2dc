/** The sizes at which an edge lies: a few choices of n, p and free labels that make its integers vanish. */
import { DIMENSION, type IndexSort, ITERATION } from '../../formula/formula.ts';
import type { Edge } from '../symbolic/edge.ts';
import { formAt, type IntegerForm, integerFormOf } from '../stated/integer-form.ts';
import { LARGEST_DIMENSION_OF, LARGEST_GUARDED_DIMENSION, type Place } from '../stated/place.ts';

const MOST_PLACES = 4;
/** Where a form has one letter only, its root is taken however large it is; else n is tried up to here. */
const LARGEST_N = 64;

/** Places of an edge whose zeros are all integers; of another one the first few sizes, scalars being set later. */
export const placesOfEdge = ({ zeros }: Edge, letters: ReadonlyMap<string, IndexSort>): Place[] =>
  placesWhere(
    zeros.flatMap(zero => integerFormOf(zero) ?? []),
    letters,
  );

/** A few places at which all these forms vanish; none where one of them has a letter that is not n, p or a free label. */
export function placesWhere(forms: readonly IntegerForm[], letters: ReadonlyMap<string, IndexSort>): Place[] {
  const found: Place[] = [];
  const isAboutDimension = forms.some(({ terms }) => terms.has(DIMENSION));
  const labels = [...letters].filter(([name]) => forms.some(({ terms }) => terms.has(name)));
  const roots = forms.flatMap(form => rootsOfOne(form, ITERATION));
  const dimensions = forms.flatMap(form => rootsOfOne(form, DIMENSION)).filter(p => p <= LARGEST_DIMENSION_OF.lean);
  for (const place of candidates(roots, dimensions, labels, isAboutDimension)) {
    const values = new Map([...place.letters, [ITERATION, place.n], [DIMENSION, place.dimension]]);
    if (!forms.every(form => formAt(form, values)?.isZero() === true)) continue;
    found.push(place);
    if (found.length >= MOST_PLACES) break;
  }
  return found;
}

function rootsOfOne({ constant, terms }: IntegerForm, letter: string): number[] {
  const coefficient = terms.size === 1 ? terms.get(letter) : undefined;
  if (!coefficient) return [];
  const root = constant.negate().divide(coefficient);
  return root.isInteger() && root.sign() >= 0 ? [root.toNumber()] : [];
}

function* candidates(
  roots: readonly number[],
  dimensionRoots: readonly number[],
  labels: readonly (readonly [string, IndexSort])[],
  isAboutDimension: boolean,
): Generator<Place> {
  const iterations = roots.length > 0 ? roots : Array.from({ length: LARGEST_N + 1 }, (_, n) => n);
  const usual = isAboutDimension ? Array.from({ length: LARGEST_GUARDED_DIMENSION }, (_, at) => at + 1) : [2];
  const dimensions = dimensionRoots.length > 0 ? dimensionRoots.filter(p => p >= 1) : usual;
  for (const n of iterations)
    for (const dimension of dimensions)
      for (const letters of labelsUpTo(labels, n, dimension)) yield { n, dimension, letters };
}

function* labelsUpTo(
  letters: readonly (readonly [string, IndexSort])[],
  n: number,
  dimension: number,
): Generator<ReadonlyMap<string, number>> {
  const [first, ...others] = letters;
  if (!first) {
    yield new Map();
    return;
  }
  const [name, sort] = first;
  const [from, to] = sort === 'coordinate' ? [1, dimension] : [0, n];
  for (const rest of labelsUpTo(others, n, dimension))
    for (let value = from; value <= to; value += 1) yield new Map([[name, value], ...rest]);
}
