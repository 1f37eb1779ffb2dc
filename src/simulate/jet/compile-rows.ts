/**
 * Compiles the rows of an optimizer to jets. It reads the formula trees and nothing else: no unrolling, no normal form.
 *
 * A row is written for iteration n; what stands at another label is compiled with an offset. Values that need more of the
 * past than the last states are refused with `not-simulated`.
 */
import { refuse } from '../../base/problem.ts';
import { elementaryFunction } from '../../formula/elementary.ts';
import {
  BATCHES,
  type BigNode,
  COMPONENT,
  DIMENSION,
  type Formula,
  ITERATION,
  PI,
  type Vector,
} from '../../formula/formula.ts';
import { jsonName } from '../../evaluate/instance/instance.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { applyElementary, type Elementary, type Jet, spreadJet } from './jet.ts';
import type { JetNode } from './jet-node.ts';
import { JetOperations, type JetShape } from './jet-operations.ts';
import { labelOffset } from './label-offset.ts';
import type { Valuations } from './valuations.ts';

/** Where rows get their leaves. */
export interface RowLeaves extends JetShape {
  /** h as a number; null: h is the variable of the series. */
  readonly step: number | null;
  scalar(name: string): number;
  schedule(name: string, at: number): number;
  /** θ^{(n+offset)}, offset ≤ 1. */
  iterate(offset: number, terms: number): Jet;
  /** s^{(n)} for offset 0, s^{(n+1)} for offset 1. */
  state(name: string, offset: 0 | 1, terms: number): Jet;
  /** ∇E_{n+offset} at a point, written to `target`; `null` is the loss without an index. */
  gradient(target: Jet, offset: number | null, point: Jet, terms: number): void;
  /** m. */
  readonly batches: number;
}

/** What letters stand for while a formula is compiled. */
interface Scope {
  /** Added to the iteration letter. */
  readonly offset: number;
  /** The letters that mean the running component. */
  readonly components: ReadonlySet<string>;
  /** Formal parameters of declared functions. */
  readonly parameters: ReadonlyMap<string, JetNode>;
}

const isElementary = (name: string): name is Elementary => elementaryFunction(name)?.smooth === true;
const OUTSIDE: Scope = { offset: 0, components: new Set([COMPONENT]), parameters: new Map() };

export class RowCompiler {
  readonly #optimizer: Optimizer;
  readonly #source: RowLeaves;
  readonly #jets: JetOperations;
  readonly #known = new Map<Formula, Map<string, JetNode>>();
  #deepest = 0;

  /** The furthest label of θ that the rows compiled so far read: −1 for θ^{(n−1)}. */
  get deepest(): number {
    return this.#deepest;
  }

  constructor(optimizer: Optimizer, source: RowLeaves, valuations: Valuations) {
    this.#optimizer = optimizer;
    this.#source = source;
    this.#jets = new JetOperations(source, valuations);
  }

  /** A row's right side at iteration n. */
  row(formula: Formula): JetNode {
    return this.#compile(formula, OUTSIDE);
  }

  /** A point, all components. */
  point(vector: Vector): JetNode {
    return this.#vector(vector, OUTSIDE);
  }

  #compile(formula: Formula, scope: Scope): JetNode {
    // Closed formulas are met again and again through named quantities.
    if (scope.parameters.size > 0) return this.#fresh(formula, scope);
    const table = this.#known.get(formula) ?? new Map<string, JetNode>();
    this.#known.set(formula, table);
    const key = `${scope.offset} ${[...scope.components].join(' ')}`;
    const made = table.get(key) ?? this.#fresh(formula, scope);
    table.set(key, made);
    return made;
  }

  #fresh(formula: Formula, scope: Scope): JetNode {
    const inner = (part: Formula): JetNode => this.#compile(part, scope);
    switch (formula.kind) {
      case 'number':
        return this.#jets.constant(formula, () => formula.value.toNumber());
      case 'parameter':
        return scope.parameters.get(formula.name) ?? this.#jets.constant(formula, this.#scalar(formula.name));
      case 'step':
        return this.#step(formula);
      case 'index':
        return this.#index(formula, formula.name, scope);
      case 'add':
        return this.#jets.add(formula, formula.terms.map(inner));
      case 'negate':
        return this.#jets.negate(formula, inner(formula.argument));
      case 'multiply':
        return this.#jets.multiply(formula, formula.factors.map(inner));
      case 'divide':
        return this.#jets.divide(formula, inner(formula.numerator), inner(formula.denominator));
      case 'power':
        return this.#jets.power(formula, inner(formula.base), inner(formula.exponent));
      case 'root':
        return this.#jets.root(formula, inner(formula.radicand), formula.degree);
      case 'absolute':
        return this.#jets.absolute(formula, inner(formula.argument));
      case 'sum':
      case 'product':
        return this.#sum(formula, scope);
      case 'norm':
        return this.#norm(formula, scope);
      case 'iterate': {
        this.#component(formula.component, scope);
        const offset = formula.label === null ? scope.offset : labelOffset(formula.label, formula.span) + scope.offset;
        const { dimension } = this.#source;
        if (offset > 1) refuse('not-simulated', 'a row that needs a later iterate is not simulated', formula.span);
        this.#deepest = Math.min(this.#deepest, offset);
        return this.#jets.leaf(formula, dimension, terms => this.#source.iterate(offset, terms));
      }
      case 'derivative':
        return this.#gradient(formula, scope);
      case 'quantity':
        return this.#quantity(formula, scope);
      case 'call':
        return this.#call(formula, inner(formula.argument), scope);
      case 'schedule': {
        const at = labelOffset(formula.index, formula.span) + scope.offset;
        return this.#jets.constant(formula, () => this.#source.schedule(formula.name, this.#source.clock.n + at));
      }
      case 'extremum':
      case 'loss':
      case 'parameter-derivative':
      case 'vector-call':
        return refuse('not-simulated', `'${formula.kind}' in an optimizer's row is not simulated`, formula.span);
    }
  }

  #scalar(name: string): () => number {
    const isPi = name === PI && !this.#optimizer.declarations.some(each => each.name === PI);
    const value = isPi ? Math.PI : this.#source.scalar(name);
    return () => value;
  }
  #step(formula: Formula): JetNode {
    const { step } = this.#source;
    if (step !== null) return this.#jets.constant(formula, () => step);
    return this.#jets.node(formula, 1, (target, terms) => {
      target.data[0] = 0;
      if (terms > 1) target.data[1] = 1;
      target.degree = terms > 1 ? 1 : 0;
    });
  }

  #index(formula: Formula, name: string, scope: Scope): JetNode {
    const { clock, dimension, batches } = this.#source;
    if (name === ITERATION) return this.#jets.constant(formula, () => clock.n + scope.offset);
    if (name === DIMENSION) return this.#jets.constant(formula, () => dimension);
    if (name === BATCHES) return this.#jets.constant(formula, () => batches);
    if (!scope.components.has(name)) refuse('not-simulated', `the letter ${name} has no value here`, formula.span);
    return this.#jets.node(formula, dimension, target => {
      for (let i = 0; i < dimension; i += 1) target.data[i] = i + 1;
      target.degree = 0;
    });
  }

  #sum(formula: BigNode, scope: Scope): JetNode {
    if (formula.sort !== 'coordinate' || formula.kind === 'product')
      refuse('not-simulated', `a ${formula.kind} over the history in a row is not simulated`, formula.span);
    // The outer component would make it a matrix.
    const body = this.#compile(formula.body, { ...scope, components: new Set([formula.index]) });
    const whole = this.#isWholeRange(formula, scope);
    if (!whole) refuse('not-simulated', 'only sums over all components are simulated', formula.span);
    return this.#jets.total(formula, body);
  }
  #isWholeRange({ lower, upper }: BigNode, scope: Scope): boolean {
    const first = this.#compile(lower, scope).value(1).data[0];
    return first === 1 && upper.kind === 'index' && upper.name === DIMENSION;
  }
  #norm(formula: Formula & { readonly kind: 'norm' }, scope: Scope): JetNode {
    const argument = this.#vector(formula.argument, scope);
    if (formula.order === 1 && formula.perturbation === null)
      return this.#jets.total(formula, this.#jets.absolute(formula, argument));
    const square = this.#jets.multiply(formula, [argument, argument]);
    const root = (node: JetNode): JetNode => this.#jets.root(formula, node, 2);
    if (formula.perturbation === null) return root(this.#jets.total(formula, square));
    return this.#jets.total(
      formula,
      root(this.#jets.add(formula, [square, this.#compile(formula.perturbation, scope)])),
    );
  }

  #vector(vector: Vector, scope: Scope): JetNode {
    return this.#compile(vector.body, { ...scope, components: new Set([vector.index]) });
  }

  #component(component: Formula, scope: Scope): void {
    if (component.kind !== 'index' || !scope.components.has(component.name))
      refuse('not-simulated', 'a row that mixes components is not simulated', component.span);
  }

  #gradient(formula: Formula & { readonly kind: 'derivative' }, scope: Scope): JetNode {
    const { argument, by } = formula;
    const [component] = by;
    if (argument.kind !== 'loss' || component === undefined || by.length !== 1)
      return refuse('not-simulated', 'only first derivatives of the loss are simulated in a row', formula.span);
    this.#component(component, scope);
    const offset = argument.batch === null ? null : labelOffset(argument.batch, formula.span) + scope.offset;
    const point = this.#vector(argument.at, scope);
    return this.#jets.node(formula, this.#source.dimension, (target, terms) =>
      this.#source.gradient(target, offset, point.value(terms), terms),
    );
  }

  #quantity(formula: Formula & { readonly kind: 'quantity' }, scope: Scope): JetNode {
    const { name, indices, labels, span } = formula;
    for (const component of indices) this.#component(component, scope);
    const [label] = labels;
    const offset = (label === undefined ? 0 : labelOffset(label, span)) + scope.offset;
    const definition = this.#optimizer.quantities.find(each => each.name === name);
    if (definition !== undefined)
      return this.#compile(definition.body, {
        offset: definition.labels.length === 0 ? scope.offset : offset,
        components: new Set(definition.indices),
        parameters: new Map(),
      });
    const state = this.#optimizer.states.find(each => each.name === name);
    if (state === undefined) return refuse('undefined-name', `${name} is not defined`, span);
    if (offset !== 0 && offset !== 1)
      return refuse('not-simulated', `${name} is used ${offset} steps away, which is not simulated`, span);
    const width = state.componentwise ? this.#source.dimension : 1;
    if (offset === 0) return this.#jets.leaf(formula, width, terms => this.#source.state(name, 0, terms));
    // A row may be a scalar so far, as zero is.
    return this.#jets.node(formula, width, (target, terms) =>
      spreadJet(target, this.#source.state(name, 1, terms), terms),
    );
  }

  #call(formula: Formula & { readonly kind: 'call' }, argument: JetNode, scope: Scope): JetNode {
    const { name, derivative } = formula;
    const declaration = this.#optimizer.declarations.find(each => each.kind === 'function' && each.name === name);
    if (derivative === 0 && declaration?.kind === 'function' && declaration.body !== null)
      return this.#compile(declaration.body, { ...scope, parameters: new Map([[declaration.formal, argument]]) });
    if (derivative === 0 && declaration === undefined && isElementary(name))
      return this.#jets.node(formula, argument.width, (target, terms) =>
        applyElementary(target, name, argument.value(terms), terms),
      );
    return refuse(
      'not-simulated',
      declaration === undefined
        ? `'${name}' in an optimizer's row is not simulated`
        : `the function ${jsonName(name)} has no body, so that it cannot be run`,
      formula.span,
    );
  }
}
