/** Draws that follow from a seed alone, so that a failing case can be drawn again. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed + 1, 2654435761) >>> 0;
    for (let i = 0; i < 3; i += 1) this.#next();
  }

  /** A whole number from low to high. */
  int(low: number, high: number): number {
    return low + (this.#next() % (high - low + 1));
  }

  /** True in so many of a hundred draws. */
  chance(percent: number): boolean {
    return this.int(0, 99) < percent;
  }

  pick<T>(values: readonly T[]): T {
    const found = values[this.int(0, values.length - 1)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  }

  /** The result of one of the makers. */
  oneOf<T>(makers: readonly (() => T)[]): T {
    return this.pick(makers)();
  }

  list<T>(low: number, high: number, make: () => T): T[] {
    return Array.from({ length: this.int(low, high) }, make);
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }
}
