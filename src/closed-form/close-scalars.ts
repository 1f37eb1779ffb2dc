/**
 * Sums over times carried out where a formula tree has them, all else left as it stands: what does not depend on the letter of a sum goes
 * in front of it, and a factor that is made of hyperparameters and indices alone, sums of such included, is brought to its closed form.
 * Each closed form is proved equal to what it replaces, for all values that the sums around it give to their letters.
 */
import { Budget } from '../base/budget.ts';
import { type Assumptions, assumptionsOf, withIndices } from '../expression/arithmetic/assumptions.ts';
import { rangeOf } from '../expression/arithmetic/sum-range.ts';
import { coefficient } from '../expression/calculus/series.ts';
import type { Constraint } from '../expression/core/domain.ts';
import { subtract } from '../expression/core/expression.ts';
import { IndexFacts } from '../expression/core/index-facts.ts';
import { type Letters, ROLE_LETTERS } from '../expression/core/index-form.ts';
import { ITERATION_INDEX, openIndex, ZERO } from '../expression/core/indices.ts';
import { FormulaReader } from '../expression/read/from-formula.ts';
import { addition, index, negation, number } from '../formula/build.ts';
import type { BigNode, Formula } from '../formula/formula.ts';
import { asPopulationMean, isOverTimes } from '../formula/population.ts';
import { children, withChildren } from '../formula/walk.ts';
import { variableForm } from '../number/linear-form.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { testZero } from '../prove/zero/zero-test.ts';
import { carryOutSums } from '../rewrite/rules/sums/carry-out-sums.ts';
import { closedTerms } from './closed-terms.ts';
import { costOf } from './cost.ts';
import { allNodes, partsOfProduct, treeKey, fractionOfFactors, isScalarFormula } from './factors.ts';
import type { Pot } from '../base/pot.ts';
import { shiftSums } from './shift-sums.ts';
import { writeClosed } from './write-closed.ts';
import { inlineOptions } from './writing-options.ts';

/** Terms made for one factor. */
const STEPS = 2_000;

/** The letters of the sums around a formula, and what is known of them. */
interface Scope {
  readonly letters: Letters;
  readonly facts: readonly Constraint[];
  /** How the open indices are written. */
  readonly written: ReadonlyMap<number, Formula>;
}

export class ScalarCloser {
  readonly #optimizer: Optimizer;
  readonly #assumptions: Assumptions;
  readonly #pot: Pot;
  readonly #known = new Map<string, Formula | null>();

  constructor(optimizer: Optimizer, pot: Pot) {
    this.#optimizer = optimizer;
    this.#assumptions = assumptionsOf(optimizer.declarations);
    this.#pot = pot;
  }

  /** The formula with closed forms, of the same value for every n from `least` on. */
  close(formula: Formula, least: number): Formula {
    if (least < 0 || !hasPast(formula)) return formula;
    return this.#visit(formula, {
      letters: ROLE_LETTERS,
      facts: [{ left: ZERO, right: ITERATION_INDEX, bound: -least }],
      written: new Map(),
    });
  }

  #visit(formula: Formula, scope: Scope): Formula {
    if (formula.kind === 'sum') return this.#sum(formula, scope);
    if (isScalarFormula(formula)) return hasPast(formula) ? this.#scalar(formula, scope) : formula;
    const inner = children(formula).map(child => this.#visit(child, scope));
    const rebuilt = inner.every((child, at) => child === children(formula)[at])
      ? formula
      : withChildren(formula, inner);
    if (rebuilt === formula) return formula;
    if (rebuilt.kind === 'add') return this.#addition(rebuilt.terms, scope);
    return rebuilt.kind === 'multiply' || rebuilt.kind === 'divide' ? this.#product(rebuilt, scope) : rebuilt;
  }

  /** A product with its scalar factors as one. */
  #product(formula: Formula, scope: Scope): Formula {
    const { above, below, negative } = partsOfProduct(formula);
    const scalars = [...above, ...below].filter(isScalarFormula);
    if (scalars.filter(each => each.kind !== 'number').length < 2) {
      const ordered = fractionOfFactors(above, below);
      return negative ? negation(ordered) : ordered;
    }
    const scalar = fractionOfFactors(above.filter(isScalarFormula), below.filter(isScalarFormula));
    const closed = partsOfProduct(this.#scalar(scalar, scope));
    const result = fractionOfFactors(
      [...closed.above, ...above.filter(each => !isScalarFormula(each))],
      [...closed.below, ...below.filter(each => !isScalarFormula(each))],
    );
    const value = negative !== closed.negative ? negation(result) : result;
    return costOf(value) <= costOf(formula) ? value : formula;
  }

  /** A sum whose terms that differ by a scalar are one, and what is left with the scalars that all share in front. */
  #addition(terms: readonly Formula[], scope: Scope): Formula {
    const groups = new Map<string, { readonly rest: Formula; readonly scalars: Formula[] }>();
    for (const term of terms) {
      const { above, below, negative } = partsOfProduct(term);
      const own = fractionOfFactors(above.filter(isScalarFormula), below.filter(isScalarFormula));
      const rest = fractionOfFactors(
        above.filter(each => !isScalarFormula(each)),
        below.filter(each => !isScalarFormula(each)),
      );
      const group = groups.get(treeKey(rest)) ?? { rest, scalars: [] };
      group.scalars.push(negative ? negation(own) : own);
      groups.set(treeKey(rest), group);
    }
    const together = [...groups.values()].flatMap(({ rest, scalars }) => {
      const [only] = scalars;
      const scalar = scalars.length === 1 && only !== undefined ? only : this.#scalar(addition(...scalars), scope);
      const { above, below, negative } = partsOfProduct(scalar);
      if (above.some(each => each.kind === 'number' && each.value.isZero())) return [];
      const product = fractionOfFactors(
        [...above, ...partsOfProduct(rest).above],
        [...below, ...partsOfProduct(rest).below],
      );
      return [negative ? negation(product) : product];
    });
    const shorter = together.length < terms.length ? together : terms;
    const [first] = shorter;
    if (first === undefined) return number(0);
    if (shorter.length === 1) return first;
    const opposite = shorter.flatMap(each => (each.kind === 'negate' ? [each.argument] : []));
    return opposite.length === shorter.length ? negation(sharedInFront(opposite)) : sharedInFront(shorter);
  }

  #sum(node: BigNode, scope: Scope): Formula {
    if (asPopulationMean(node) !== null) return node;
    const inner = this.#inside(node, scope);
    const body = inner === null ? node.body : this.#visit(node.body, inner);
    const whole = body === node.body ? node : { ...node, body };
    if (node.sort === 'history' && body.kind === 'add') {
      const parts = body.terms.map(term => this.#taken({ ...whole, body: term }, scope));
      if (parts.every(part => !allNodes(part).some(each => each.kind === 'sum' && each.index === node.index)))
        return addition(...parts);
    }
    return this.#taken(whole, scope);
  }

  /** The sum with what does not depend on its letter in front. */
  #taken(node: BigNode, scope: Scope): Formula {
    const { above, below, negative } = partsOfProduct(node.body);
    const isFree = (each: Formula): boolean =>
      (node.sort === 'history' || isScalarFormula(each)) &&
      !allNodes(each).some(inner => inner.kind === 'index' && inner.name === node.index);
    const dependent = { above: above.filter(each => !isFree(each)), below: below.filter(each => !isFree(each)) };
    const rest: BigNode = { ...node, body: fractionOfFactors(dependent.above, dependent.below) };
    const closed = node.sort === 'history' && isScalarFormula(rest) ? this.#scalar(rest, scope) : rest;
    const free = { above: above.filter(isFree), below: below.filter(isFree) };
    if (closed === rest && free.above.length + free.below.length === 0 && !negative) return node;
    const isMoved = (each: Formula): boolean => isScalarFormula(each) || each.kind === 'sum' || isScalarFormula(rest);
    if (closed === rest && ![...free.above, ...free.below].some(isMoved)) return node;
    const parts = partsOfProduct(closed);
    const product = fractionOfFactors([...free.above, ...parts.above], [...parts.below, ...free.below]);
    const value = this.#product(product, scope);
    return negative !== parts.negative ? negation(value) : value;
  }

  /** Within the sum its letter is an index of its own; null where its range is none that is covered. */
  #inside(node: BigNode, scope: Scope): Scope | null {
    return this.#pot.within(() => {
      if (node.sort === 'coordinate') {
        const open = openIndex('coordinate');
        return {
          ...scope,
          letters: new Map(scope.letters).set(node.index, variableForm(open)),
          written: new Map(scope.written).set(open, index(node.index)),
        };
      }
      const { open, form, constraints } = rangeOf({ ...node, body: number(0) }, scope.letters, false);
      return {
        letters: new Map(scope.letters).set(node.index, form),
        facts: [...scope.facts, ...constraints],
        written: new Map(scope.written).set(open, index(node.index)),
      };
    });
  }

  /** A scalar in closed form where that is proved and reads no longer; else as it is. */
  #scalar(formula: Formula, scope: Scope): Formula {
    const nameOf = (own: number): string => {
      const letter = scope.written.get(own);
      return letter?.kind === 'index' ? letter.name : `${own}`;
    };
    const bounds = scope.facts.map(({ left, right, bound }) => `${nameOf(left)} ≤ ${nameOf(right)} + ${bound}`);
    const context = [treeKey(formula), ...bounds].join('|');
    const known = this.#known.get(context);
    if (known !== undefined) return known ?? formula;
    const closed = this.#pot.within(() => this.#closed(formula, scope));
    this.#known.set(context, closed);
    return closed ?? formula;
  }

  #closed(formula: Formula, scope: Scope): Formula | null {
    const own = this.#form(formula, scope, scope.facts);
    if (own !== null) return own;
    // Conditions such as n ≥ 1 and n = 0 beside each other: what holds from some step on may hold from the first.
    const late = [...scope.facts, { left: ZERO, right: ITERATION_INDEX, bound: -LATE }];
    return hasConditions(formula) ? this.#form(formula, scope, late) : null;
  }

  /** The form that the formula has under `facts`, proved under those of its place. */
  #form(formula: Formula, { letters, facts: given, written }: Scope, facts: readonly Constraint[]): Formula | null {
    const { declarations } = this.#optimizer;
    const reader = new FormulaReader({ declarations, definitions: [], order: 0, facts: given });
    const known = withIndices(this.#assumptions, IndexFacts.NONE.with(given));
    const narrow = new FormulaReader({ declarations, definitions: [], order: 0, facts });
    const value = coefficient(narrow.series(formula, letters), 0);
    const sums = carryOutSums(value, withIndices(this.#assumptions, IndexFacts.NONE.with(facts)), new Budget(STEPS));
    const options = inlineOptions(this.#optimizer);
    const terms = closedTerms(sums, options, written);
    if (terms === null) return null;
    const closed = shiftSums(writeClosed(terms, options));
    const before = pastOf(formula);
    const after = pastOf(closed);
    if (after > before || (after === before && costOf(closed) >= costOf(formula))) return null;
    if (costOf(closed) > MOST_COST) return null;
    const [left, right] = [closed, formula].map(each => coefficient(reader.series(each, letters), 0));
    if (left === undefined || right === undefined) return null;
    return testZero(subtract(left, right), known, new Budget(STEPS)).kind === 'zero' ? closed : null;
  }
}

/** A step from which on conditions on the first steps are decided. */
const LATE = 4;

/** Whether an end of a sum compares the step number with a number. */
const hasConditions = (formula: Formula): boolean => allNodes(formula).some(({ kind }) => kind === 'extremum');

/** What reads longer than this is better left as a sum. */
const MOST_COST = 32;

const isPast = isOverTimes;

/** How many sums and products over times a formula has. */
export function pastOf(formula: Formula): number {
  const known = pasts.get(formula);
  if (known !== undefined) return known;
  const own = children(formula).reduce((sum, child) => sum + pastOf(child), isPast(formula) ? 1 : 0);
  pasts.set(formula, own);
  return own;
}

/** Asked of every part on the way down. */
const pasts = new WeakMap<Formula, number>();

const hasPast = (formula: Formula): boolean => pastOf(formula) > 0;

/** Terms with the factors that contain an index and stand in all of them in front: (n − k)x + (n − k)y is (n − k)(x + y). */
function sharedInFront(terms: readonly Formula[]): Formula {
  const parts = terms.map(partsOfProduct);
  const [first] = parts;
  const isShared = (each: Formula): boolean =>
    isScalarFormula(each) &&
    allNodes(each).some(({ kind }) => kind === 'index') &&
    parts.every(({ above }) => above.some(other => treeKey(other) === treeKey(each)));
  const shared = first?.above.filter(isShared).slice(0, 1) ?? [];
  const [front] = shared;
  if (front === undefined) return addition(...terms);
  const rest = parts.map(({ above, below, negative }) => {
    const at = above.findIndex(each => treeKey(each) === treeKey(front));
    const product = fractionOfFactors(
      above.filter((_, position) => position !== at),
      below,
    );
    return negative ? negation(product) : product;
  });
  return fractionOfFactors([front, sharedInFront(rest)], []);
}
