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
  type Vector,
} from '../../formula/formula.ts';
import { jsonName } from '../../numeric/instance.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import {
  applyElementary,
  copyJet,
  divideJets,
  addJet,
  entry,
  type Elementary,
  type Jet,
  jetOf,
  multiplyJets,
  powerJet,
  scaleJet,
  spreadJet,
} from './jet.ts';
import { type Clock, JetNode } from './jet-node.ts';
import { labelOffset } from './label-offset.ts';
import { NO_POWER, type Valuations } from './valuations.ts';

/** Where rows get their leaves. */
export interface RowSource {
  readonly clock: Clock;
  readonly dimension: number;
  readonly terms: number;
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
  readonly #source: RowSource;
  readonly #valuations: Valuations;
  readonly #known = new Map<Formula, Map<string, JetNode>>();
  #deepest = 0;

  /** The furthest label of θ that the rows compiled so far read: −1 for θ^{(n−1)}. */
  get deepest(): number {
    return this.#deepest;
  }

  constructor(optimizer: Optimizer, source: RowSource, valuations: Valuations) {
    this.#optimizer = optimizer;
    this.#source = source;
    this.#valuations = valuations;
  }

  /** A row's right side at iteration n. */
  row(formula: Formula): JetNode {
    return this.#compile(formula, OUTSIDE);
  }

  /** A point, all components. */
  point(vector: Vector): JetNode {
    return this.#vector(vector, OUTSIDE);
  }

  #node(formula: Formula, width: number, compute: (target: Jet, terms: number) => void): JetNode {
    const { clock, terms } = this.#source;
    const target = jetOf(width, terms);
    return new JetNode(clock, width, this.#valuations.of(formula), wanted => {
      compute(target, wanted);
      return target;
    });
  }
  /** A node whose value somebody else keeps. */
  #leaf(formula: Formula, width: number, value: (terms: number) => Jet): JetNode {
    return new JetNode(this.#source.clock, width, this.#valuations.of(formula), value);
  }
  #widest(nodes: readonly JetNode[]): number {
    return Math.max(1, ...nodes.map(({ width }) => width));
  }
  #scratch(width: number): Jet {
    return jetOf(width, this.#source.terms);
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
        return this.#constant(formula, () => formula.value.toNumber());
      case 'parameter':
        return scope.parameters.get(formula.name) ?? this.#constant(formula, this.#scalar(formula.name));
      case 'step':
        return this.#step(formula);
      case 'index':
        return this.#index(formula, formula.name, scope);
      case 'add':
        return this.#add(formula, formula.terms.map(inner));
      case 'negate': {
        const argument = inner(formula.argument);
        return this.#node(formula, argument.width, (target, terms) =>
          scaleJet(target, argument.value(terms), -1, terms),
        );
      }
      case 'multiply':
        return this.#multiply(formula, formula.factors.map(inner));
      case 'divide':
        return this.#divide(formula, inner(formula.numerator), inner(formula.denominator));
      case 'power':
        return this.#power(formula, inner(formula.base), inner(formula.exponent));
      case 'root': {
        const { degree } = formula;
        const power = degree === 2 ? Math.sqrt : (value: number): number => value ** (1 / degree);
        const radicand = inner(formula.radicand);
        return this.#node(formula, radicand.width, (target, terms) =>
          powerJet(target, radicand.value(terms), 1 / degree, power, terms),
        );
      }
      case 'absolute':
        return this.#absolute(formula, inner(formula.argument));
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
        return this.#leaf(formula, dimension, terms => this.#source.iterate(offset, terms));
      }
      case 'derivative':
        return this.#gradient(formula, scope);
      case 'quantity':
        return this.#quantity(formula, scope);
      case 'call':
        return this.#call(formula, inner(formula.argument), scope);
      case 'schedule': {
        const at = labelOffset(formula.index, formula.span) + scope.offset;
        return this.#constant(formula, () => this.#source.schedule(formula.name, this.#source.clock.n + at));
      }
      case 'extremum':
      case 'loss':
      case 'parameter-derivative':
      case 'vector-call':
        return refuse('not-simulated', `'${formula.kind}' in an optimizer's row is not simulated`, formula.span);
    }
  }

  #constant(formula: Formula, value: () => number): JetNode {
    return this.#node(formula, 1, target => {
      target.data[0] = value();
      target.degree = 0;
    });
  }
  #scalar(name: string): () => number {
    const value = this.#source.scalar(name);
    return () => value;
  }
  #step(formula: Formula): JetNode {
    const { step } = this.#source;
    if (step !== null) return this.#constant(formula, () => step);
    return this.#node(formula, 1, (target, terms) => {
      target.data[0] = 0;
      if (terms > 1) target.data[1] = 1;
      target.degree = terms > 1 ? 1 : 0;
    });
  }

  #index(formula: Formula, name: string, scope: Scope): JetNode {
    const { clock, dimension, batches } = this.#source;
    if (name === ITERATION) return this.#constant(formula, () => clock.n + scope.offset);
    if (name === DIMENSION) return this.#constant(formula, () => dimension);
    if (name === BATCHES) return this.#constant(formula, () => batches);
    if (!scope.components.has(name)) refuse('not-simulated', `the letter ${name} has no value here`, formula.span);
    return this.#node(formula, dimension, target => {
      for (let i = 0; i < dimension; i += 1) target.data[i] = i + 1;
      target.degree = 0;
    });
  }

  #add(formula: Formula, terms: readonly JetNode[]): JetNode {
    const nothing = jetOf(1, 1);
    return this.#node(formula, this.#widest(terms), (target, count) => {
      const [first, ...rest] = terms;
      spreadJet(target, first?.value(count) ?? nothing, count);
      for (const term of rest) addJet(target, term.value(count), 1, count);
    });
  }

  #multiply(formula: Formula, factors: readonly JetNode[]): JetNode {
    const width = this.#widest(factors);
    const total = factors.reduce((sum, { valuation }) => sum + valuation, 0);
    const [first, ...rest] = factors;
    if (first === undefined) return this.#constant(formula, () => 1);
    const scratch = rest.map((_, place) => this.#scratch(this.#widest(factors.slice(0, place + 2))));
    const zero = this.#scratch(1);
    return this.#node(formula, width, (target, terms) => {
      // A factor with h in front of it needs one term less.
      const factor = (node: JetNode): Jet => {
        const needed = terms - (total - node.valuation);
        return needed > 0 ? node.value(needed) : zero;
      };
      let product = factor(first);
      for (let place = 0; place < rest.length; place += 1) {
        const [node, into] = [rest[place], scratch[place]];
        if (node === undefined || into === undefined) continue;
        multiplyJets(into, product, factor(node), terms);
        product = into;
      }
      spreadJet(target, product, terms);
    });
  }

  #divide(formula: Formula, numerator: JetNode, denominator: JetNode): JetNode {
    return this.#node(formula, this.#widest([numerator, denominator]), (target, terms) => {
      const above = numerator.value(terms);
      divideJets(target, above, denominator.value(terms - Math.min(numerator.valuation, NO_POWER)), terms);
    });
  }

  #power(formula: Formula, base: JetNode, exponent: JetNode): JetNode {
    if (exponent.width !== 1) refuse('not-simulated', 'an exponent with components is not simulated', formula.span);
    const scratch = [this.#scratch(base.width), this.#scratch(base.width)] as const;
    return this.#node(formula, base.width, (target, terms) => {
      const e = exponent.value(1).data[0] ?? Number.NaN;
      const a = base.value(terms);
      // Small integer powers are products, so that powers of zero have their derivatives.
      if (Number.isInteger(e) && e >= 1 && e <= 8) {
        let product = a;
        for (let count = 2; count <= e; count += 1) {
          const into = count === e ? target : scratch[count % 2 === 0 ? 0 : 1];
          multiplyJets(into, product, a, terms);
          product = into;
        }
        if (e === 1) copyJet(target, a, terms);
      } else powerJet(target, a, e, value => value ** e, terms);
    });
  }

  #absolute(formula: Formula, argument: JetNode): JetNode {
    return this.#node(formula, argument.width, (target, terms) => {
      const a = argument.value(terms);
      copyJet(target, a, terms);
      for (let i = 0; i < target.width; i += 1) {
        const sign = Math.sign(entry(a, 0, i));
        // Where it is zero with a slope, there is a kink.
        const factor = sign === 0 && a.degree > 0 ? Number.NaN : sign;
        for (let q = 0; q <= target.degree; q += 1) target.data[q * target.width + i] = factor * entry(a, q, i);
      }
    });
  }

  #sum(formula: BigNode, scope: Scope): JetNode {
    if (formula.sort !== 'coordinate' || formula.kind === 'product')
      refuse('not-simulated', `a ${formula.kind} over the history in a row is not simulated`, formula.span);
    // The outer component would make it a matrix.
    const body = this.#compile(formula.body, { ...scope, components: new Set([formula.index]) });
    const whole = this.#isWholeRange(formula, scope);
    if (!whole) refuse('not-simulated', 'only sums over all components are simulated', formula.span);
    return this.#total(formula, body);
  }
  #isWholeRange({ lower, upper }: BigNode, scope: Scope): boolean {
    const first = this.#compile(lower, scope).value(1).data[0];
    return first === 1 && upper.kind === 'index' && upper.name === DIMENSION;
  }
  /** Σ over the components. */
  #total(formula: Formula, body: JetNode): JetNode {
    const { dimension } = this.#source;
    return this.#node(formula, 1, (target, terms) => {
      const a = body.value(terms);
      target.degree = Math.min(a.degree, terms - 1);
      for (let q = 0; q <= target.degree; q += 1) {
        let sum = 0;
        for (let i = 0; i < dimension; i += 1) sum += entry(a, q, i);
        target.data[q] = sum;
      }
    });
  }

  #norm(formula: Formula & { readonly kind: 'norm' }, scope: Scope): JetNode {
    const argument = this.#vector(formula.argument, scope);
    if (formula.order === 1 && formula.perturbation === null)
      return this.#total(formula, this.#absolute(formula, argument));
    const square = this.#multiply(formula, [argument, argument]);
    const root = (node: JetNode): JetNode =>
      this.#node(formula, node.width, (target, terms) => powerJet(target, node.value(terms), 1 / 2, Math.sqrt, terms));
    if (formula.perturbation === null) return root(this.#total(formula, square));
    return this.#total(formula, root(this.#add(formula, [square, this.#compile(formula.perturbation, scope)])));
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
    return this.#node(formula, this.#source.dimension, (target, terms) =>
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
    if (offset === 0) return this.#leaf(formula, width, terms => this.#source.state(name, 0, terms));
    // A row may be a scalar so far, as zero is.
    return this.#node(formula, width, (target, terms) => spreadJet(target, this.#source.state(name, 1, terms), terms));
  }

  #call(formula: Formula & { readonly kind: 'call' }, argument: JetNode, scope: Scope): JetNode {
    const { name, derivative } = formula;
    const declaration = this.#optimizer.declarations.find(each => each.kind === 'function' && each.name === name);
    if (derivative === 0 && declaration?.kind === 'function' && declaration.body !== null)
      return this.#compile(declaration.body, { ...scope, parameters: new Map([[declaration.formal, argument]]) });
    if (derivative === 0 && declaration === undefined && isElementary(name))
      return this.#node(formula, argument.width, (target, terms) =>
        applyElementary(target, name, argument.value(terms), terms),
      );
    return refuse(
      'not-simulated',
      `the function ${jsonName(name)} has no body, so that it cannot be run`,
      formula.span,
    );
  }
}
