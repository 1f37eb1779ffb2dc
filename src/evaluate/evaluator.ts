/**
 * The value of a formula tree at an instance, over any ring: numbers, expansions in h, derivatives.
 *
 * It evaluates what was written and shares nothing with the normal form. Values are remembered by the values of the
 * index letters that occur in them, so that history sums with moving bounds cost as much as one of them.
 */
import { Budget } from '../base/budget.ts';
import { Refusal, refuse } from '../base/problem.ts';
import { BATCHES, COMPONENT, DIMENSION, type Formula, ITERATION, POPULATION } from '../formula/formula.ts';
import { callFunction } from './call-function.ts';
import type { Environment } from './environment.ts';
import { DerivativeEvaluator } from './evaluate-derivative.ts';
import { PointEvaluator } from './evaluate-point.ts';
import { SumEvaluator } from './evaluate-sum.ts';
import type { Evaluation } from './evaluation.ts';
import type { Node } from './program/node.ts';
import { bound } from './program/integer-expression.ts';
import type { Program } from './program/program.ts';
import { integerPower, rationalPower, realPower, rootOf } from './ring/ring.ts';
import { Session } from './program/session.ts';

/** Values kept by one evaluator before it forgets them all: bounds the memory of formulas with many summation letters. */
const MOST_KEPT = 2_000_000;

export class Evaluator<T> {
  readonly #evaluation: NodeEvaluator<T>;

  constructor(program: Program, environment: Environment<T>, budget: Budget = Budget.unlimited()) {
    this.#evaluation = new NodeEvaluator(program, environment, new Session(budget));
  }

  /**
   * The value with index letters bound as given (role names for n and j). Refuses with the place of the part that has no
   * value: division by zero, an undefined name, an index out of range. Throws BudgetSpent.
   */
  value(formula: Formula, letters: ReadonlyMap<string, number> = new Map()): T {
    const { program, session } = this.#evaluation;
    const node = program.compile(formula, [...letters.keys()]);
    const slots = [...letters.keys()].map(letter => program.slot(letter));
    return session.with(slots, [...letters.values()], () => this.#evaluation.value(node));
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
}

class NodeEvaluator<T> implements Evaluation<T> {
  readonly program: Program;
  readonly environment: Environment<T>;
  readonly session: Session;
  readonly #sums = new SumEvaluator<T>(this);
  readonly #points = new PointEvaluator<T>(this);
  readonly #derivatives = new DerivativeEvaluator<T>(this);
  #values: (Map<number | string, T> | undefined)[] = [];
  #kept = 0;

  constructor(program: Program, environment: Environment<T>, session: Session) {
    this.program = program;
    this.environment = environment;
    this.session = session;
    session.bindings[program.slot(DIMENSION)] = environment.dimension ?? environment.point.length;
    if (environment.batches !== undefined) session.bindings[program.slot(BATCHES)] = environment.batches;
    if (environment.population !== undefined) session.bindings[program.slot(POPULATION)] = environment.population;
  }

  elsewhere<S>(environment: Environment<S>): Evaluation<S> {
    return new NodeEvaluator(this.program, environment, this.session);
  }

  value(node: Node): T {
    if (!node.kept) return this.#compute(node);
    const key = this.session.key(node.free);
    const known = this.#values[node.id]?.get(key);
    if (known !== undefined) return known;
    const value = this.#compute(node);
    this.#keep(node, key, value);
    return value;
  }

  #keep(node: Node, key: number | string, value: T): void {
    this.#kept += 1;
    if (this.#kept > MOST_KEPT) {
      this.#values = [];
      this.#sums.forget();
      this.#kept = 0;
    }
    const table = this.#values[node.id] ?? new Map<number | string, T>();
    this.#values[node.id] = table.set(key, value);
  }

  #compute(node: Node): T {
    this.session.enter(node);
    try {
      return this.#computeKind(node);
    } catch (error) {
      // The innermost part with a place in a text is the one to show.
      if (error instanceof Refusal && !error.problem.span && node.span)
        throw new Refusal({ ...error.problem, span: node.span });
      throw error;
    } finally {
      this.session.leave();
    }
  }

  #computeKind(node: Node): T {
    const { environment, session } = this;
    const { ring } = environment;
    const points = this.#points;
    switch (node.kind) {
      case 'number':
        return ring.fromRational(node.value);
      case 'integer':
        return ring.fromRational(node.value.evaluate(session.bindings));
      case 'scalar':
        return environment.scalar(node.name);
      case 'step':
        return environment.step();
      case 'add':
        return this.#total(node.terms);
      case 'negate':
        return ring.negate(this.value(node.argument));
      case 'multiply':
        return this.#product(node.factors);
      case 'divide':
        return ring.divide(this.value(node.numerator), this.value(node.denominator));
      case 'power':
        return node.exponent.integral
          ? integerPower(ring, this.value(node.base), node.exponent.exponent(session.bindings))
          : rationalPower(ring, this.value(node.base), node.exponent.evaluate(session.bindings));
      case 'real-power':
        return realPower(ring, this.value(node.base), this.value(node.exponent));
      case 'root':
        return rootOf(ring, this.value(node.radicand), node.degree);
      case 'absolute':
        return ring.abs(this.value(node.argument));
      case 'extremum': {
        const sign = node.which === 'max' ? 1 : -1;
        return node.arguments
          .map(argument => this.value(argument))
          .reduce((best, value) => (ring.compare(value, best) === sign ? value : best));
      }
      case 'sum':
        return this.#sums.sum(node);
      case 'product':
        return this.#sums.product(node);
      case 'coordinate':
        return points.component(
          node.label === null ? environment.point : environment.iterate(node.label.integer(session.bindings)),
          node.component,
        );
      case 'loss':
        return points.loss(node);
      case 'derivative':
        return this.#derivatives.byComponents(
          node,
          node.by.map(part => points.coordinate(part)),
          points,
        );
      case 'parameter-derivative':
        return this.#derivatives.byParameter(node);
      case 'defined':
        return points.defined(node);
      case 'recursion':
        return this.#sequence(node);
      case 'state':
        return environment.state(
          node.name,
          node.component?.integer(session.bindings) ?? null,
          node.label.integer(session.bindings),
        );
      case 'vector-component':
        return points.component(environment.vector(node.name), node.component);
      case 'call':
        return callFunction(environment, node, this.value(node.argument), (local, body) =>
          this.elsewhere(local).value(body),
        );
      case 'vector-call':
        return points.vectorCall(node);
      case 'schedule':
        return environment.schedule(node.name, node.at.integer(session.bindings));
      case 'norm':
        return points.norm(node);
    }
  }

  /** The value at the label that is bound: those before are made first, in order, so that none is reached by a long recursion. */
  #sequence(node: Node & { readonly kind: 'recursion' }): T {
    const label = bound(this.session.bindings, node.label);
    if (label < 0) return refuse('no-history', `${node.name} at ${label}, before its first value`, node.span);
    if (label === 0) return this.value(node.start);
    for (let earlier = 0; earlier < label; earlier += 1)
      this.session.withOne(node.label, earlier, () => this.value(node));
    return this.value(node.step());
  }

  #total(terms: readonly Node[]): T {
    const { ring } = this.environment;
    let result: T | null = null;
    for (const term of terms) result = result === null ? this.value(term) : ring.add(result, this.value(term));
    return result ?? ring.zero;
  }

  #product(factors: readonly Node[]): T {
    const { ring } = this.environment;
    let result: T | null = null;
    for (const factor of factors)
      result = result === null ? this.value(factor) : ring.multiply(result, this.value(factor));
    return result ?? ring.one;
  }
}
