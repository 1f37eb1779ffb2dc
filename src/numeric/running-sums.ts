/**
 * Partial sums that grow by one term at either end, so that sums with a moving bound cost one term a step.
 *
 * T(lo, hi) = Σ_{k=lo}^{hi} w(k)·x(k), where each weight w is a power of a number: one with a negative stride is 1 at
 * k = hi, one with a positive stride is 1 at k = lo, so that no power overflows and 0⁰ = 1 comes out right. Terms are
 * added, never taken away: a difference of two long sums would cancel.
 */
import { integerPower, type Ring } from './ring.ts';

/** base^{stride·k}, up to where it is 1. */
export interface RunningWeight<T> {
  readonly base: T;
  readonly stride: number;
}

export class RunningSums<T> {
  readonly #ring: Ring<T>;
  readonly #atUpper: readonly RunningWeight<T>[];
  readonly #atLower: readonly RunningWeight<T>[];
  readonly #fromLower = new Map<number, T[]>();
  readonly #fromUpper = new Map<number, T[]>();
  readonly #powers = new Map<number, { readonly upper: T | null; readonly lower: T | null }>();

  constructor(ring: Ring<T>, weights: readonly RunningWeight<T>[]) {
    this.#ring = ring;
    this.#atUpper = weights.filter(({ stride }) => stride < 0);
    this.#atLower = weights.filter(({ stride }) => stride > 0);
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
      const far = this.#power(k - lower).lower;
      const fresh = far === null ? term(k) : this.#ring.multiply(far, term(k));
      const step = this.#power(1).upper;
      if (before === undefined) sums.push(fresh);
      else sums.push(this.#ring.add(step === null ? before : this.#ring.multiply(step, before), fresh));
    }
    return at(sums, upper - lower);
  }

  #growDown(sums: T[], lower: number, upper: number, term: (k: number) => T): T {
    for (let k = upper - sums.length; k >= lower; k -= 1) {
      const before = sums[sums.length - 1];
      const far = this.#power(upper - k).upper;
      const fresh = far === null ? term(k) : this.#ring.multiply(far, term(k));
      const step = this.#power(1).lower;
      if (before === undefined) sums.push(fresh);
      else sums.push(this.#ring.add(step === null ? before : this.#ring.multiply(step, before), fresh));
    }
    return at(sums, upper - lower);
  }

  /** The weights anchored at either end, `distance` steps away from it; null: there are none. */
  #power(distance: number): { readonly upper: T | null; readonly lower: T | null } {
    const known = this.#powers.get(distance);
    if (known) return known;
    const made = { upper: this.#product(this.#atUpper, distance), lower: this.#product(this.#atLower, distance) };
    this.#powers.set(distance, made);
    return made;
  }
  #product(weights: readonly RunningWeight<T>[], distance: number): T | null {
    if (weights.length === 0) return null;
    return weights.reduce(
      (value, { base, stride }) =>
        this.#ring.multiply(value, integerPower(this.#ring, base, Math.abs(stride) * distance)),
      this.#ring.one,
    );
  }
}

function at<T>(values: readonly T[], place: number): T {
  const value = values[place];
  if (value === undefined) throw new Error('a running sum lost a term');
  return value;
}
