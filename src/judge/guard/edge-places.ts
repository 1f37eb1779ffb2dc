/** The sizes at which an edge lies: a few choices of n, p and free labels that make its integers vanish. */
import { DIMENSION, type IndexSort, ITERATION } from '../../formula/formula.ts';
import type { Edge } from './edge.ts';
import { formAt, type IntegerForm, integerFormOf } from './integer-form.ts';
import { LARGEST_GUARDED_DIMENSION, type Place } from './places.ts';

const MOST_PLACES = 4;
/** Where a form has one letter only, its root is taken however large it is; else n is tried up to here. */
const LARGEST_N = 64;

/** Places of an edge whose zeros are all integers; of another one the first few sizes, scalars being set later. */
export function placesOfEdge({ zeros }: Edge, letters: ReadonlyMap<string, IndexSort>): Place[] {
  const forms = zeros.flatMap(zero => integerFormOf(zero) ?? []);
  const found: Place[] = [];
  for (const place of candidates(
    forms.flatMap(form => rootsOfOne(form)),
    letters,
  )) {
    const values = new Map([...place.letters, [ITERATION, place.n], [DIMENSION, place.dimension]]);
    if (!forms.every(form => formAt(form, values)?.isZero() === true)) continue;
    found.push(place);
    if (found.length >= MOST_PLACES) break;
  }
  return found;
}

function rootsOfOne({ constant, terms }: IntegerForm): number[] {
  const coefficient = terms.size === 1 ? terms.get(ITERATION) : undefined;
  if (!coefficient) return [];
  const root = constant.negate().divide(coefficient);
  return root.isInteger() && root.sign() >= 0 ? [root.toNumber()] : [];
}

function* candidates(roots: readonly number[], letters: ReadonlyMap<string, IndexSort>): Generator<Place> {
  const iterations = roots.length > 0 ? roots : Array.from({ length: LARGEST_N + 1 }, (_, n) => n);
  for (const n of iterations)
    for (let dimension = 1; dimension <= LARGEST_GUARDED_DIMENSION; dimension += 1)
      for (const labels of labelsUpTo([...letters], n, dimension)) yield { n, dimension, letters: labels };
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
