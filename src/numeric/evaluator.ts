/**
 * The value of a formula tree at an instance, over any ring: numbers, expansions in h, derivatives.
 *
 * It evaluates what was written and shares nothing with the normal form. Values are remembered by the values of the
 * index letters that occur in them, so that history sums with moving bounds cost as much as one of them. Derivatives
 * of formulas are taken by evaluating over series with δ² = 0, not by rewriting.
 */
import { Budget } from '../base/budget.ts';
import { Refusal, refuse } from '../base/problem.ts';
import { COMPONENT, DIMENSION, ITERATION, type Formula } from '../formula/formula.ts';
import { callFunction } from './call-function.ts';
import { type Environment, liftEnvironment } from './environment.ts';
import { type Bindings, bound, type IntegerExpression, type Slot } from './integer-expression.ts';
import type { Node, ProductNode, SumNode, VectorNode } from './node.ts';
import type { Program } from './program.ts';
import { integerPower, rationalPower, realPower } from './ring.ts';
import { RunningSums } from './running-sums.ts';
import { type Series, SeriesRing } from './series-ring.ts';

/** Values kept by one evaluator before it forgets them all: bounds the memory of formulas with many summation letters. */
const MOST_KEPT = 2_000_000;
const DEEPEST = 3_000;
const LONGEST_SUM = 100_000;

type Key = number | string;

export class Evaluator<T> {
  readonly #program: Program;
  readonly #environment: Environment<T>;
  readonly #bindings: Bindings;
  readonly #budget: Budget;
  readonly #values: (Map<Key, T> | undefined)[] = [];
  readonly #sums: (Map<Key, RunningSums<T>> | undefined)[] = [];
  readonly #points = new Map<string, readonly T[]>();
  readonly #elsewhere = new Map<string, Evaluator<T>>();
  readonly #duals = new Map<string, Evaluator<Series<T>>>();
  readonly #memos = new WeakMap<readonly T[], Map<object, T>>();
  #kept = 0;
  #depth = 0;

  /** `bindings` is shared by the evaluators of one formula at several points; leave it out. */
  constructor(
    program: Program,
    environment: Environment<T>,
    budget: Budget = Budget.unlimited(),
    bindings: Bindings = [],
  ) {
    this.#program = program;
    this.#environment = environment;
    this.#budget = budget;
    this.#bindings = bindings;
    bindings[program.slot(DIMENSION)] = environment.point.length;
  }

  /**
   * The value with index letters bound as given (role names for n and j). Refuses with the place of the part that has no
   * value: division by zero, an undefined name, an index out of range.
   */
  value(formula: Formula, letters: ReadonlyMap<string, number> = new Map()): T {
    const node = this.#program.compile(formula, [...letters.keys()]);
    const before = this.#bindings.slice();
    for (const [name, value] of letters) this.#bindings[this.#program.slot(name)] = value;
    try {
      return this.#value(node);
    } finally {
      for (let slot = 0; slot < this.#bindings.length; slot += 1) this.#bindings[slot] = before[slot];
    }
  }

  /** The value for iteration n and component j (from 1). */
  at(formula: Formula, iteration: number, component: number): T {
    return this.value(
      formula,
      new Map([
        [ITERATION, iteration],
        [COMPONENT, component],
      ]),
    );
  }

  #value(node: Node): T {
    if (!node.kept) return this.#compute(node);
    const table = this.#values[node.id] ?? new Map<Key, T>();
    this.#values[node.id] = table;
    const key = this.#key(node.free);
    const known = table.get(key);
    if (known !== undefined) return known;
    const value = this.#compute(node);
    this.#kept += 1;
    if (this.#kept > MOST_KEPT) this.#forget();
    (this.#values[node.id] ?? table).set(key, value);
    return value;
  }

  #forget(): void {
    this.#values.length = 0;
    this.#sums.length = 0;
    this.#kept = 0;
  }

  #key(letters: readonly Slot[]): Key {
    if (letters.length > 4) return letters.map(slot => this.#bindings[slot]).join();
    let key = 0;
    for (const slot of letters) {
      const value = this.#bindings[slot];
      if (value === undefined || value < -2000 || value > 2000)
        return letters.map(other => this.#bindings[other]).join();
      key = key * 4096 + value + 2048;
    }
    return key;
  }

  /** The value of a formula whose letters are bound by the evaluator that shares these bindings. */
  nodeValue(node: Node): T {
    return this.#value(node);
  }

  #compute(node: Node): T {
    this.#budget.spend();
    if (this.#depth >= DEEPEST) return refuse('too-deep', 'definitions are nested too deeply', node.span);
    this.#depth += 1;
    try {
      return this.#computeKind(node);
    } catch (error) {
      if (error instanceof Refusal && !error.problem.span && node.span)
        throw new Refusal({ ...error.problem, span: node.span });
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  #computeKind(node: Node): T {
    const { ring } = this.#environment;
    switch (node.kind) {
      case 'number':
        return ring.fromRational(node.value);
      case 'integer':
        return ring.fromRational(node.value.evaluate(this.#bindings));
      case 'scalar':
        return this.#environment.scalar(node.name);
      case 'step':
        return this.#environment.step();
      case 'add':
        return node.terms.reduce((sum, term) => ring.add(sum, this.#value(term)), ring.zero);
      case 'negate':
        return ring.negate(this.#value(node.argument));
      case 'multiply':
        return this.#product(node.factors);
      case 'divide':
        return ring.divide(this.#value(node.numerator), this.#value(node.denominator));
      case 'power':
        return node.exponent.integral
          ? integerPower(ring, this.#value(node.base), node.exponent.integer(this.#bindings))
          : rationalPower(ring, this.#value(node.base), node.exponent.evaluate(this.#bindings));
      case 'real-power':
        return realPower(ring, this.#value(node.base), this.#value(node.exponent));
      case 'root':
        return ring.root(this.#value(node.radicand), node.degree);
      case 'absolute':
        return ring.abs(this.#value(node.argument));
      case 'extremum': {
        const sign = node.which === 'max' ? 1 : -1;
        const values = node.arguments.map(argument => this.#value(argument));
        return values.reduce((best, value) => (ring.compare(value, best) === sign ? value : best));
      }
      case 'sum':
        return this.#sum(node);
      case 'product':
        return this.#bigProduct(node);
      case 'coordinate':
        return this.#component(
          node.label === null ? this.#environment.point : this.#environment.iterate(this.#integer(node.label)),
          node.component,
        );
      case 'loss':
        return this.#loss(node);
      case 'derivative':
        return this.#derivative(node);
      case 'parameter-derivative':
        return this.#parameterDerivative(node.by, node.argument);
      case 'defined':
        return this.#defined(node);
      case 'state':
        return this.#environment.state(
          node.name,
          node.component === null ? null : this.#integer(node.component),
          this.#integer(node.label),
        );
      case 'vector-component':
        return this.#component(this.#environment.vector(node.name), node.component);
      case 'call':
        return callFunction(
          this.#environment,
          node,
          this.#value(node.argument),
          <S>(local: Environment<S>, body: Node): S =>
            new Evaluator(this.#program, local, this.#budget, this.#bindings).nodeValue(body),
        );
      case 'vector-call': {
        const component = node.component === null ? null : this.#integer(node.component);
        const derivative = this.#environment
          .function(node.name, component)
          .derivative(node.by.map(part => this.#coordinate(part)));
        const vector = this.#pointOf(node.argument);
        return derivative(ring, vector, this.#memoOf(vector));
      }
      case 'schedule':
        return this.#environment.schedule(node.name, this.#integer(node.at));
      case 'norm':
        return this.#norm(node);
    }
  }

  #integer(expression: IntegerExpression): number {
    return expression.integer(this.#bindings);
  }
  /** The value of a component index; refuses one outside 1…p. */
  #coordinate(expression: IntegerExpression): number {
    const value = this.#integer(expression);
    const { length } = this.#environment.point;
    if (value < 1 || value > length)
      return refuse('index-out-of-range', `component ${value} of a vector with ${length} components`);
    return value;
  }
  #component(values: readonly T[], expression: IntegerExpression): T {
    const value = values[this.#coordinate(expression) - 1];
    if (value === undefined) return refuse('index-out-of-range', `a vector of ${values.length} components has too few`);
    return value;
  }

  /** A product whose first exact zero ends it, as long as the other factors have values. */
  #product(factors: readonly Node[]): T {
    const { ring } = this.#environment;
    return factors.reduce(
      (product, factor, place) => (place === 0 ? this.#value(factor) : ring.multiply(product, this.#value(factor))),
      ring.one,
    );
  }

  #range(node: SumNode | ProductNode): { lower: number; upper: number } {
    const lower = this.#integer(node.lower);
    const upper = this.#integer(node.upper);
    if (upper - lower > LONGEST_SUM)
      refuse('sum-too-long', `a sum or product over more than ${LONGEST_SUM} terms`, node.span);
    return { lower, upper };
  }

  /** Runs `action` with a letter bound, and the old value after it. */
  #with<R>(slot: Slot, value: number, action: () => R): R {
    const before = this.#bindings[slot];
    this.#bindings[slot] = value;
    try {
      return action();
    } finally {
      this.#bindings[slot] = before;
    }
  }

  #sum(node: SumNode): T {
    const { ring } = this.#environment;
    const { lower, upper } = this.#range(node);
    if (upper < lower) return ring.zero;
    const term = (k: number): T => this.#with(node.slot, k, () => this.#value(node.term));
    const scale = node.outer === null ? null : this.#value(node.outer);
    let total: T;
    if (
      node.weights.length === 0 &&
      node.lower.free.every(s => this.#program.fixed.has(s)) &&
      node.upper.free.every(s => this.#program.fixed.has(s))
    ) {
      total = term(lower);
      for (let k = lower + 1; k <= upper; k += 1) total = ring.add(total, term(k));
    } else {
      total = this.#runningSums(node).sum(lower, upper, term);
      for (const { base, exponent, stride } of node.weights) {
        const power = this.#with(node.slot, stride < 0 ? upper : lower, () => this.#integer(exponent));
        if (power !== 0) total = ring.multiply(total, integerPower(ring, this.#value(base), power));
      }
    }
    return scale === null ? total : ring.multiply(scale, total);
  }

  #runningSums(node: SumNode): RunningSums<T> {
    const table = this.#sums[node.id] ?? new Map<Key, RunningSums<T>>();
    this.#sums[node.id] = table;
    const key = this.#key(node.others);
    const known = table.get(key);
    if (known) return known;
    const made = new RunningSums(
      this.#environment.ring,
      node.weights.map(({ base, stride }) => ({ base: this.#value(base), stride })),
    );
    table.set(key, made);
    return made;
  }

  #bigProduct(node: ProductNode): T {
    const { ring } = this.#environment;
    const { lower, upper } = this.#range(node);
    let product = ring.one;
    for (let k = lower; k <= upper; k += 1)
      product = ring.multiply(
        product,
        this.#with(node.slot, k, () => this.#value(node.term)),
      );
    return product;
  }

  #pointOf(vector: VectorNode): readonly T[] {
    if (vector.place.kind === 'current') return this.#environment.point;
    if (vector.place.kind === 'iterate') return this.#environment.iterate(this.#integer(vector.place.label));
    const key = `${vector.key}@${this.#key(vector.free)}`;
    const known = this.#points.get(key);
    if (known) return known;
    const values = this.#environment.point.map((_, place) =>
      this.#with(vector.slot, place + 1, () => this.#value(vector.body)),
    );
    this.#points.set(key, values);
    return values;
  }

  #loss(node: Node & { readonly kind: 'loss' }): T {
    const by = node.by.map(part => this.#coordinate(part));
    const derivative = this.#environment.loss(node.batch === null ? null : this.#integer(node.batch)).derivative(by);
    const point = this.#pointOf(node.at);
    return derivative(this.#environment.ring, point, this.#memoOf(point));
  }

  /** What the derivatives of all losses share at one point. */
  #memoOf(point: readonly T[]): Map<object, T> {
    const known = this.#memos.get(point) ?? new Map<object, T>();
    this.#memos.set(point, known);
    return known;
  }

  /** ∂/∂θ_i of a formula: the coefficient of δ at θ + δ e_i, the remaining derivatives taken there. */
  #derivative(node: Node & { readonly kind: 'derivative' }): T {
    const [first, ...rest] = node.by;
    if (first === undefined) return this.#value(node.argument);
    const component = this.#coordinate(first);
    const dual = this.#dual(`point ${component}`, (ring, lifted) => {
      const point = lifted.point.map((value, place) =>
        place === component - 1 ? ring.add(value, ring.monomial(this.#environment.ring.one, 1)) : value,
      );
      // Inside an optimizer's rows the current point is θ^{(n)}.
      const now =
        this.#program.options.currentIsIterate === true ? bound(this.#bindings, this.#program.slot(ITERATION)) : null;
      return { ...lifted, point, iterate: label => (label === now ? point : lifted.iterate(label)) };
    });
    const value =
      rest.length === 0 ? dual.nodeValue(node.argument) : dual.nodeValue({ ...node, by: rest, kept: false });
    return coefficientOfDelta(value);
  }

  #parameterDerivative(name: string, argument: Node): T {
    const dual = this.#dual(`parameter ${name}`, (ring, lifted) => ({
      ...lifted,
      scalar: other =>
        other === name
          ? ring.add(lifted.scalar(name), ring.monomial(this.#environment.ring.one, 1))
          : lifted.scalar(other),
    }));
    return coefficientOfDelta(dual.nodeValue(argument));
  }

  #dual(
    key: string,
    change: (ring: SeriesRing<T>, lifted: Environment<Series<T>>) => Environment<Series<T>>,
  ): Evaluator<Series<T>> {
    const fullKey =
      this.#program.options.currentIsIterate === true ? `${key}@${this.#bindings[this.#program.slot(ITERATION)]}` : key;
    const known = this.#duals.get(fullKey);
    if (known) return known;
    const ring = new SeriesRing(this.#environment.ring, 2);
    const made = new Evaluator(
      this.#program,
      change(ring, liftEnvironment(this.#environment, ring)),
      this.#budget,
      this.#bindings,
    );
    this.#duals.set(fullKey, made);
    return made;
  }

  #defined(node: Node & { readonly kind: 'defined' }): T {
    const evaluator = node.at === null ? this : this.#at(node.at);
    const values = node.bind.map(({ value }) => this.#integer(value));
    const before = node.bind.map(({ slot }) => this.#bindings[slot]);
    node.bind.forEach(({ slot }, place) => {
      this.#bindings[slot] = values[place];
    });
    try {
      return evaluator.nodeValue(node.body);
    } finally {
      node.bind.forEach(({ slot }, place) => {
        this.#bindings[slot] = before[place];
      });
    }
  }

  /** The evaluator whose current point is the given one. */
  #at(vector: VectorNode): Evaluator<T> {
    const key =
      vector.place.kind === 'iterate'
        ? `θ${this.#integer(vector.place.label)}`
        : `${vector.key}@${this.#key(vector.free)}`;
    const known = this.#elsewhere.get(key);
    if (known) return known;
    const made = new Evaluator(
      this.#program,
      { ...this.#environment, point: this.#pointOf(vector) },
      this.#budget,
      this.#bindings,
    );
    this.#elsewhere.set(key, made);
    return made;
  }

  #norm(node: Node & { readonly kind: 'norm' }): T {
    const { ring } = this.#environment;
    const components = this.#pointOf(node.argument);
    const squares = components.map(value => ring.multiply(value, value));
    if (node.order === 2) {
      if (node.perturbation !== null) refuse('unknown-norm', 'a perturbed norm is known for order 1 only', node.span);
      return ring.root(
        squares.reduce((sum, square) => ring.add(sum, square), ring.zero),
        2,
      );
    }
    if (node.perturbation === null) return components.reduce((sum, value) => ring.add(sum, ring.abs(value)), ring.zero);
    const shift = this.#value(node.perturbation);
    return squares.reduce((sum, square) => ring.add(sum, ring.root(ring.add(square, shift), 2)), ring.zero);
  }
}

function coefficientOfDelta<T>(value: Series<T>): T {
  const [, slope] = value;
  if (slope === undefined) throw new Error('a dual number has two parts');
  return slope;
}
