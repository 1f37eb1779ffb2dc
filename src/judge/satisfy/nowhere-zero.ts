/**
 * Formulas that are zero nowhere, by the ranges of their parts: γ² + ε with ε > 0, 1 − β^{n+1} with β in (0,1). Where a zero
 * cannot be, none is searched for. What is said holds for every sample whose scalars lie in their domains; `false` says nothing.
 */
import { DIMENSION, type Formula, ITERATION, PI } from '../../formula/formula.ts';
import type { Rational } from '../../number/rational.ts';
import type { Declaration } from '../../optimizer/model.ts';
import {
  RANGE_OF_PI,
  addRanges,
  atLeast,
  BOUNDED,
  rangeOfValue,
  isNonNegative,
  isSurelyAboveZero,
  multiplyRanges,
  negateRange,
  raiseRange,
  reciprocalRange,
  rootRange,
  sizeRange,
  type ValueRange,
} from '../../optimizer/value-range.ts';
import { formAt, integerFormOf } from '../stated/integer-form.ts';

/** Powers beyond are no more than positive, or not negative. */
const LARGEST_EXPONENT = 40;

interface Known {
  readonly declarations: readonly Declaration[];
  /** The integers of the sample by their letters; n and p may be left out, and are any then. */
  readonly letters: ReadonlyMap<string, number>;
  /** The letters of the sums and products around. */
  readonly bound?: readonly string[];
}

/** Whether the formula is surely not zero wherever it has a value. */
export function isNowhereZero(formula: Formula, known: Known): boolean {
  switch (formula.kind) {
    case 'negate':
    case 'absolute':
      return isNowhereZero(formula.argument, known);
    case 'multiply':
      return formula.factors.every(factor => isNowhereZero(factor, known));
    case 'divide':
      return isNowhereZero(formula.numerator, known);
    case 'root':
      return isNowhereZero(formula.radicand, known);
    case 'power':
      return isNowhereZero(formula.base, known);
    default: {
      const range = rangeOf(formula, known);
      return isSurelyAboveZero(range) || isSurelyAboveZero(negateRange(range));
    }
  }
}

const NOT_NEGATIVE: ValueRange = atLeast(0, true);
const FROM_ONE: ValueRange = atLeast(1, true);
const POSITIVE: ValueRange = { ...NOT_NEGATIVE, lowerStrict: true };

/** Where its values lie; every value at a sample is a number, so that none is without bounds. */
function rangeOf(formula: Formula, known: Known): ValueRange {
  const integer = integerAt(formula, known);
  if (integer !== null) return rangeOfValue(integer);
  const within = (part: Formula): ValueRange => rangeOf(part, known);
  switch (formula.kind) {
    case 'parameter':
      return domainOf(formula.name, known);
    case 'index':
      return indexRange(formula.name, known);
    case 'add':
      return formula.terms.map(within).reduce(addRanges);
    case 'negate':
      return negateRange(within(formula.argument));
    case 'multiply':
      return formula.factors.map(within).reduce(multiplyRanges);
    case 'divide': {
      const inverse = reciprocalRange(within(formula.denominator));
      return inverse === null ? BOUNDED : multiplyRanges(within(formula.numerator), inverse);
    }
    case 'power':
      return powerRange(within(formula.base), integerAt(formula.exponent, known));
    case 'root': {
      const radicand = within(formula.radicand);
      return isNonNegative(radicand) ? rootRange(radicand) : NOT_NEGATIVE;
    }
    case 'absolute':
      return sizeRange(within(formula.argument));
    case 'sum':
      return isNonNegative(rangeOf(formula.body, without(known, formula.index))) ? NOT_NEGATIVE : BOUNDED;
    case 'product': {
      const factor = rangeOf(formula.body, without(known, formula.index));
      return isSurelyAboveZero(factor) ? POSITIVE : isNonNegative(factor) ? NOT_NEGATIVE : BOUNDED;
    }
    case 'norm':
      return NOT_NEGATIVE;
    default:
      return BOUNDED;
  }
}

/** Inside of a sum its letter is any integer, whatever it stands for outside. */
function without({ declarations, letters, bound = [] }: Known, index: string): Known {
  const others = new Map(letters);
  others.delete(index);
  return { declarations, letters: others, bound: [...bound, index] };
}

/** An exponent that is not known may be negative or a fraction, but a power of what is positive is positive. */
function powerRange(base: ValueRange, exponent: Rational | null): ValueRange {
  const power = exponent?.isInteger() === true ? exponent.toNumber() : null;
  if (power !== null && power >= 0 && power <= LARGEST_EXPONENT) return raiseRange(base, power);
  if (isSurelyAboveZero(base) || (power !== null && power % 2 === 0 && isSurelyAboveZero(negateRange(base))))
    return POSITIVE;
  // A root has to be taken of what is not negative, and 1/x² is nowhere zero.
  const isEven = power === null ? isFraction(exponent) : power % 2 === 0;
  return isNonNegative(base) || isEven ? NOT_NEGATIVE : BOUNDED;
}

const isFraction = (exponent: Rational | null): boolean => exponent !== null && !exponent.isInteger();

/** The value of an integer, or a fraction of integers, at the sample; null for anything else, and for bound letters. */
function integerAt(formula: Formula, { letters }: Known): Rational | null {
  const form = integerFormOf(formula);
  return form && formAt(form, letters);
}

/** n is never negative, p is 1 or more, and any other letter is any integer. */
function indexRange(name: string, { bound = [] }: Known): ValueRange {
  if (bound.includes(name)) return BOUNDED;
  return name === ITERATION ? NOT_NEGATIVE : name === DIMENSION ? FROM_ONE : BOUNDED;
}

function domainOf(name: string, { declarations }: Known): ValueRange {
  const [found, ...others] = declarations.filter(each => each.kind === 'scalar' && each.name === name);
  if (found === undefined && name === PI) return RANGE_OF_PI;
  if (found?.kind !== 'scalar' || others.length > 0) return BOUNDED;
  const { lower, lowerOpen, upper, upperOpen } = found.domain;
  return { lower, lowerStrict: lowerOpen, upper, upperStrict: upperOpen, bounded: true };
}
