/**
 * The mean over the batches of the steps 0 … n of an expression at a fixed θ. Batches are drawn from a population of m losses with the mean
 * E: each by itself (iid), or without repetition (permuted). With E_k = E + δ_k at every step a product of quantities at r different steps
 * has as its mean, iid, the product of the means, and permuted
 * 1/(m(m−1)…(m−r+1)) Σ_σ μ(σ) Π_{B ∈ σ} m 𝔼_k[Π_{i ∈ B} X_i(k)] over the partitions σ of the steps, μ(σ) = Π (−1)^{|B|−1}(|B|−1)!.
 * Weights belong to the steps and are summed by themselves. Moments of any order stay what they are.
 *
 * Source: Stanley, Enumerative Combinatorics 1, Example 3.10.4: the Möbius function of the lattice of partitions.
 */
import { refuse } from '../../base/problem.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  multiply,
  ONE_EXPRESSION,
  openTerm,
  scale,
  sumOverAll,
  ZERO_EXPRESSION,
} from '../../expression/core/expression.ts';
import { exponentOf, type FactorPower } from '../../expression/core/factor.ts';
import { BATCHES_INDEX } from '../../expression/core/indices.ts';
import type { Term } from '../../expression/core/term.ts';
import { centralMoment, meanPart } from '../../expression/read/population.ts';
import { factorial } from '../../expression/calculus/series.ts';
import type { MeanSetting } from '../../notation/settings.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { batchesIn, batchKey } from '../epoch/batch-factors.ts';
import { batchesAmong, distinctCells, type MeanTools, summedWeight } from '../epoch/mean-over-orders.ts';
import { integerExponent } from '../../expression/core/factor.ts';

type Part = readonly LinearForm[];

/** The mean of an expression in the batches E_k of steps k. Refuses what depends on them other than by products and sums of derivatives. */
export function meanOverBatches(expression: Expression, setting: MeanSetting, tools: MeanTools): Expression {
  const cells = expression.terms.flatMap(term => distinctCells(term, tools.budget));
  return add(...cells.map(cell => meanOfCell(cell, setting, tools)));
}

/** The mean of a term whose steps are all different. */
function meanOfCell(term: Term, setting: MeanSetting, tools: MeanTools): Expression {
  const opened = openTerm(term);
  const places = batchesAmong(opened.factors);
  const isMoving = ({ factor }: FactorPower): boolean => batchesIn(factor).length > 0;
  const atPlaces = places.map(() => [] as Part[]);
  for (const own of opened.factors.filter(isMoving)) {
    const { coordinates, key, count } = derivativeOf(own);
    const at = places.findIndex(place => batchKey(place) === key);
    for (let i = 0; i < count; i += 1) atPlaces[at]?.push(coordinates);
  }
  const { weight, rest, coordinates, ofCoordinates } = summedWeight(opened, isMoving, tools);
  const moments = meanOfPlaces(atPlaces, setting);
  tools.budget.spend(moments.terms.length);
  const whole = sumOverAll(
    multiply(rest, moments),
    coordinates,
    coordinates.map(() => 'coordinate' as const),
    ofCoordinates,
  );
  return scale(multiply(weight, whole), opened.coefficient);
}

const NOT_COVERED =
  'the mean over the batches is derived of rules that are sums and products of gradients: a root, a quotient, a piece or a function of them has none that is covered';

function derivativeOf({ factor, exponent }: FactorPower): { coordinates: Part; key: string; count: number } {
  const count = integerExponent(exponent);
  if (factor.kind !== 'loss' || factor.batch === null || factor.at !== null || count === null || count < 1)
    return refuse('mean-not-covered', NOT_COVERED);
  return { coordinates: factor.coordinates, key: batchKey(factor.batch), count };
}

/** The mean of the product over the places of the products of these derivatives of the place's own loss. */
function meanOfPlaces(places: readonly (readonly Part[])[], setting: MeanSetting): Expression {
  return add(
    ...choicesOf(places.flatMap((parts, place) => parts.map(part => ({ place, part })))).map(({ plain, deviating }) => {
      const blocks = places.flatMap((_, at) => {
        const own = deviating.flatMap(({ place, part }) => (place === at ? [part] : []));
        return own.length === 0 ? [] : [own];
      });
      const mean = setting === 'iid' ? product(blocks.map(centralMoment)) : meanWithoutRepetition(blocks);
      return multiply(product(plain.map(({ part }) => meanPart(part))), mean);
    }),
  );
}

interface Placed {
  readonly place: number;
  readonly part: Part;
}

/** Every choice of the derivatives that deviate from their mean. */
function choicesOf(all: readonly Placed[]): { readonly plain: Placed[]; readonly deviating: Placed[] }[] {
  const [first, ...others] = all;
  if (first === undefined) return [{ plain: [], deviating: [] }];
  return choicesOf(others).flatMap(({ plain, deviating }) => [
    { plain: [first, ...plain], deviating },
    { plain, deviating: [first, ...deviating] },
  ]);
}

const product = (factors: readonly Expression[]): Expression => multiply(ONE_EXPRESSION, ...factors);

/** The mean over sequences of different losses of a product, a block of deviations for each. */
function meanWithoutRepetition(blocks: readonly (readonly Part[])[]): Expression {
  return add(
    ...partitions(blocks).map(joined => {
      const moments = joined.map(group => centralMoment(group.flat()));
      if (moments.some(({ terms }) => terms.length === 0)) return ZERO_EXPRESSION;
      const sign = joined.reduce((all, { length }) => all * (length % 2 === 0 ? -1n : 1n) * factorial(length - 1), 1n);
      return scale(multiply(product(moments), countRatio(joined.length, blocks.length)), Rational.of(sign));
    }),
  );
}

/** m^a/(m(m−1)…(m−r+1)) for 1 ≤ a ≤ r, as a number and simple fractions: c_0 + Σ_{i=1}^{r−1} c_i/(m−i). */
function countRatio(power: number, count: number): Expression {
  const roots = Array.from({ length: count - 1 }, (_, i) => i + 1);
  // One factor m goes; what is left above has the degree a − 1 ≤ r − 1 of what is below.
  const parts = roots.map(root => {
    const below = roots.reduce((all, other) => (other === root ? all : all * (root - other)), 1);
    return scale(
      factorExpression({ kind: 'index', index: variableForm(BATCHES_INDEX, -root) }, exponentOf(-1)),
      Rational.of(root ** (power - 1), 1).divide(Rational.of(below)),
    );
  });
  return add(...(power === count ? [constant(1)] : []), ...parts);
}

/** All partitions of a list into groups. */
function partitions<T>(items: readonly T[]): T[][][] {
  const [first, ...rest] = items;
  if (first === undefined) return [[]];
  return partitions(rest).flatMap(groups => [
    [[first], ...groups],
    ...groups.map((_, at) => groups.map((group, other) => (other === at ? [first, ...group] : group))),
  ]);
}
