/** Losses and functions given as text: read and differentiated with mathjs' help, evaluated over any ring. */
import { Refusal, refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { PrecisionLoss } from '../ring/ball.ts';
import { GraphDifferentiator } from './differentiate-graph.ts';
import { ExpressionGraph, type GraphNode, evaluateGraph } from './expression-graph.ts';
import type { Loss, LossFunction } from './loss.ts';
import type { MathInstance } from './mathjs.ts';
import { ExpressionReader } from './read-expression.ts';

class ExpressionLoss implements Loss {
  readonly text: string;
  readonly #value: GraphNode;
  readonly #differentiator: GraphDifferentiator;
  readonly #derivatives = new Map<string | number, LossFunction>();
  readonly #span: Span | null;

  constructor(text: string, value: GraphNode, differentiator: GraphDifferentiator, span: Span | null) {
    this.text = text;
    this.#value = value;
    this.#differentiator = differentiator;
    this.#span = span;
  }

  derivative(indices: readonly number[]): LossFunction {
    const sorted = indices.length < 2 ? indices : [...indices].sort((a, b) => a - b);
    const key = indices.length <= 3 ? sorted.reduce((code, index) => code * 16_384 + index, 0) : sorted.join(',');
    const known = this.#derivatives.get(key);
    if (known) return known;
    const node = sorted.reduce((value, index) => this.#differentiator.derivative(value, index), this.#value);
    const made: LossFunction = (ring, x, memo = new Map()) => {
      try {
        if (this.#value.partial) evaluateGraph(this.#value, ring, x, memo);
        return evaluateGraph(node, ring, x, memo);
      } catch (error) {
        if (error instanceof Refusal)
          return this.#explain(
            error,
            sorted.length > 0 && this.#hasValue(() => evaluateGraph(this.#value, ring, x, memo)),
          );
        if (error instanceof PrecisionLoss) throw this.#located(error);
        throw error;
      }
    };
    this.#derivatives.set(key, made);
    return made;
  }

  #hasValue(evaluate: () => unknown): boolean {
    try {
      evaluate();
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  /** More digits may still help; where they do not, the problem has the place of the loss. */
  #located({ problem }: PrecisionLoss): PrecisionLoss {
    if (problem.span || !this.#span) return new PrecisionLoss(problem);
    return new PrecisionLoss({ ...problem, message: `${this.#shown()}: ${problem.message}`, span: this.#span });
  }

  #shown(): string {
    return this.text.length > 60 ? `${this.text.slice(0, 57)}…` : this.text;
  }

  /** A function with a value but without a derivative is not differentiable, whatever the division by zero was. */
  #explain({ problem }: Refusal, hasValue: boolean): never {
    const isSingular =
      problem.code === 'division-by-zero' ||
      problem.code === 'not-differentiable' ||
      problem.code === 'undefined-at-point';
    if (!isSingular) throw new Refusal({ ...problem, ...(this.#span ? { span: this.#span } : {}) });
    const shown = this.#shown();
    if (hasValue) return refuse('not-differentiable', `${shown} is not differentiable at this point`, this.#span);
    return refuse(problem.code, `${shown} has no value at this point: ${problem.message}`, this.#span);
  }
}

/** Reads the losses of one instance; terms and derivatives are shared between them. */
export class LossReader {
  readonly #graph = new ExpressionGraph();
  readonly #math: MathInstance;
  readonly #differentiator: GraphDifferentiator;
  readonly #readers = new Map<string, ExpressionReader>();

  constructor(math: MathInstance) {
    this.#math = math;
    this.#differentiator = new GraphDifferentiator(math, this.#graph);
  }

  /** A function of `letter`1 … `letter``count`. Refuses what is not in the grammar, with the place inside `span`. */
  function(text: string, letter: 'x' | 'v', count: number, span: Span | null): Loss {
    return new ExpressionLoss(text, this.#numbered(text, letter, count, span), this.#differentiator, span);
  }
  /** A function of one variable x. */
  scalarFunction(text: string, span: Span | null): Loss {
    const node = this.#read('x', text, name => (name === 'x' ? this.#graph.variable(1) : null), 'x', span);
    return new ExpressionLoss(text, node, this.#differentiator, span);
  }
  /** The graphs of a function of x1 … x`count` and of its derivatives by x`index`, for those who compile them. */
  graphs(text: string, count: number, span: Span | null): ExpressionGraphs {
    const value = this.#numbered(text, 'x', count, span);
    return { value, derivative: index => this.#differentiator.derivative(value, index) };
  }

  #numbered(text: string, letter: 'x' | 'v', count: number, span: Span | null): GraphNode {
    const pattern = new RegExp(`^${letter}([1-9][0-9]*)$`);
    const resolve = (name: string): GraphNode | null => {
      const index = Number(pattern.exec(name)?.[1] ?? 0);
      return index >= 1 && index <= count ? this.#graph.variable(index) : null;
    };
    const expected = count === 1 ? `${letter}1` : `${letter}1 … ${letter}${count}`;
    return this.#read(`${letter}${count}`, text, resolve, expected, span);
  }

  #read(
    key: string,
    text: string,
    resolve: (name: string) => GraphNode | null,
    expected: string,
    span: Span | null,
  ): GraphNode {
    const reader = this.#readers.get(key) ?? new ExpressionReader(this.#math, this.#graph, resolve, expected);
    this.#readers.set(key, reader);
    return reader.read(text, span);
  }
}

export interface ExpressionGraphs {
  readonly value: GraphNode;
  /** ∂value/∂x_index. */
  derivative(index: number): GraphNode;
}
