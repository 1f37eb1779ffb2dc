/**
 * Compiled formulas: formula trees with names resolved, index letters turned into slots, and equal parts shared.
 *
 * A node is a formula, not a normal form: nothing is expanded, cancelled or reordered, except that a sum keeps the factors
 * that do not depend on its letter outside (see {@link SumNode}). `free` lists the letters that the value depends on.
 */
import type { Span } from '../../base/span.ts';
import type { Rational } from '../../number/rational.ts';
import type { IntegerExpression, Slot } from './integer-expression.ts';

interface NodeBase {
  /** Position in the program: equal formulas have one node. */
  readonly id: number;
  readonly free: readonly Slot[];
  /** Worth remembering by the values of its free letters. */
  readonly kept: boolean;
  readonly span: Span | null;
}

/** A vector by its components; `current` is the current point θ itself, `label` a past iterate θ^{(label)}. */
export interface VectorNode {
  readonly key: string;
  readonly slot: Slot;
  readonly body: Node;
  readonly free: readonly Slot[];
  readonly place:
    | { readonly kind: 'current' }
    | { readonly kind: 'iterate'; readonly label: IntegerExpression }
    | { readonly kind: 'other' };
}

/** base^exponent whose exponent moves with a sum's letter by `stride` a step. */
export interface Weight {
  readonly base: Node;
  readonly exponent: IntegerExpression;
  readonly stride: number;
}

interface BigBase extends NodeBase {
  readonly slot: Slot;
  readonly lower: IntegerExpression;
  readonly upper: IntegerExpression;
}

/**
 * outer · Σ_{slot} (Π weights) · term, where `outer` is free of the letter. Splitting the weights off makes
 * Σ_{k≤n} ρ^{n−k} X_k for n+1 one step from the same sum for n. An empty range is zero whatever `outer` is.
 */
export interface SumNode extends BigBase {
  readonly kind: 'sum';
  readonly outer: Node | null;
  readonly weights: readonly Weight[];
  readonly term: Node;
  /** The letters that term and weights' bases depend on besides the sum's own: partial sums are shared by their values. */
  readonly others: readonly Slot[];
}
export interface ProductNode extends BigBase {
  readonly kind: 'product';
  readonly term: Node;
  /** The letters that the term depends on besides the product's own. */
  readonly others: readonly Slot[];
}

export type Node =
  | (NodeBase & { readonly kind: 'number'; readonly value: Rational })
  | (NodeBase & { readonly kind: 'integer'; readonly value: IntegerExpression })
  | (NodeBase & { readonly kind: 'scalar'; readonly name: string })
  | (NodeBase & { readonly kind: 'step' })
  | (NodeBase & { readonly kind: 'add'; readonly terms: readonly Node[] })
  | (NodeBase & { readonly kind: 'negate'; readonly argument: Node })
  | (NodeBase & { readonly kind: 'multiply'; readonly factors: readonly Node[] })
  | (NodeBase & { readonly kind: 'divide'; readonly numerator: Node; readonly denominator: Node })
  | (NodeBase & { readonly kind: 'power'; readonly base: Node; readonly exponent: IntegerExpression })
  | (NodeBase & { readonly kind: 'real-power'; readonly base: Node; readonly exponent: Node })
  | (NodeBase & { readonly kind: 'root'; readonly degree: number; readonly radicand: Node })
  | (NodeBase & { readonly kind: 'absolute'; readonly argument: Node })
  | (NodeBase & { readonly kind: 'extremum'; readonly which: 'max' | 'min'; readonly arguments: readonly Node[] })
  | SumNode
  | ProductNode
  | (NodeBase & {
      readonly kind: 'coordinate';
      readonly component: IntegerExpression;
      readonly label: IntegerExpression | null;
    })
  | (NodeBase & {
      readonly kind: 'loss';
      readonly by: readonly IntegerExpression[];
      readonly batch: IntegerExpression | null;
      readonly at: VectorNode;
    })
  | (NodeBase & {
      readonly kind: 'derivative';
      readonly by: readonly IntegerExpression[];
      readonly argument: Node;
      /** The point by which it is taken, and the letter whose value names that point in the argument; null: the current θ. */
      readonly point: { readonly slot: Slot; readonly at: VectorNode } | null;
      /** Whether the letter has its value already: the rest of a derivative of higher order. */
      readonly opened: boolean;
    })
  | (NodeBase & { readonly kind: 'parameter-derivative'; readonly by: string; readonly argument: Node })
  | (NodeBase & {
      readonly kind: 'defined';
      readonly body: Node;
      readonly bind: readonly { readonly slot: Slot; readonly value: IntegerExpression }[];
      readonly at: VectorNode | null;
    })
  /** A sequence by its recursion: `start` at label 0, then `step`, which reads the label before. */
  | (NodeBase & {
      readonly kind: 'recursion';
      readonly name: string;
      readonly label: Slot;
      readonly start: Node;
      readonly step: () => Node;
    })
  | (NodeBase & {
      readonly kind: 'state';
      readonly name: string;
      readonly component: IntegerExpression | null;
      readonly label: IntegerExpression;
    })
  | (NodeBase & { readonly kind: 'vector-component'; readonly name: string; readonly component: IntegerExpression })
  | (NodeBase & {
      readonly kind: 'call';
      readonly name: string;
      readonly body: Node | null;
      readonly formal: string;
      readonly order: number;
      readonly argument: Node;
    })
  | (NodeBase & {
      readonly kind: 'vector-call';
      readonly name: string;
      readonly component: IntegerExpression | null;
      readonly by: readonly IntegerExpression[];
      readonly argument: VectorNode;
    })
  | (NodeBase & { readonly kind: 'schedule'; readonly name: string; readonly at: IntegerExpression })
  | (NodeBase & {
      readonly kind: 'norm';
      readonly order: 1 | 2;
      readonly perturbation: Node | null;
      readonly argument: VectorNode;
      /** Whether the square of the 2-norm is meant. */
      readonly squared: boolean;
    });

/** A node before it is numbered. */
export type Unnumbered<N> = N extends Node ? Omit<N, 'id' | 'free' | 'kept' | 'span'> : never;
