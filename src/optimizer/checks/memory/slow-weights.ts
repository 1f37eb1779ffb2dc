/**
 * Weights of the history that fade too slowly, 1/(n−k+1), and factors that grow with n, h(n+1)∇E: by their values far out, at
 * hyperparameters in general position. Only what is plain is told; `null` and `false` say nothing.
 */
import { addition, divide, index, multiplication, number } from '../../../formula/build.ts';
import { type BigNode, type Definition, type Formula, ITERATION } from '../../../formula/formula.ts';
import { substituteLetters } from '../../../formula/substitute.ts';
import type { Optimizer } from '../../model.ts';
import { nodes } from '../../replace.ts';
import { mentionsAnywhere } from '../../row-ranges.ts';
import { genericValues } from '../../generic/generic-values.ts';
import { scalarValue } from '../scalar-value.ts';

const SEEDS = [1, 2, 3];

/** A number that depends on n. */
export const isWeight = (formula: Formula): boolean => isNumber(formula) && mentionsAnywhere(formula, ITERATION);

export const isNumber = (formula: Formula): boolean =>
  ![...nodes(formula)].some(({ kind }) => ['iterate', 'loss', 'derivative', 'quantity', 'vector-call'].includes(kind));

/** Steps back at which weights are compared, and the step at which it is done. */
const BACK = [100, 1_000, 10_000];
const FAR = 1_000_000_000;
/** Σ γ_k k^2 is infinite for γ_k of the order of k^{-3}. */
const ORDER = 3;

/** Whether the weights of a sum over the history are of the order of (n − k)^{-3} at least. */
export function fadesTooSlowly(sum: BigNode, { declarations }: Optimizer): boolean {
  const weight = weightOf(sum.body, sum.index);
  if (weight === null) return false;
  return SEEDS.every(seed => {
    const values = genericValues(declarations, seed);
    const sizes = BACK.map(back => {
      const at = substituteLetters(weight, new Map([[sum.index, addition(index(ITERATION), number(-back))]]));
      return Math.abs(scalarValue(at, FAR, values) ?? 0) * back ** ORDER;
    });
    return sizes.every((size, place) => size > 0 && size > (sizes[place - 1] ?? 0) / 2);
  });
}

/** The product of the factors of a summand that are numbers; null where they do not stand around it as factors. */
function weightOf(body: Formula, letter: string): Formula | null {
  if (isNumber(body)) return body;
  switch (body.kind) {
    case 'multiply': {
      const parts = body.factors.map(each => weightOf(each, letter));
      return parts.includes(null) ? null : multiplication(...parts.flatMap(each => each ?? []));
    }
    case 'negate':
      return weightOf(body.argument, letter);
    case 'divide': {
      if (!isNumber(body.denominator)) return null;
      const above = weightOf(body.numerator, letter);
      return above && divide(above, body.denominator);
    }
    case 'derivative':
    case 'loss':
    case 'iterate':
      return number(1);
    default:
      return null;
  }
}

/** Two steps a thousand times apart, twice; what grows by this factor each time grows. */
const STEPS = [1e3, 1e6, 1e9] as const;
const GROWTH = 1.3;

/** The factors in n that stand with the one gradient of an update that they make grow without bound; null where none is seen. */
export function growingWeight(
  { update, declarations }: Optimizer,
  quantities: ReadonlyMap<string, Definition>,
): Formula | null {
  const grows = (weight: Formula): boolean =>
    SEEDS.every(seed => {
      const values = genericValues(declarations, seed);
      const [near = 0, far = 0, farther = 0] = STEPS.map(n => Math.abs(scalarValue(weight, n, values) ?? 0));
      return near > 0 && far > GROWTH * near && farther > GROWTH * far;
    });
  const within = (formula: Formula, weights: readonly Formula[], open: readonly string[]): Formula[] => {
    switch (formula.kind) {
      case 'add':
        return formula.terms.flatMap(term => within(term, weights, open));
      case 'negate':
        return within(formula.argument, weights, open);
      case 'multiply':
        return formula.factors.flatMap((factor, place) =>
          within(factor, [...weights, ...formula.factors.filter((other, at) => at !== place && isWeight(other))], open),
        );
      case 'divide': {
        if (!isNumber(formula.denominator)) return [];
        const below = isWeight(formula.denominator) ? [divide(number(1), formula.denominator)] : [];
        return within(formula.numerator, [...weights, ...below], open);
      }
      case 'quantity': {
        const definition = quantities.get(formula.name);
        if (definition === undefined || open.includes(formula.name)) return [];
        return within(definition.body, weights, [...open, formula.name]);
      }
      case 'loss':
      case 'derivative': {
        const [single, ...others] = weights;
        const weight = single !== undefined && others.length === 0 ? single : multiplication(...weights);
        return single !== undefined && grows(weight) ? [weight] : [];
      }
      default:
        return [];
    }
  };
  // Two of them may cancel.
  const [only = null, ...more] = within(update, [], []);
  return more.length === 0 ? only : null;
}
