/** How long a formula is to read: of two ways to write a value the shorter one is taken. */
import type { Formula } from '../formula/formula.ts';
import { children } from '../formula/walk.ts';

/** A number that grows with every sign, bar, power and letter of a formula. */
export function costOf(formula: Formula): number {
  const inner = children(formula).reduce((sum, child) => sum + costOf(child), 0);
  switch (formula.kind) {
    case 'number':
      return formula.value.isInteger() ? 1 : 2;
    case 'add':
      return inner + 1.5 * (formula.terms.length - 1);
    case 'multiply':
      // A sum among factors needs parentheses.
      return inner + formula.factors.filter(factor => factor.kind === 'add').length * 0.5;
    case 'divide':
      return inner + 1;
    case 'negate':
      return inner;
    default:
      return inner + 1;
  }
}
