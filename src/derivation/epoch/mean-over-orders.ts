/**
 * The mean over all m! orders of the batches of an epoch, place k holding batch π(k). A product of quantities at r places
 * that are all different has as its mean the mean over all r-tuples of unequal batches: 1/(m(m−1)…(m−r+1)) times
 * Σ_{σ} μ(σ) Π_{B ∈ σ} Σ_b Π_{i ∈ B} X_i(E_b) over the partitions σ of the places, μ(σ) = Π (−1)^{|B|−1} (|B|−1)!.
 * Weights belong to the places and are summed by themselves.
 *
 * Source: Stanley, Enumerative Combinatorics 1, Example 3.10.4: the Möbius function of the lattice of partitions.
 */
import type { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { closeConstraints, type Constraint, knownBound } from '../../expression/core/domain.ts';
import { BATCH_COUNT, batchCountTo, sumOverBatches } from '../../expression/read/epoch.ts';
import {
  add,
  constant,
  type Expression,
  expressionOf,
  factorExpression,
  multiply,
  type OpenedTerm,
  openTerm,
  scale,
  sumOverAll,
} from '../../expression/core/expression.ts';
import { exponentOf, type FactorPower, factorForms } from '../../expression/core/factor.ts';
import { ITERATION_INDEX, openIndex, ZERO } from '../../expression/core/indices.ts';
import { factorial } from '../../expression/calculus/series.ts';
import { makeTerm, type Term } from '../../expression/core/term.ts';
import { type LinearForm, shiftForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { cancelFractions } from '../../rewrite/rules/fractions.ts';
import { cancelInN } from '../../rewrite/rules/rational-in-n.ts';
import { sumOut } from '../../rewrite/rules/sums/resum.ts';
import { unfoldScalars } from '../../rewrite/unfold.ts';
import { batchesIn, batchKey, withBatches } from './batch-factors.ts';

export interface MeanTools {
  readonly assumptions: Assumptions;
  readonly budget: Budget;
}

/**
 * The mean of an expression in the batches E_k of the places k = 0 … m − 1, m = n + 1. What has no batch stays; refuses
 * what depends on several batches other than by products and sums.
 */
export function meanOverOrders(expression: Expression, tools: MeanTools): Expression {
  const cells = expression.terms.flatMap(term => distinctCells(term, tools.budget));
  return add(...cells.map(cell => meanOfCell(cell, tools)));
}

export const batchesAmong = (factors: readonly FactorPower[]): LinearForm[] => {
  const all = factors.flatMap(({ factor }) => batchesIn(factor));
  return [...new Map(all.map(form => [batchKey(form), form])).values()];
};

/** The parts of a term in which any two of its places are certainly different or the same. */
export function distinctCells(term: Term, budget: Budget): Term[] {
  const done: Term[] = [];
  const waiting = [term];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    budget.spend();
    const parts = splitPlaces(next);
    if (parts === null) done.push(next);
    else waiting.push(...parts);
  }
  return done;
}

function splitPlaces(term: Term): Term[] | null {
  // Bound indices of a term stay in its factors here: a factor that has its own inside is looked into when it is opened.
  const opened = openTerm(term);
  const places = batchesAmong(opened.factors);
  const facts: Constraint[] = [...opened.constraints, { left: ZERO, right: ITERATION_INDEX, bound: 0 }];
  const closure = closeConstraints(facts);
  if (closure === null) return [];
  for (const [i, a] of places.entries()) {
    for (const b of places.slice(i + 1)) {
      const [x, y] = [sideOf(a), sideOf(b)];
      // a − b ≤ c as a bound of the index variables.
      const gap = y.shift - x.shift;
      const isBelow = knownBound(closure, x.index, y.index) <= gap - 1;
      const isAbove = knownBound(closure, y.index, x.index) <= -gap - 1;
      if (isBelow || isAbove) continue;
      return parted(opened, [
        [{ left: x.index, right: y.index, bound: gap - 1 }],
        [
          { left: x.index, right: y.index, bound: gap },
          { left: y.index, right: x.index, bound: -gap },
        ],
        [{ left: y.index, right: x.index, bound: -gap - 1 }],
      ]);
    }
  }
  return null;
}

function sideOf(form: LinearForm): { readonly index: number; readonly shift: number } {
  const [only] = form.terms;
  if (only === undefined) return { index: ZERO, shift: form.constant };
  if (form.terms.length > 1 || only[1] !== 1)
    return refuse('mean-not-covered', 'the number of a batch must be an index up to a constant');
  return { index: only[0], shift: form.constant };
}

function parted(opened: OpenedTerm, extras: readonly (readonly Constraint[])[]): Term[] {
  const body = expressionOf([{ coefficient: opened.coefficient, factors: opened.factors, sorts: [], constraints: [] }]);
  return extras.flatMap(extra =>
    sumOverAll(body, opened.open, opened.sorts, [...opened.constraints, ...extra]).terms.flatMap(part => {
      const made = makeTerm(part);
      return made === null ? [] : [made];
    }),
  );
}

/** The mean of a term whose places are all different. */
function meanOfCell(term: Term, tools: MeanTools): Expression {
  const opened = openTerm(term);
  const places = batchesAmong(opened.factors);
  const isMoving = ({ factor }: FactorPower): boolean => batchesIn(factor).length > 0;
  const moving = opened.factors.filter(isMoving);
  for (const { factor } of moving)
    if (batchesIn(factor).length > 1)
      refuse(
        'mean-not-covered',
        'a root, a quotient or a function of several batches at once has no mean over their orders that is covered',
      );
  requireInEpoch(places, opened.constraints);
  const { summed, rest, coordinates, ofCoordinates } = weightOf(opened, isMoving, tools);
  const whole = sumOverAll(
    multiply(rest, unequalBatches(places, moving)),
    coordinates,
    coordinates.map(() => 'coordinate' as const),
    ofCoordinates,
  );
  const closed = cancelFractions(withoutSmallness(summed, places.length), tools.budget);
  const ratio = cancelInN(multiply(closed, inverseFalling(places.length)));
  return scale(multiply(ratio, whole), opened.coefficient);
}

interface Weighted {
  /** What belongs to the places, summed over them. */
  readonly summed: Expression;
  /** What has a component and no batch. */
  readonly rest: Expression;
  readonly coordinates: readonly number[];
  readonly ofCoordinates: readonly Constraint[];
}

/** The weights of a term, summed over its places, apart from what is summed over components. */
function weightOf(opened: OpenedTerm, isMoving: (own: FactorPower) => boolean, tools: MeanTools): Weighted {
  const isHistory = (at: number): boolean => opened.sorts[at] === 'history';
  const history = opened.open.filter((_, at) => isHistory(at));
  const coordinates = opened.open.filter((_, at) => !isHistory(at));
  const speaksOf = (list: readonly number[]) => (c: Constraint) => list.includes(c.left) || list.includes(c.right);
  const ofCoordinates = opened.constraints.filter(speaksOf(coordinates));
  const ofPlaces = opened.constraints.filter(c => !ofCoordinates.includes(c));
  const weight = sumOverAll(
    productOfPowers(opened.factors.filter(own => !isMoving(own) && !usesCoordinates(own, coordinates))),
    history,
    history.map(() => 'history' as const),
    ofPlaces,
  );
  const rest = productOfPowers(opened.factors.filter(own => !isMoving(own) && usesCoordinates(own, coordinates)));
  const summed = unfoldScalars(sumOut(weight, tools.assumptions, tools.budget), tools.budget, tools.assumptions);
  return { summed, rest, coordinates, ofCoordinates };
}

/** The same with the sum of the weights as one fraction. */
export function summedWeight(
  opened: OpenedTerm,
  isMoving: (own: FactorPower) => boolean,
  tools: MeanTools,
): Omit<Weighted, 'summed'> & { readonly weight: Expression } {
  const { summed, ...others } = weightOf(opened, isMoving, tools);
  return { ...others, weight: cancelFractions(summed, tools.budget) };
}

/** Every batch is one of 0 … m − 1. */
function requireInEpoch(places: readonly LinearForm[], constraints: readonly Constraint[]): void {
  const closure = closeConstraints([...constraints, { left: ZERO, right: ITERATION_INDEX, bound: 0 }]);
  if (closure === null) return;
  for (const place of places) {
    const { index, shift } = sideOf(place);
    const isInside = knownBound(closure, ZERO, index) <= shift && knownBound(closure, index, ITERATION_INDEX) <= -shift;
    if (!isInside) refuse('mean-not-covered', 'a step uses a batch outside of its epoch');
  }
}

const productOfPowers = (powers: readonly FactorPower[]): Expression =>
  multiply(constant(1), ...powers.map(({ factor, exponent }) => factorExpression(factor, exponent)));

const usesCoordinates = ({ factor }: FactorPower, coordinates: readonly number[]): boolean =>
  factorForms(factor).some(form => form.terms.some(([index]) => coordinates.includes(index)));

/**
 * Without the conditions m ≥ 2, …, m ≥ r that summation leaves: with fewer than r batches there is no tuple of r unequal
 * ones, so that the weight is multiplied by zero.
 */
const withoutSmallness = (weight: Expression, count: number): Expression =>
  expressionOf(
    weight.terms.map(term => ({
      ...term,
      constraints: term.constraints.filter(
        ({ left, right, bound }) => !(left === ZERO && right === ITERATION_INDEX && -bound < Math.max(1, count)),
      ),
    })),
  );

/** 1/(m(m−1)…(m−r+1)). */
const inverseFalling = (count: number): Expression =>
  multiply(
    constant(1),
    ...Array.from({ length: count }, (_, at) =>
      at === 0
        ? batchCountTo(-1)
        : factorExpression({ kind: 'index', index: shiftForm(BATCH_COUNT, -at) }, exponentOf(-1)),
    ),
  );

/** Σ over all tuples of unequal batches, one for each place. */
function unequalBatches(places: readonly LinearForm[], moving: readonly FactorPower[]): Expression {
  return add(
    ...partitions(places.map((_, at) => at)).map(blocks => {
      const open = blocks.map(() => openIndex('history'));
      const map = new Map(
        blocks.flatMap((block, at) =>
          block.map((place): [string, LinearForm] => [
            batchKey(places[place] ?? variableForm(ZERO)),
            variableForm(open[at] ?? ZERO),
          ]),
        ),
      );
      const body = multiply(constant(1), ...moving.map(own => withBatches(own, map)));
      const summed = open.reduce((inner, index) => sumOverBatches(inner, index), body);
      const sign = blocks.reduce(
        (product, { length }) => product * (length % 2 === 0 ? -1n : 1n) * factorial(length - 1),
        1n,
      );
      return scale(summed, Rational.of(sign));
    }),
  );
}

/** All partitions of a list into blocks. */
function partitions<T>(items: readonly T[]): T[][][] {
  const [first, ...rest] = items;
  if (first === undefined) return [[]];
  return partitions(rest).flatMap(blocks => [
    [[first], ...blocks],
    ...blocks.map((_, at) => blocks.map((block, other) => (other === at ? [first, ...block] : block))),
  ]);
}
