/**
 * Means over a population of losses E_0, …, E_{M−1}, each as likely as the others: Σ_{k=0}^{M−1} 1/M. Read and written as \mathbb E_k[…], and a
 * sum over its own size, so that walks and values need nothing of their own.
 */
import { divide, gradient, index, loss, multiplication, number, subtraction } from './build.ts';
import { Rational } from '../number/rational.ts';
import { children, withChildren } from './walk.ts';
import { type BigNode, type Definition, type Formula, POPULATION } from './formula.ts';

/** The mean of the body over the batch `letter`: the sum of its shares. */
export const populationMean = (letter: string, body: Formula): BigNode => ({
  kind: 'sum',
  span: null,
  index: letter,
  sort: 'history',
  lower: number(0),
  upper: subtraction(index(POPULATION), number(1)),
  body: divide(body, index(POPULATION)),
});

export interface PopulationMean {
  readonly letter: string;
  readonly body: Formula;
}

const isSize = (formula: Formula | undefined): boolean => formula?.kind === 'index' && formula.name === POPULATION;
const isNumber = (formula: Formula, value: number): boolean =>
  formula.kind === 'number' && formula.value.equals(Rational.of(value));

/** The letter and the body of a mean over the population; null for any other formula. */
export function asPopulationMean(formula: Formula): PopulationMean | null {
  if (formula.kind !== 'sum' || !isNumber(formula.lower, 0) || formula.upper.kind !== 'add') return null;
  const { body, upper } = formula;
  const [size, last, ...more] = upper.terms;
  const isWhole = isSize(size) && last?.kind === 'negate' && isNumber(last.argument, 1) && more.length === 0;
  return isWhole && body.kind === 'divide' && isSize(body.denominator)
    ? { letter: formula.index, body: body.numerator }
    : null;
}

/** Whether the formula is a sum or a product over times or batches that is no mean over the population. */
export const isOverTimes = (formula: Formula): boolean =>
  (formula.kind === 'sum' || formula.kind === 'product') &&
  formula.sort === 'history' &&
  asPopulationMean(formula) === null;

/**
 * The node where every label of a loss was moved by `shift`: the number of a member of the population is none, so that in a mean over k the
 * loss E_{k + shift} is E_k again.
 */
export function withMembers(node: Formula, shift: number): Formula {
  const mean = shift === 0 ? null : asPopulationMean(node);
  if (mean === null) return node;
  const visit = (formula: Formula): Formula => {
    if (formula.kind === 'loss' && formula.batch !== null && isMoved(formula.batch, mean.letter, shift))
      return { ...formula, batch: index(mean.letter) };
    const inner = children(formula);
    const replaced = inner.map(visit);
    return replaced.some((child, at) => child !== inner[at]) ? withChildren(formula, replaced) : formula;
  };
  return { ...populationMean(mean.letter, visit(mean.body)), span: node.span };
}

/** Whether the label is the letter and that number. */
function isMoved(label: Formula, letter: string, shift: number): boolean {
  const [first, second, ...more] = label.kind === 'add' ? label.terms : [];
  const value = second?.kind === 'negate' ? second.argument : second;
  const number = value?.kind === 'number' ? value.value.toNumber() : Number.NaN;
  const isLetter = first?.kind === 'index' && first.name === letter;
  return isLetter && more.length === 0 && (second?.kind === 'negate' ? -number : number) === shift;
}

/** ∇_{coordinates}E_k − ∇_{coordinates}E. */
export const deviation = (coordinates: Formula[], letter: string): Formula =>
  coordinates.length === 0
    ? subtraction(loss(index(letter)), loss(null))
    : subtraction(gradient(coordinates, index(letter)), gradient(coordinates, null));

/** Σ_{ij} = 𝔼_k[∇_iδ_k ∇_jδ_k] under a name, δ_k = E_k − E: the covariance of the gradient of one batch, with the divisor m. */
export const covarianceDefinition = (name: string): Definition => ({
  name,
  indices: ['a', 'b'],
  indexSorts: ['coordinate', 'coordinate'],
  labels: [],
  body: populationMean('k', multiplication(deviation([index('a')], 'k'), deviation([index('b')], 'k'))),
  span: null,
});
