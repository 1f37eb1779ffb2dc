/** Points and components: the arguments of losses and functions, and formulas taken at another point. */
import { refuse } from '../base/problem.ts';
import type { Evaluation } from './evaluation.ts';
import type { IntegerExpression } from './program/integer-expression.ts';
import type { Node, VectorNode } from './program/node.ts';
import { rootOf } from './ring/ring.ts';

type Defined = Node & { readonly kind: 'defined' };
type Named<K extends Node['kind']> = Extract<Node, { readonly kind: K }>;

export class PointEvaluator<T> {
  readonly #evaluation: Evaluation<T>;
  readonly #points = new Map<string, readonly T[]>();
  readonly #elsewhere = new Map<string, Evaluation<T>>();
  readonly #memos = new WeakMap<readonly T[], Map<object, T>>();

  constructor(evaluation: Evaluation<T>) {
    this.#evaluation = evaluation;
  }

  /** A component index; refuses one outside 1…p. */
  coordinate(expression: IntegerExpression): number {
    const { session, environment } = this.#evaluation;
    const value = expression.integer(session.bindings);
    const { length } = environment.point;
    if (value >= 1 && value <= length) return value;
    return refuse('index-out-of-range', `component ${value} of a vector with ${length} components`);
  }
  component(values: readonly T[], expression: IntegerExpression): T {
    return (
      values[this.coordinate(expression) - 1] ??
      refuse('index-out-of-range', `a vector has only ${values.length} components`)
    );
  }

  /** The components of a vector; equal vectors are one array, so that what is known at a point is found again. */
  pointOf(vector: VectorNode): readonly T[] {
    const { environment, session } = this.#evaluation;
    if (vector.place.kind === 'current') return environment.point;
    if (vector.place.kind === 'iterate') return environment.iterate(vector.place.label.integer(session.bindings));
    const key = `${vector.key}@${session.key(vector.free)}`;
    const known = this.#points.get(key);
    if (known) return known;
    const values = environment.point.map((_, place) =>
      session.withOne(vector.slot, place + 1, () => this.#evaluation.value(vector.body)),
    );
    this.#points.set(key, values);
    return values;
  }

  loss(node: Named<'loss'>): T {
    const { environment, session } = this.#evaluation;
    const batch = node.batch === null ? null : node.batch.integer(session.bindings);
    const derivative = environment.loss(batch).derivative(node.by.map(part => this.coordinate(part)));
    const point = this.pointOf(node.at);
    return derivative(environment.ring, point, this.#memoOf(point));
  }

  vectorCall(node: Named<'vector-call'>): T {
    const { environment, session } = this.#evaluation;
    const component = node.component === null ? null : node.component.integer(session.bindings);
    const derivative = environment
      .function(node.name, component)
      .derivative(node.by.map(part => this.coordinate(part)));
    const argument = this.pointOf(node.argument);
    return derivative(environment.ring, argument, this.#memoOf(argument));
  }

  norm(node: Named<'norm'>): T {
    const { ring } = this.#evaluation.environment;
    const components = this.pointOf(node.argument);
    const total = (values: readonly T[]): T => values.reduce((sum, value) => ring.add(sum, value), ring.zero);
    const squares = components.map(value => ring.multiply(value, value));
    if (node.order === 2) {
      if (node.perturbation !== null) refuse('unknown-norm', 'a perturbed norm is known for order 1 only', node.span);
      return node.squared ? total(squares) : rootOf(ring, total(squares), 2);
    }
    if (node.perturbation === null) return total(components.map(value => ring.abs(value)));
    const shift = this.#evaluation.value(node.perturbation);
    return total(squares.map(square => rootOf(ring, ring.add(square, shift), 2)));
  }

  /** A definition's body with its letters bound, at its point. */
  defined(node: Defined): T {
    const { session } = this.#evaluation;
    const evaluation = node.at === null ? this.#evaluation : this.#at(node.at);
    const values = node.bind.map(({ value }) => value.integer(session.bindings));
    return session.with(
      node.bind.map(({ slot }) => slot),
      values,
      () => evaluation.value(node.body),
    );
  }

  #at(vector: VectorNode): Evaluation<T> {
    const { environment, session } = this.#evaluation;
    const label = vector.place.kind === 'iterate' ? vector.place.label.integer(session.bindings) : null;
    const key = label === null ? `${vector.key}@${session.key(vector.free)}` : `iterate ${label}`;
    const known = this.#elsewhere.get(key);
    if (known) return known;
    const made = this.#evaluation.elsewhere({ ...environment, point: this.pointOf(vector) });
    this.#elsewhere.set(key, made);
    return made;
  }

  /** What the derivatives of all losses share at one point. */
  #memoOf(point: readonly T[]): Map<object, T> {
    const known = this.#memos.get(point) ?? new Map<object, T>();
    this.#memos.set(point, known);
    return known;
  }
}
