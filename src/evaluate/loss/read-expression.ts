/**
 * Texts such as `x1^2/2 - tanh(3*x2)` to expression graphs: numbers + − * / ^ (right-associative), unary minus,
 * parentheses, exp, log, tanh, sqrt, sin, cos. Products are explicit; every number is exact.
 *
 * mathjs parses a text in which each number was replaced by a name, because it rounds numbers, and one top-level term
 * after the other, because it is slow and losses repeat their terms. Its trees are walked against a whitelist.
 */
import { Refusal, refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { Rational } from '../../number/rational.ts';
import type { ExpressionFunction, ExpressionGraph, GraphNode } from './expression-graph.ts';
import { scanExpression, type ScannedTerm } from './scan-expression.ts';
import type { MathInstance, MathNode } from './mathjs.ts';

/** How deep a parsed term may be nested, left-associative chains not counted. */
const DEEPEST = 400;
const HALF = Rational.of(1, 2);
const FUNCTIONS: ReadonlyMap<string, ExpressionFunction | 'sqrt' | 'sech'> = new Map<
  string,
  ExpressionFunction | 'sqrt' | 'sech'
>((['exp', 'log', 'tanh', 'sin', 'cos', 'sqrt'] as const).map(name => [name, name]));
/** What mathjs' derivatives contain besides. */
const DERIVED_FUNCTIONS: typeof FUNCTIONS = new Map([
  ...FUNCTIONS,
  ['sinh', 'sinh'],
  ['cosh', 'cosh'],
  ['sech', 'sech'],
]);

/** The node of a name in the text; null when the name means nothing. */
export type ResolveName = (name: string) => GraphNode | null;

export class ExpressionReader {
  readonly #math: MathInstance;
  readonly #graph: ExpressionGraph;
  readonly #resolve: ResolveName;
  readonly #expected: string;
  readonly #terms = new Map<string, GraphNode>();
  readonly #parsed = new Map<string, MathNode>();

  /** `expected` says in messages which variables there are: "x1 … x3". */
  constructor(math: MathInstance, graph: ExpressionGraph, resolve: ResolveName, expected: string) {
    this.#math = math;
    this.#graph = graph;
    this.#resolve = resolve;
    this.#expected = expected;
  }

  /** The graph of a text. Refuses with the place inside `text`, moved to where `span` says that the text stands. */
  read(text: string, span: Span | null): GraphNode {
    const place = (from: number, to: number): Span | null =>
      span === null
        ? null
        : { source: span.source, start: span.start + from, end: Math.min(span.end, span.start + to) };
    const terms = scanExpression(text, place).map(term => {
      const known = this.#terms.get(term.key);
      const node = known ?? this.#readTerm(term, place);
      this.#terms.set(term.key, node);
      return term.negative ? this.#graph.negate(node) : node;
    });
    return this.#graph.add(terms);
  }

  #readTerm(term: ScannedTerm, place: (from: number, to: number) => Span | null): GraphNode {
    const whole = place(term.start, term.end);
    const parsed = this.#parse(term, place);
    try {
      return graphOf(parsed, this.#graph, FUNCTIONS, name => {
        const number = term.numbers.get(name);
        if (number !== undefined) return this.#graph.number(number);
        const node = this.#resolve(name);
        if (node !== null) return node;
        const from = term.find(name);
        return refuse(
          'free-variable',
          `${name} is not a variable here`,
          place(from, from + name.length) ?? whole,
          `the variables are ${this.#expected}`,
        );
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { problem } = error;
      const span = problem.span ?? whole;
      throw new Refusal({ ...problem, message: term.text(problem.message), ...(span ? { span } : {}) });
    }
  }

  /** Terms that differ in their numbers alone are parsed once. */
  #parse(term: ScannedTerm, place: (from: number, to: number) => Span | null): MathNode {
    const known = this.#parsed.get(term.masked);
    if (known) return known;
    try {
      const made = this.#math.parse(term.masked);
      this.#parsed.set(term.masked, made);
      return made;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const at = /\(char (\d+)\)/.exec(error.message)?.[1];
      const from = at === undefined ? term.start : term.placeOf(Number(at) - 1);
      return refuse(
        'loss-syntax',
        `cannot read this expression: ${term.text(error.message.replace(/\s*\(char \d+\)/, ''))}`,
        place(from, from + 1) ?? place(term.start, term.end),
      );
    }
  }
}

/** The expression of a parsed tree; `resolve` gives the node of a name and refuses unknown ones. */
function graphOf(
  root: MathNode,
  graph: ExpressionGraph,
  functions: typeof FUNCTIONS,
  resolve: (name: string) => GraphNode,
): GraphNode {
  const walk = (node: MathNode, depth: number): GraphNode => {
    if (depth > DEEPEST) return refuse('too-deep', `an expression nested deeper than ${DEEPEST} levels`);
    switch (node.type) {
      case 'ParenthesisNode':
        return walk(part(node.content), depth + 1);
      case 'ConstantNode':
        return graph.number(exactConstant(node.value));
      case 'SymbolNode':
        return resolve(node.name ?? '');
      case 'OperatorNode':
        return operator(node, depth);
      case 'FunctionNode': {
        const name = node.fn?.name ?? '';
        const known = functions.get(name);
        if (known === undefined)
          return refuse(
            'unknown-function',
            `${name} is not a function that losses may use`,
            null,
            'exp, log, tanh, sqrt, sin, cos; products are written with *',
          );
        const [argument, second] = node.args ?? [];
        if (argument === undefined || second !== undefined) return refuse('loss-syntax', `${name} takes one argument`);
        const inner = walk(argument, depth + 1);
        if (known === 'sqrt') return graph.power(inner, graph.number(HALF));
        if (known === 'sech') return graph.divide(graph.one, graph.apply('cosh', inner));
        return graph.apply(known, inner);
      }
      default:
        return refuse('loss-syntax', 'only + - * / ^, parentheses and functions of one argument are allowed here');
    }
  };
  const operator = (node: MathNode, depth: number): GraphNode => {
    const { op = '', args = [] } = node;
    const [first, second] = args;
    if (op === '-' && args.length === 1) return graph.negate(walk(part(first), depth + 1));
    if (op === '+' && args.length === 1) return walk(part(first), depth + 1);
    if (args.length !== 2) return refuse('loss-syntax', `the operator ${op} is not allowed here`);
    if (node.implicit) return refuse('loss-syntax', 'a product needs *');
    if (op === '^') return graph.power(walk(part(first), depth + 1), walk(part(second), depth + 1));
    return chain(node, depth);
  };
  // Sums and products lean to the left and may be long: unroll them instead of descending.
  const chain = (node: MathNode, depth: number): GraphNode => {
    const isSum = node.op === '+' || node.op === '-';
    const links: { readonly op: string; readonly right: MathNode }[] = [];
    let left: MathNode = node;
    while (
      left.type === 'OperatorNode' &&
      left.args?.length === 2 &&
      (isSum ? left.op === '+' || left.op === '-' : left.op === '*' || left.op === '/')
    ) {
      if (left.implicit) return refuse('loss-syntax', 'a product needs *');
      links.push({ op: left.op ?? '', right: part(left.args[1]) });
      left = part(left.args[0]);
    }
    if (links.length === 0) return refuse('loss-syntax', `the operator ${node.op ?? ''} is not allowed here`);
    links.reverse();
    const first = walk(left, depth + 1);
    if (isSum)
      return graph.add([
        first,
        ...links.map(({ op, right }) => (op === '-' ? graph.negate(walk(right, depth + 1)) : walk(right, depth + 1))),
      ]);
    const above = links.filter(({ op }) => op === '*').map(({ right }) => walk(right, depth + 1));
    const below = links.filter(({ op }) => op === '/').map(({ right }) => walk(right, depth + 1));
    const top = graph.multiply([first, ...above]);
    return below.length === 0 ? top : graph.divide(top, graph.multiply(below));
  };
  return walk(root, 0);
}

export const derivedGraph = (root: MathNode, graph: ExpressionGraph, resolve: (name: string) => GraphNode): GraphNode =>
  graphOf(root, graph, DERIVED_FUNCTIONS, resolve);

function part(node: MathNode | undefined): MathNode {
  if (node === undefined) throw new Error('mathjs left out an operand');
  return node;
}

/** Constants in a parsed tree are the small integers that mathjs' own derivative rules write; typed ones are names. */
function exactConstant(value: unknown): Rational {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return Rational.of(value);
  return refuse('loss-syntax', 'an operand is missing or is not a number');
}
