/**
 * Sums of elementary differentials and of products of them, each tree or forest once with its weight.
 *
 * Source: Hairer, Lubich, Wanner, Geometric Numerical Integration, III.1: B-series, and the tree [τ_1, …, τ_m] with a new root.
 */
import {
  addFractions,
  type Fraction,
  isZeroFraction,
  multiplyFractions,
  scaleFraction,
} from '../../algebra/rational-function.ts';
import { graft, type Tree, treeOf } from '../../expression/core/tree.ts';
import { Rational } from '../../number/rational.ts';

/** A sum over trees by their keys; no weight is zero. */
export type TreeSum = ReadonlyMap<string, { readonly tree: Tree; readonly weight: Fraction }>;
/** A sum of products of differentials: the tree that they are the children of, and the weight. */
export type ForestSum = TreeSum;

export const NO_TREES: TreeSum = new Map();

interface Weighted {
  readonly tree: Tree;
  readonly weight: Fraction;
}

/** The sum of weighted trees in any order. */
export function treeSum(parts: Iterable<Weighted>): TreeSum {
  const gathered = new Map<string, { readonly tree: Tree; readonly weights: Fraction[] }>();
  for (const { tree, weight } of parts) {
    const known = gathered.get(tree.key);
    if (known === undefined) gathered.set(tree.key, { tree, weights: [weight] });
    else known.weights.push(weight);
  }
  const sum = new Map<string, Weighted>();
  for (const [key, { tree, weights }] of gathered) {
    const weight = addFractions(...weights);
    if (!isZeroFraction(weight)) sum.set(key, { tree, weight });
  }
  return sum;
}

export const addTrees = (...sums: readonly TreeSum[]): TreeSum => treeSum(sums.flatMap(sum => [...sum.values()]));

/** Every weight changed. */
export const mapWeights = (sum: TreeSum, change: (weight: Fraction) => Fraction): TreeSum =>
  treeSum([...sum.values()].map(({ tree, weight }) => ({ tree, weight: change(weight) })));

export const scaleTrees = (sum: TreeSum, by: Rational): TreeSum => mapWeights(sum, weight => scaleFraction(weight, by));

/** The products of each forest with each tree, as one child more. */
export const withTree = (forests: ForestSum, trees: TreeSum): ForestSum =>
  products(forests, trees, (forest, tree) => [[treeOf([...forest.children, tree]), 1]]);

/** The derivative of a field along another. */
export const graftTrees = (stock: TreeSum, scion: TreeSum): TreeSum => products(stock, scion, graft);

function products(
  left: TreeSum,
  right: TreeSum,
  joined: (a: Tree, b: Tree) => Iterable<readonly [Tree, number]>,
): TreeSum {
  const parts: Weighted[] = [];
  for (const a of left.values())
    for (const b of right.values()) {
      const weight = multiplyFractions(a.weight, b.weight);
      for (const [tree, count] of joined(a.tree, b.tree))
        parts.push({ tree, weight: count === 1 ? weight : scaleFraction(weight, Rational.of(count)) });
    }
  return treeSum(parts);
}
