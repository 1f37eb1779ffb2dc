/**
 * The points at which the steps of a proof are looked at: n and p at small values and around every whole number that stands
 * in the proof's ranges, labels and exponents; free letters at their ends and between; two worlds for each.
 */
import type { IndexSort } from '../formula/formula.ts';
import type { Expression } from '../expression/core/expression.ts';
import { freeIndicesOf } from '../expression/core/expression.ts';
import { factorForms } from '../expression/core/factor.ts';
import {
  atomForm,
  BATCHES_INDEX,
  COMPONENT_INDEX,
  DIMENSION_INDEX,
  freeSort,
  indexName,
  isFormIndex,
  ITERATION_INDEX,
} from '../expression/core/indices.ts';
import type { Template } from '../expression/core/template.ts';
import type { Proof, StepRelation } from '../prove/trace.ts';

/** The integers of a point. */
export interface IntegerPoint {
  readonly n: number;
  readonly p: number;
  /** All free indices but p, n among them. */
  readonly indices: ReadonlyMap<number, number>;
}

const SMALL_N = [0, 1, 2, 3, 5];
const SMALL_P = [1, 2, 3];
/** Constants beyond this are not gone to: the sums would be too long. */
const LARGEST_CONSTANT = 12;
const MOST_PLACES = 24;

/** All expressions of a proof, its lemmas left out. */
export const expressionsOf = ({ start, steps }: Proof): Expression[] => [
  start,
  ...steps.flatMap(({ before, after, relation }) => [before, after, ...expressionsIn(relation)]),
];

function expressionsIn(relation: StepRelation): readonly Expression[] {
  if (relation.kind === 'times') return relation.factors;
  if (relation.kind === 'series') return relation.terms.map(({ coefficient }) => coefficient);
  if (relation.kind === 'toeplitz') return [relation.sizes, ...relation.fixed];
  if (relation.kind === 'tannery') return [relation.sizes, relation.dominated];
  if (relation.kind === 'recursion') return [relation.ratio, ...relation.where.map(({ gap }) => gap)];
  if (relation.kind === 'same-sign') return relation.where.map(({ gap }) => gap);
  if (relation.kind === 'limit') return (relation.parts ?? []).flatMap(({ before, after }) => [before, after]);
  if (relation.kind !== 'sign') return [];
  return [...relation.where, ...(relation.exactly === null ? [] : [relation.exactly])].map(({ gap }) => gap);
}

/** The whole numbers that stand beside indices anywhere in the expressions. */
function constantsOf(expressions: readonly Expression[]): Set<number> {
  const found = new Set<number>();
  const seen = new Set<Template>();
  const visit = ({ terms }: Expression): void => {
    for (const { factors, constraints } of terms) {
      for (const { bound } of constraints) found.add(Math.abs(bound));
      for (const { factor, exponent } of factors) {
        for (const { constant } of factorForms(factor)) found.add(Math.abs(constant));
        if (exponent.form.terms.length > 0 && exponent.constant.isInteger())
          found.add(Math.abs(Number(exponent.constant.num)));
        if (!('template' in factor) || seen.has(factor.template)) continue;
        seen.add(factor.template);
        visit(factor.template.body);
      }
    }
  };
  for (const each of expressions) visit(each);
  return found;
}

/** A whole number below `below` that depends on its place in the sequence alone. */
const scattered = (seed: number, below: number): number => Math.imul(seed + 3, 2654435761) % below;

const between = (low: number, high: number, seed: number): number =>
  low + Math.abs(scattered(seed, Math.max(1, high - low + 1)));

/** The places for a proof. `seed` chooses among them where there are too many. */
export function placesOf(proof: Proof, seed: number): IntegerPoint[] {
  const expressions = expressionsOf(proof);
  const letters = new Set<number>();
  for (const each of expressions) for (const index of freeIndicesOf(each)) letters.add(index);
  letters.delete(DIMENSION_INDEX);
  letters.add(ITERATION_INDEX);
  const around = [...constantsOf(expressions)]
    .filter(c => c <= LARGEST_CONSTANT)
    .flatMap(c => [c - 1, c, c + 1])
    .filter(c => c >= 0);
  const ns = [...new Set([...SMALL_N, ...around])].sort((a, b) => a - b);
  const hasCoordinates = expressions.some(hasCoordinate);
  const ps = hasCoordinates ? SMALL_P : [1];
  const all = ns.flatMap((n, i) =>
    // Each n with one p in turn, the smallest n with all of them.
    (n <= 1 ? ps : [ps[(i + seed) % ps.length] ?? 1]).flatMap(p =>
      [0, 1].map(round => place(n, p, letters, seed + 7 * i + round)),
    ),
  );
  const places = distinct(all);
  return places.length <= MOST_PLACES
    ? places
    : places.filter((_, i) => i < 12 || (i + seed) % Math.ceil((places.length - 12) / (MOST_PLACES - 12)) === 0);
}

function place(n: number, p: number, letters: ReadonlySet<number>, seed: number): IntegerPoint {
  const indices = new Map<number, number>();
  [...letters].forEach((index, i) => {
    const sort: IndexSort = freeSort(index);
    if (index === ITERATION_INDEX) indices.set(index, n);
    // Without repetition there are more batches than steps.
    else if (index === BATCHES_INDEX) indices.set(index, n + 1 + between(0, 2, seed));
    else if (sort === 'coordinate') indices.set(index, between(1, p, seed + 11 * i));
    else {
      // A letter at its ends, then in between.
      const ends = [0, n];
      indices.set(index, ends[(seed + i) % 3] ?? between(0, n, seed + 5 * i));
    }
  });
  return { n, p, indices };
}

const keyOf = ({ p, indices }: IntegerPoint): string => `${p};${[...indices].join(';')}`;
const distinct = (places: readonly IntegerPoint[]): IntegerPoint[] => [
  ...new Map(places.map(each => [keyOf(each), each])).values(),
];

function hasCoordinate(expression: Expression): boolean {
  const seen = new Set<Template>();
  const visit = ({ terms }: Expression): boolean =>
    terms.some(
      ({ sorts, factors, constraints }) =>
        sorts.includes('coordinate') ||
        constraints.some(({ left, right }) =>
          [left, right].some(
            index => isFormIndex(index) && atomForm(index).terms.some(([each]) => each === DIMENSION_INDEX),
          ),
        ) ||
        factors.some(({ factor }) => {
          if (
            factorForms(factor).some(form =>
              form.terms.some(
                ([index]) => index === DIMENSION_INDEX || (index >= 100 && freeSort(index) === 'coordinate'),
              ),
            )
          )
            return true;
          if (!('template' in factor) || seen.has(factor.template)) return false;
          seen.add(factor.template);
          return visit(factor.template.body);
        }),
    );
  return visit(expression);
}

/** n = 3, p = 2, j = 1. */
export const describePlace = ({ p, indices }: IntegerPoint): string =>
  [...[...indices].map(([index, value]) => `${letterName(index)} = ${value}`), `p = ${p}`].join(', ');

const letterName = (index: number): string =>
  index === ITERATION_INDEX || index === COMPONENT_INDEX
    ? indexName(index)
    : freeSort(index) === 'coordinate'
      ? 'i'
      : 'k';
