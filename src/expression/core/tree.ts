/**
 * Rooted trees, as which elementary differentials are known: a vertex with m children stands for ∇^{m+1}E, an edge for the component that
 * is summed over. Equal trees are one object.
 *
 * Source: Hairer, Lubich, Wanner, Geometric Numerical Integration, III.1; the pre-Lie product is that of Chapoton, Livernet, Pre-Lie
 * algebras and the rooted trees operad (2001).
 */
export interface Tree {
  /** Sorted by their keys. */
  readonly children: readonly Tree[];
  /** How many vertices it has. */
  readonly order: number;
  /** Equal exactly for equal trees: the key of each child in parentheses. */
  readonly key: string;
}

const trees = new Map<string, Tree>();

/** The tree whose root has these children, in whatever order. */
export function treeOf(children: readonly Tree[]): Tree {
  const sorted = [...children].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const key = sorted.map(child => `(${child.key})`).join('');
  let tree = trees.get(key);
  if (tree === undefined) {
    tree = { children: sorted, order: sorted.reduce((total, child) => total + child.order, 1), key };
    trees.set(key, tree);
  }
  return tree;
}

/** The root alone, ∇E. */
export const LEAF: Tree = treeOf([]);

/** A tree and how often. */
export type TreeCounts = readonly (readonly [Tree, number])[];

const grafts = new WeakMap<Tree, WeakMap<Tree, TreeCounts>>();

/** The derivative of `stock` along `scion`: all trees that arise where an edge leads from a vertex of `stock` to the root of `scion`. */
export function graft(stock: Tree, scion: Tree): TreeCounts {
  const known = grafts.get(stock) ?? new WeakMap<Tree, TreeCounts>();
  grafts.set(stock, known);
  let found = known.get(scion);
  if (found === undefined) {
    const counts = new Map([[treeOf([...stock.children, scion]), 1]]);
    stock.children.forEach((child, at) => {
      for (const [grown, count] of graft(child, scion)) {
        const tree = treeOf(stock.children.with(at, grown));
        counts.set(tree, (counts.get(tree) ?? 0) + count);
      }
    });
    found = [...counts];
    known.set(scion, found);
  }
  return found;
}
