/**
 * Where the guard looks: which n, which p and which free labels, for the constants of a statement. Numbers only; what else a
 * sample has is drawn.
 */
import { DIMENSION, type IndexSort, ITERATION } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';
import { LARGEST_DIMENSION_OF, LARGEST_GUARDED_DIMENSION, type Place } from '../stated/place.ts';
import type { ZeroAt } from './zeros.ts';
import type { Constants } from '../stated/constants.ts';
import { placesWhere } from './edge-places.ts';
import type { IntegerForm } from '../stated/integer-form.ts';

/** Around a constant: a range that is empty by one, by two and by three, and one with a term. */
const AROUND = [-2, -1, 0, 1, 2] as const;
const SMALLEST = [0, 1, 2, 3, 4, 5] as const;
/** Well beyond the usual samples, and beyond what the conditions begin with. */
const FAR = [7, 12, 20, 40, 100] as const;
const MOST_COMBINED = 24;
const MOST_ITERATIONS = 60;
const MOST_LABELLED = 60;
const MOST_DIMENSIONS = 60;
const MOST_ZEROS = 24;
/** Ends of domains, and the n at each of them, for inequalities. */
const MOST_ENDS = 8;
const MOST_AT_ENDS = 12;

const distinct = (values: Iterable<number>): number[] => [...new Set(values)];
const around = (values: readonly number[]): number[] => values.flatMap(c => AROUND.map(step => c + step));

const JOINT_OFFSETS = [0, -1, 1] as const;
const MOST_JOINT = 8;

/** Whether a form ties n, p or free labels to each other. */
const isJoint = (terms: ReadonlyMap<string, unknown>, letters: ReadonlyMap<string, IndexSort>): boolean =>
  terms.size > 1 && [...terms.keys()].every(name => name === ITERATION || name === DIMENSION || letters.has(name));

const shiftedForm = ({ constant, terms }: IntegerForm, by: number): IntegerForm => ({
  constant: constant.add(Rational.of(by)),
  terms,
});

/** Sums and differences of two of them. */
const combined = (values: readonly number[]): number[] =>
  values.flatMap((a, at) => values.slice(at).flatMap(b => [a + b, Math.abs(a - b)]));

/** The values of n that the constants ask for; the first are the most telling. */
export function iterationsFor(constants: readonly number[]): number[] {
  const own = constants.filter(c => c > 2);
  return distinct([...SMALLEST, ...around(own), ...around(combined(constants)).filter(c => c > 5)])
    .filter(n => n >= 0)
    .slice(0, MOST_ITERATIONS);
}

/** From the least n that is allowed to well beyond it. */
export const farFrom = (least: number): number[] =>
  distinct([...FAR.map(step => least + step), ...(least > 0 ? [2 * least, 3 * least] : [])]);

/** Beside every constant; all small ones where p matters. `largest` is the largest p that can be afforded. */
export function dimensionsFor({ coordinates, aboutDimension }: Constants, largest: number): number[] {
  const small = aboutDimension || coordinates.some(c => c > 1) ? LARGEST_GUARDED_DIMENSION : 3;
  const near = around([...coordinates, ...combined(coordinates)]).filter(p => p > small && p <= largest);
  return [...Array.from({ length: small }, (_, at) => at + 1), ...distinct(near).slice(0, MOST_DIMENSIONS)];
}

/**
 * n and p in turn, and both together where both have constants of their own; free labels beside the constants, and beside n
 * less a constant. `allows` says which sizes the conditions on n, p and labels let through.
 */
export function placesFor(
  constants: Constants,
  letters: ReadonlyMap<string, IndexSort>,
  allows: (letters: ReadonlyMap<string, number>) => boolean,
  zeros: readonly ZeroAt[],
  { hasLosses, isOrdered }: { readonly hasLosses: boolean; readonly isOrdered: boolean },
): Place[] {
  const near = iterationsFor(constants.history);
  const dimensions = dimensionsFor(constants, LARGEST_DIMENSION_OF[hasLosses ? 'lean' : 'none']);
  const fits = (n: number, dimension: number): boolean =>
    allows(
      new Map([
        [ITERATION, n],
        [DIMENSION, dimension],
      ]),
    );
  const least = leastOf([...near, ...around(constants.history)], n => dimensions.some(p => fits(n, p)));
  const found: Place[] = [];
  const add = (n: number, dimension: number, labels: ReadonlyMap<string, number> = new Map()): void => {
    if (fits(n, dimension)) found.push({ n, dimension, letters: labels });
  };
  const inTurn = (iterations: readonly number[]): void =>
    iterations.forEach((n, at) => {
      const usual = [1 + (at % 2), 2 - (at % 2), ...dimensions].find(dimension => fits(n, dimension));
      if (usual !== undefined) add(n, usual);
    });
  inTurn(near);
  const allowed = distinct([...near, ...farFrom(least)]).filter(n => dimensions.some(p => fits(n, p)));
  const zeroSizes = found.slice(1, 4);
  // Integers of several letters together: n + p = 17, n − k = 9, and one to either side.
  for (const form of constants.forms.filter(({ terms }) => isJoint(terms, letters)).slice(0, MOST_JOINT))
    for (const off of JOINT_OFFSETS)
      for (const { n, dimension, letters: labels } of placesWhere([shiftedForm(form, off)], letters).slice(0, 2))
        add(n, dimension, labels);
  const chosen = zeros.filter(({ needed }, at) => needed !== 'never' || at < MOST_ZEROS);
  chosen.forEach(({ formula, needed }, at) => {
    const place = zeroSizes[at % zeroSizes.length];
    if (place) found.push({ ...place, zeros: [formula], needed });
  });
  // n − 2 + β^n > 0 fails at β = 0 and n = 2 alone.
  const sizes = found.filter(each => near.includes(each.n) && each.zeros === undefined).slice(0, MOST_AT_ENDS);
  if (isOrdered)
    for (const { formula } of zeros.filter(({ atEnd }) => atEnd === true).slice(0, MOST_ENDS))
      for (const size of sizes) found.push({ ...size, zeros: [formula] });
  const [flat] = zeroSizes;
  if (flat) found.push({ ...flat, flat: true });
  inTurn(farFrom(least).filter(n => !near.includes(n)));
  const [n0 = 0, n1 = n0] = allowed;
  for (const dimension of dimensions.slice(2)) add(n1, dimension);
  if (constants.comparesCoordinates && hasLosses)
    for (const dimension of distinct(constants.coordinates.flatMap(c => [c + 1, c - 1, c])))
      if (dimension > 1 && dimension <= LARGEST_DIMENSION_OF.even && fits(n1, dimension))
        found.push({ n: n1, dimension, letters: new Map(), even: true });
  if (constants.aboutDimension)
    for (const [n, dimension] of pairs(allowed, dimensions).slice(0, MOST_COMBINED)) add(n, dimension);
  for (const [name, sort] of letters)
    for (const { n, value, dimension } of labelled(sort, allowed, constants).slice(0, MOST_LABELLED))
      add(n, dimension, new Map([[name, value]]));
  return found;
}

function leastOf(candidates: readonly number[], fits: (n: number) => boolean): number {
  const allowed = candidates.filter(n => n >= 0 && fits(n));
  return allowed.length === 0 ? 0 : Math.min(...allowed);
}

const pairs = (some: readonly number[], others: readonly number[]): [number, number][] =>
  some
    .flatMap(n => others.map((dimension): [number, number] => [n, dimension]))
    .sort(([a, b], [c, d]) => a + b - c - d);

interface Labelled {
  readonly n: number;
  readonly value: number;
  readonly dimension: number;
}

/** A label at and around the constants, counted from 0 and from n; a coordinate at both ends. */
function labelled(sort: IndexSort, iterations: readonly number[], { history, coordinates }: Constants): Labelled[] {
  if (sort === 'coordinate') {
    const values = distinct([1, ...around(coordinates)]).filter(c => c >= 1 && c <= LARGEST_DIMENSION_OF.lean);
    return values.map(value => ({ n: iterations[1] ?? 0, value, dimension: Math.max(2, value) }));
  }
  const offsets = distinct([0, 1, ...around(history)]).filter(c => c >= 0);
  return iterations.flatMap(n =>
    distinct(offsets.flatMap(c => [c, n - c]))
      .filter(value => value >= 0 && value <= n)
      .map(value => ({ n, value, dimension: 2 })),
  );
}
