/**
 * f_0 and f_1 where the states are sums over the history with known weights ({@link PastWeights}): one pass over the history without
 * Hessians, then one product for each function of the gradient and batch, since everything is linear in the direction.
 *
 * To first order θ^{(k)} = θ − h(f-sums from k to n−1), and the finite step subtracts ½h f_0 from every point, so that step k sees the
 * direction S_k − S_n − ½f_0 with running sums S of the updates. Source: design of the two parts of f_1, memory and discretization.
 */
import { RowCompiler } from '../jet/compile-rows.ts';
import type { HistoryOptions } from './frozen-history.ts';
import { copyJet, type Jet, jetOf } from '../jet/jet.ts';
import { StepClock, type JetNode } from '../jet/jet-node.ts';
import type { LinearRow } from './linear-rows.ts';
import { type PastWeight, PastWeights } from './past-weights.ts';
import { RowMachine } from '../jet/row-machine.ts';
import { Valuations } from '../jet/valuations.ts';

export interface LinearHistoryOptions extends HistoryOptions {
  readonly rows: readonly LinearRow[];
  /** Which loss step k uses. */
  batchAt(k: number): number;
  /** ∇E_batch at θ itself, and the product of its Hessian there with a direction. */
  gradientAtPoint(batch: number): Jet;
  product(batch: number, direction: Float64Array): Float64Array;
}

/** The directions of one function of the gradient in one state, batch by batch, before S_n + ½f_0 is taken off. */
interface Gathered {
  readonly weight: PastWeight;
  readonly directions: Map<number, { readonly sum: Float64Array; total: number }>;
}

/** Σ_k weight and Σ_k weight·(n − k). */
interface Moments {
  readonly weight: PastWeight;
  readonly total: number;
  readonly moment: number;
}

export class LinearHistory {
  readonly #options: LinearHistoryOptions;
  readonly #weights: PastWeights;
  readonly #machine: RowMachine;
  readonly #here: Jet;
  readonly #points: readonly (JetNode | null)[];
  readonly #functions: readonly JetNode[];
  readonly #functionClock = new StepClock();
  readonly #functionGradient: Jet;
  #frozen = true;
  #stationary: { readonly n: number; readonly moments: readonly Moments[] } | null = null;
  #known: { readonly n: number; readonly weights: readonly PastWeight[] } | null = null;

  constructor(options: LinearHistoryOptions) {
    const { dimension, rows, batches } = options;
    this.#options = options;
    this.#weights = new PastWeights(rows, options, dimension, batches);
    this.#here = jetOf(dimension, 3);
    this.#functionGradient = jetOf(dimension, 2);
    this.#machine = new RowMachine({
      ...options,
      terms: 3,
      step: null,
      iterate: () => this.#here,
      gradient: (target, k, point, terms) => this.#gradient(target, k, point, terms),
    });
    this.#points = this.#weights.functions.map(({ point }) => (point === null ? null : this.#machine.point(point)));
    this.#functions = this.#compileFunctions();
  }

  /** How many products a batch costs at most in an evaluation. */
  get productsPerBatch(): number {
    return this.#weights.at(2).length + 1;
  }

  #compileFunctions(): JetNode[] {
    const { optimizer, hyperparameters, dimension, batches } = this.#options;
    const none = (): never => {
      throw new Error('a function of the gradient reads something else');
    };
    const compiler = new RowCompiler(
      optimizer,
      {
        clock: this.#functionClock,
        dimension,
        batches,
        terms: 2,
        step: 0,
        scalar: name => hyperparameters.get(name) ?? Number.NaN,
        schedule: none,
        iterate: () => this.#here,
        state: () => this.#here,
        gradient: (target, _offset, _point, terms) => copyJet(target, this.#functionGradient, terms),
      },
      new Valuations(optimizer, false),
    );
    return this.#weights.functions.map(({ pure }) => compiler.row(pure));
  }

  #gradient(target: Jet, k: number, point: Jet, terms: number): void {
    const batch = this.#options.batchAt(k);
    copyJet(target, this.#options.gradientAtPoint(batch), 1);
    if (this.#frozen || terms === 1 || point.degree === 0) return;
    const { dimension } = this.#options;
    target.data.set(this.#options.product(batch, point.data.slice(dimension, 2 * dimension)), dimension);
    target.degree = 1;
  }

  /** h f_0 + h² f_1 as a jet, or h f_0 alone; overwritten by the next call. */
  flow(n: number, theta: Jet, order: 0 | 1): Jet {
    const terms = order + 2;
    copyJet(this.#here, theta, 1);
    this.#frozen = true;
    const gathered = order === 0 ? [] : this.#gather(n);
    const sum = this.#pass(n, terms, gathered);
    this.#machine.begin(n, terms);
    const first = this.#machine.update(2);
    if (order === 0) return this.#difference(first, 2);
    return this.#withPast(n, first, sum, gathered);
  }

  /** The second half: f_0 is known, the past is displaced by it. */
  #withPast(n: number, first: Jet, sum: Float64Array, gathered: readonly Gathered[]): Jet {
    const { dimension } = this.#options;
    const half = new Float64Array(dimension);
    const shift = new Float64Array(dimension);
    for (let i = 0; i < dimension; i += 1) {
      const velocity = first.degree < 1 ? 0 : (first.data[dimension + i] ?? Number.NaN);
      shift[i] = -velocity / 2;
      half[i] = (sum[i] ?? 0) + velocity / 2;
    }
    for (const each of gathered) this.#applyPast(each, half);
    this.#frozen = false;
    this.#here.data.set(shift, dimension);
    this.#here.degree = 1;
    // Again at the same n: states at n are kept, and at n = 0 they are made from the first gradient at the shifted point.
    this.#machine.begin(n, 3);
    return this.#difference(this.#machine.update(3), 3);
  }

  /** The mean age of what the states at label n hold, in steps; the largest of the states. */
  memory(n: number): number {
    let largest = 0;
    for (const { weights } of this.#weights.at(n)) {
      let [size, moment] = [0, 0];
      weights.forEach((value, k) => {
        size += Math.abs(value);
        moment += Math.abs(value) * (n - k);
      });
      largest = Math.max(largest, moment / size);
    }
    return largest;
  }

  /** See {@link PastWeights.settled}. */
  settled(longest: number): number | null {
    return this.#weights.hasScalarStates ? null : this.#weights.settled(longest);
  }
  isStationary(n: number): boolean {
    return this.#weights.settledAt === n;
  }

  /**
   * The same as {@link flow} for one loss and an n from which on nothing changes with n, without a pass over the history: what lies
   * j steps back is displaced by −j updates, all alike.
   */
  stationaryFlow(n: number, theta: Jet, order: 0 | 1): Jet {
    const { dimension, rows } = this.#options;
    copyJet(this.#here, theta, 1);
    this.#frozen = true;
    for (const { name } of rows) this.#machine.clearState(name);
    const moments = this.#stationaryMoments(n);
    for (const { weight, total } of moments) this.#addStationary(weight, total);
    this.#machine.begin(n, order + 2);
    const first = this.#machine.update(2);
    if (order === 0) return this.#difference(first, 2);
    const gathered = moments.map(({ weight, total, moment }): Gathered => {
      const directions = new Map([[0, { sum: new Float64Array(dimension), total }]]);
      const point = this.#points[weight.of]?.value(2);
      const ahead = point !== undefined && point.degree > 0 ? point.data.subarray(dimension, 2 * dimension) : null;
      const sum = directions.get(0)?.sum;
      for (let i = 0; sum !== undefined && i < dimension; i += 1)
        sum[i] =
          -moment * (first.degree < 1 ? 0 : (first.data[dimension + i] ?? Number.NaN)) + total * (ahead?.[i] ?? 0);
      return { weight, directions };
    });
    return this.#withPast(n, first, new Float64Array(dimension), gathered);
  }

  /** Σ_k weight and Σ_k weight·(n − k) of each function in each state. */
  #stationaryMoments(n: number): readonly Moments[] {
    if (this.#stationary?.n === n) return this.#stationary.moments;
    const moments = this.#weights.at(n).map(weight => {
      let [total, moment] = [0, 0];
      weight.weights.forEach((value, k) => {
        total += value;
        moment += value * (n - k);
      });
      return { weight, total, moment };
    });
    this.#stationary = { n, moments };
    return moments;
  }

  #addStationary({ state, of }: PastWeight, total: number): void {
    const { dimension, rows } = this.#options;
    const [row, part, node] = [rows[state], this.#weights.functions[of], this.#functions[of]];
    if (row === undefined || part === undefined || node === undefined) throw new Error('a weight without a state');
    copyJet(this.#functionGradient, this.#options.gradientAtPoint(0), 1);
    this.#functionClock.advance(0);
    const { data, width } = node.value(1);
    this.#machine.addToState(
      row.name,
      part.power,
      Float64Array.from({ length: dimension }, (_, i) => total * (data[width === 1 ? 0 : i] ?? Number.NaN)),
    );
  }

  #gather(n: number): Gathered[] {
    if (this.#known?.n !== n) this.#known = { n, weights: this.#weights.at(n) };
    return this.#known.weights.map(weight => ({ weight, directions: new Map() }));
  }

  /** The updates at the frozen point, their sum S_n, and the directions on the way. */
  #pass(n: number, terms: number, gathered: readonly Gathered[]): Float64Array {
    const { dimension } = this.#options;
    const sum = new Float64Array(dimension);
    for (let k = 0; k < n; k += 1) {
      this.#machine.begin(k, terms);
      for (const each of gathered) this.#addUp(each, k, sum);
      const { data, degree } = this.#machine.update(2);
      if (degree > 0)
        for (let i = 0; i < dimension; i += 1) sum[i] = (sum[i] ?? 0) + (data[dimension + i] ?? Number.NaN);
      this.#machine.finish(terms);
    }
    return sum;
  }

  #addUp({ weight, directions }: Gathered, k: number, sum: Float64Array): void {
    const { dimension, batchAt } = this.#options;
    const factor = weight.weights[k] ?? 0;
    if (factor === 0) return;
    const batch = batchAt(k);
    const entry = directions.get(batch) ?? { sum: new Float64Array(dimension), total: 0 };
    directions.set(batch, entry);
    entry.total += factor;
    for (let i = 0; i < dimension; i += 1) entry.sum[i] = (entry.sum[i] ?? 0) + factor * (sum[i] ?? 0);
    // How far the point of the gradient is from θ^{(k)}, as in a look-ahead.
    const point = this.#points[weight.of]?.value(2);
    if (point === undefined || point.degree === 0) return;
    for (let i = 0; i < dimension; i += 1)
      entry.sum[i] = (entry.sum[i] ?? 0) + factor * (point.data[dimension + i] ?? Number.NaN);
  }

  /** Adds what the past's displacement changes in a state. */
  #applyPast({ weight, directions }: Gathered, half: Float64Array): void {
    const { dimension, rows } = this.#options;
    const row = rows[weight.state];
    const part = this.#weights.functions[weight.of];
    const node = this.#functions[weight.of];
    if (row === undefined || part === undefined || node === undefined) throw new Error('a weight without a state');
    if (part.point === null) return;
    for (const [batch, { sum, total }] of directions) {
      const direction = sum.map((value, i) => value - total * (half[i] ?? 0));
      copyJet(this.#functionGradient, this.#options.gradientAtPoint(batch), 1);
      this.#functionGradient.data.set(this.#options.product(batch, direction), dimension);
      this.#functionGradient.degree = 1;
      this.#functionClock.advance(0);
      const { data, degree } = node.value(2);
      if (degree > 0) this.#machine.addToState(row.name, part.power + 1, data.subarray(dimension, 2 * dimension));
    }
  }

  /** update − θ^{(n)}, with the coefficient of h⁰ zero. */
  #difference(update: Jet, terms: number): Jet {
    const { dimension } = this.#options;
    const move = jetOf(dimension, terms);
    copyJet(move, update, terms);
    for (let i = 0; i < dimension; i += 1) {
      move.data[i] = 0;
      if (this.#here.degree > 0)
        move.data[dimension + i] = (move.data[dimension + i] ?? 0) - (this.#here.data[dimension + i] ?? 0);
    }
    if (this.#here.degree > 0) move.degree = Math.max(1, move.degree);
    return move;
  }
}
