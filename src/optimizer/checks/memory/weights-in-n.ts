/** How a factor or weight that carries the past goes with n. */
import type { Formula } from '../../../formula/formula.ts';
import { genericValues } from '../../generic/generic-values.ts';
import type { Optimizer } from '../../model.ts';
import { mentionsAnywhere } from '../../row-ranges.ts';
import { scalarValue } from '../scalar-value.ts';
import { isNumber } from './slow-weights.ts';

/** Whether a factor that is a number depends on the letter of the sum. */
export function isWeighted(body: Formula, letter: string): boolean {
  switch (body.kind) {
    case 'multiply':
      return body.factors.some(each => isWeighted(each, letter));
    case 'negate':
      return isWeighted(body.argument, letter);
    case 'divide':
      return isWeighted(body.numerator, letter) || isWeighted(body.denominator, letter);
    default:
      return isNumber(body) && mentionsAnywhere(body, letter);
  }
}

/** How a linear formula changes with a letter; null where it is not linear with whole numbers. */
export function slopeOf(formula: Formula, letter: string): number | null {
  switch (formula.kind) {
    case 'number':
      return 0;
    case 'index':
      return formula.name === letter ? 1 : 0;
    case 'negate': {
      const inner = slopeOf(formula.argument, letter);
      return inner === null ? null : -inner;
    }
    case 'add':
      return formula.terms.reduce<number | null>((sum, term) => {
        const inner = slopeOf(term, letter);
        return sum === null || inner === null ? null : sum + inner;
      }, 0);
    case 'multiply': {
      const [first, second, third] = formula.factors;
      if (third === undefined && first?.kind === 'number' && second !== undefined && first.value.isInteger()) {
        const inner = slopeOf(second, letter);
        return inner === null ? null : inner * first.value.toNumber();
      }
      return mentionsAnywhere(formula, letter) ? null : 0;
    }
    default:
      return mentionsAnywhere(formula, letter) ? null : 0;
  }
}

const FAR = [1_000, 30_000, 1_000_000];
const CLOSE = 20;

/** Whether |factor| is 1 for h = 0, or tends to it like 1 − c/n or faster, at hyperparameters in general position. */
export function tendsToOne(factor: Formula, optimizer: Optimizer): boolean {
  return [1, 2, 3].every(seed => {
    const values = genericValues(optimizer.declarations, seed);
    return FAR.every(n => {
      const value = scalarValue(factor, n, values);
      return value !== null && (Math.abs(value) - 1) * n > -CLOSE;
    });
  });
}
