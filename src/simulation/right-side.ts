/**
 * The right side Σ_{q≤order} h^q f_q^{(n)}(θ) of the modified equation in Float64, from the optimizer's own recursion.
 *
 * With U the memoryless step, h f = log U applied to θ: h f = Σ_{r≥1} (−1)^{r+1}/r · Δ^r θ_0 on the points θ_{i+1} = U θ_i, where Δ^r is
 * O(h^r); order q needs r ≤ q + 1. For order 1 it is shorter: h f = u(θ − ½ h f_0), since everything is linear in the direction.
 * No derived formula takes part: `modeq simulate` compares it with the derived equation before it is believed.
 */
import { refuse } from '../base/problem.ts';
import { batchAt, type LossSequence } from './float-loss.ts';
import { FrozenHistory } from './frozen-history.ts';
import { addJet, copyJet, type Jet, jetOf } from './jet.ts';
import type { Setup } from './row-machine.ts';

export class RightSide {
  readonly order: number;
  readonly #losses: LossSequence;
  readonly #history: FrozenHistory;
  readonly #points: readonly Jet[];
  readonly #moves: readonly Jet[];
  readonly #atPoint = new Map<number, Jet>();

  constructor(setup: Setup, losses: LossSequence, order: number) {
    const { dimension } = losses;
    this.order = order;
    this.#losses = losses;
    const terms = order + 2;
    const count = order <= 1 ? 1 : order + 1;
    this.#points = Array.from({ length: count }, () => jetOf(dimension, terms));
    this.#moves = Array.from({ length: count }, () => jetOf(dimension, terms));
    this.#history = new FrozenHistory({
      ...setup,
      dimension,
      batches: losses.order.length,
      terms,
      gradient: (target, k, point, wanted) => this.#gradient(target, batchAt(losses, k), point, wanted),
    });
  }

  /** f_0, …, f_order at θ, each with `dimension` components. Refuses where a value does not exist. */
  coefficients(n: number, theta: ArrayLike<number>): Float64Array[] {
    this.#atPoint.clear();
    const { dimension } = this.#losses;
    const [first] = this.#points;
    if (first === undefined) throw new Error('no point');
    for (let i = 0; i < dimension; i += 1) first.data[i] = theta[i] ?? Number.NaN;
    first.degree = 0;
    const h = this.order <= 1 ? this.#byHalfStep(n, first) : this.#byDifferences(n, first);
    const values: Float64Array[] = [];
    for (let q = 0; q <= this.order; q += 1) {
      const value = new Float64Array(dimension);
      for (let i = 0; i < dimension; i += 1)
        value[i] = q + 1 > h.degree ? 0 : (h.data[(q + 1) * dimension + i] ?? Number.NaN);
      if (!value.every(Number.isFinite))
        refuse('undefined-at-point', `f_${q} has no value at n = ${n}, θ = (${short(theta)})`);
      values.push(value);
    }
    return values;
  }

  /** Σ_q h^q f_q. */
  at(n: number, theta: ArrayLike<number>, h: number): Float64Array {
    const coefficients = this.coefficients(n, theta);
    const [first] = coefficients;
    if (first === undefined) throw new Error('no coefficient');
    const sum = Float64Array.from(first);
    let power = 1;
    for (const value of coefficients.slice(1)) {
      power *= h;
      for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + power * (value[i] ?? 0);
    }
    return sum;
  }

  #byHalfStep(n: number, point: Jet): Jet {
    if (this.order === 0) return this.#history.update(n, point, 0);
    const { dimension } = this.#losses;
    const move = this.#history.update(n, point, 0);
    for (let i = 0; i < dimension; i += 1) point.data[dimension + i] = -(move.data[dimension + i] ?? 0) / 2;
    point.degree = 1;
    return this.#history.update(n, point, 1);
  }

  #byDifferences(n: number, start: Jet): Jet {
    const terms = this.order + 2;
    let point = start;
    this.#moves.forEach((move, at) => {
      copyJet(move, this.#history.update(n, point, this.order), terms);
      const next = this.#points[at + 1];
      if (next === undefined) return;
      copyJet(next, point, terms);
      addJet(next, move, 1, terms);
      point = next;
    });
    // Δ^{r−1} of the moves, in place from the end.
    const [sum] = this.#moves;
    if (sum === undefined) throw new Error('no move');
    const differences = this.#moves.slice(1);
    let previous: readonly Jet[] = this.#moves.map(move => ({ ...move, data: Float64Array.from(move.data) }));
    differences.forEach((_, at) => {
      previous = previous.slice(1).map((move, place) => {
        const made = { ...move, data: Float64Array.from(move.data) };
        const before = previous[place];
        if (before !== undefined) addJet(made, before, -1, terms);
        return made;
      });
      const [lead] = previous;
      const r = at + 2;
      if (lead !== undefined) addJet(sum, lead, (r % 2 === 0 ? -1 : 1) / r, terms);
    });
    return sum;
  }

  /** Gradients at θ itself are taken once for each loss. */
  #gradient(target: Jet, batch: number, point: Jet, terms: number): void {
    const loss = this.#losses.losses[batch];
    if (loss === undefined) throw new Error(`there is no loss ${batch}`);
    if (terms > 1 && point.degree > 0) {
      loss.gradient(target, point, terms);
      return;
    }
    const known = this.#atPoint.get(batch) ?? jetOf(this.#losses.dimension, 1);
    if (!this.#atPoint.has(batch)) {
      loss.gradient(known, point, 1);
      this.#atPoint.set(batch, known);
    }
    copyJet(target, known, 1);
  }
}

const short = (theta: ArrayLike<number>): string => {
  const shown = Array.from(theta)
    .slice(0, 4)
    .map(value => value.toPrecision(6));
  return theta.length > 4 ? `${shown.join(', ')}, …` : shown.join(', ');
};
