/** Formulas of components, read as whole vectors: what is summed over components becomes products of derivatives of the loss with vectors. */
import { refuse } from '../../base/problem.ts';
import type { Declaration } from '../../formula/declaration.ts';
import { elementaryFunction } from '../../formula/elementary.ts';
import {
  COMPONENT,
  type Definition,
  type DerivativeNode,
  DIMENSION,
  type Formula,
  ITERATION,
  PI,
  type QuantityNode,
  type Vector,
} from '../../formula/formula.ts';
import { isCurrentPoint } from '../../latex/write/write-vector.ts';
import { contractSlots, type Product } from './contract.ts';
import { freeComponents, type Components } from './free-components.ts';
import { PI_NODE } from './names.ts';
import { filled, VectorDerivative } from './vector-derivative.ts';
import type { CodeNode, Nodes } from './vector-node.ts';

/** What letters stand for at a place: components for letters of their own, integers for nodes. */
interface Scope {
  readonly components: Components;
  readonly integers: ReadonlyMap<string, CodeNode>;
}

export class VectorReader {
  readonly #nodes: Nodes;
  readonly #definitions: ReadonlyMap<string, Definition>;
  readonly #functions: ReadonlyMap<string, Declaration & { readonly kind: 'function' }>;
  readonly #declared: ReadonlySet<string>;
  #letters = 0;

  constructor(nodes: Nodes, definitions: readonly Definition[], declarations: readonly Declaration[]) {
    this.#nodes = nodes;
    this.#definitions = new Map(definitions.map(each => [each.name, each]));
    this.#declared = new Set(declarations.map(({ name }) => name));
    this.#functions = new Map(declarations.flatMap(each => (each.kind === 'function' ? [[each.name, each]] : [])));
  }

  /** The vector of a formula with the component j free, the letter n an integer. Refuses what has no form in whole vectors. */
  vector(formula: Formula): CodeNode {
    const integers = new Map([[ITERATION, this.#nodes.letter('n')]]);
    return this.#read(formula, { components: new Map([[COMPONENT, COMPONENT]]), integers });
  }

  /** The value where at most one component letter is free. */
  #read(formula: Formula, scope: Scope): CodeNode {
    const nodes = this.#nodes;
    const read = (each: Formula): CodeNode => this.#read(each, scope);
    switch (formula.kind) {
      case 'number':
        return nodes.number(formula.value);
      case 'parameter':
        return nodes.parameter(formula.name === PI && !this.#declared.has(PI) ? PI_NODE : formula.name);
      case 'index':
        return formula.name === DIMENSION
          ? nodes.dimension
          : (scope.integers.get(formula.name) ?? refuseForm('a component that is a number'));
      case 'add':
        return nodes.add(...formula.terms.map(read));
      case 'negate':
        return nodes.negate(read(formula.argument));
      case 'multiply':
        return nodes.multiply(...formula.factors.map(read));
      case 'divide':
        return nodes.divide(read(formula.numerator), read(formula.denominator));
      case 'power':
        return nodes.power(read(formula.base), read(formula.exponent));
      case 'root':
        return nodes.root(read(formula.radicand), formula.degree);
      case 'absolute':
        return nodes.absolute(read(formula.argument));
      case 'extremum':
        return nodes.extremum(formula.which, formula.arguments.map(read));
      case 'call':
        return this.#call(formula.name, formula.derivative, read(formula.argument), scope);
      case 'schedule':
        return nodes.schedule(formula.name, read(formula.index));
      case 'iterate':
        if (formula.label !== null) return refuseForm('an earlier point');
        this.#letterOf(formula.component, scope);
        return nodes.theta;
      case 'loss':
        return isCurrentPoint(formula.at) ? nodes.loss : refuseForm('the loss at another point');
      case 'norm':
        return this.#norm(formula.argument, formula.order, formula.perturbation, scope);
      case 'quantity':
        return this.#defined(formula, scope);
      case 'sum':
      case 'product':
        if (formula.sort === 'history') return this.#history(formula, scope);
        if (formula.kind === 'product') return refuseForm('a product over components');
        return this.#contracted(formula, scope);
      case 'derivative':
        return this.#contracted(formula, scope);
      default:
        return refuseForm(REFUSED[formula.kind]);
    }
  }

  #call(name: string, derivative: number, argument: CodeNode, scope: Scope): CodeNode {
    const nodes = this.#nodes;
    const elementary = elementaryFunction(name);
    const declared = this.#functions.get(name);
    if (elementary === null && (declared === undefined || declared.body === null))
      return nodes.given(name, derivative, argument);
    // Differentiated where it stands for itself, then the argument is put in.
    const hole = nodes.hole(`x${this.#fresh()}`, argument.isVector);
    let value: CodeNode;
    if (declared?.body)
      value = this.#read(declared.body, { ...scope, integers: new Map(scope.integers).set(declared.formal, hole) });
    else value = elementary === null ? hole : nodes.call(elementary.name, hole);
    const slope = new VectorDerivative(nodes, hole);
    for (let times = 0; times < derivative; times += 1) value = slope.along(value, nodes.number(1));
    return filled(nodes, value, hole, argument);
  }

  #norm({ index, body }: Vector, order: 1 | 2, perturbation: Formula | null, scope: Scope): CodeNode {
    const nodes = this.#nodes;
    const own = `#norm${this.#fresh()}`;
    const entry = this.#read(body, { ...scope, components: new Map(scope.components).set(index, own) });
    const square = nodes.power(entry, nodes.number(2));
    if (order === 2) return nodes.root(nodes.total(square), 2);
    if (perturbation === null) return nodes.total(nodes.absolute(entry));
    return nodes.total(nodes.root(nodes.add(square, this.#read(perturbation, scope)), 2));
  }

  /** A named quantity is its definition, with its letters for those of the definition. */
  #defined(formula: QuantityNode, scope: Scope): CodeNode {
    const definition = this.#definitions.get(formula.name);
    if (definition === undefined) return refuseForm(`${formula.name}, which has no definition`);
    if (definition.recursion !== undefined) return refuseForm('a state that its recursion defines');
    if (formula.at !== null && !isCurrentPoint(formula.at)) return refuseForm('a quantity at another point');
    const components = new Map<string, string>();
    const integers = new Map<string, CodeNode>();
    for (const [place, letter] of definition.indices.entries()) {
      const given = formula.indices[place];
      if (given === undefined) return refuseForm('a quantity without its subscript');
      if (definition.indexSorts[place] === 'history') integers.set(letter, this.#read(given, scope));
      else components.set(letter, this.#letterOf(given, scope));
    }
    for (const [place, letter] of definition.labels.entries()) {
      const given = formula.labels[place];
      if (given !== undefined) integers.set(letter, this.#read(given, scope));
    }
    return this.#read(definition.body, { components, integers });
  }

  #history(formula: Formula & { readonly kind: 'sum' | 'product' }, scope: Scope): CodeNode {
    const nodes = this.#nodes;
    const letter = `k${this.#fresh()}`;
    const inner = { ...scope, integers: new Map(scope.integers).set(formula.index, nodes.letter(letter)) };
    const [lower, upper] = [this.#read(formula.lower, scope), this.#read(formula.upper, scope)];
    const body = this.#read(formula.body, inner);
    if (formula.kind === 'sum') return nodes.sum(letter, lower, upper, body);
    return nodes.big('product', letter, lower, upper, body);
  }

  /** A sum over components, or a derivative: as products of vectors. */
  #contracted(formula: Formula, scope: Scope): CodeNode {
    const free = [...this.#freeIn(formula, scope)];
    const [open = null] = free;
    if (free.length > 1) return refuseForm('a matrix');
    return this.#nodes.add(...this.#products(formula, scope).map(each => contractSlots(this.#nodes, each, open)));
  }

  #freeIn(formula: Formula, scope: Scope): ReadonlySet<string> {
    return freeComponents(formula, scope.components);
  }

  /** A formula with any number of component letters as a sum of products. */
  #products(formula: Formula, scope: Scope): Product[] {
    const products = (each: Formula): Product[] => this.#products(each, scope);
    if (formula.kind === 'derivative') return this.#derivative(formula, scope);
    if (formula.kind === 'sum' && formula.sort === 'coordinate') {
      const isWhole =
        formula.lower.kind === 'number' &&
        formula.lower.value.isOne() &&
        formula.upper.kind === 'index' &&
        formula.upper.name === DIMENSION;
      if (!isWhole) return refuseForm('a sum over some of the components');
      const own = `#i${this.#fresh()}`;
      const inner = { ...scope, components: new Map(scope.components).set(formula.index, own) };
      return this.#products(formula.body, inner).map(each => ({ ...each, bound: [...each.bound, own] }));
    }
    const free = this.#freeIn(formula, scope);
    if (free.size <= 1 && !(formula.kind === 'multiply' || formula.kind === 'negate')) {
      const [letter] = free;
      const value = this.#read(formula, scope);
      return [letter === undefined ? { ...EMPTY, scalars: [value] } : { ...EMPTY, vectors: [[letter, value]] }];
    }
    switch (formula.kind) {
      case 'negate':
        return products(formula.argument).map(each => ({
          ...each,
          scalars: [this.#nodes.number(-1), ...each.scalars],
        }));
      case 'add':
        return formula.terms.flatMap(products);
      case 'multiply':
        return formula.factors
          .map(products)
          .reduce((one, other) => one.flatMap(a => other.map(b => joined(a, b))), [EMPTY]);
      case 'divide': {
        const below = this.#read(formula.denominator, scope);
        const [letter, ...more] = this.#freeIn(formula.denominator, scope);
        if (more.length > 0) return refuseForm('a matrix below a bar');
        const inverse = this.#nodes.divide(this.#nodes.number(1), below);
        const factor: Product =
          letter === undefined ? { ...EMPTY, scalars: [inverse] } : { ...EMPTY, vectors: [[letter, inverse]] };
        return products(formula.numerator).map(each => joined(each, factor));
      }
      default:
        return refuseForm('a matrix, entry by entry');
    }
  }

  /** ∇_{ij…} of the loss, or of anything that it is made of, as a derivative with its letters in slots. */
  #derivative({ by, argument, point }: DerivativeNode, scope: Scope): Product[] {
    if (point !== undefined && !isCurrentPoint(point.at)) return refuseForm('a derivative at another point');
    const nodes = this.#nodes;
    const letters = by.map(each => this.#letterOf(each, scope));
    if (argument.kind === 'loss') {
      if (!isCurrentPoint(argument.at)) return refuseForm('the gradient at another point');
      const take = (entries: ReadonlyMap<string, CodeNode>, open: string | null): CodeNode => {
        const inner = letters.flatMap(letter => (letter === open ? [] : [entries.get(letter) ?? nodes.number(1)]));
        if (open === null) return refuseForm('a derivative without a component');
        return nodes.tensor(inner);
      };
      return [{ ...EMPTY, tensors: [{ slots: letters, take }] }];
    }
    const [own = null, ...more] = this.#freeIn(argument, scope);
    if (more.length > 0) return refuseForm('the derivative of a matrix');
    const value = this.#read(argument, scope);
    const derivative = new VectorDerivative(nodes);
    const take = (entries: ReadonlyMap<string, CodeNode>, open: string | null): CodeNode => {
      let along = value;
      for (const letter of letters)
        if (letter !== open) along = derivative.along(along, entries.get(letter) ?? nodes.number(1));
      if (own === null) return derivative.gradient(along);
      if (open === own) return along;
      // The vector in the component's own slot is no function of θ here.
      const hole = nodes.hole(`w${this.#fresh()}`, true);
      const weighted = derivative.gradient(nodes.total(nodes.multiply(hole, along)));
      return filled(nodes, weighted, hole, entries.get(own) ?? nodes.number(1));
    };
    return [{ ...EMPTY, tensors: [{ slots: own === null ? letters : [...letters, own], take }] }];
  }

  #letterOf(formula: Formula, { components }: Scope): string {
    return (formula.kind === 'index' ? components.get(formula.name) : undefined) ?? refuseForm('a single component');
  }

  #fresh(): number {
    this.#letters += 1;
    return this.#letters;
  }
}

const EMPTY: Product = { scalars: [], vectors: [], tensors: [], bound: [] };

const joined = (a: Product, b: Product): Product => ({
  scalars: [...a.scalars, ...b.scalars],
  vectors: [...a.vectors, ...b.vectors],
  tensors: [...a.tensors, ...b.tensors],
  bound: [...a.bound, ...b.bound],
});

const REFUSED: Partial<Record<Formula['kind'], string>> = {
  'vector-call': 'a declared function of a vector',
  'parameter-derivative': 'a derivative by a hyperparameter',
  step: 'the step within a coefficient',
};

const refuseForm = (what = 'a part of another kind'): never =>
  refuse(
    'no-vector-form',
    `the equation holds ${what}, which has no form in whole vectors`,
    null,
    'modeq derive --format json holds the formulas as trees, component by component.',
  );
