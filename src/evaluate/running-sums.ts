/**
 * Partial sums that grow by one term at either end, so that sums with a moving bound cost one term a step.
 *
 * T(lo, hi) = Σ_{k=lo}^{hi} w(k)·x(k), where each weight w is a power of a number: one with a negative stride is 1 at
 * k = hi, one with a positive stride is 1 at k = lo, so that no power overflows and 0⁰ = 1 comes out right. Terms are
 * added, never taken away: a difference of two long sums would cancel.
 */
import { integerPower, type Ring } from './ring/ring.ts';

/** base^{stride·k}, up to where it is 1. */
export interface RunningWeight<T> {
  readonly base: T;
  readonly stride: number;
}

export class RunningSums<T> {
  readonly #ring: Ring<T>;
  readonly #atUpper: Powers<T>;
  readonly #atLower: Powers<T>;
  readonly #fromLower = new Map<number, T[]>();
  readonly #fromUpper = new Map<number, T[]>();

  constructor(ring: Ring<T>, weights: readonly RunningWeight<T>[]) {
    this.#ring = ring;
    const powersAt = (isThere: (weight: RunningWeight<T>) => boolean): Powers<T> =>
      new Powers(ring, weights.filter(isThere));
    this.#atUpper = powersAt(({ stride }) => stride < 0);
    this.#atLower = powersAt(({ stride }) => stride > 0);
  }

  /** T(lower, upper) for lower ≤ upper; `term` gives x(k) and is asked once for each new end. */
  sum(lower: number, upper: number, term: (k: number) => T): T {
    const up = this.#fromLower.get(lower);
    if (up !== undefined) return this.#growUp(up, lower, upper, term);
    const down = this.#fromUpper.get(upper);
    if (down !== undefined) return this.#growDown(down, lower, upper, term);
    // The first sum grows upwards. When another lower end follows it, the upper end is likely to stay.
    const first: T[] = [];
    if (this.#fromLower.size === 0) {
      this.#fromLower.set(lower, first);
      return this.#growUp(first, lower, upper, term);
    }
    this.#fromUpper.set(upper, first);
    return this.#growDown(first, lower, upper, term);
  }

  #growUp(sums: T[], lower: number, upper: number, term: (k: number) => T): T {
    for (let k = lower + sums.length; k <= upper; k += 1) {
      const before = sums[sums.length - 1];
      const far = this.#atLower.at(k - lower);
      const fresh = far === null ? term(k) : this.#ring.multiply(far, term(k));
      const step = this.#atUpper.at(1);
      if (before === undefined) sums.push(fresh);
      else sums.push(this.#ring.add(step === null ? before : this.#ring.multiply(step, before), fresh));
    }
    return at(sums, upper - lower);
  }

  #growDown(sums: T[], lower: number, upper: number, term: (k: number) => T): T {
    for (let k = upper - sums.length; k >= lower; k -= 1) {
      const before = sums[sums.length - 1];
      const far = this.#atUpper.at(upper - k);
      const fresh = far === null ? term(k) : this.#ring.multiply(far, term(k));
      const step = this.#atLower.at(1);
      if (before === undefined) sums.push(fresh);
      else sums.push(this.#ring.add(step === null ? before : this.#ring.multiply(step, before), fresh));
    }
    return at(sums, upper - lower);
  }
}

/** Products of the weights from one end, `distance` steps away from it, each made from the one before. */
class Powers<T> {
  readonly #ring: Ring<T>;
  readonly #weights: readonly RunningWeight<T>[];
  readonly #known: T[] = [];

  constructor(ring: Ring<T>, weights: readonly RunningWeight<T>[]) {
    this.#ring = ring;
    this.#weights = weights;
  }

  /** Null: there are no weights. */
  at(distance: number): T | null {
    if (this.#weights.length === 0) return null;
    if (distance === 0) return this.#ring.one;
    const known = this.#known;
    if (known.length === 0) known.push(this.#step());
    for (let count = known.length; count < distance; count += 1)
      known.push(this.#ring.multiply(at(known, count - 1), at(known, 0)));
    return at(known, distance - 1);
  }

  #step(): T {
    return this.#weights.reduce(
      (value, { base, stride }) => this.#ring.multiply(value, integerPower(this.#ring, base, Math.abs(stride))),
      this.#ring.one,
    );
  }
}

function at<T>(values: readonly T[], place: number): T {
  const value = values[place];
  if (value === undefined) throw new Error('a running sum lost a term');
  return value;
}
