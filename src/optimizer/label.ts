/**
 * Iteration labels: n + 1, n, n − 1, 0. A label is followed exactly where it is the iteration letter plus an integer or
 * an integer alone; a label with a bound index is left as it is.
 */
import { Rational } from '../number/rational.ts';
import { addition, index, negation, number } from '../formula/build.ts';
import { type Formula, ITERATION } from '../formula/formula.ts';

/** `letters`·n + `offset`. */
export interface Label {
  readonly letters: Rational;
  readonly offset: Rational;
}

/** The label as a multiple of the iteration letter plus a constant; null where it is neither. */
function readLabel(formula: Formula): Label | null {
  switch (formula.kind) {
    case 'number':
      return { letters: Rational.zero, offset: formula.value };
    case 'index':
      return formula.name === ITERATION ? { letters: Rational.one, offset: Rational.zero } : null;
    case 'negate': {
      const inner = readLabel(formula.argument);
      return inner && { letters: inner.letters.negate(), offset: inner.offset.negate() };
    }
    case 'add': {
      let sum: Label = { letters: Rational.zero, offset: Rational.zero };
      for (const term of formula.terms) {
        const inner = readLabel(term);
        if (!inner) return null;
        sum = { letters: sum.letters.add(inner.letters), offset: sum.offset.add(inner.offset) };
      }
      return sum;
    }
    default:
      return null;
  }
}

/** d where the label is n + d; null otherwise. */
export function offsetFromIteration(formula: Formula): number | null {
  const label = readLabel(formula);
  return label?.letters.isOne() && label.offset.isInteger() ? label.offset.toNumber() : null;
}

/** c where the label is the integer c. */
export function constantLabel(formula: Formula): number | null {
  const label = readLabel(formula);
  return label?.letters.isZero() && label.offset.isInteger() ? label.offset.toNumber() : null;
}

/** formula + amount, with n + 1 − 1 written as n. */
export function shiftLabel(formula: Formula, amount: number): Formula {
  if (amount === 0) return formula;
  const offset = offsetFromIteration(formula);
  if (offset !== null) return iterationPlus(offset + amount);
  const constant = constantLabel(formula);
  if (constant !== null) return integer(constant + amount);
  return addition(formula, integer(amount));
}

const integer = (value: number): Formula => (value < 0 ? negation(number(-value)) : number(value));

/** n + offset. */
export const iterationPlus = (offset: number): Formula =>
  offset === 0 ? index(ITERATION) : addition(index(ITERATION), integer(offset));
