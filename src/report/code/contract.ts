/** Sums over components as products of whole vectors: one letter after another is put into the slot of a derivative, or summed. */
import { refuse } from '../../base/problem.ts';
import { isThisNumber, type CodeNode, type Nodes } from './vector-node.ts';

/** A derivative with component letters in its slots; `take` makes it of vectors for all slots but one (a vector) or for all (a number). */
export interface SlottedDerivative {
  readonly slots: readonly string[];
  take(entries: ReadonlyMap<string, CodeNode>, open: string | null): CodeNode;
}

/** A product: what has no letter, what has one, and derivatives. */
export interface Product {
  readonly scalars: readonly CodeNode[];
  readonly vectors: readonly (readonly [letter: string, vector: CodeNode])[];
  readonly tensors: readonly SlottedDerivative[];
  /** Letters that are summed over all components. */
  readonly bound: readonly string[];
}

/** The value of a product in which no letter but `open` is left, a vector; a number where `open` is null. */
export function contractSlots(nodes: Nodes, product: Product, open: string | null): CodeNode {
  const scalars = [...product.scalars];
  const vectors = new Map<string, CodeNode>();
  const put = (letter: string, vector: CodeNode): void => {
    vectors.set(letter, nodes.multiply(vectors.get(letter) ?? nodes.number(1), vector));
  };
  for (const [letter, vector] of product.vectors) put(letter, vector);
  let tensors = [...product.tensors];
  const left = new Set(product.bound);
  const users = (letter: string): SlottedDerivative[] => tensors.filter(({ slots }) => slots.includes(letter));
  while (tensors.length > 0) {
    // A derivative all of whose letters but one stand nowhere else and are summed.
    const ready = tensors.find(({ slots }) => {
      const inner = slots.filter(letter => left.has(letter) && users(letter).length === 1);
      return new Set(slots).size === slots.length && inner.length >= slots.length - 1;
    });
    if (ready === undefined) return refuse('no-vector-form', MESSAGE, null, HINT);
    const { slots } = ready;
    const kept = slots.find(letter => !left.has(letter) || users(letter).length > 1) ?? slots[0] ?? null;
    const entries = new Map<string, CodeNode>();
    for (const letter of slots) {
      if (letter === kept) continue;
      entries.set(letter, vectors.get(letter) ?? nodes.number(1));
      vectors.delete(letter);
      left.delete(letter);
    }
    tensors = tensors.filter(each => each !== ready);
    const value = ready.take(entries, kept);
    if (kept === null) scalars.push(value);
    else put(kept, value);
  }
  for (const letter of left) scalars.push(nodes.total(vectors.get(letter) ?? nodes.number(1)));
  const strange = [...vectors.keys()].filter(letter => letter !== open && !left.has(letter));
  if (strange.length > 0) return refuse('no-vector-form', MESSAGE, null, HINT);
  const all = open === null ? scalars : [...scalars, vectors.get(open) ?? nodes.number(1)];
  return all.some(each => isThisNumber(each, 0)) ? nodes.number(0) : nodes.multiply(...all);
}

const MESSAGE =
  'the equation is not made of gradients and products of derivatives with vectors: it needs single entries of a derivative, as the diagonal of the Hessian';
const HINT = 'modeq derive --format json holds the formulas as trees, component by component.';
