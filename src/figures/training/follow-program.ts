/**
 * The solution of the piecewise modified equation beside a run: one step of Bogacki and Shampine's pair of orders 3 and 2 (1989) on every
 * [nh, (n+1)h], beginning with half as many parts as the piece before had, halved as long as their difference is above the tolerance. In place, without allocation.
 */
import type { DenseNetwork } from '../../simulate/network/dense-network.ts';
import type { VectorProgram } from './vector-program.ts';

/** Of the difference of the two orders in a step, relative to 1 + |θ_j|; far below the distances that are looked at. */
const TOLERANCE = 1e-6;
/** A piece that needs more halvings belongs to a solution that is stiff or blows up there. */
const MOST_HALVINGS = 4;

export class EquationFollower {
  readonly theta: Float64Array;
  readonly #program: VectorProgram;
  readonly #network: DenseNetwork;
  readonly #h: number;
  readonly #order: number;
  readonly #slopes: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
  readonly #trial: Float64Array;
  readonly #next: Float64Array;
  /** Why it ended; null while it goes on. */
  ended: 'stiff' | 'blow-up' | null = null;
  #n = 0;
  /** How often the last piece was halved. */
  #halvings = 0;
  /** Whether the first slope is that at the trial point: after a step that was too long, or behind one on the same piece. */
  #isKnown = false;

  constructor(program: VectorProgram, network: DenseNetwork, start: Float64Array, h: number, order: number) {
    const room = (): Float64Array => new Float64Array(start.length);
    this.theta = start.slice();
    this.#program = program;
    this.#network = network;
    this.#h = h;
    this.#order = order;
    this.#slopes = [room(), room(), room(), room()];
    this.#trial = room();
    this.#next = room();
  }

  /** From nh to (n+1)h; θ stays what it was where the piece could not be passed. */
  step(): void {
    if (this.ended !== null) return;
    let [done, halvings] = [0, Math.max(0, this.#halvings - 1)];
    this.#isKnown = false;
    this.#trial.set(this.theta);
    while (done < 1) {
      const part = Math.min(2 ** -halvings, 1 - done);
      const error = this.#try(part * this.#h);
      if (!Number.isFinite(error)) {
        this.ended = 'blow-up';
        return;
      }
      if (error <= 1) {
        this.#trial.set(this.#next);
        this.#slopes[0].set(this.#slopes[3]);
        done += part;
      } else if (halvings < MOST_HALVINGS) halvings += 1;
      else {
        this.ended = 'stiff';
        return;
      }
    }
    this.theta.set(this.#trial);
    this.#halvings = halvings;
    this.#n += 1;
  }

  /** One step of the pair from the trial point; the error in units of the tolerance. */
  #try(length: number): number {
    const [k1, k2, k3, k4] = this.#slopes;
    const y = this.#trial;
    const next = this.#next;
    if (!this.#isKnown) this.#slope(k1, y);
    this.#isKnown = true;
    for (let i = 0; i < y.length; i += 1) next[i] = (y[i] ?? 0) + (length / 2) * (k1[i] ?? 0);
    this.#slope(k2, next);
    for (let i = 0; i < y.length; i += 1) next[i] = (y[i] ?? 0) + ((3 * length) / 4) * (k2[i] ?? 0);
    this.#slope(k3, next);
    for (let i = 0; i < y.length; i += 1)
      next[i] = (y[i] ?? 0) + (length / 9) * (2 * (k1[i] ?? 0) + 3 * (k2[i] ?? 0) + 4 * (k3[i] ?? 0));
    this.#slope(k4, next);
    let worst = 0;
    for (let i = 0; i < y.length; i += 1) {
      const difference = length * ((-5 * (k1[i] ?? 0)) / 72 + (k2[i] ?? 0) / 12 + (k3[i] ?? 0) / 9 - (k4[i] ?? 0) / 8);
      const error = Math.abs(difference) / (TOLERANCE * (1 + Math.abs(y[i] ?? 0)));
      if (!(error <= worst)) worst = error;
    }
    return worst;
  }

  #slope(target: Float64Array, theta: Float64Array): void {
    this.#network.moveTo(theta);
    this.#program.evaluate(target, this.#network, this.#n, this.#h, this.#order);
  }
}
