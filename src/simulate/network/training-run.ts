/** An optimizer's own rows on the loss of a network in the full batch, in place: no step allocates. */
import { type Jet, jetOf } from '../jet/jet.ts';
import { RowMachine, type Setup } from '../jet/row-machine.ts';
import type { DenseNetwork } from './dense-network.ts';

export class TrainingRun {
  /** θ^{(n)}. */
  readonly theta: Float64Array;
  /** E(θ^{(n)}); its gradient is that of the network. */
  loss: number;
  readonly #network: DenseNetwork;
  readonly #machine: RowMachine;
  readonly #here: Jet;
  #n = 0;

  constructor(setup: Setup, network: DenseNetwork, start: ArrayLike<number>, h: number) {
    const { dimension } = network;
    this.#network = network;
    this.theta = Float64Array.from(start);
    this.#here = { ...jetOf(dimension, 1), data: this.theta };
    this.#machine = new RowMachine({
      ...setup,
      dimension,
      batches: 1,
      terms: 1,
      step: h,
      iterate: () => this.#here,
      gradient: (target, _, point) => this.#gradient(target, point),
    });
    if (this.#machine.deepest < 0) throw new Error('a rule that reads earlier points is not trained here');
    this.loss = network.moveTo(this.theta);
  }

  get n(): number {
    return this.#n;
  }

  /** From θ^{(n)} to θ^{(n+1)}; the network must be where it was left. */
  step(): void {
    this.#machine.begin(this.#n, 1);
    const { data } = this.#machine.update(1);
    this.#machine.finish(1);
    for (let i = 0; i < this.theta.length; i += 1) this.theta[i] = data[i] ?? Number.NaN;
    this.#n += 1;
    this.loss = this.#network.moveTo(this.theta);
  }

  /** At θ^{(n)} the network knows it already. */
  #gradient(target: Jet, point: Jet): void {
    if (point !== this.#here && !sameNumbers(point.data, this.theta)) {
      this.#network.moveTo(point.data);
      target.data.set(this.#network.gradient);
      this.#network.moveTo(this.theta);
    } else target.data.set(this.#network.gradient);
    target.degree = 0;
  }
}

function sameNumbers(a: ArrayLike<number>, b: Float64Array): boolean {
  for (let i = 0; i < b.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** ‖g‖_{1,ε} = Σ_j √(g_j² + ε). */
export function perturbedOneNorm(gradient: Float64Array, epsilon: number): number {
  let sum = 0;
  for (let j = 0; j < gradient.length; j += 1) {
    const g = gradient[j] ?? Number.NaN;
    sum += Math.sqrt(g * g + epsilon);
  }
  return sum;
}
