/**
 * Splitting of domains into common cells: every pair of indices is compared at the constants at which some term compares
 * such a pair, so that terms with equal bodies have equal or disjoint domains, and (Σ_k a_k)² meets Σ_k a_k² + 2Σ_{k<l} a_k a_l.
 */
import type { Budget } from '../../../base/budget.ts';
import { closeConstraints, type Closure, type Constraint, knownBound } from '../../../expression/core/domain.ts';
import { type Expression, sumTerms } from '../../../expression/core/expression.ts';
import { DIMENSION_INDEX, freeSort, isBound, ITERATION_INDEX, ZERO } from '../../../expression/core/indices.ts';
import { freeIndices, makeTerm, type RawTerm, type Term } from '../../../expression/core/term.ts';

/** Which kinds of index are compared: cut constants are collected for each. */
type PairKind = string;

/** Bound indices of one sort are of one kind, whatever their places; every other index is one by itself. */
const kindOf = (index: number, { sorts }: RawTerm): string => {
  if (!isBound(index)) return `${index}`;
  return `${sorts[index]}`;
};

/** The constants c at which x − y is compared with c, for every kind of pair. */
function cutsOf(terms: readonly Term[]): Map<PairKind, Set<number>> {
  const cuts = new Map<PairKind, Set<number>>();
  const note = (left: string, right: string, bound: number): void => {
    const key = `${left}-${right}`;
    const set = cuts.get(key);
    if (set === undefined) cuts.set(key, new Set([bound]));
    else set.add(bound);
  };
  for (const term of terms) {
    for (const { left, right, bound } of necessary(term)) {
      const [a, b] = [kindOf(left, term), kindOf(right, term)];
      note(a, b, bound);
      note(b, a, -bound - 1);
    }
    for (const { left, right, bound } of narrow(term)) note(kindOf(left, term), kindOf(right, term), bound);
  }
  return cuts;
}

/** Where a bound index has a few values beside another index only, as k from n − 1 to n, each is a cell of its own. */
const WIDEST = 4;

function narrow(term: Term): Constraint[] {
  const closure = closeConstraints([...term.constraints, ...facts(term)]);
  if (closure === null) return [];
  return term.sorts.flatMap((_, left) =>
    closure.nodes.flatMap((right): Constraint[] => {
      const [highest, lowest] = [knownBound(closure, left, right), -knownBound(closure, right, left)];
      if (!(highest - lowest < WIDEST)) return [];
      return Array.from({ length: highest - lowest }, (__, at) => ({ left, right, bound: lowest + at }));
    }),
  );
}

/** The constraints that do not follow from the others by a chain: what follows needs no cut of its own. */
function necessary(term: Term): Constraint[] {
  const closure = closeConstraints([...term.constraints, ...facts(term)]);
  if (closure === null) return [];
  return term.constraints.filter(
    ({ left, right, bound }) =>
      !closure.nodes.some(
        middle =>
          middle !== left &&
          middle !== right &&
          knownBound(closure, left, middle) + knownBound(closure, middle, right) <= bound,
      ),
  );
}

/** Free indices that some domain speaks of: every term is compared with them. */
const comparedFree = (terms: readonly Term[]): Set<number> =>
  new Set(
    terms
      .flatMap(term => term.constraints.flatMap(({ left, right }) => [left, right]))
      .filter(index => !isBound(index)),
  );

/** More cuts for one kind of pair than this are not tried. */
const MAX_CUTS = 12;

/** The expression with every domain split at the cuts of all its terms. */
export function splitIntoCells(expression: Expression, budget: Budget): Expression {
  const cuts = cutsOf(expression.terms);
  for (const [kind, set] of cuts) if (set.size > MAX_CUTS) cuts.set(kind, new Set([...set].slice(0, MAX_CUTS)));
  const compared = comparedFree(expression.terms);
  const result: Term[] = [];
  const queue: Term[] = [...expression.terms];
  for (let term = queue.pop(); term !== undefined; term = queue.pop()) {
    budget.spend();
    const parts = splitOnce(term, cuts, compared);
    if (parts === null) result.push(term);
    else queue.push(...parts);
  }
  return sumTerms(result);
}

/** The two parts of a term at the first cut that its domain does not decide; null when all are decided. */
function splitOnce(
  term: Term,
  cuts: ReadonlyMap<PairKind, ReadonlySet<number>>,
  compared: ReadonlySet<number>,
): Term[] | null {
  const closure = closeConstraints([...term.constraints, ...facts(term, compared)]);
  if (closure === null) return [];
  const nodes = [ZERO, ...new Set([...freeIndices(term), ...compared]), ...term.sorts.map((_, i) => i)];
  for (const left of nodes) {
    for (const right of nodes) {
      const set = cuts.get(`${kindOf(left, term)}-${kindOf(right, term)}`);
      if (set === undefined) continue;
      for (const bound of set) {
        const split = splitAt(term, closure, left, right, bound);
        if (split !== null) return split;
      }
    }
  }
  return null;
}

function splitAt(term: Term, closure: Closure, left: number, right: number, bound: number): Term[] | null {
  if (knownBound(closure, left, right) <= bound || knownBound(closure, right, left) <= -bound - 1) return null;
  const parts: Constraint[] = [
    { left, right, bound },
    { left: right, right: left, bound: -bound - 1 },
  ];
  return parts.flatMap(extra => {
    const part = makeTerm({ ...term, constraints: [...term.constraints, extra] });
    return part === null ? [] : [part];
  });
}

/** n ≥ 0, and 1 ≤ x ≤ p for every coordinate. */
function facts(term: Term, also: ReadonlySet<number> = new Set()): Constraint[] {
  const result: Constraint[] = [
    { left: ZERO, right: ITERATION_INDEX, bound: 0 },
    { left: ZERO, right: DIMENSION_INDEX, bound: -1 },
  ];
  const coordinates = [...new Set([...freeIndices(term), ...also])].filter(index => freeSort(index) === 'coordinate');
  term.sorts.forEach((sort, index) => {
    if (sort === 'coordinate') coordinates.push(index);
  });
  for (const index of coordinates)
    result.push({ left: ZERO, right: index, bound: -1 }, { left: index, right: DIMENSION_INDEX, bound: 0 });
  return result;
}
