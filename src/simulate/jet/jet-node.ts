/**
 * A formula compiled for one optimizer, dimension and number of terms: a graph of nodes, each with its own jet, computed at
 * most once a step and only to the terms that are asked for.
 */
import { type Jet, jetOf } from './jet.ts';

/** What changes from step to step. Every change of anything that nodes read must come with a new stamp. */
export class StepClock {
  /** The iteration that is being computed. */
  n = 0;
  stamp = 0;
  advance(n: number): void {
    this.n = n;
    this.stamp += 1;
  }
}

export class JetNode {
  readonly width: number;
  /** The lowest power of h that can occur; a product needs its other factors to that many terms less. */
  readonly valuation: number;
  readonly #clock: StepClock;
  readonly #compute: (terms: number) => Jet;
  #jet: Jet;
  #stamp = -1;
  #terms = 0;

  /** `compute` gives the value, in a jet of the node's own or one that is not overwritten during the step. */
  constructor(clock: StepClock, width: number, valuation: number, compute: (terms: number) => Jet) {
    this.#clock = clock;
    this.#jet = jetOf(width, 1);
    this.width = width;
    this.valuation = valuation;
    this.#compute = compute;
  }

  /** The value to at least `terms` terms; it is overwritten in the next step. */
  value(terms: number): Jet {
    const wanted = Math.max(1, terms);
    if (this.#stamp === this.#clock.stamp && this.#terms >= wanted) return this.#jet;
    this.#jet = this.#compute(wanted);
    this.#stamp = this.#clock.stamp;
    this.#terms = wanted;
    return this.#jet;
  }
}
