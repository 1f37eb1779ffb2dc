/**
 * Means over a population of losses: (1/m) Σ_k of products of E_k and its derivatives in E and the central moments of the population, which
 * are independent of each other for losses in general position.
 */
import { refuse } from '../../base/problem.ts';
import type { Formula } from '../../formula/formula.ts';
import type { PopulationMean } from '../../formula/population.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { mapSeries, type Series } from '../calculus/series.ts';
import {
  add,
  type Expression,
  factorExpression,
  freeIndicesOf,
  mapFactors,
  multiply,
  ONE_EXPRESSION,
  withOpened,
  ZERO_EXPRESSION,
} from '../core/expression.ts';
import { type FactorPower, factorForms, integerExponent } from '../core/factor.ts';
import type { Letters } from '../core/index-form.ts';
import {
  BATCHES_INDEX,
  COMPONENT_INDEX,
  DIMENSION_INDEX,
  ITERATION_INDEX,
  openIndex,
  OTHER_COMPONENT_INDEX,
} from '../core/indices.ts';
import { instantiate } from '../core/template.ts';
import { COMPONENT, BATCHES, DIMENSION, ITERATION, OTHER_COMPONENT } from '../../formula/formula.ts';
import type { FormulaReader } from './from-formula.ts';

/** m is a number of its own, besides n, j and p. */
export const POPULATION_LETTERS: Letters = new Map([
  [ITERATION, variableForm(ITERATION_INDEX)],
  [COMPONENT, variableForm(COMPONENT_INDEX)],
  [OTHER_COMPONENT, variableForm(OTHER_COMPONENT_INDEX)],
  [DIMENSION, variableForm(DIMENSION_INDEX)],
  [BATCHES, variableForm(BATCHES_INDEX)],
]);

type Part = readonly LinearForm[];

/** ∇_{part}E of the mean loss at the current θ. */
export const meanPart = (part: Part): Expression =>
  factorExpression({ kind: 'loss', batch: null, coordinates: part, at: null });

/** 𝔼_k Π ∇_{part}δ_k: 1 without parts, 0 of one alone. */
export function centralMoment(parts: readonly Part[]): Expression {
  const [first, ...others] = parts;
  if (first === undefined) return ONE_EXPRESSION;
  return others.length === 0
    ? ZERO_EXPRESSION
    : factorExpression({ kind: 'moment', coordinates: first, others, at: null });
}

/** 𝔼_k Π ∇_{part}E_k: over each choice of the parts that deviate. */
export function rawMoment(parts: readonly Part[], deviating: readonly Part[] = []): Expression {
  const [first, ...others] = parts;
  if (first === undefined) return centralMoment(deviating);
  return add(multiply(meanPart(first), rawMoment(others, deviating)), rawMoment(others, [...deviating, first]));
}

/** Products of more deviations are not multiplied out. */
const MOST_PARTS = 10;
const MOST_POWER = 10;

const mentions = ({ factor, exponent }: FactorPower, index: number): boolean =>
  [...factorForms(factor), exponent.form].some(form => form.terms.some(([each]) => each === index));

/** The factor as so many derivatives of E_k with k the index; null where it is anything else. */
export function partsOfBatch({ factor, exponent }: FactorPower, index: number): Part[] | null {
  const whole = integerExponent(exponent);
  if (factor.kind !== 'loss' || factor.batch === null || whole === null || whole < 1 || whole > MOST_POWER) return null;
  const { constant, terms } = factor.batch;
  if (constant !== 0 || terms.length !== 1 || terms[0]?.[0] !== index || terms[0][1] !== 1) return null;
  if (factor.at !== null || factor.coordinates.some(form => form.terms.some(([each]) => each === index))) return null;
  return Array.from({ length: whole }, () => factor.coordinates);
}

/** What is kept together and depends on the index multiplied out. */
function opened(expression: Expression, index: number): Expression {
  let current = expression;
  for (;;) {
    const next = mapFactors(current, own => {
      const { factor, exponent } = own;
      const whole = integerExponent(exponent);
      if (factor.kind !== 'template' || !mentions(own, index) || whole === null || whole < 1 || whole > MOST_POWER)
        return null;
      return multiply(...Array.from({ length: whole }, () => instantiate(factor.template, factor.arguments)));
    });
    if (next === current) return current;
    current = next;
  }
}

const NOT_COVERED = 'a mean over the batches is taken of sums and products of E_k and its derivatives alone';

/** The mean over the batch `index`, which stands in the expression as the number of losses. */
function meanOverBatch(expression: Expression, index: number, at: Formula | null): Expression {
  const body = opened(expression, index);
  const mean = add(
    ...body.terms.map(term =>
      withOpened(term, powers => {
        const moving = powers.filter(own => mentions(own, index));
        const parts = moving.flatMap(
          own => partsOfBatch(own, index) ?? refuse('mean-not-covered', NOT_COVERED, at?.span ?? null),
        );
        if (parts.length > MOST_PARTS) refuse('mean-not-covered', NOT_COVERED, at?.span ?? null);
        const rest = powers.filter(own => !moving.includes(own));
        return multiply(rawMoment(parts), ...rest.map(own => factorExpression(own.factor, own.exponent)));
      }),
    ),
  );
  // The batch may not stand at the end of a sum either.
  return freeIndicesOf(mean).has(index) ? refuse('mean-not-covered', NOT_COVERED, at?.span ?? null) : mean;
}

/** The series of 𝔼_k[body]. */
export function readPopulationMean(
  { letter, body }: PopulationMean,
  letters: Letters,
  reader: FormulaReader,
  at: Formula,
): Series {
  if (reader.meaning.population !== true)
    return refuse(
      'no-population',
      'a mean over the batches has a meaning where these are drawn from a population',
      at.span,
      'Say setting=iid or setting=permuted.',
    );
  const index = openIndex('history');
  const inner = reader.series(body, new Map(letters).set(letter, variableForm(index)));
  return mapSeries(inner, value => meanOverBatch(value, index, at));
}
