/**
 * Partial derivatives of expression graphs: mathjs differentiates each kind of operation once, the chain rule does the rest.
 *
 * Asking mathjs for whole derivatives costs about a millisecond each and their size grows with every order; hundreds of
 * losses have tens of thousands of second derivatives. The rule of an operation does not depend on its operands, so it
 * is asked for with letters in their place, kept, and filled in.
 */
import type { ExpressionGraph, GraphNode } from './expression-graph.ts';
import type { MathInstance } from './mathjs.ts';
import { derivedGraph } from './read-expression.ts';

/** The derivative of an operation by one of its operands u, v, as a function of them. */
type LocalRule = (u: GraphNode, v: GraphNode) => GraphNode;

export class GraphDifferentiator {
  readonly #math: MathInstance;
  readonly #graph: ExpressionGraph;
  readonly #rules = new Map<string, LocalRule>();
  readonly #known = new Map<GraphNode, Map<number, GraphNode>>();
  readonly #local = new Map<GraphNode, GraphNode[]>();

  constructor(math: MathInstance, graph: ExpressionGraph) {
    this.#math = math;
    this.#graph = graph;
  }

  /** ∂node/∂x_index. */
  derivative(node: GraphNode, index: number): GraphNode {
    if (node.kind === 'number') return this.#graph.zero;
    if (node.kind === 'variable') return node.index === index ? this.#graph.one : this.#graph.zero;
    const table = this.#known.get(node) ?? new Map<number, GraphNode>();
    this.#known.set(node, table);
    const known = table.get(index);
    if (known) return known;
    const made = this.#chainRule(node, index);
    table.set(index, made);
    return made;
  }

  #chainRule(node: Exclude<GraphNode, { kind: 'number' | 'variable' }>, index: number): GraphNode {
    const graph = this.#graph;
    switch (node.kind) {
      case 'add':
        return graph.add(node.terms.map(term => this.derivative(term, index)));
      case 'multiply':
        return graph.add(
          node.factors.map((factor, at) => {
            const slope = this.derivative(factor, index);
            return slope === graph.zero
              ? slope
              : graph.multiply([slope, ...node.factors.filter((_, other) => other !== at)]);
          }),
        );
      case 'divide':
        return this.#along(node, 'u/v', [node.numerator, node.denominator], index);
      case 'power':
        return this.#along(node, 'u^v', [node.base, graph.number(node.exponent)], index);
      case 'real-power':
        return this.#along(node, 'u^v', [node.base, node.exponent], index);
      case 'function':
        return this.#along(node, `${node.name}(u)`, [node.argument], index);
    }
  }

  /** Σ over the operands of (∂node/∂operand) · ∂operand/∂x_index. */
  #along(node: GraphNode, operation: string, operands: readonly GraphNode[], index: number): GraphNode {
    const terms = operands.map((operand, at) => {
      const slope = this.derivative(operand, index);
      // A constant exponent must not bring log(base) in.
      return slope === this.#graph.zero
        ? slope
        : this.#graph.multiply([this.#localDerivative(node, operation, operands, at), slope]);
    });
    return this.#graph.add(terms);
  }

  /** ∂node/∂operands[at]. */
  #localDerivative(node: GraphNode, operation: string, operands: readonly GraphNode[], at: number): GraphNode {
    const table = this.#local.get(node) ?? [];
    this.#local.set(node, table);
    const [u = this.#graph.zero, v = this.#graph.zero] = operands;
    const made = table[at] ?? this.#rule(operation, at === 0 ? 'u' : 'v')(u, v);
    table[at] = made;
    return made;
  }

  #rule(operation: string, by: 'u' | 'v'): LocalRule {
    const key = `${operation} by ${by}`;
    const known = this.#rules.get(key);
    if (known) return known;
    const derived = this.#math.derivative(this.#math.parse(operation), by, { simplify: false });
    const made: LocalRule = (u, v) =>
      derivedGraph(derived, this.#graph, name => {
        if (name === 'u') return u;
        if (name === 'v') return v;
        throw new Error(`mathjs' derivative of ${operation} contains ${name}`);
      });
    this.#rules.set(key, made);
    return made;
  }
}
