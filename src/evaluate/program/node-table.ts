/** Numbers compiled nodes and index letters: equal content is one node, equal letters one slot. */
import type { Span } from '../../base/span.ts';
import { DIMENSION } from '../../formula/formula.ts';
import type { Rational } from '../../number/rational.ts';
import type { Slot } from './integer-expression.ts';
import type { Node, Unnumbered } from './node.ts';
import type { NodeBuilder } from './split-sum.ts';

/** The ids of nodes as the key of a node that consists of them. */
export const keyOfNodes = (nodes: readonly Node[]): string => nodes.map(node => node.id).join(',');

export class NodeTable implements NodeBuilder {
  readonly #slots = new Map<string, Slot>();
  readonly #nodes = new Map<string, Node>();
  /** The letter p, which has one value while an instance is evaluated: nothing is remembered by it. m may be a label. */
  readonly fixed: ReadonlySet<Slot> = new Set([this.slot(DIMENSION)]);

  slot(letter: string): Slot {
    const known = this.#slots.get(letter);
    if (known !== undefined) return known;
    this.#slots.set(letter, this.#slots.size);
    return this.#slots.size - 1;
  }

  /** `key` tells nodes of one kind apart; `free` are the letters of the parts. */
  node(
    content: Unnumbered<Node>,
    key: string,
    free: readonly (readonly Slot[])[],
    kept: boolean,
    span: Span | null,
  ): Node {
    const fullKey = `${content.kind}:${key}`;
    const known = this.#nodes.get(fullKey);
    if (known) return known;
    const letters = [...new Set(free.flat())].filter(slot => !this.fixed.has(slot)).sort((a, b) => a - b);
    const node: Node = { ...content, id: this.#nodes.size, free: letters, kept, span };
    this.#nodes.set(fullKey, node);
    return node;
  }

  number(value: Rational): Node {
    return this.node({ kind: 'number', value }, value.toString(), [], false, null);
  }
  add(terms: readonly Node[], kept = false, span: Span | null = null): Node {
    return this.node({ kind: 'add', terms }, keyOfNodes(terms), freeOf(terms), kept, span);
  }
  multiply(factors: readonly Node[], kept = false, span: Span | null = null): Node {
    const [only, second] = factors;
    if (only && !second) return only;
    return this.node({ kind: 'multiply', factors }, keyOfNodes(factors), freeOf(factors), kept, span);
  }
  divide(numerator: Node, denominator: Node, kept = false, span: Span | null = null): Node {
    const parts = [numerator, denominator];
    return this.node({ kind: 'divide', numerator, denominator }, keyOfNodes(parts), freeOf(parts), kept, span);
  }
  negate(argument: Node, span: Span | null = null): Node {
    return this.node({ kind: 'negate', argument }, keyOfNodes([argument]), [argument.free], false, span);
  }
}

export const freeOf = (nodes: readonly Node[]): (readonly Slot[])[] => nodes.map(node => node.free);
