/** exp(q log x) as the power x^q that it is, where a hyperparameter stands in q: as one writes it, and as it is read. */
import { divide, negation, productOfFactors } from './build.ts';
import type { Formula } from './formula.ts';
import { children } from './walk.ts';

export interface RealPower {
  readonly base: Formula;
  readonly exponent: Formula;
}

/** x and q of exp(q log x); null where the formula is none, or q a number. Example: v + ε and −q of exp(−q log(v + ε)). */
export function realPowerOf(formula: Formula): RealPower | null {
  if (formula.kind !== 'call' || formula.name !== 'exp' || formula.derivative !== 0) return null;
  const parts = withoutLogarithm(formula.argument);
  return parts !== null && isPlain(parts.exponent) && hasParameter(parts.exponent) ? parts : null;
}

function withoutLogarithm(formula: Formula): RealPower | null {
  switch (formula.kind) {
    case 'negate': {
      const inner = withoutLogarithm(formula.argument);
      return inner && { ...inner, exponent: negation(inner.exponent) };
    }
    case 'divide': {
      const inner = withoutLogarithm(formula.numerator);
      return inner && { ...inner, exponent: divide(inner.exponent, formula.denominator) };
    }
    case 'multiply': {
      const [only, second] = formula.factors.filter(isLogarithm);
      if (only?.kind !== 'call' || second !== undefined) return null;
      return { base: only.argument, exponent: productOfFactors(formula.factors.filter(each => each !== only)) };
    }
    default:
      return null;
  }
}

const isLogarithm = (formula: Formula): boolean =>
  formula.kind === 'call' && formula.name === 'log' && formula.derivative === 0;

const PLAIN: ReadonlySet<Formula['kind']> = new Set([
  'number',
  'parameter',
  'index',
  'add',
  'negate',
  'multiply',
  'divide',
  'power',
]);

const isPlain = (formula: Formula): boolean => PLAIN.has(formula.kind) && children(formula).every(isPlain);

const hasParameter = (formula: Formula): boolean =>
  formula.kind === 'parameter' || children(formula).some(hasParameter);
