/**
 * Means over a population of losses E_0, …, E_{M−1}, each as likely as the others: (1/M) Σ_{k=0}^{M−1}. Read and written as \mathbb E_k[…], and a
 * sum over its own size, so that walks and values need nothing of their own.
 */
import { divide, gradient, index, loss, multiplication, number, subtraction, sum } from './build.ts';
import { Rational } from '../number/rational.ts';
import { type Definition, type Formula, POPULATION } from './formula.ts';

/** The mean of the body over the batch `letter`. */
export const populationMean = (letter: string, body: Formula): Formula =>
  divide(sum(letter, number(0), subtraction(index(POPULATION), number(1)), body), index(POPULATION));

export interface PopulationMean {
  readonly letter: string;
  readonly body: Formula;
}

const isSize = (formula: Formula): boolean => formula.kind === 'index' && formula.name === POPULATION;

const isNumber = (formula: Formula, value: number): boolean =>
  formula.kind === 'number' && formula.value.equals(Rational.of(value));

/** The letter and the body of a mean over the population; null for any other formula. */
export function asPopulationMean(formula: Formula): PopulationMean | null {
  if (formula.kind !== 'divide' || !isSize(formula.denominator)) return null;
  const { numerator } = formula;
  if (numerator.kind !== 'sum' || !isNumber(numerator.lower, 0) || numerator.upper.kind !== 'add') return null;
  const [size, last, ...more] = numerator.upper.terms;
  const isWhole = size && isSize(size) && last?.kind === 'negate' && isNumber(last.argument, 1) && more.length === 0;
  return isWhole ? { letter: numerator.index, body: numerator.body } : null;
}

/** ∇_{coordinates}E_k − ∇_{coordinates}E. */
export const deviation = (coordinates: Formula[], letter: string): Formula =>
  coordinates.length === 0
    ? subtraction(loss(index(letter)), loss(null))
    : subtraction(gradient(coordinates, index(letter)), gradient(coordinates, null));

/** Σ_{ij} = 𝔼_k[∇_iδ_k ∇_jδ_k] under a name, δ_k = E_k − E: the covariance of the gradient of one batch, with the divisor m. */
export const covarianceDefinition = (name: string): Definition => ({
  name,
  indices: ['i', 'j'],
  indexSorts: ['coordinate', 'coordinate'],
  labels: [],
  body: populationMean('k', multiplication(deviation([index('i')], 'k'), deviation([index('j')], 'k'))),
  span: null,
});
