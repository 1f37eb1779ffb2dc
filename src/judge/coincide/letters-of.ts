/** What the value of a formula turns on, and which numbers are typed in it. */
import { type Definition, type Formula, PI } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { nodes } from '../../optimizer/replace.ts';
import type { Rational } from '../../number/rational.ts';
import { withDefinitions } from '../stated/stated-formulas.ts';

export interface ValuesRead {
  /** n, p and labels, by their role names; those that a sum binds as well. */
  readonly integers: ReadonlySet<string>;
  readonly scalars: ReadonlySet<string>;
  /** Whether anything else is read: gradients, losses, states, functions. */
  readonly others: boolean;
  /** Numbers other than a few of the smallest, which every sample reaches; but for exponents. */
  readonly numbers: readonly Rational[];
}

/** Numerators and denominators up to here are met by the usual samples. */
const SMALL = 2n;

/** Whether a typed number is another one than 0, ±1, ±2 and ±1/2. */
const isTelling = ({ num, den }: Rational): boolean => num > SMALL || num < -SMALL || den > SMALL;

export function valuesReadBy(formulas: readonly Formula[], definitions: readonly Definition[]): ValuesRead {
  const integers = new Set<string>();
  const scalars = new Set<string>();
  const numbers: Rational[] = [];
  let others = false;
  const visit = (formula: Formula): void => {
    switch (formula.kind) {
      case 'number':
        if (isTelling(formula.value)) numbers.push(formula.value);
        return;
      case 'index':
        integers.add(formula.name);
        return;
      case 'parameter':
        if (formula.name !== PI) scalars.add(formula.name);
        return;
      case 'power':
        visit(formula.base);
        if (formula.exponent.kind !== 'number' || formula.base.kind === 'number') visit(formula.exponent);
        return;
      case 'quantity':
      case 'derivative':
      case 'loss':
      case 'iterate':
      case 'norm':
      case 'schedule':
      case 'vector-call':
      case 'parameter-derivative':
        // The letters of a label choose a value, and are none themselves.
        others = true;
        return;
      default:
        for (const child of children(formula)) visit(child);
    }
  };
  for (const formula of withDefinitions(formulas, definitions)) visit(formula);
  return { integers, scalars, others, numbers };
}

const isTellingNode = (node: Formula): node is Formula & { readonly kind: 'number' } =>
  node.kind === 'number' && isTelling(node.value);

const numbersIn = (formula: Formula): Rational[] =>
  [...nodes(formula)].flatMap(node => (isTellingNode(node) ? [node.value] : []));

const hasInteger = (formula: Formula): boolean => [...nodes(formula)].some(({ kind }) => kind === 'index');

/**
 * The numbers that stand for themselves, not before an n or p: 27 in (n − 27)², 9 in n² + 9β; a fraction only where a term with an
 * integer letter is added to it.
 */
export function besideIntegers(formulas: readonly Formula[], definitions: readonly Definition[]): Rational[] {
  return withDefinitions(formulas, definitions).flatMap(formula => {
    const own = hasInteger(formula) ? [] : numbersIn(formula).filter(value => value.isInteger());
    const added = outsideRisingExponents(formula).flatMap(node =>
      node.kind === 'add' && node.terms.some(hasInteger)
        ? node.terms.filter(term => !hasInteger(term)).flatMap(numbersIn)
        : [],
    );
    return [...own, ...added];
  });
}

/** The nodes but for those of exponents such as 9n + 9, which rise with n from the first and vanish nowhere: they turn at no n. */
function outsideRisingExponents(formula: Formula): Formula[] {
  const inside =
    formula.kind === 'power' && isRising(formula.exponent) && !hasInteger(formula.base)
      ? [formula.base]
      : children(formula);
  return [formula, ...inside.flatMap(outsideRisingExponents)];
}

function isRising(exponent: Formula): boolean {
  switch (exponent.kind) {
    case 'number':
      return exponent.value.sign() > 0;
    case 'index':
      return true;
    case 'add':
      return exponent.terms.every(isRising);
    case 'multiply':
      return exponent.factors.every(isRising);
    case 'divide':
      return isRising(exponent.numerator) && exponent.denominator.kind === 'number' && isRising(exponent.denominator);
    default:
      return false;
  }
}

/** The letters of a formula but for those that a sum or a product binds. */
export function freeIntegers(formulas: readonly Formula[], { integers }: ValuesRead): ReadonlySet<string> {
  const all = formulas.flatMap(formula => [...nodes(formula)]);
  const bound = new Set(all.flatMap(node => (node.kind === 'sum' || node.kind === 'product' ? [node.index] : [])));
  return new Set([...integers].filter(name => !bound.has(name)));
}

/** How many of n, p, labels, hyperparameters and the rest a value turns on together. */
export const lettersTogether = ({ integers, scalars, others }: ValuesRead): number =>
  integers.size + scalars.size + (others ? 1 : 0);
