/**
 * ∂/∂θ_i and ∂/∂β of formulas: evaluation over series with δ² = 0, where the variable carries δ. Formulas are not rewritten.
 */
import { type Environment, liftEnvironment } from './environment.ts';
import type { Evaluation } from './evaluation.ts';
import { bound } from './program/integer-expression.ts';
import type { PointEvaluator } from './evaluate-point.ts';
import type { Node } from './program/node.ts';
import { type RingSeries, SeriesRing } from './ring/series-ring.ts';

type Derivative = Node & { readonly kind: 'derivative' };
type Change<T> = (ring: SeriesRing<T>, lifted: Environment<RingSeries<T>>) => Environment<RingSeries<T>>;

export class DerivativeEvaluator<T> {
  readonly #evaluation: Evaluation<T>;
  /** The labels of points that are letters of their own. */
  readonly #labels = new Map<string, number>();
  readonly #duals = new Map<string, Evaluation<RingSeries<T>>>();

  constructor(evaluation: Evaluation<T>) {
    this.#evaluation = evaluation;
  }

  /** The derivative by the components `by` (from 1) of the node's point, or of θ at the current point. */
  byComponents(node: Derivative, by: readonly number[], points: PointEvaluator<T>): T {
    if (node.point === null) return this.#byCurrent(node, by);
    const { session, environment } = this.#evaluation;
    const { slot, at } = node.point;
    if (node.opened) {
      const label = bound(session.bindings, slot);
      return this.#byLetter(node, by, label, environment.iterate(label));
    }
    const key = `${at.key}@${session.key(at.free)}`;
    const label = this.#labels.get(key) ?? session.freshLabel();
    this.#labels.set(key, label);
    const point = points.pointOf(at);
    return session.withOne(slot, label, () => this.#byLetter(node, by, label, point));
  }

  /** The derivative by the point that the iterate with this label is; other iterates stay, whatever their values are. */
  #byLetter(node: Derivative, by: readonly number[], label: number, start: readonly T[]): T {
    const [component] = by;
    const { environment } = this.#evaluation;
    if (component === undefined) {
      const iterate = (each: number): readonly T[] => (each === label ? start : environment.iterate(each));
      return this.#evaluation.elsewhere({ ...environment, iterate }).value(node.argument);
    }
    const dual = this.#dual(`component ${component} at letter ${label}`, (ring, lifted) => {
      const delta = ring.monomial(environment.ring.one, 1);
      const point = start.map((value, place) => {
        const constant = ring.constant(value);
        return place === component - 1 ? ring.add(constant, delta) : constant;
      });
      return { ...lifted, iterate: each => (each === label ? point : lifted.iterate(each)) };
    });
    return coefficientOfDelta(this.#rest(dual, node, by));
  }

  /** The remaining derivatives, taken of the dual value; such a rest is not a node of the program. */
  #rest(dual: Evaluation<RingSeries<T>>, node: Derivative, by: readonly number[]): RingSeries<T> {
    return by.length === 1
      ? dual.value(node.argument)
      : dual.value({ ...node, by: node.by.slice(1), opened: true, kept: false });
  }

  #byCurrent(node: Derivative, by: readonly number[]): T {
    const [component] = by;
    if (component === undefined) return this.#evaluation.value(node.argument);
    const { environment } = this.#evaluation;
    const dual = this.#dual(`component ${component}`, (ring, lifted) => {
      const delta = ring.monomial(environment.ring.one, 1);
      const point = lifted.point.map((value, place) => (place === component - 1 ? ring.add(value, delta) : value));
      return { ...lifted, point };
    });
    return coefficientOfDelta(this.#rest(dual, node, by));
  }

  byParameter(node: Node & { readonly kind: 'parameter-derivative' }): T {
    const { environment } = this.#evaluation;
    const dual = this.#dual(`parameter ${node.by}`, (ring, lifted) => {
      const moved = ring.add(lifted.scalar(node.by), ring.monomial(environment.ring.one, 1));
      return { ...lifted, scalar: name => (name === node.by ? moved : lifted.scalar(name)) };
    });
    return coefficientOfDelta(dual.value(node.argument));
  }

  #dual(key: string, change: Change<T>): Evaluation<RingSeries<T>> {
    const known = this.#duals.get(key);
    if (known) return known;
    const { environment } = this.#evaluation;
    const ring = new SeriesRing(environment.ring, 2);
    const made = this.#evaluation.elsewhere(change(ring, liftEnvironment(environment, ring)));
    this.#duals.set(key, made);
    return made;
  }
}

function coefficientOfDelta<T>(value: RingSeries<T>): T {
  const [, slope] = value;
  if (slope === undefined) throw new Error('a dual number has two parts');
  return slope;
}
