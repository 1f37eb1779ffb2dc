/**
 * ∂/∂θ_i and ∂/∂β of formulas: evaluation over series with δ² = 0, where the variable carries δ. Formulas are not rewritten.
 */
import { ITERATION } from '../formula/formula.ts';
import { type Environment, liftEnvironment } from './environment.ts';
import type { Evaluation } from './evaluation.ts';
import { bound } from './integer-expression.ts';
import type { Node } from './node.ts';
import { type Series, SeriesRing } from './series-ring.ts';

type Change<T> = (ring: SeriesRing<T>, lifted: Environment<Series<T>>) => Environment<Series<T>>;

export class DerivativeEvaluator<T> {
  readonly #evaluation: Evaluation<T>;
  readonly #duals = new Map<string, Evaluation<Series<T>>>();

  constructor(evaluation: Evaluation<T>) {
    this.#evaluation = evaluation;
  }

  /** The derivative by the components `by` (from 1) of θ at the current point. */
  byComponents(node: Node & { readonly kind: 'derivative' }, by: readonly number[]): T {
    const [component] = by;
    if (component === undefined) return this.#evaluation.value(node.argument);
    const { environment, program, session } = this.#evaluation;
    // Inside an optimizer's rows the current point is θ^{(n)}.
    const now = program.options.currentIsIterate === true ? bound(session.bindings, program.slot(ITERATION)) : null;
    const dual = this.#dual(`component ${component} at ${now ?? 'θ'}`, (ring, lifted) => {
      const delta = ring.monomial(environment.ring.one, 1);
      const start = now === null ? lifted.point : lifted.iterate(now);
      const point = start.map((value, place) => (place === component - 1 ? ring.add(value, delta) : value));
      return { ...lifted, point, iterate: label => (label === now ? point : lifted.iterate(label)) };
    });
    // The remaining derivatives are taken of the dual value; such a rest is not a node of the program.
    const value =
      by.length === 1 ? dual.value(node.argument) : dual.value({ ...node, by: node.by.slice(1), kept: false });
    return coefficientOfDelta(value);
  }

  byParameter(node: Node & { readonly kind: 'parameter-derivative' }): T {
    const { environment } = this.#evaluation;
    const dual = this.#dual(`parameter ${node.by}`, (ring, lifted) => {
      const moved = ring.add(lifted.scalar(node.by), ring.monomial(environment.ring.one, 1));
      return { ...lifted, scalar: name => (name === node.by ? moved : lifted.scalar(name)) };
    });
    return coefficientOfDelta(dual.value(node.argument));
  }

  #dual(key: string, change: Change<T>): Evaluation<Series<T>> {
    const known = this.#duals.get(key);
    if (known) return known;
    const { environment } = this.#evaluation;
    const ring = new SeriesRing(environment.ring, 2);
    const made = this.#evaluation.elsewhere(change(ring, liftEnvironment(environment, ring)));
    this.#duals.set(key, made);
    return made;
  }
}

function coefficientOfDelta<T>(value: Series<T>): T {
  const [, slope] = value;
  if (slope === undefined) throw new Error('a dual number has two parts');
  return slope;
}
