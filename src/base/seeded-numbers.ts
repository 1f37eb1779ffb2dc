/** Random numbers that depend on a seed alone (Mulberry32): the same seed gives the same numbers on every machine. */

export class SeededNumbers {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Uniform in [0, 1), a multiple of 2^−32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer from `lowest` to `highest`. */
  integer(lowest: number, highest: number): number {
    return lowest + Math.floor(this.next() * (highest - lowest + 1));
  }

  /** 0 … count − 1 in random order. */
  order(count: number): number[] {
    const order = Array.from({ length: count }, (_, at) => at);
    for (let at = count - 1; at > 0; at -= 1) {
      const other = this.integer(0, at);
      const [here, there] = [order[at] ?? 0, order[other] ?? 0];
      order[at] = there;
      order[other] = here;
    }
    return order;
  }
}

/** A whole number from 0 to 2³² − 1 that depends on the text and the start alone (FNV-1a, mixed as in MurmurHash3). */
export function hashOf(text: string, start: number): number {
  let h = 2166136261 ^ start;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  h = Math.imul(h ^ (h >>> 15), 2246822507);
  h = Math.imul(h ^ (h >>> 13), 3266489909);
  return (h ^ (h >>> 16)) >>> 0;
}
