/**
 * The equation for n → ∞ in the full batch, in Float64: the weights of the past have become stationary, every update is the same, and
 * what lies j steps back is displaced by −j updates. And the initial layer Σ_n (F^{(∞)} − F^{(n)}) that this equation leaves out.
 */
import { refuse } from '../base/problem.ts';
import type { LossSequence } from './loss/float-loss.ts';
import { norm } from './compare-at-step.ts';
import { RightSide } from './right-side.ts';
import type { Setup } from './jet/row-machine.ts';

/** No memory that is meant to fade lasts longer. */
const LONGEST = 1 << 20;
/** Where the past has to be run through, it may last this long. */
const LONGEST_RUN = 1 << 12;
const SETTLED = 1e-13;

export interface InitialLayer {
  /** Σ_n (F^{(∞)} − F^{(n)})(θ^{(0)}) with θ̃′ = −F + …; times h it is the point to start from. */
  readonly vector: readonly number[];
  /** Whether f_0^{(n)} depends on n at all. */
  readonly present: boolean;
  /** How many steps were summed. */
  readonly steps: number;
}

export class LargeN {
  readonly #right: RightSide;
  /** From here on nothing changes with n, to the digits of Float64. */
  readonly #far: number;

  /** Refuses mini-batches, orders above 1 and memories that do not fade; `start` is where that is tried. */
  constructor(setup: Setup, losses: LossSequence, order: number, start: readonly number[]) {
    if (losses.order.length > 1) refuse('no-limit', 'the limit of large n is that of the full batch: one loss');
    if (order > 1) refuse('no-limit', 'the equation for n → ∞ is followed at orders 0 and 1');
    this.#right = new RightSide(setup, losses, order);
    this.#far = this.#right.settled(LONGEST) ?? this.#try(start);
  }

  #try(start: readonly number[]): number {
    for (let n = 32; n <= LONGEST_RUN; n *= 2) {
      const [here, further] = [this.#right.coefficients(n, start), this.#right.coefficients(2 * n, start)];
      const close = here.every((value, q) => {
        const other = further[q] ?? value;
        return norm(value.map((x, i) => x - (other[i] ?? 0))) <= SETTLED * norm(other);
      });
      if (close) return n;
    }
    return refuse(
      'no-limit',
      `the equation still changes with n after ${LONGEST_RUN} steps: its memory does not fade, or too slowly`,
    );
  }

  /** Σ_q h^q f_q^{(∞)}(θ), whatever n is. */
  at(_n: number, theta: ArrayLike<number>, h: number): Float64Array {
    return this.#right.atFar(this.#far, theta, h);
  }

  layer(theta: readonly number[]): InitialLayer {
    const limit = this.#right.farCoefficients(this.#far, theta)[0] ?? new Float64Array(theta.length);
    const sum = this.#right.sumOfUpdates(this.#far, theta);
    const vector = Array.from(sum, (value, i) => value - this.#far * (limit[i] ?? 0));
    return { vector, present: norm(vector) > 1e-8 * norm(limit), steps: this.#far };
  }
}
