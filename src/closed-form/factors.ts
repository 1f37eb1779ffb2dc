/** Products of formula trees taken apart into factors above and below the bar, and put together again. */
import { divide, number, toPower, productOfFactors } from '../formula/build.ts';
import type { Formula } from '../formula/formula.ts';
import { children, withChildren } from '../formula/walk.ts';

export interface Factors {
  readonly above: readonly Formula[];
  readonly below: readonly Formula[];
  readonly negative: boolean;
}

/** Whether a formula is made of hyperparameters, indices and numbers, and of sums over times. */
export function isScalarFormula(formula: Formula): boolean {
  switch (formula.kind) {
    case 'number':
    case 'parameter':
    case 'index':
      return true;
    case 'add':
    case 'negate':
    case 'multiply':
    case 'divide':
    case 'power':
    case 'extremum':
      return children(formula).every(isScalarFormula);
    case 'sum':
      return formula.sort === 'history' && children(formula).every(isScalarFormula);
    default:
      return false;
  }
}

/** The factors of a product: its fractions, its signs and the powers of products taken apart. */
export function partsOfProduct(formula: Formula): Factors {
  switch (formula.kind) {
    case 'negate': {
      const inner = partsOfProduct(formula.argument);
      return { ...inner, negative: !inner.negative };
    }
    case 'multiply': {
      const parts = formula.factors.map(partsOfProduct);
      return {
        above: parts.flatMap(({ above }) => above),
        below: parts.flatMap(({ below }) => below),
        negative: parts.filter(({ negative }) => negative).length % 2 === 1,
      };
    }
    case 'divide': {
      const top = partsOfProduct(formula.numerator);
      const bottom = partsOfProduct(formula.denominator);
      return {
        above: [...top.above, ...bottom.below],
        below: [...top.below, ...bottom.above],
        negative: top.negative !== bottom.negative,
      };
    }
    case 'power': {
      const { base, exponent } = formula;
      const count = exponent.kind === 'number' && exponent.value.isInteger() ? Number(exponent.value.num) : 0;
      const inner = count > 1 ? partsOfProduct(base) : null;
      if (inner === null || (inner.above.length + inner.below.length < 2 && !inner.negative)) return single(formula);
      const raised = (each: Formula): Formula => toPower(each, exponent);
      return {
        above: inner.above.map(raised),
        below: inner.below.map(raised),
        negative: inner.negative && count % 2 === 1,
      };
    }
    default:
      return single(formula);
  }
}

const single = (formula: Formula): Factors => ({ above: isOne(formula) ? [] : [formula], below: [], negative: false });

const isOne = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isOne();

/** One fraction: numbers and scalars first, sums behind the bar. */
export function fractionOfFactors(above: readonly Formula[], below: readonly Formula[]): Formula {
  const rank = (formula: Formula): number => (formula.kind === 'number' ? 0 : isScalarFormula(formula) ? 1 : 2);
  const ordered = above.filter(each => !isOne(each)).sort((a, b) => rank(a) - rank(b));
  const bottom = below.filter(each => !isOne(each)).sort((a, b) => rank(a) - rank(b));
  if (bottom.length === 0) return productOfFactors(ordered);
  const beside = ordered.filter(each => each.kind === 'sum');
  const top = ordered.filter(each => each.kind !== 'sum');
  const over = divide(top.length === 0 ? number(1) : productOfFactors(top), productOfFactors(bottom));
  return beside.length === 0 ? over : productOfFactors([over, ...beside]);
}

/** A name that equal formulas share, wherever they stand in a text. */
export const treeKey = (formula: Formula): string =>
  JSON.stringify(formula, (name, value: unknown) =>
    name === 'span' ? undefined : typeof value === 'bigint' ? `${value}` : value,
  );

/** Every node of a formula, itself included. */
export function allNodes(formula: Formula): Formula[] {
  const found: Formula[] = [];
  const visit = (node: Formula): void => {
    found.push(node);
    for (const child of children(node)) visit(child);
  };
  visit(formula);
  return found;
}

/** The formula with every node changed after its children. */
export function changed(formula: Formula, change: (node: Formula) => Formula): Formula {
  const old = children(formula);
  const renewed = old.map(child => changed(child, change));
  return change(renewed.every((child, at) => child === old[at]) ? formula : withChildren(formula, renewed));
}
