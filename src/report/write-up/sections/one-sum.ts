/** One sum over the past carried out, as an example for the others: what is left of a quantity of the full batch when all that does not move goes in front. */
import { Pot } from '../../../base/pot.ts';
import { ScalarCloser } from '../../../closed-form/close-scalars.ts';
import { isScalarFormula, treeKey } from '../../../closed-form/factors.ts';
import { addition, divide, index, multiplication, negation, number } from '../../../formula/build.ts';
import type { Definition, Formula } from '../../../formula/formula.ts';
import { mentionsLetter } from '../../../formula/substitute.ts';
import { nodes } from '../../../optimizer/replace.ts';
import { Rational } from '../../../number/rational.ts';
import { signedTerms } from '../../../latex/write/write-terms.ts';
import type { Optimizer } from '../../../optimizer/model.ts';

export interface CarriedOut {
  readonly definition: Definition;
  /** A sum of powers of hyperparameters. */
  readonly sum: Formula;
  readonly closed: Formula;
  /** An inner sum of the quantity had equal terms. */
  readonly wasNested: boolean;
}

const WORK = { each: 50_000, all: 200_000 } as const;

/** The first nested sum of a definition that has a closed form, else the first sum; null where there is none. `moves` tells whether a name depends on the step. */
export function oneSum(
  definitions: readonly Definition[],
  optimizer: Optimizer,
  moves: (name: string) => boolean,
): CarriedOut | null {
  const found = definitions.flatMap(definition => {
    const weight = weightOf(definition.body, moves);
    if (weight === null || weight.sums === 0) return [];
    const closed = new ScalarCloser(optimizer, new Pot(WORK.each, WORK.all)).close(weight.formula, 0);
    const isClosed = treeKey(closed) !== treeKey(weight.formula) && !hasSum(closed);
    return isClosed ? [{ definition, sum: weight.formula, closed, wasNested: weight.wasNested }] : [];
  });
  return found.find(({ wasNested }) => wasNested) ?? found[0] ?? null;
}

const hasSum = (formula: Formula): boolean =>
  [...nodes(formula)].some(({ kind }) => kind === 'sum' || kind === 'product');

interface Weight {
  readonly formula: Formula;
  readonly sums: number;
  readonly wasNested: boolean;
}

const ONE: Weight = { formula: number(1), sums: 0, wasNested: false };

/** The scalar factors and the sums over times; null where terms are added that are no numbers, or what is summed moves. */
function weightOf(formula: Formula, moves: (name: string) => boolean): Weight | null {
  if (isScalarFormula(formula) && !hasSum(formula)) return { ...ONE, formula };
  switch (formula.kind) {
    case 'negate': {
      const inner = weightOf(formula.argument, moves);
      return inner && { ...inner, formula: negation(inner.formula) };
    }
    case 'multiply': {
      const all = formula.factors.map(each => weightOf(each, moves));
      const some = all.filter(each => each !== null);
      return some.length < all.length ? null : some.reduce(times, ONE);
    }
    case 'divide': {
      const above = weightOf(formula.numerator, moves);
      if (above === null || (!isScalarFormula(formula.denominator) && isMoving(formula.denominator, moves)))
        return null;
      return isScalarFormula(formula.denominator)
        ? { ...above, formula: divide(above.formula, formula.denominator) }
        : above;
    }
    case 'sum': {
      const inner = weightOf(formula.body, moves);
      if (inner === null || formula.sort === 'coordinate') return inner;
      if (mentionsLetter(inner.formula, formula.index))
        return { ...inner, formula: { ...formula, body: inner.formula }, sums: inner.sums + 1 };
      const count = addition(formula.upper, negation(formula.lower), number(1));
      return times({ formula: tidy(count), sums: 0, wasNested: true }, inner);
    }
    default:
      return isMoving(formula, moves) || formula.kind === 'add' ? null : ONE;
  }
}

/** n − 1 − k + 1 is n − k. */
function tidy(count: Formula): Formula {
  const letters = new Map<string, number>();
  let constant = Rational.zero;
  for (const { negative, term } of signedTerms(count)) {
    if (term.kind === 'number') constant = negative ? constant.subtract(term.value) : constant.add(term.value);
    else if (term.kind === 'index') letters.set(term.name, (letters.get(term.name) ?? 0) + (negative ? -1 : 1));
    else return count;
  }
  if ([...letters.values()].some(each => Math.abs(each) > 1)) return count;
  const terms = [...letters].flatMap(([name, times]) =>
    times === 0 ? [] : [times > 0 ? index(name) : negation(index(name))],
  );
  const all = constant.isZero() && terms.length > 0 ? terms : [...terms, number(constant)];
  const [only] = all;
  return all.length === 1 && only ? only : addition(...all);
}

function times(one: Weight, other: Weight): Weight {
  const factors = [one.formula, other.formula].filter(each => !(each.kind === 'number' && each.value.isOne()));
  const [only] = factors;
  return {
    formula: only === undefined ? number(1) : factors.length === 1 ? only : multiplication(...factors),
    sums: one.sums + other.sums,
    wasNested: one.wasNested || other.wasNested,
  };
}

const isMoving = (formula: Formula, moves: (name: string) => boolean): boolean =>
  [...nodes(formula)].some(
    node =>
      (node.kind === 'quantity' && moves(node.name)) ||
      (node.kind === 'iterate' && node.label !== null) ||
      node.kind === 'schedule' ||
      (node.kind === 'sum' && node.sort !== 'coordinate'),
  );
