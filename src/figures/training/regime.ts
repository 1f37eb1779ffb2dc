/**
 * The regimes of training after Ma, Wu and E (2022), by a criterion that is stated: the largest of E(θ^{(n)}) relative to the least loss before
 * it, up to where the loss first falls below the threshold.
 */

export const SPIKE = 2;

export interface TrainingRegime {
  /**
   * `monotone`: the loss never rises; `oscillation`: it rises, but never to more than SPIKE times the least before; `spikes`: it does; `divergence`: it has
   * no value, or ends above where it began.
   */
  readonly kind: 'monotone' | 'oscillation' | 'spikes' | 'divergence';
  /** max_n E(θ^{(n)}) / min_{k ≤ n} E(θ^{(k)}). */
  readonly rise: number;
  /** Share of the steps that raise the loss. */
  readonly risen: number;
}

/** Takes in losses step by step. */
export class RegimeWatch {
  #first = Number.NaN;
  #last = Number.NaN;
  #least = Number.POSITIVE_INFINITY;
  #rise = 1;
  #rises = 0;
  #steps = 0;

  take(loss: number): void {
    if (Number.isNaN(this.#first)) this.#first = loss;
    else {
      this.#steps += 1;
      if (loss > this.#last) this.#rises += 1;
    }
    this.#last = loss;
    this.#least = Math.min(this.#least, loss);
    this.#rise = Math.max(this.#rise, loss / this.#least);
  }

  get regime(): TrainingRegime {
    const risen = this.#steps === 0 ? 0 : this.#rises / this.#steps;
    const isLost = !Number.isFinite(this.#last) || this.#last > this.#first;
    const kind = isLost ? 'divergence' : this.#rise > SPIKE ? 'spikes' : this.#rises > 0 ? 'oscillation' : 'monotone';
    return { kind, rise: this.#rise, risen };
  }
}

/** Those to which the equations speak. */
export const isStable = ({ kind }: TrainingRegime): boolean => kind === 'monotone' || kind === 'oscillation';
