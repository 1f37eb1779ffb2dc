/**
 * What has to vanish for a formula that is never negative, so that no change of its sign shows where: the components of a norm, the bases of
 * squares, the summands of a sum of such.
 */
import { number } from '../../formula/build.ts';
import { DIMENSION, type Formula } from '../../formula/formula.ts';
import { elementaryFunction } from '../../formula/elementary.ts';
import { constantLabel } from '../../optimizer/label.ts';
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
    case 'power':
      return formula.exponent.kind === 'number' && formula.exponent.value.sign() > 0 ? deeper(formula.base) : null;
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

const components = (dimension: number): number[] => Array.from({ length: dimension }, (_, at) => at + 1);

/** tanh u and log(1 + u) vanish where u does. */
function partsOfCall(
  { name, argument }: Formula & { readonly kind: 'call' },
  deeper: (inner: Formula) => readonly Formula[],
): readonly Formula[] | null {
  if (name === 'sign' || elementaryFunction(name)?.parity === 'odd') return deeper(argument);
  if (name !== 'log' || argument.kind !== 'add') return null;
  const others = argument.terms.filter(term => !(term.kind === 'number' && term.value.isOne()));
  const [only, ...more] = others;
  return only !== undefined && more.length === 0 && argument.terms.length === 2 ? deeper(only) : null;
}

/** u of e^u − 1. */
function grownFromOne(terms: readonly Formula[]): Formula | null {
  const [one, other, ...more] = terms;
  if (one === undefined || other === undefined || more.length > 0) return null;
  const isMinusOne = (term: Formula): boolean =>
    (term.kind === 'negate' && term.argument.kind === 'number' && term.argument.value.isOne()) ||
    (term.kind === 'number' && term.value.negate().isOne());
  const grown = isMinusOne(other) ? one : isMinusOne(one) ? other : null;
  return grown?.kind === 'call' && grown.name === 'exp' ? grown.argument : null;
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
