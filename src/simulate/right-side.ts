/**
 * The right side Σ_{q≤order} h^q f_q^{(n)}(θ) of the modified equation in Float64, from the optimizer's own recursion.
 *
 * With U the memoryless step, h f = log U applied to θ: h f = Σ_{r≥1} (−1)^{r+1}/r · Δ^r θ_0 on the points θ_{i+1} = U θ_i, where Δ^r is
 * O(h^r); order q needs r ≤ q + 1. For order 1 it is shorter: h f = u(θ − ½ h f_0), since everything is linear in the direction.
 * No derived formula takes part: `modeq simulate` compares it with the derived equation before it is believed.
 */
import { refuse } from '../base/problem.ts';
import { norm } from './compare-at-step.ts';
import { batchAt, type FloatLoss, type LossSequence } from './loss/float-loss.ts';
import { FrozenHistory } from './rows/frozen-history.ts';
import { addJet, copyJet, type Jet, jetOf } from './jet/jet.ts';
import { LinearHistory } from './rows/linear-history.ts';
import { linearRows } from './rows/linear-rows.ts';
import type { Setup } from './jet/row-machine.ts';
import { shownPoint } from './shown-point.ts';
import { withStartAtN } from './jet/start-rows.ts';
import { velocityForm } from './rows/velocity-form.ts';

export class RightSide {
  readonly order: number;
  readonly #losses: LossSequence;
  readonly #history: FrozenHistory;
  /** Null where the optimizer is not of the shape that it needs, or for higher orders. */
  readonly #linear: LinearHistory | null;
  readonly #products: { readonly batch: number; readonly direction: Float64Array; readonly product: Float64Array }[] =
    [];
  readonly #points: readonly Jet[];
  readonly #moves: readonly Jet[];
  readonly #atPoint = new Map<number, Jet>();

  constructor(given: Setup, losses: LossSequence, order: number) {
    const setup = velocityForm({ ...given, optimizer: withStartAtN(given.optimizer) });
    const { dimension } = losses;
    this.order = order;
    this.#losses = losses;
    const terms = order + 2;
    const count = order <= 1 ? 1 : order + 1;
    this.#points = Array.from({ length: count }, () => jetOf(dimension, terms));
    this.#moves = Array.from({ length: count }, () => jetOf(dimension, terms));
    const options = {
      ...setup,
      dimension,
      batches: losses.order.length,
      terms,
      gradient: (target: Jet, k: number, point: Jet, wanted: number): void =>
        this.#gradient(target, batchAt(losses, k), point, wanted),
    };
    this.#history = new FrozenHistory(options);
    const rows = order <= 1 && this.#history.deepest === 0 ? linearRows(setup.optimizer) : null;
    this.#linear =
      rows === null
        ? null
        : new LinearHistory({
            ...options,
            rows,
            batchAt: k => batchAt(losses, k),
            gradientAtPoint: batch => this.#gradientAtPoint(batch),
            product: (batch, direction) => this.#product(batch, direction),
          });
  }

  /** f_0, …, f_order at θ, each with `dimension` components. Refuses where a value does not exist. */
  coefficients(n: number, theta: ArrayLike<number>): Float64Array[] {
    return this.#read(this.#flow(n, this.#moveTo(theta)), n, theta);
  }

  /**
   * How fast the expansion in h goes, for one unit of h: the larger of ‖f_1‖/‖f_0‖ and (1 + memory)·‖∇²E_n f_0‖/‖∇E_n‖, where the memory is the mean age of
   * what the states remember, in steps. Terms of f_1 can cancel, so that the first alone says too little.
   */
  expansionRate(n: number, theta: ArrayLike<number>): number {
    const [first, second] = this.coefficients(n, theta);
    if (first === undefined || second === undefined) throw new Error('the rate needs order 1');
    const batch = batchAt(this.#losses, n);
    const slope = norm(this.#product(batch, first)) / norm(this.#gradientAtPoint(batch).data);
    return Math.max(norm(second) / norm(first), (1 + this.memory(n)) * slope);
  }

  /** The mean age, in steps, of what the states at label n hold; n where it is not known. */
  memory(n: number): number {
    return this.#linear === null ? n : this.#linear.memory(n);
  }

  /** From which n on nothing changes with n, at most `longest`; null where the weights of the past do not tell. */
  settled(longest: number): number | null {
    return this.#linear?.settled(longest) ?? null;
  }
  /** The coefficients at an n from which on nothing changes with n; one loss. */
  farCoefficients(n: number, theta: ArrayLike<number>): Float64Array[] {
    if (this.#linear === null || !this.#linear.isStationary(n)) return this.coefficients(n, theta);
    return this.#read(this.#linear.stationaryFlow(n, this.#moveTo(theta), this.order === 0 ? 0 : 1), n, theta);
  }
  /** Σ_q h^q f_q there. */
  atFar(n: number, theta: ArrayLike<number>, h: number): Float64Array {
    return weighted(this.farCoefficients(n, theta), h);
  }
  /** f_0^{(0)} + … + f_0^{(n−1)} at one point. */
  sumOfUpdates(n: number, theta: ArrayLike<number>): Float64Array {
    return this.#history.sumOfUpdates(n, this.#moveTo(theta));
  }

  #moveTo(theta: ArrayLike<number>): Jet {
    this.#atPoint.clear();
    this.#products.length = 0;
    const [first] = this.#points;
    if (first === undefined) throw new Error('no point');
    for (let i = 0; i < this.#losses.dimension; i += 1) first.data[i] = theta[i] ?? Number.NaN;
    first.degree = 0;
    return first;
  }

  #read(h: Jet, n: number, theta: ArrayLike<number>): Float64Array[] {
    const { dimension } = this.#losses;
    const values: Float64Array[] = [];
    for (let q = 0; q <= this.order; q += 1) {
      const value = new Float64Array(dimension);
      for (let i = 0; i < dimension; i += 1)
        value[i] = q + 1 > h.degree ? 0 : (h.data[(q + 1) * dimension + i] ?? Number.NaN);
      if (!value.every(Number.isFinite))
        refuse('undefined-at-point', `f_${q} has no value at n = ${n}, θ = ${shownPoint(theta)}`);
      values.push(value);
    }
    return values;
  }

  /** Σ_q h^q f_q. */
  at(n: number, theta: ArrayLike<number>, h: number): Float64Array {
    return weighted(this.coefficients(n, theta), h);
  }

  #flow(n: number, point: Jet): Jet {
    if (this.order > 1) return this.#byDifferences(n, point);
    // With few steps for each batch a product a step is cheaper than one for each batch and function.
    const few = this.order === 1 && n < 3 * this.#losses.order.length;
    return this.#linear === null || few
      ? this.#byHalfStep(n, point)
      : this.#linear.flow(n, point, this.order === 0 ? 0 : 1);
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
    if (terms > 1 && point.degree > 0) this.#loss(batch).gradient(target, point, terms);
    else copyJet(target, this.#gradientAtPoint(batch), 1);
  }

  #loss(batch: number): FloatLoss {
    const loss = this.#losses.losses[batch];
    if (loss === undefined) throw new Error(`there is no loss ${batch}`);
    return loss;
  }

  #gradientAtPoint(batch: number): Jet {
    const known = this.#atPoint.get(batch);
    if (known) return known;
    const [point] = this.#points;
    if (point === undefined) throw new Error('no point');
    const made = jetOf(this.#losses.dimension, 1);
    this.#loss(batch).gradient(made, { ...point, degree: 0 }, 1);
    this.#atPoint.set(batch, made);
    return made;
  }

  /** ∇²E_batch(θ)·direction. A multiple of an earlier direction, as all are in the full batch of Adam, costs nothing. */
  #product(batch: number, direction: Float64Array): Float64Array {
    for (const known of this.#products) {
      const factor = known.batch === batch ? multipleOf(direction, known.direction) : null;
      if (factor !== null) return known.product.map(value => factor * value);
    }
    const { dimension } = this.#losses;
    const [start] = this.#points;
    const point = jetOf(dimension, 2);
    if (start !== undefined) copyJet(point, { ...start, degree: 0 }, 1);
    point.data.set(direction, dimension);
    point.degree = 1;
    const jet = jetOf(dimension, 2);
    this.#loss(batch).gradient(jet, point, 2);
    const product = jet.degree > 0 ? jet.data.slice(dimension) : new Float64Array(dimension);
    this.#products.push({ batch, direction: direction.slice(), product });
    return product;
  }
}

/** Σ_q h^q values[q]. */
function weighted(values: readonly Float64Array[], h: number): Float64Array {
  const sum = new Float64Array(values[0]?.length ?? 0);
  for (const value of values.toReversed())
    for (let i = 0; i < sum.length; i += 1) sum[i] = h * (sum[i] ?? 0) + (value[i] ?? 0);
  return sum;
}

/** Directions that differ by less are the same but for the rounding of the sums that made them. */
const SAME_DIRECTION = 1e-13;

/** c with a = c·b; null where there is none. */
function multipleOf(a: Float64Array, b: Float64Array): number | null {
  let [product, square, largest] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    product += (a[i] ?? 0) * (b[i] ?? 0);
    square += (b[i] ?? 0) ** 2;
    largest = Math.max(largest, Math.abs(a[i] ?? 0));
  }
  if (square === 0) return largest === 0 ? 1 : null;
  const factor = product / square;
  for (let i = 0; i < a.length; i += 1)
    if (!(Math.abs((a[i] ?? 0) - factor * (b[i] ?? 0)) <= SAME_DIRECTION * largest)) return null;
  return factor;
}
