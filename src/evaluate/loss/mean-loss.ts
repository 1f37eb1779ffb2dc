/** The mean of losses: E = (1/m) Σ_k E_k of the batches of an epoch. */
import { Rational } from '../../number/rational.ts';
import type { Loss, LossFunction } from './loss.ts';

export class MeanLoss implements Loss {
  readonly text: string;
  readonly #losses: readonly Loss[];

  /** Of at least one loss. */
  constructor(losses: readonly Loss[]) {
    this.#losses = losses;
    this.text = `(${losses.map(({ text }) => text).join(' + ')})/${losses.length}`;
  }

  derivative(indices: readonly number[]): LossFunction {
    const parts = this.#losses.map(loss => loss.derivative(indices));
    return (ring, x, memo) => {
      const sum = parts.map(part => part(ring, x, memo)).reduce((total, value) => ring.add(total, value));
      return ring.multiply(ring.fromRational(Rational.of(1, parts.length)), sum);
    };
  }
}
