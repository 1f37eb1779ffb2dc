/**
 * Derivatives of right sides in whole vectors by θ: along a vector (forward mode), and the gradient of a number (reverse mode), by the chain
 * rule (Griewank and Walther, Evaluating Derivatives, chapter 3). Derivatives of the loss are symmetric in all slots.
 */
import { refuse } from '../../base/problem.ts';
import type { ElementaryName } from '../../formula/elementary.ts';
import { isThisNumber, type CodeNode, type Nodes, parts } from './vector-node.ts';

type Slope = (nodes: Nodes, argument: CodeNode) => CodeNode;

const SLOPES: Readonly<Record<ElementaryName, Slope>> = {
  exp: (nodes, x) => nodes.call('exp', x),
  log: (nodes, x) => nodes.divide(nodes.number(1), x),
  sin: (nodes, x) => nodes.call('cos', x),
  cos: (nodes, x) => nodes.negate(nodes.call('sin', x)),
  sinh: (nodes, x) => nodes.call('cosh', x),
  cosh: (nodes, x) => nodes.call('sinh', x),
  tanh: (nodes, x) => nodes.add(nodes.number(1), nodes.negate(nodes.power(nodes.call('tanh', x), nodes.number(2)))),
  arctan: (nodes, x) => nodes.divide(nodes.number(1), nodes.add(nodes.number(1), nodes.power(x, nodes.number(2)))),
  // Where it has a derivative.
  sign: nodes => nodes.number(0),
};

export class VectorDerivative {
  readonly #nodes: Nodes;
  /** By what the derivative is taken: θ, or a hole. */
  readonly #by: CodeNode;
  readonly #depends = new Map<CodeNode, boolean>();

  constructor(nodes: Nodes, by: CodeNode = nodes.theta) {
    this.#nodes = nodes;
    this.#by = by;
  }

  /** The derivative of a number or a vector along a vector. */
  along(node: CodeNode, direction: CodeNode, known = new Map<CodeNode, CodeNode>()): CodeNode {
    const { add, multiply, number } = bound(this.#nodes);
    if (!this.#dependsOn(node)) return number(0);
    if (node === this.#by) return direction;
    const seen = known.get(node);
    if (seen !== undefined) return seen;
    const inner = (part: CodeNode): CodeNode => this.along(part, direction, known);
    let made: CodeNode;
    switch (node.kind) {
      case 'loss':
        made = this.#nodes.total(multiply(this.#nodes.tensor([]), direction));
        break;
      case 'tensor':
        made = add(
          this.#nodes.tensor([...node.entries, direction]),
          ...node.entries.map((entry, at) => this.#nodes.tensor(node.entries.with(at, inner(entry)))),
        );
        break;
      case 'total':
        made = this.#nodes.total(inner(node.vector));
        break;
      case 'sum':
        made = this.#nodes.sum(node.letter, node.lower, node.upper, inner(node.body));
        break;
      default:
        made = add(...this.#slopes(node).map(([part, slope]) => multiply(slope, inner(part))));
    }
    known.set(node, made);
    return made;
  }

  /** The gradient by θ of a number. */
  gradient(node: CodeNode): CodeNode {
    const { number } = bound(this.#nodes);
    return this.#pullBack(node, number(1));
  }

  /** Σ_i w_i ∇_j x_i for a vector x and a vector w, or w ∇_j x for numbers. */
  #pullBack(node: CodeNode, given: CodeNode): CodeNode {
    const { add, multiply, number } = bound(this.#nodes);
    const nodes = this.#nodes;
    // A number that stands in every component gathers the weights of all.
    const weight = !node.isVector && given.isVector ? nodes.total(given) : given;
    if (!this.#dependsOn(node) || isThisNumber(weight, 0)) return number(0);
    if (node === this.#by) return weight;
    switch (node.kind) {
      case 'loss':
        return multiply(weight, nodes.tensor([]));
      case 'tensor': {
        // ∇^{m+1}E[v_1, …, v_m] against w: the derivative goes to E, and to each v_i as against ∇^{m+1}E[…, w in its place, …].
        const own = nodes.tensor([...node.entries, weight]);
        const others = node.entries.map((entry, at) =>
          this.#pullBack(entry, nodes.tensor(node.entries.with(at, weight))),
        );
        return add(own, ...others);
      }
      case 'total':
        return this.#pullBack(node.vector, weight);
      case 'sum':
        if (!weight.letters.has(node.letter))
          return nodes.sum(node.letter, node.lower, node.upper, this.#pullBack(node.body, weight));
        return this.#refused(node);
      default:
        return add(
          ...this.#slopes(node).map(([part, slope]) => {
            const scaled = multiply(weight, slope);
            const gathers = !part.isVector && node.isVector;
            return this.#pullBack(part, gathers ? nodes.total(scaled) : scaled);
          }),
        );
    }
  }

  /** The parts of a node that is taken component by component, each with the partial derivative by it. */
  #slopes(node: CodeNode): (readonly [part: CodeNode, slope: CodeNode])[] {
    const nodes = this.#nodes;
    const { add, multiply, divide, power, number } = bound(nodes);
    switch (node.kind) {
      case 'add':
        return node.terms.map(term => [term, number(1)] as const);
      case 'multiply':
        return node.factors.map((factor, at) => [factor, multiply(...node.factors.toSpliced(at, 1))] as const);
      case 'divide':
        return [
          [node.above, divide(number(1), node.below)],
          [node.below, multiply(number(-1), divide(node, node.below))],
        ];
      case 'power': {
        if (this.#dependsOn(node.exponent)) return this.#refused(node);
        const lowered = power(node.base, add(node.exponent, number(-1)));
        return [[node.base, multiply(node.exponent, lowered)]];
      }
      case 'root':
        return [
          [node.radicand, divide(number(1), multiply(number(node.degree), power(node, number(node.degree - 1))))],
        ];
      case 'absolute':
        return [[node.argument, nodes.call('sign', node.argument)]];
      case 'call':
        return [[node.argument, SLOPES[node.name](nodes, node.argument)]];
      case 'given':
        return [[node.argument, nodes.given(node.name, node.derivative + 1, node.argument)]];
      default:
        return this.#refused(node);
    }
  }

  #refused(node: CodeNode): never {
    return refuse(
      'no-vector-form',
      `the equation differentiates ${node.kind === 'extremum' ? 'a maximum or a minimum' : `a ${node.kind}`}, which has no form in whole vectors here`,
    );
  }

  #dependsOn(node: CodeNode): boolean {
    if (node === this.#by) return true;
    const known = this.#depends.get(node);
    if (known !== undefined) return known;
    const isOfTheta = this.#by.kind === 'theta' && (node.kind === 'tensor' || node.kind === 'loss');
    const depends = isOfTheta || parts(node).some(part => this.#dependsOn(part));
    this.#depends.set(node, depends);
    return depends;
  }
}

interface Arithmetic {
  readonly add: (...terms: CodeNode[]) => CodeNode;
  readonly multiply: (...factors: CodeNode[]) => CodeNode;
  readonly divide: (above: CodeNode, below: CodeNode) => CodeNode;
  readonly power: (base: CodeNode, exponent: CodeNode) => CodeNode;
  readonly number: (value: number) => CodeNode;
}

const bound = (nodes: Nodes): Arithmetic => ({
  add: (...terms) => nodes.add(...terms),
  multiply: (...factors) => nodes.multiply(...factors),
  divide: (above, below) => nodes.divide(above, below),
  power: (base, exponent) => nodes.power(base, exponent),
  number: value => nodes.number(value),
});

/** The node with a hole filled. */
export function filled(nodes: Nodes, node: CodeNode, hole: CodeNode, value: CodeNode): CodeNode {
  const known = new Map<CodeNode, CodeNode>();
  const visit = (each: CodeNode): CodeNode => {
    if (each === hole) return value;
    const inner = parts(each);
    if (inner.length === 0) return each;
    const seen = known.get(each);
    if (seen !== undefined) return seen;
    const images = inner.map(visit);
    const made = images.every((image, at) => image === inner[at]) ? each : rebuilt(nodes, each, images);
    known.set(each, made);
    return made;
  };
  return visit(node);
}

function rebuilt(nodes: Nodes, node: CodeNode, images: readonly CodeNode[]): CodeNode {
  const at = (place: number): CodeNode => images[place] ?? node;
  switch (node.kind) {
    case 'schedule':
      return nodes.schedule(node.name, at(0));
    case 'tensor':
      return nodes.tensor(images);
    case 'add':
      return nodes.add(...images);
    case 'multiply':
      return nodes.multiply(...images);
    case 'divide':
      return nodes.divide(at(0), at(1));
    case 'power':
      return nodes.power(at(0), at(1));
    case 'root':
      return nodes.root(at(0), node.degree);
    case 'absolute':
      return nodes.absolute(at(0));
    case 'call':
      return nodes.call(node.name, at(0));
    case 'given':
      return nodes.given(node.name, node.derivative, at(0));
    case 'extremum':
      return nodes.extremum(node.which, images);
    case 'total':
      return nodes.total(at(0));
    case 'sum':
      return nodes.sum(node.letter, at(0), at(1), at(2));
    case 'product':
      return nodes.big('product', node.letter, at(0), at(1), at(2));
    default:
      return node;
  }
}
