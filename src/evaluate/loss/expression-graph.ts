/**
 * Expressions in numbered variables as shared nodes, evaluated over any ring.
 *
 * Equal expressions are one node, so that the derivatives of a loss share what they have in common. The constructors fold
 * numbers and drop zeros and ones, nothing more. A graph only grows; its nodes are immutable.
 */
import { refuse } from '../../base/problem.ts';
import { type ElementaryName, elementary, elementaryFunction } from '../../formula/elementary.ts';
import { Rational } from '../../number/rational.ts';
import { rationalPower, realPower, type Ring } from '../ring/ring.ts';

/** The functions with derivatives of every order. */
export type ExpressionFunction = Exclude<ElementaryName, 'sign'>;

interface GraphBase {
  readonly id: number;
  readonly depth: number;
  /** May be undefined at real arguments where its derivatives have values: log x at −1. */
  readonly partial: boolean;
}
export type GraphNode = GraphBase &
  (
    | { readonly kind: 'number'; readonly value: Rational }
    /** Variables count from 1. */
    | { readonly kind: 'variable'; readonly index: number }
    | { readonly kind: 'add'; readonly terms: readonly GraphNode[] }
    | { readonly kind: 'multiply'; readonly factors: readonly GraphNode[] }
    | { readonly kind: 'divide'; readonly numerator: GraphNode; readonly denominator: GraphNode }
    | { readonly kind: 'power'; readonly base: GraphNode; readonly exponent: Rational }
    | { readonly kind: 'real-power'; readonly base: GraphNode; readonly exponent: GraphNode }
    | { readonly kind: 'function'; readonly name: ExpressionFunction; readonly argument: GraphNode }
  );
type Content = GraphNode extends infer N ? (N extends GraphNode ? Omit<N, keyof GraphBase> : never) : never;

const DEEPEST = 1_000;
const LARGEST_EXPONENT = 10_000;
/** Numbers are folded while they have fewer bits than this; larger ones are left to the ring. */
const LONGEST_FOLDED = 4_000n;

const isSmall = ({ num, den }: Rational): boolean =>
  num.toString(16).length + den.toString(16).length < Number(LONGEST_FOLDED) / 4;

const isPartial = (content: Content): boolean =>
  content.kind === 'real-power' ||
  (content.kind === 'function' && elementaryFunction(content.name)?.ofPositive === true) ||
  (content.kind === 'power' && !content.exponent.isInteger());

export class ExpressionGraph {
  readonly #nodes = new Map<string, GraphNode>();
  readonly zero = this.number(Rational.zero);
  readonly one = this.number(Rational.one);

  #node(content: Content, key: string, parts: readonly GraphNode[]): GraphNode {
    const known = this.#nodes.get(key);
    if (known) return known;
    const depth = parts.reduce((deepest, part) => Math.max(deepest, part.depth), 0) + 1;
    if (depth > DEEPEST) return refuse('too-deep', `an expression nested deeper than ${DEEPEST} levels`);
    const partial = isPartial(content) || parts.some(part => part.partial);
    const node: GraphNode = { ...content, id: this.#nodes.size, depth, partial };
    this.#nodes.set(key, node);
    return node;
  }

  number(value: Rational): GraphNode {
    return this.#node({ kind: 'number', value }, `n${value}`, []);
  }
  variable(index: number): GraphNode {
    return this.#node({ kind: 'variable', index }, `x${index}`, []);
  }
  add(parts: readonly GraphNode[]): GraphNode {
    let constant = Rational.zero;
    const terms: GraphNode[] = [];
    for (const part of parts) {
      if (part.kind === 'number' && isSmall(part.value) && isSmall(constant)) constant = constant.add(part.value);
      else terms.push(part);
    }
    if (!constant.isZero() || terms.length === 0) terms.push(this.number(constant));
    const [only, second] = terms;
    if (only && !second) return only;
    return this.#node({ kind: 'add', terms }, `+${ids(terms)}`, terms);
  }
  multiply(parts: readonly GraphNode[]): GraphNode {
    let constant = Rational.one;
    const factors: GraphNode[] = [];
    // One level of nesting is enough: every product in the graph is flat already.
    for (const part of parts.flatMap(each => (each.kind === 'multiply' ? each.factors : [each]))) {
      if (part.kind === 'number' && isSmall(part.value) && isSmall(constant)) constant = constant.multiply(part.value);
      else factors.push(part);
    }
    if (constant.isZero()) return this.zero;
    if (!constant.isOne() || factors.length === 0) factors.unshift(this.number(constant));
    const [only, second] = factors;
    if (only && !second) return only;
    return this.#node({ kind: 'multiply', factors }, `*${ids(factors)}`, factors);
  }
  negate(argument: GraphNode): GraphNode {
    return this.multiply([this.number(Rational.minusOne), argument]);
  }
  divide(numerator: GraphNode, denominator: GraphNode): GraphNode {
    if (denominator.kind === 'number' && !denominator.value.isZero() && isSmall(denominator.value))
      return this.multiply([this.number(denominator.value.inverse()), numerator]);
    if (numerator === this.zero && denominator.kind !== 'number') return this.zero;
    return this.#node({ kind: 'divide', numerator, denominator }, `/${ids([numerator, denominator])}`, [
      numerator,
      denominator,
    ]);
  }
  /** base^exponent; a number as exponent becomes an exact power, 0⁰ = 1. */
  power(base: GraphNode, exponent: GraphNode): GraphNode {
    if (exponent.kind !== 'number')
      return this.#node({ kind: 'real-power', base, exponent }, `r${ids([base, exponent])}`, [base, exponent]);
    const { value } = exponent;
    if (value.abs().compare(Rational.of(LARGEST_EXPONENT)) > 0 || value.den > BigInt(LARGEST_EXPONENT))
      return refuse('number-too-large', `an exponent beyond ${LARGEST_EXPONENT}`);
    if (value.isZero()) return this.one;
    if (value.isOne()) return base;
    if (
      base.kind === 'number' &&
      value.isInteger() &&
      !base.value.isZero() &&
      value.abs().compare(Rational.of(64)) <= 0 &&
      isSmall(base.value)
    )
      return this.number(base.value.power(Number(value.num)));
    return this.#node({ kind: 'power', base, exponent: value }, `^${base.id}:${value}`, [base]);
  }
  apply(name: ExpressionFunction, argument: GraphNode): GraphNode {
    return this.#node({ kind: 'function', name, argument }, `${name}(${argument.id})`, [argument]);
  }
}

const ids = (nodes: readonly GraphNode[]): string => nodes.map(({ id }) => id).join(',');

/** The node's value at x; values of inner nodes are kept in `memo`, which belongs to one ring and one x. */
export function evaluateGraph<T>(node: GraphNode, ring: Ring<T>, x: readonly T[], memo: Map<object, T>): T {
  const known = memo.get(node);
  if (known !== undefined) return known;
  const value = compute(node, ring, x, memo);
  memo.set(node, value);
  return value;
}

function compute<T>(node: GraphNode, ring: Ring<T>, x: readonly T[], memo: Map<object, T>): T {
  const at = (part: GraphNode): T => evaluateGraph(part, ring, x, memo);
  switch (node.kind) {
    case 'number':
      return ring.fromRational(node.value);
    case 'variable': {
      const value = x[node.index - 1];
      if (value === undefined) throw new Error(`variable ${node.index} of ${x.length}`);
      return value;
    }
    case 'add':
      return node.terms.reduce((sum, term, place) => (place === 0 ? at(term) : ring.add(sum, at(term))), ring.zero);
    case 'multiply':
      return node.factors.reduce(
        (product, factor, place) => (place === 0 ? at(factor) : ring.multiply(product, at(factor))),
        ring.one,
      );
    case 'divide':
      return ring.divide(at(node.numerator), at(node.denominator));
    case 'power':
      return rationalPower(ring, at(node.base), node.exponent);
    case 'real-power':
      return realPower(ring, at(node.base), at(node.exponent));
    case 'function':
      return elementary(node.name).value(ring, at(node.argument));
  }
}
