/** The value of a drawn formula in double precision, apart from the evaluator. */
import type { Formula } from '../../src/formula/formula.ts';

/** The value at these letters; the kinds of node that are drawn and no others, every function an exponential. */
export function valueAtLetters(formula: Formula, letters: ReadonlyMap<string, number>): number {
  const of = (part: Formula): number => valueAtLetters(part, letters);
  switch (formula.kind) {
    case 'number':
      return formula.value.toNumber();
    case 'parameter':
    case 'index':
      return letters.get(formula.name) ?? Number.NaN;
    case 'add':
      return formula.terms.reduce((sum, term) => sum + of(term), 0);
    case 'multiply':
      return formula.factors.reduce((product, factor) => product * of(factor), 1);
    case 'negate':
      return -of(formula.argument);
    case 'divide':
      return of(formula.numerator) / of(formula.denominator);
    case 'power':
      return of(formula.base) ** of(formula.exponent);
    case 'call':
      if (formula.name === 'exp') return Math.exp(of(formula.argument));
      throw new Error(`${formula.name} is not drawn`);
    default:
      throw new Error(`${formula.kind} is not drawn`);
  }
}
