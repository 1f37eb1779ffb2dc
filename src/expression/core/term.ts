/**
 * A term of the normal form: an exact coefficient times powers of factors, summed over a domain of bound indices.
 * Every term is made by {@link makeTerm}, which closes the domain, eliminates indices that the domain fixes, merges equal
 * factors and labels bound indices canonically: two terms with equal keys are equal up to their coefficients.
 */
import { work } from '../../base/work.ts';
import { refuse } from '../../base/problem.ts';
import type { IndexSort } from '../../formula/formula.ts';
import { type LinearForm, substituteForm, variableForm } from '../../number/linear-form.ts';
import type { Rational } from '../../number/rational.ts';
import { closeConstraints, closureConstraints, type Constraint, impliedEquality } from './domain.ts';
import { type FactorPower, factorForms, factorKey, substituteExponent, substituteFactor } from './factor.ts';
import {
  asAtom,
  type Atom,
  atomForm,
  DIMENSION_INDEX,
  freeSort,
  indexName,
  isBound,
  isFormIndex,
  MAX_BOUND,
  ZERO,
} from './indices.ts';
import { labelTerm } from './label.ts';
import { mergeFactors, type Merged } from './merge-factors.ts';

export interface Term {
  readonly coefficient: Rational;
  /** Sorted by key, no factor twice, no exponent zero. */
  readonly factors: readonly FactorPower[];
  /** Sorts of the bound indices 0, 1, …; a coordinate runs over 1…p unless a constraint says less. */
  readonly sorts: readonly IndexSort[];
  /** The closed domain, without what holds for every coordinate. */
  readonly constraints: readonly Constraint[];
  /** Equal exactly for terms that are equal up to their coefficient. */
  readonly key: string;
}

export interface RawTerm {
  readonly coefficient: Rational;
  readonly factors: readonly FactorPower[];
  readonly sorts: readonly IndexSort[];
  readonly constraints: readonly Constraint[];
}

/** Replaces index variables in factors and constraints; a constraint on a variable mapped to x + c moves its bound. */
export function substituteRaw(
  term: RawTerm,
  map: ReadonlyMap<number, LinearForm>,
  sorts: readonly IndexSort[] = term.sorts,
): RawTerm {
  const factors = term.factors.map(power => {
    const factor = substituteFactor(power.factor, map);
    const exponent = substituteExponent(power.exponent, map);
    return factor === power.factor && exponent === power.exponent ? power : { factor, exponent };
  });
  const constraints = term.constraints.map(constraint => substituteConstraint(constraint, map));
  return { coefficient: term.coefficient, factors, sorts, constraints };
}

function substituteConstraint(constraint: Constraint, map: ReadonlyMap<number, LinearForm>): Constraint {
  const left = constraintSide(constraint.left, map);
  const right = constraintSide(constraint.right, map);
  return { left: left.index, right: right.index, bound: constraint.bound - left.shift + right.shift };
}

function constraintSide(index: number, map: ReadonlyMap<number, LinearForm>): Atom {
  const image = isFormIndex(index) ? substituteForm(atomForm(index), map) : map.get(index);
  return image === undefined
    ? { index, shift: 0 }
    : (asAtom(image) ??
        refuse('not-a-difference', 'a range depends on an index in a way that the normal form does not cover'));
}

const sortOf = (index: number, sorts: readonly IndexSort[]): IndexSort =>
  isBound(index) ? (sorts[index] ?? 'history') : freeSort(index);

/** The constraints 1 ≤ x ≤ p for every coordinate that a constraint speaks of. */
function coordinateFacts(constraints: readonly Constraint[], sorts: readonly IndexSort[]): Constraint[] {
  const seen = new Set<number>();
  for (const { left, right } of constraints) {
    for (const index of [left, right]) {
      if (index !== ZERO && index !== DIMENSION_INDEX && sortOf(index, sorts) === 'coordinate') seen.add(index);
    }
  }
  const facts: Constraint[] = [];
  for (const index of seen) {
    facts.push(
      { left: ZERO, right: index, bound: -1 },
      { left: index, right: DIMENSION_INDEX, bound: 0 },
      { left: ZERO, right: DIMENSION_INDEX, bound: -1 },
    );
  }
  return facts;
}

function isCoordinateTruth(constraint: Constraint, sorts: readonly IndexSort[]): boolean {
  const coordinate = (index: number): boolean => index !== ZERO && sortOf(index, sorts) === 'coordinate';
  if (constraint.left === ZERO) return coordinate(constraint.right) && constraint.bound >= -1;
  if (constraint.right === DIMENSION_INDEX) return coordinate(constraint.left) && constraint.bound >= 0;
  return coordinate(constraint.left) && coordinate(constraint.right) && constraint.right === DIMENSION_INDEX;
}

/** Removes the bound index `variable`, which equals `form`, and renumbers the bound indices above it. */
function eliminate(term: RawTerm, variable: number, form: LinearForm): RawTerm {
  const map = new Map<number, LinearForm>();
  const sorts = term.sorts.filter((_, index) => index !== variable);
  for (let index = variable + 1; index < term.sorts.length; index += 1) map.set(index, variableForm(index - 1));
  const lowered = form.terms.map(([v, c]) => [isBound(v) && v > variable ? v - 1 : v, c] as const);
  map.set(variable, { constant: form.constant, terms: [...lowered].sort((a, b) => a[0] - b[0]) });
  return substituteRaw(term, map, sorts);
}

/** Moves bound indices so that the first thing they stand in has no constant: Σ_{k=1}^{n+1} E_{k−1} is Σ_{k=0}^{n} E_k. */
function shiftedToZero(term: RawTerm): RawTerm {
  let map: Map<number, LinearForm> | null = null;
  term.sorts.forEach((sort, index) => {
    if (sort !== 'history') return;
    const shift = firstConstant(term, index);
    if (shift === 0) return;
    map ??= new Map();
    map.set(index, variableForm(index, -shift));
  });
  return map === null ? term : substituteRaw(term, map);
}

/** The greatest constant c with x + c as a batch, else the least as another argument; it moves with the index. */
function firstConstant(term: RawTerm, index: number): number {
  let batch: number | null = null;
  let other: number | null = null;
  for (const { factor } of term.factors) {
    for (const form of factorForms(factor)) {
      const [only] = form.terms;
      if (form.terms.length !== 1 || only === undefined || only[0] !== index || only[1] !== 1) continue;
      const isBatch = (factor.kind === 'loss' || factor.kind === 'differential') && form === factor.batch;
      if (isBatch) batch = Math.max(batch ?? form.constant, form.constant);
      else other = Math.min(other ?? form.constant, form.constant);
    }
  }
  return batch ?? other ?? 0;
}

/** Units of work for a term, and for each of its factors (base/work.ts). */
const A_TERM = 4;
const A_FACTOR = 2;

/** The canonical term of a product over a domain; null when it is zero (coefficient zero or empty domain). */
export function makeTerm(raw: RawTerm): Term | null {
  let term = raw;
  work(A_TERM + A_FACTOR * raw.factors.length);
  if (term.sorts.length > MAX_BOUND) throw new Error('too many bound indices');
  for (;;) {
    term = shiftedToZero(term);
    const merged = mergeFactors(term);
    if (merged === null) return null;
    if (term.constraints.length === 0) return finish(merged, term.sorts, []);
    const closure = closeConstraints([...term.constraints, ...coordinateFacts(term.constraints, term.sorts)]);
    if (closure === null) return null;
    const equality = impliedEquality(closure, isBound);
    if (equality === null) {
      const constraints = closureConstraints(closure).filter(c => !isCoordinateTruth(c, term.sorts));
      return finish(merged, term.sorts, constraints);
    }
    const form = atomForm(equality.other, equality.shift);
    term = eliminate({ ...merged, sorts: term.sorts, constraints: term.constraints }, equality.variable, form);
  }
}

function finish(merged: Merged, sorts: readonly IndexSort[], constraints: readonly Constraint[]): Term {
  const labelling = labelTerm({ factors: merged.factors, sorts, constraints });
  if (labelling.position.every((to, from) => to === from)) {
    return {
      coefficient: merged.coefficient,
      factors: sortFactors(merged.factors),
      sorts,
      constraints,
      key: labelling.key,
    };
  }
  const map = new Map<number, LinearForm>();
  labelling.position.forEach((to, from) => {
    if (to !== from) map.set(from, variableForm(to));
  });
  const newSorts: IndexSort[] = [...sorts];
  labelling.position.forEach((to, from) => {
    newSorts[to] = sorts[from] ?? 'history';
  });
  const renamed = substituteRaw({ ...merged, sorts, constraints }, map, newSorts);
  return {
    coefficient: merged.coefficient,
    factors: sortFactors(renamed.factors),
    sorts: newSorts,
    constraints: renamed.constraints,
    key: labelling.key,
  };
}

function sortFactors(factors: readonly FactorPower[]): FactorPower[] {
  if (factors.length < 2) return [...factors];
  return factors
    .map(power => [factorKey(power.factor, indexName), power] as const)
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([, power]) => power);
}

/** Whether the domain has an end such as 2n, which is no index up to a number. */
export const endsAtForm = ({ constraints }: Pick<RawTerm, 'constraints'>): boolean =>
  constraints.some(({ left, right }) => isFormIndex(left) || isFormIndex(right));

/** The free index variables that occur in a term's factors, exponents and constraints. */
export function freeIndices(term: RawTerm): Set<number> {
  const found = new Set<number>();
  const note = (index: number): void => {
    if (index !== ZERO && !isBound(index)) found.add(index);
  };
  for (const { factor, exponent } of term.factors) {
    for (const form of [exponent.form, ...factorForms(factor)]) for (const [index] of form.terms) note(index);
  }
  for (const { left, right } of term.constraints) {
    for (const [index] of [...atomForm(left).terms, ...atomForm(right).terms]) note(index);
  }
  return found;
}
