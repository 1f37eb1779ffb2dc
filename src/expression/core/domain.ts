/**
 * Domains of bound indices as difference constraints x − y ≤ c, closed by shortest paths. Over the integers the closure
 * is exact: it is canonical for non-empty domains, and a negative cycle means that the domain is empty.
 */
import { work } from '../../base/work.ts';
import { addForms, type LinearForm } from '../../number/linear-form.ts';
import { atomForm, isFormIndex, ZERO } from './indices.ts';

/** x − y ≤ bound, x and y index variables or ZERO. */
export interface Constraint {
  readonly left: number;
  readonly right: number;
  readonly bound: number;
}

export interface Closure {
  /** The index variables, ZERO first. */
  readonly nodes: readonly number[];
  /** distances[i][j]: the least c known with nodes[i] − nodes[j] ≤ c; Infinity when unbounded. */
  readonly distances: readonly (readonly number[])[];
}

/** Steps of the search for shortest paths that make a unit of work. */
const CELLS_A_UNIT = 64;

/** The closure of the constraints, with what they tell of the forms that indices stand for; null when no integers satisfy them. */
export function closeConstraints(constraints: readonly Constraint[]): Closure | null {
  const closure = closeGiven(constraints);
  if (closure === null || !closure.nodes.some(isFormIndex)) return closure;
  const found = ofForms(closure);
  return found.length === 0 ? closure : closeGiven([...constraints, ...found]);
}

/** 2n − n ≥ 0 where n ≥ 0 is known, and the like for every form that an index stands for. */
function ofForms(closure: Closure): Constraint[] {
  const bound = (left: number, right: number): number => knownBound(closure, left, right);
  return closure.nodes.flatMap(left =>
    closure.nodes.flatMap(right => {
      if (left === right || !(isFormIndex(left) || isFormIndex(right))) return [];
      const most = greatest(addForms(atomForm(left), atomForm(right), -1), bound);
      return most < bound(left, right) ? [{ left, right, bound: most }] : [];
    }),
  );
}

/** Forms with more indices than this are not bounded. */
const MOST_PAIRED = 6;

/** The least bound of a form by bounds of differences: every index with a plus sign is paired with one with a minus sign or with 0. */
export function greatest(form: LinearForm, bound: (left: number, right: number) => number): number {
  const plus: number[] = [];
  const minus: number[] = [];
  for (const [index, count] of form.terms)
    for (let i = 0; i < Math.abs(count) && plus.length + minus.length <= MOST_PAIRED; i += 1)
      (count > 0 ? plus : minus).push(index);
  if (plus.length + minus.length > MOST_PAIRED) return Number.POSITIVE_INFINITY;
  return form.constant + paired(plus, minus, bound);
}

function paired(
  lefts: readonly number[],
  rights: readonly number[],
  bound: (left: number, right: number) => number,
): number {
  const [first, ...others] = lefts;
  if (first === undefined) return rights.reduce((sum, right) => sum + bound(ZERO, right), 0);
  const alone = bound(first, ZERO) + paired(others, rights, bound);
  return rights.reduce((best, right, at) => {
    const rest = rights.filter((_, other) => other !== at);
    return Math.min(best, bound(first, right) + paired(others, rest, bound));
  }, alone);
}

function closeGiven(constraints: readonly Constraint[]): Closure | null {
  const nodes: number[] = [ZERO];
  for (const { left, right } of constraints) {
    if (!nodes.includes(left)) nodes.push(left);
    if (!nodes.includes(right)) nodes.push(right);
  }
  const size = nodes.length;
  work(1 + Math.ceil((size * size * size) / CELLS_A_UNIT));
  const distances = nodes.map((_, i) => nodes.map((__, j) => (i === j ? 0 : Number.POSITIVE_INFINITY)));
  const at = (i: number, j: number): number => distances[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (const { left, right, bound } of constraints) {
    const i = nodes.indexOf(left);
    const j = nodes.indexOf(right);
    const row = distances[i];
    if (row !== undefined && bound < at(i, j)) row[j] = bound;
  }
  for (let k = 0; k < size; k += 1) {
    for (let i = 0; i < size; i += 1) {
      const through = at(i, k);
      if (through === Number.POSITIVE_INFINITY) continue;
      const row = distances[i];
      if (row === undefined) continue;
      for (let j = 0; j < size; j += 1) {
        const candidate = through + at(k, j);
        if (candidate < at(i, j)) row[j] = candidate;
      }
    }
  }
  for (let i = 0; i < size; i += 1) if (at(i, i) < 0) return null;
  return { nodes, distances };
}

/** The tightest known c with left − right ≤ c; Infinity when nothing is known. */
export function knownBound(closure: Closure, left: number, right: number): number {
  if (left === right) return 0;
  const i = closure.nodes.indexOf(left);
  const j = closure.nodes.indexOf(right);
  return closure.distances[i]?.[j] ?? Number.POSITIVE_INFINITY;
}

/** All finite entries of the closure as constraints (the canonical presentation; equalities must have been removed). */
export function closureConstraints(closure: Closure): Constraint[] {
  const result: Constraint[] = [];
  closure.nodes.forEach((left, i) => {
    closure.nodes.forEach((right, j) => {
      const bound = closure.distances[i]?.[j] ?? Number.POSITIVE_INFINITY;
      if (i !== j && bound !== Number.POSITIVE_INFINITY) result.push({ left, right, bound });
    });
  });
  return result;
}

/** A pair x = y + shift that the closure implies, with a variable for which `eliminable` holds as x; null if none. */
export function impliedEquality(
  closure: Closure,
  eliminable: (index: number) => boolean,
): { readonly variable: number; readonly other: number; readonly shift: number } | null {
  for (let i = 1; i < closure.nodes.length; i += 1) {
    const variable = closure.nodes[i] ?? ZERO;
    if (!eliminable(variable)) continue;
    for (let j = 0; j < closure.nodes.length; j += 1) {
      if (i === j) continue;
      const forward = closure.distances[i]?.[j] ?? Number.POSITIVE_INFINITY;
      const backward = closure.distances[j]?.[i] ?? Number.POSITIVE_INFINITY;
      if (forward + backward === 0) return { variable, other: closure.nodes[j] ?? ZERO, shift: forward };
    }
  }
  return null;
}
