/**
 * What has to vanish for a formula that is never negative, so that no change of its sign shows where: the components of a norm, the bases of
 * squares, the summands of a sum of such.
 */
import { number } from '../../formula/build.ts';
import { DIMENSION, type Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { elementaryFunction } from '../../formula/elementary.ts';
import { constantLabel } from '../../optimizer/label.ts';
import { integerFormOf } from '../stated/integer-form.ts';
import { replaceIndex } from '../../optimizer/replace.ts';

/** Formulas that are all zero, with p = `dimension`, only where the formula is; null where it is not made of such parts. */
export function partsOfZero(formula: Formula, dimension: number): readonly Formula[] | null {
  const deeper = (inner: Formula): readonly Formula[] => partsOfZero(inner, dimension) ?? [inner];
  switch (formula.kind) {
    case 'norm': {
      const { perturbation, argument } = formula;
      if (perturbation !== null) return null;
      return components(dimension).flatMap(each => deeper(replaceIndex(argument.body, argument.index, number(each))));
    }
    case 'absolute':
    case 'negate':
      return deeper(formula.argument);
    case 'root':
      return deeper(formula.radicand);
    case 'divide':
      return deeper(formula.numerator);
    case 'power':
      return mayBePositive(formula.exponent) ? deeper(formula.base) : null;
    case 'call':
      return partsOfCall(formula, deeper);
    case 'add': {
      const grown = grownFromOne(formula.terms);
      if (grown !== null) return deeper(grown);
      return formula.terms.every(isNeverNegative) ? formula.terms.flatMap(deeper) : null;
    }
    case 'multiply': {
      const own = formula.factors.filter(({ kind }) => kind !== 'number');
      const [first] = own;
      return first !== undefined && own.every(isNeverNegative) ? deeper(first) : null;
    }
    case 'sum': {
      const isOverAll =
        formula.sort === 'coordinate' &&
        constantLabel(formula.lower) === 1 &&
        formula.upper.kind === 'index' &&
        formula.upper.name === DIMENSION;
      if (!isOverAll || !isNeverNegative(formula.body)) return null;
      return components(dimension).flatMap(each => deeper(replaceIndex(formula.body, formula.index, number(each))));
    }
    default:
      return null;
  }
}

/**
 * What has to vanish for all norms, bars and squares in a formula to be zero: ‖θ‖² of √(‖θ‖² + 4) − 2 and of 1 − 1/(1 + ‖θ‖²), which are
 * zero nowhere else. Empty where it has none.
 */
export function partsOfSizes(formula: Formula, dimension: number): readonly Formula[] {
  if (isSize(formula)) return partsOfZero(formula, dimension) ?? [];
  return children(formula).flatMap(child => partsOfSizes(child, dimension));
}

/** Whether it is never negative by its form, and has no number in it that keeps it from zero. */
const isSize = (formula: Formula): boolean =>
  formula.kind !== 'number' && formula.kind !== 'add' && formula.kind !== 'root' && isNeverNegative(formula);

const components = (dimension: number): number[] => Array.from({ length: dimension }, (_, at) => at + 1);

/** An exponent that is no number counts as positive: where it is not, a power of 0 has no value that could mislead. */
function mayBePositive(exponent: Formula): boolean {
  const form = integerFormOf(exponent);
  return form === null || form.terms.size > 0 || form.constant.sign() > 0;
}

/** tanh u and log(1 + u) vanish where u does. */
function partsOfCall(
  { name, argument }: Formula & { readonly kind: 'call' },
  deeper: (inner: Formula) => readonly Formula[],
): readonly Formula[] | null {
  if (name === 'sign' || elementaryFunction(name)?.parity === 'odd') return deeper(argument);
  const grown = name === 'log' ? moreThanOne(argument) : null;
  return grown === null ? null : deeper(grown);
}

/** u of e^u − 1, and of a root or a power of 1 + u less 1. */
function grownFromOne(terms: readonly Formula[]): Formula | null {
  const [one, other, ...more] = terms;
  if (one === undefined || other === undefined || more.length > 0) return null;
  const isMinusOne = (term: Formula): boolean =>
    (term.kind === 'negate' && term.argument.kind === 'number' && term.argument.value.isOne()) ||
    (term.kind === 'number' && term.value.negate().isOne());
  const grown = isMinusOne(other) ? one : isMinusOne(one) ? other : null;
  if (grown?.kind === 'call' && grown.name === 'exp') return grown.argument;
  const base =
    grown?.kind === 'root'
      ? grown.radicand
      : grown?.kind === 'power' && mayBePositive(grown.exponent)
        ? grown.base
        : null;
  return base === null ? null : moreThanOne(base);
}

/** u of 1 + u. */
function moreThanOne(formula: Formula): Formula | null {
  if (formula.kind !== 'add') return null;
  const others = formula.terms.filter(term => !(term.kind === 'number' && term.value.isOne()));
  const [only, ...more] = others;
  return only !== undefined && more.length === 0 && formula.terms.length === 2 ? only : null;
}

/** Whether it is so by its form. */
function isNeverNegative(formula: Formula): boolean {
  switch (formula.kind) {
    case 'norm':
    case 'absolute':
    case 'root':
      return true;
    case 'number':
      return formula.value.sign() >= 0;
    case 'power':
      return (
        (formula.exponent.kind === 'number' &&
          formula.exponent.value.isInteger() &&
          isEven(formula.exponent.value.num)) ||
        isNeverNegative(formula.base)
      );
    case 'add':
      return formula.terms.every(isNeverNegative);
    case 'multiply':
      return formula.factors.every(isNeverNegative);
    case 'sum':
      return isNeverNegative(formula.body);
    case 'call':
      return (
        (formula.name === 'tanh' || formula.name === 'sign' || formula.name === 'sinh') &&
        isNeverNegative(formula.argument)
      );
    default:
      return false;
  }
}

const isEven = (value: bigint): boolean => value % 2n === 0n;
