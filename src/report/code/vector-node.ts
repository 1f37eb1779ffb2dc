/**
 * A right side in whole vectors: what an array program computes. Nodes are scalars or vectors over all components; the loss enters through its
 * derivatives at the current point, each with a vector in all slots but one. Equal nodes are one object, so that they are computed once.
 */
import type { ElementaryName } from '../../formula/elementary.ts';
import { Rational } from '../../number/rational.ts';

/** Vectors are taken component by component everywhere but in `tensor` and `total`. */
export type Shape =
  | { readonly kind: 'number'; readonly value: Rational }
  /** A hyperparameter by its name as typed, the value of a schedule at an integer, the dimension p. */
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'schedule'; readonly name: string; readonly at: CodeNode }
  | { readonly kind: 'dimension' }
  /** An integer letter: n, or that of a sum. */
  | { readonly kind: 'letter'; readonly name: string }
  /** θ itself. */
  | { readonly kind: 'theta' }
  /** A vector or a number that is put in later; its derivative by θ is zero. */
  | { readonly kind: 'hole'; readonly name: string }
  /** ∇^{m+1}E[v_1, …, v_m], a vector; the gradient without entries. */
  | { readonly kind: 'tensor'; readonly entries: readonly CodeNode[] }
  | { readonly kind: 'loss' }
  | { readonly kind: 'add'; readonly terms: readonly CodeNode[] }
  | { readonly kind: 'multiply'; readonly factors: readonly CodeNode[] }
  | { readonly kind: 'divide'; readonly above: CodeNode; readonly below: CodeNode }
  | { readonly kind: 'power'; readonly base: CodeNode; readonly exponent: CodeNode }
  | { readonly kind: 'root'; readonly degree: number; readonly radicand: CodeNode }
  | { readonly kind: 'absolute'; readonly argument: CodeNode }
  | { readonly kind: 'extremum'; readonly which: 'max' | 'min'; readonly arguments: readonly CodeNode[] }
  | { readonly kind: 'call'; readonly name: ElementaryName; readonly argument: CodeNode }
  /** A function that the user gives, with how often it is differentiated. */
  | { readonly kind: 'given'; readonly name: string; readonly derivative: number; readonly argument: CodeNode }
  /** The sum of all components. */
  | { readonly kind: 'total'; readonly vector: CodeNode }
  /** Over integers from lower to upper; an empty range gives 0 or 1. */
  | {
      readonly kind: 'sum' | 'product';
      readonly letter: string;
      readonly lower: CodeNode;
      readonly upper: CodeNode;
      readonly body: CodeNode;
    };

export type CodeNode = Shape & {
  readonly id: number;
  readonly isVector: boolean;
  /** Letters of sums that are free in it, and n. */
  readonly letters: ReadonlySet<string>;
};

const NONE: ReadonlySet<string> = new Set();

/** The nodes that a node is made of. */
export function parts(shape: Shape): readonly CodeNode[] {
  switch (shape.kind) {
    case 'schedule':
      return [shape.at];
    case 'tensor':
      return shape.entries;
    case 'add':
      return shape.terms;
    case 'multiply':
      return shape.factors;
    case 'divide':
      return [shape.above, shape.below];
    case 'power':
      return [shape.base, shape.exponent];
    case 'root':
      return [shape.radicand];
    case 'absolute':
    case 'call':
    case 'given':
      return [shape.argument];
    case 'extremum':
      return shape.arguments;
    case 'total':
      return [shape.vector];
    case 'sum':
    case 'product':
      return [shape.lower, shape.upper, shape.body];
    default:
      return [];
  }
}

/** Makes nodes, each once. Simplifies only what costs nothing to see: zeros, ones, nested sums and products. */
export class Nodes {
  readonly #known = new Map<string, CodeNode>();

  number(value: Rational | number): CodeNode {
    return this.#make({ kind: 'number', value: typeof value === 'number' ? Rational.of(value) : value });
  }
  parameter(name: string): CodeNode {
    return this.#make({ kind: 'parameter', name });
  }
  schedule(name: string, at: CodeNode): CodeNode {
    return this.#make({ kind: 'schedule', name, at });
  }
  letter(name: string): CodeNode {
    return this.#make({ kind: 'letter', name });
  }
  hole(name: string, isVector: boolean): CodeNode {
    return this.#make({ kind: 'hole', name }, isVector);
  }
  get dimension(): CodeNode {
    return this.#make({ kind: 'dimension' });
  }
  get theta(): CodeNode {
    return this.#make({ kind: 'theta' });
  }
  get loss(): CodeNode {
    return this.#make({ kind: 'loss' });
  }

  add(...given: readonly CodeNode[]): CodeNode {
    const terms: CodeNode[] = [];
    for (const each of given.flatMap(one => (one.kind === 'add' ? one.terms : [one]))) {
      const place = each.kind === 'number' ? terms.findIndex(({ kind }) => kind === 'number') : -1;
      const before = terms[place];
      if (each.kind === 'number' && before?.kind === 'number') terms[place] = this.number(before.value.add(each.value));
      else terms.push(each);
    }
    return this.#sumOf(terms.filter(each => !isThisNumber(each, 0)));
  }
  #sumOf(terms: readonly CodeNode[]): CodeNode {
    const [only] = terms;
    if (only === undefined) return this.number(0);
    return terms.length === 1 ? only : this.#make({ kind: 'add', terms });
  }
  negate(node: CodeNode): CodeNode {
    return this.multiply(this.number(-1), node);
  }

  /** The product, its numbers as one in front. */
  multiply(...given: readonly CodeNode[]): CodeNode {
    let scale = Rational.one;
    const factors: CodeNode[] = [];
    for (const each of given.flatMap(one => (one.kind === 'multiply' ? one.factors : [one]))) {
      if (each.kind === 'number') scale = scale.multiply(each.value);
      else factors.push(each);
    }
    if (scale.isZero()) return this.number(0);
    const all = scale.isOne() ? factors : [this.number(scale), ...factors];
    const [only] = all;
    if (only === undefined) return this.number(1);
    return all.length === 1 ? only : this.#make({ kind: 'multiply', factors: all });
  }
  divide(above: CodeNode, below: CodeNode): CodeNode {
    if (isThisNumber(above, 0) || isThisNumber(below, 1)) return above;
    if (above.kind === 'number' && below.kind === 'number' && !below.value.isZero())
      return this.number(above.value.divide(below.value));
    return this.#make({ kind: 'divide', above, below });
  }
  power(base: CodeNode, exponent: CodeNode): CodeNode {
    if (isThisNumber(exponent, 1)) return base;
    // A root has a value where its square is what it is the root of.
    if (base.kind === 'root' && isThisNumber(exponent, base.degree)) return base.radicand;
    return isThisNumber(exponent, 0) ? this.number(1) : this.#make({ kind: 'power', base, exponent });
  }
  root(radicand: CodeNode, degree: number): CodeNode {
    return this.#make({ kind: 'root', radicand, degree });
  }
  absolute(argument: CodeNode): CodeNode {
    return this.#make({ kind: 'absolute', argument });
  }
  extremum(which: 'max' | 'min', given: readonly CodeNode[]): CodeNode {
    return this.#make({ kind: 'extremum', which, arguments: given });
  }
  call(name: ElementaryName, argument: CodeNode): CodeNode {
    return this.#make({ kind: 'call', name, argument });
  }
  given(name: string, derivative: number, argument: CodeNode): CodeNode {
    return this.#make({ kind: 'given', name, derivative, argument });
  }

  /** ∇^{m+1}E[v_1, …, v_m]; numbers in front of an entry come out of it, and of a zero entry it is zero. */
  tensor(entries: readonly CodeNode[]): CodeNode {
    const scalars: CodeNode[] = [];
    const inner = entries.map(entry => {
      if (isThisNumber(entry, 0)) scalars.push(entry);
      const factors = entry.kind === 'multiply' ? entry.factors : [entry];
      if (!factors.some(each => each.isVector)) return entry;
      scalars.push(...factors.filter(each => !each.isVector));
      return this.multiply(...factors.filter(each => each.isVector));
    });
    return scalars.length === 0
      ? this.#make({ kind: 'tensor', entries: inner })
      : this.multiply(...scalars, this.#make({ kind: 'tensor', entries: inner }));
  }

  /** Σ_i v_i; of what has no component, p times it. */
  total(vector: CodeNode): CodeNode {
    if (!vector.isVector) return this.multiply(vector, this.dimension);
    const factors = vector.kind === 'multiply' ? vector.factors : [vector];
    const scalars = factors.filter(each => !each.isVector);
    const rest = this.#make({ kind: 'total', vector: this.multiply(...factors.filter(each => each.isVector)) });
    return this.multiply(...scalars, rest);
  }

  /**
   * Σ over an integer letter. What does not depend on it comes out; so does a derivative of the loss that is linear in what does, which is then
   * taken once: Σ_k c_k ∇²E[v_k] = ∇²E[Σ_k c_k v_k].
   */
  sum(letter: string, lower: CodeNode, upper: CodeNode, body: CodeNode): CodeNode {
    if (isThisNumber(body, 0)) return body;
    if (body.kind === 'add') return this.add(...body.terms.map(term => this.sum(letter, lower, upper, term)));
    const factors = body.kind === 'multiply' ? body.factors : [body];
    const outside = factors.filter(each => !each.letters.has(letter));
    const inside = factors.filter(each => each.letters.has(letter));
    const vectors = inside.filter(each => each.isVector);
    const [only] = vectors;
    if (only?.kind === 'tensor' && vectors.length === 1) {
      const changing = only.entries.filter(each => each.letters.has(letter));
      const [entry] = changing;
      if (entry !== undefined && changing.length === 1) {
        const scaled = this.multiply(...inside.filter(each => !each.isVector), entry);
        const summed = this.sum(letter, lower, upper, scaled);
        return this.multiply(...outside, this.tensor(only.entries.map(each => (each === entry ? summed : each))));
      }
    }
    return this.multiply(...outside, this.big('sum', letter, lower, upper, this.multiply(...inside)));
  }
  big(kind: 'sum' | 'product', letter: string, lower: CodeNode, upper: CodeNode, body: CodeNode): CodeNode {
    return this.#make({ kind, letter, lower, upper, body });
  }

  #make(shape: Shape, isVector = isVectorShape(shape)): CodeNode {
    const inner = parts(shape);
    const key = JSON.stringify(shape, (name, value) => {
      if (name === 'value' && value instanceof Rational) return value.toString();
      return typeof value === 'object' && value !== null && 'id' in value ? `#${value.id}` : value;
    });
    const known = this.#known.get(key);
    if (known) return known;
    const letters = new Set(inner.flatMap(each => [...each.letters]));
    if (shape.kind === 'sum' || shape.kind === 'product') {
      letters.delete(shape.letter);
      for (const letter of [...shape.lower.letters, ...shape.upper.letters]) letters.add(letter);
    }
    if (shape.kind === 'letter') letters.add(shape.name);
    const node: CodeNode = { ...shape, id: this.#known.size, isVector, letters: letters.size === 0 ? NONE : letters };
    this.#known.set(key, node);
    return node;
  }
}

function isVectorShape(shape: Shape): boolean {
  if (shape.kind === 'theta' || shape.kind === 'tensor') return true;
  if (shape.kind === 'total' || shape.kind === 'schedule') return false;
  return parts(shape).some(each => each.isVector);
}

/** Whether a node is this number. */
export const isThisNumber = (node: CodeNode, value: number): boolean =>
  node.kind === 'number' && node.value.equals(Rational.of(value));
