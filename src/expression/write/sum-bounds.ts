/** The bounds of nested sums: which constraints bound an index, and which conditions no range enforces. */
import type { IndexSort } from '../../formula/formula.ts';
import type { LinearForm } from '../../number/linear-form.ts';
import { closeConstraints, type Constraint, knownBound } from '../core/domain.ts';
import { atomForm, DIMENSION_INDEX, freeSort, isBound, ITERATION_INDEX, ZERO } from '../core/indices.ts';

/** Where an index is summed. */
export interface PlanContext {
  readonly sorts: ReadonlyMap<number, IndexSort>;
  readonly constraints: readonly Constraint[];
  /** What holds for the outer indices. */
  readonly known: readonly Constraint[];
  readonly outer: readonly number[];
}

/** n ≥ 0 and 1 ≤ i ≤ p for every free component i, which hold everywhere; `open` are the indices of the sums. */
export function baseFacts(constraints: readonly Constraint[], open: readonly number[]): Constraint[] {
  const facts: Constraint[] = [
    { left: ZERO, right: ITERATION_INDEX, bound: 0 },
    { left: ZERO, right: DIMENSION_INDEX, bound: -1 },
  ];
  const seen = new Set(constraints.flatMap(({ left, right }) => [left, right]));
  for (const index of seen)
    if (isFreeComponent(index) && !open.includes(index)) facts.push(fromOne(index), upToDimension(index));
  return facts;
}

const isFreeComponent = (index: number): boolean =>
  index !== ZERO && !isBound(index) && index !== DIMENSION_INDEX && freeSort(index) === 'coordinate';
const fromOne = (index: number): Constraint => ({ left: ZERO, right: index, bound: -1 });
const upToDimension = (index: number): Constraint => ({ left: index, right: DIMENSION_INDEX, bound: 0 });

/** Constraints among free indices that no range enforces. A component without a bound of its own is written from 1, or up to p. */
export function freeConditions(
  constraints: readonly Constraint[],
  open: readonly number[],
  known: readonly Constraint[],
): Constraint[] {
  const isOpen = (index: number): boolean => open.includes(index);
  const ranges = constraints.filter(({ left, right }) => isOpen(left) || isOpen(right));
  const ends = open
    .filter(index => freeSort(index) === 'coordinate')
    .flatMap(index => [
      ...(ranges.some(({ right }) => right === index) ? [] : [fromOne(index)]),
      ...(ranges.some(({ left }) => left === index) ? [] : [upToDimension(index)]),
    ]);
  const closure = closeConstraints([...known, ...ranges, ...ends]);
  if (closure === null) return [];
  return constraints.filter(c => !isOpen(c.left) && !isOpen(c.right) && knownBound(closure, c.left, c.right) > c.bound);
}

/** The bounds of an index inside the outer ones, without those that others imply. */
export function boundsOf(
  index: number,
  context: PlanContext,
): { lower: LinearForm[]; upper: LinearForm[]; facts: Constraint[] } {
  const inner = [...context.sorts.keys()].filter(other => other !== index && !context.outer.includes(other));
  const facts = context.constraints.filter(
    ({ left, right }) => (left === index || right === index) && !inner.includes(left) && !inner.includes(right),
  );
  const closure = closeConstraints(context.known);
  const uppers = facts.filter(c => c.left === index).map(c => ({ other: c.right, constant: c.bound }));
  const lowers = facts.filter(c => c.right === index).map(c => ({ other: c.left, constant: -c.bound }));
  /** Whether a ≤ b always. */
  const atMost = (a: { other: number; constant: number }, b: { other: number; constant: number }): boolean =>
    closure !== null && knownBound(closure, a.other, b.other) <= b.constant - a.constant;
  const needed = <T extends { other: number; constant: number }>(
    list: readonly T[],
    implied: (by: T, item: T) => boolean,
  ): T[] => {
    const kept: T[] = [...list];
    for (const item of list) {
      const others = kept.filter(other => other !== item);
      if (others.some(by => implied(by, item))) kept.splice(kept.indexOf(item), 1);
    }
    return kept;
  };
  const upper = needed(uppers, (by, item) => atMost(by, item)).map(({ other, constant }) => atomForm(other, constant));
  const lower = needed(lowers, (by, item) => atMost(item, by)).map(({ other, constant }) => atomForm(other, constant));
  return { lower, upper, facts };
}
