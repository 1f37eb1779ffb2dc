/**
 * Elementary differentials: Σ_i Σ_s ∇_{ijs}E ∇_iE ∇_sE, a sum of products whose contractions form a tree with the component j at
 * its root, is ∇³E[∇E, ∇E] (Hairer, Lubich and Wanner, Geometric Numerical Integration, III.1: trees and elementary differentials).
 */
import { index as letterOf } from '../../formula/build.ts';
import { type DerivativeNode, DIMENSION, type Formula } from '../../formula/formula.ts';
import { substituteLetters } from '../../formula/substitute.ts';
import { flatFactors } from './write-terms.ts';
import { isVectorText, mentions } from './write-vector.ts';

/** A vector as an operator: ∇^mE_k with what stands in its brackets, times scalars. */
export interface Differential {
  /** Factors without a component. */
  readonly scalars: readonly Formula[];
  /** ∇_{j…}E_k. */
  readonly head: DerivativeNode;
  /** A vector for each further index of the head, with that index free. */
  readonly entries: readonly DifferentialEntry[];
}

export interface DifferentialEntry {
  readonly index: string;
  readonly vector: Formula | Differential;
}

/** Whether the component `index` of a formula can be left out: it is a sum of differentials and of vectors that have a name. */
export function isOperatorText(formula: Formula, index: string): boolean {
  const free = (each: Formula): boolean => !mentions(each, index);
  switch (formula.kind) {
    case 'negate':
      return isOperatorText(formula.argument, index);
    case 'add':
      return formula.terms.length > 0 && formula.terms.every(term => isOperatorText(term, index));
    case 'multiply': {
      const vectors = formula.factors.filter(factor => !free(factor));
      return vectors.length === 1 && vectors.every(factor => isOperatorText(factor, index));
    }
    case 'divide':
      return isOperatorText(formula.numerator, index) && free(formula.denominator);
    case 'sum':
      if (formula.sort === 'coordinate') return differentialOf(formula, index) !== null;
      return free(formula.lower) && free(formula.upper) && isOperatorText(formula.body, index);
    default:
      return isVectorText({ index, body: formula });
  }
}

/** The differential that a sum over components is, with `root` its free component; null where it is none. */
export function differentialOf(formula: Formula, root: string): Differential | null {
  const bound = new Set<string>();
  const factors: Formula[] = [];
  return open(formula, root, bound, factors) ? treeOf(root, factors, bound) : null;
}

/**
 * Takes sums over all components and products apart, along the way to the factor with the root, each sum's letter renamed: two sums
 * side by side may use the same one. False where a sum has other bounds.
 */
function open(formula: Formula, root: string, bound: Set<string>, factors: Formula[]): boolean {
  if (formula.kind === 'multiply') return flatFactors(formula).every(factor => open(factor, root, bound, factors));
  if (formula.kind !== 'sum' || formula.sort !== 'coordinate' || !mentions(formula, root)) {
    factors.push(formula);
    return true;
  }
  const { index, lower, upper, body } = formula;
  const isWhole = lower.kind === 'number' && lower.value.isOne() && upper.kind === 'index' && upper.name === DIMENSION;
  if (!isWhole) return false;
  const own = `${root}.${bound.size + 1}`;
  bound.add(own);
  return open(substituteLetters(body, new Map([[index, letterOf(own)]])), root, bound, factors);
}

function treeOf(root: string, factors: readonly Formula[], bound: ReadonlySet<string>): Differential | null {
  const scalars = factors.filter(factor => ![root, ...bound].some(letter => mentions(factor, letter)));
  const others = factors.filter(factor => !scalars.includes(factor));
  const heads = others.filter(factor => mentions(factor, root));
  const [head] = heads;
  if (head?.kind !== 'derivative' || heads.length > 1 || !isDerivativeOfLoss(head)) return null;
  const letters = head.by.map(each => (each.kind === 'index' ? each.name : ''));
  const inner = letters.filter(letter => letter !== root);
  const isTree = letters.length === inner.length + 1 && new Set(inner).size === inner.length;
  if (!isTree || inner.some(letter => !bound.has(letter)) || mentions(head.argument, root)) return null;
  let rest = others.filter(factor => factor !== head);
  const entries: DifferentialEntry[] = [];
  for (const letter of inner) {
    const own = connected(letter, rest, bound, inner);
    rest = rest.filter(factor => !own.includes(factor));
    const vector = vectorOf(letter, own, bound);
    if (vector === null) return null;
    // Numbers come to the front through every slot.
    if ('head' in vector) scalars.push(...vector.scalars);
    entries.push({ index: letter, vector: 'head' in vector ? { ...vector, scalars: [] } : vector });
  }
  return rest.length === 0 ? { scalars, head, entries } : null;
}

/** The vector that factors are in which only `root` is free. */
function vectorOf(
  root: string,
  factors: readonly Formula[],
  bound: ReadonlySet<string>,
): Formula | Differential | null {
  const inside = new Set([...bound].filter(letter => letter !== root && factors.some(each => mentions(each, letter))));
  const [only] = factors;
  if (!only) return null;
  if (factors.length === 1 && inside.size === 0) return isOperatorText(only, root) ? only : null;
  const opened: Formula[] = [];
  if (!factors.every(factor => open(factor, root, inside, opened))) return null;
  return treeOf(root, opened, inside);
}

/** The factors that hang together with `letter` by bound letters, other heads' own letters `apart`. */
function connected(
  letter: string,
  factors: readonly Formula[],
  bound: ReadonlySet<string>,
  apart: readonly string[],
): Formula[] {
  const found = new Set<Formula>();
  const waiting = [letter];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const factor of factors) {
      const name = next;
      if (found.has(factor) || !mentions(factor, name)) continue;
      found.add(factor);
      waiting.push(...[...bound].filter(other => other !== name && !apart.includes(other) && mentions(factor, other)));
    }
  }
  return [...found];
}

const isDerivativeOfLoss = ({ by, argument, point }: DerivativeNode): boolean =>
  argument.kind === 'loss' && point === undefined && by.every(each => each.kind === 'index');
