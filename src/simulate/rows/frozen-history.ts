/**
 * The memoryless one-step map of an optimizer in power series of h, by running the optimizer itself.
 *
 * At the current θ^{(n)} = θ the past is θ^{(k)} = θ − (u^{(k)} + … + u^{(n−1)}) with the updates u^{(l)} = θ^{(l+1)} − θ^{(l)} = O(h).
 * The optimizer is run along this past again and again; each pass gets one power of h more right. Running sums of the
 * updates give the past: no n² loop, no matrix.
 */
import { addJet, copyJet, type Jet, jetOf } from '../jet/jet.ts';
import { type MachineOptions, RowMachine } from '../jet/row-machine.ts';

export interface HistoryOptions extends Omit<MachineOptions, 'step' | 'iterate' | 'gradient'> {
  /** ∇E_k along a series of points that all begin with the same θ. */
  gradient(target: Jet, k: number, point: Jet, terms: number): void;
}

export class FrozenHistory {
  readonly #machine: RowMachine;
  readonly #dimension: number;
  /** θ^{(k)}, θ^{(k−1)}, … as far back as the rows read. */
  readonly #past: Jet[] = [];
  readonly #sum: Jet;
  readonly #total: Jet;
  readonly #move: Jet;

  constructor(options: HistoryOptions) {
    const { dimension, terms } = options;
    this.#dimension = dimension;
    this.#machine = new RowMachine({
      ...options,
      step: null,
      iterate: offset => this.#past[-offset] ?? this.#past[0] ?? jetOf(dimension, terms),
    });
    for (let back = 0; back <= -this.#machine.deepest; back += 1) this.#past.push(jetOf(dimension, terms));
    this.#sum = jetOf(dimension, terms);
    this.#total = jetOf(dimension, terms);
    this.#move = jetOf(dimension, terms);
  }

  /** How far back the rows read θ: 0 or negative. */
  get deepest(): number {
    return this.#machine.deepest;
  }

  /**
   * θ^{(n+1)} − θ^{(n)} at θ^{(n)} = `point`, a series of at least order + 2 terms: coefficients of h, …, h^{order+1} (that of h⁰ is
   * zero). The jet is overwritten by the next call.
   */
  update(n: number, point: Jet, order: number): Jet {
    this.#clear(this.#total);
    for (let right = 0; right <= order; right += 1) this.#pass(n, point, right, right === order);
    return this.#move;
  }

  /** The coefficient of h of u^{(0)} + … + u^{(n−1)} at one point. */
  sumOfUpdates(n: number, point: Jet): Float64Array {
    this.#clear(this.#total);
    this.#pass(n, point, 0, true);
    const { data, degree } = this.#sum;
    return degree > 0 ? data.slice(this.#dimension, 2 * this.#dimension) : new Float64Array(this.#dimension);
  }

  /** One pass in which all updates become right through h^{right+1}; only the last one is needed to that power at the end. */
  #pass(n: number, point: Jet, right: number, last: boolean): void {
    const terms = right + 2;
    this.#clear(this.#sum);
    for (let k = 0; k <= n; k += 1) {
      this.#place(k, n, point, terms);
      this.#machine.begin(k, terms);
      const short = last && right > 0 && k < n && this.#machine.deepest === 0;
      const wanted = short ? terms - 1 : terms;
      copyJet(this.#move, this.#machine.update(wanted), wanted);
      const here = this.#past[0];
      if (here !== undefined) addJet(this.#move, here, -1, wanted);
      // Exactly zero, but for the rounding of (1+β)θ − βθ − θ.
      for (let i = 0; i < this.#dimension; i += 1) this.#move.data[i] = 0;
      if (k === n) break;
      addJet(this.#sum, this.#move, 1, wanted);
      this.#machine.finish(terms);
    }
    copyJet(this.#total, this.#sum, terms);
  }

  /** Makes θ^{(k)} = point + (u^{(0)} + … + u^{(k−1)}) − (u^{(0)} + … + u^{(n−1)}) the first of the past. */
  #place(k: number, n: number, point: Jet, terms: number): void {
    const oldest = this.#past.pop();
    if (oldest === undefined) return;
    this.#past.unshift(oldest);
    copyJet(oldest, point, terms);
    if (k < n || this.#machine.deepest < 0) {
      addJet(oldest, this.#sum, 1, terms);
      addJet(oldest, this.#total, -1, terms);
    }
    // θ^{(k)} = θ^{(0)} before the first step.
    if (k === 0) for (const jet of this.#past) if (jet !== oldest) copyJet(jet, oldest, terms);
  }

  #clear(jet: Jet): void {
    jet.data.fill(0, 0, this.#dimension);
    jet.degree = 0;
  }
}
