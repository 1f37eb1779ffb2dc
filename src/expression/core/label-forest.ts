/**
 * Canonical labels where indices and the factors they stand in hang together as a forest, as in products of derivatives that are contracted along
 * trees and in the diagonal factors beside them: by the names of the branches, without a search.
 *
 * Source: Aho, Hopcroft, Ullman, The Design and Analysis of Computer Algorithms, 3.2 (isomorphism of trees by the sorted names of their branches);
 * a tree without a root has one at its centre (Jordan).
 */

/** A factor to a power, and the bound indices in it, each once. */
export interface Holder {
  /** The same for holders that differ in the names of bound indices alone. */
  readonly kind: string;
  /** `at` tells where an index stands; indices with one text can be exchanged. */
  readonly places: readonly { readonly index: number; readonly at: string }[];
}

/** position[i] is the new number of the index i < count; null where indices and holders hang together in a circle. */
export function labelForest(holders: readonly Holder[], count: number): number[] | null {
  const forest = new Forest(holders, count);
  const position: number[] = Array.from({ length: count }, () => -1);
  let next = 0;
  const roots = forest.centres();
  if (roots === null) return null;
  const named = roots.map(root => ({ root, name: forest.name(root, NOBODY) })).sort(byName);
  for (const { root } of named)
    forest.visit(root, NOBODY, index => {
      position[index] = next;
      next += 1;
    });
  return position;
}

/** The parent of a root. */
const NOBODY = -1;

interface Edge {
  readonly to: number;
  /** Where the index of the edge stands in its holder. */
  readonly at: string;
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

/** Indices are the vertices 0 … count − 1, holders those behind. */
class Forest {
  readonly #kinds: readonly string[];
  readonly #count: number;
  readonly #edges: readonly Edge[][];
  readonly #names = new Map<number, string>();

  constructor(holders: readonly Holder[], count: number) {
    this.#kinds = holders.map(({ kind }) => kind);
    this.#count = count;
    this.#edges = Array.from({ length: count + holders.length }, (): Edge[] => []);
    for (const [number, { places }] of holders.entries()) {
      for (const { index, at } of places) {
        this.#edges[index]?.push({ to: count + number, at });
        this.#edges[count + number]?.push({ to: index, at });
      }
    }
  }

  /** A vertex for each tree: its centre, of two that are neighbours the holder. Null where there is a circle. */
  centres(): number[] | null {
    const degrees = this.#edges.map(edges => edges.length);
    const left = new Set(degrees.keys());
    const centres: number[] = [];
    for (let leaves = [...left].filter(each => (degrees[each] ?? 0) <= 1); left.size > 0; ) {
      if (leaves.length === 0) return null;
      const outermost = new Set(leaves);
      const around: number[] = [];
      for (const leaf of leaves) {
        left.delete(leaf);
        const inner = this.#edges[leaf]?.find(({ to }) => left.has(to) || outermost.has(to))?.to;
        if (inner === undefined) centres.push(leaf);
        else if (outermost.has(inner)) {
          // Two are left of the tree: the one that is no index is its centre.
          if (leaf >= this.#count) centres.push(leaf);
        } else {
          degrees[inner] = (degrees[inner] ?? 0) - 1;
          around.push(inner);
        }
      }
      leaves = [...new Set(around)].filter(each => left.has(each) && (degrees[each] ?? 0) <= 1);
    }
    return centres;
  }

  /** The name of the branch at a vertex: equal for branches that differ in the names of indices alone. */
  name(vertex: number, parent: number): string {
    const key = vertex * (this.#edges.length + 1) + parent + 1;
    let name = this.#names.get(key);
    if (name === undefined) {
      const branches = this.#branches(vertex, parent).map(branch => branch.name);
      name = `${this.#kinds[vertex - this.#count] ?? ''}{${branches.join()}}`;
      this.#names.set(key, name);
    }
    return name;
  }

  /** Every index of the branch, those of one vertex in the order of their names. */
  visit(vertex: number, parent: number, found: (index: number) => void): void {
    if (vertex < this.#count) found(vertex);
    for (const { to } of this.#branches(vertex, parent)) this.visit(to, vertex, found);
  }

  #branches(vertex: number, parent: number): { readonly to: number; readonly name: string }[] {
    return (this.#edges[vertex] ?? [])
      .filter(({ to }) => to !== parent)
      .map(({ to, at }) => ({ to, name: `${at}:${this.name(to, vertex)}` }))
      .sort(byName);
  }
}
