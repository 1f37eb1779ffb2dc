/**
 * Where formulas in one integer alone vanish or change their sign, as n² − 289 or 2^n − 131072 do: found by their values at
 * 0, 1, 2, …, as far as that is cheap.
 */
import { RATIONAL_KINDS, setOfKinds } from '../../formula/arithmetic.ts';
import { Budget } from '../../base/budget.ts';
import { BATCHES, DIMENSION, type Formula, ITERATION } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';
import type { Program } from '../../evaluate/program/program.ts';
import { nodes } from '../../optimizer/replace.ts';
import type { Sample } from '../sample/sample.ts';
import { integerFormOf } from '../stated/integer-form.ts';
import { exactAt } from './vanish.ts';

/** The largest integer that is tried; so many without a value, or so much work, end one formula. */
const LARGEST = 400;
/** Roots of forms such as p − 1000 are known without a search. */
const LARGEST_ROOT = 1_000_000;
const MOST_WITHOUT = 3;
const MOST_WORK = 20_000;
/** What vanishes at more integers, as n − n, is zero at the usual places too. */
const MOST_ZEROS = 12;

const KINDS = setOfKinds(...RATIONAL_KINDS, 'index', 'absolute', 'extremum', 'sum', 'product');

/** Whether a formula is of numbers and this letter, and of letters that it binds. */
function isIn(letter: string, formula: Formula): boolean {
  const all = [...nodes(formula)];
  const bound = new Set(all.flatMap(node => (node.kind === 'sum' || node.kind === 'product' ? [node.index] : [])));
  return (
    all.some(node => node.kind === 'index' && node.name === letter) &&
    all.every(node => KINDS.has(node.kind) && (node.kind !== 'index' || node.name === letter || bound.has(node.name)))
  );
}

/** The integers, ascending, at which one of the formulas in this letter (n, p or m) is zero, and both beside a change of its sign. */
export function integerZeros(formulas: readonly Formula[], letter: string, program: Program): number[] {
  const found = new Set<number>();
  for (const formula of formulas) {
    if (!isIn(letter, formula)) continue;
    const form = integerFormOf(formula);
    const slope = form?.terms.get(letter);
    if (form && slope) {
      const root = form.constant.negate().divide(slope);
      const below = Number(root.floor());
      for (const near of root.isInteger() ? [below] : [below, below + 1])
        if (near >= 0 && near <= LARGEST_ROOT) found.add(near);
      continue;
    }
    const budget = Budget.unlimited();
    const own = new Set<number>();
    let before = 0;
    let without = 0;
    for (let at = letter === ITERATION ? 0 : 1; at <= LARGEST && budget.spent < MOST_WORK; at += 1) {
      const value = exactAt(program, formula, bare(letter, at), 1, budget);
      without = value === null ? without + 1 : 0;
      if (without > MOST_WITHOUT) break;
      if (value === null) continue;
      const sign = value.sign();
      if (sign === 0) own.add(at);
      if (sign * before < 0) for (const near of [at - 1, at]) own.add(near);
      before = sign;
    }
    if (own.size <= MOST_ZEROS) for (const at of own) found.add(at);
  }
  return [...found].sort((a, b) => a - b);
}

/** A sample that has its sizes only. */
const bare = (letter: string, at: number): Sample => ({
  setting: 'full-batch',
  n: letter === ITERATION ? at : 0,
  theta: Array.from({ length: letter === DIMENSION ? at : 1 }, () => Rational.zero),
  scalars: new Map(),
  losses: [],
  earlierLosses: [],
  functions: new Map(),
  vectorFunctions: new Map(),
  schedules: new Map(),
  vectors: new Map(),
  letters: letter === BATCHES ? new Map([[letter, at]]) : new Map(),
});
