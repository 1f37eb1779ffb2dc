/** Differences of index letters that are known to be bounded: x ≤ y + c, closed under adding up. */

/** The number 0 among the letters. */
export const NOUGHT = '0';

export class IndexOrder {
  readonly #letters: readonly string[];
  readonly #bounds = new Map<string, number>();

  /** From bounds x ≤ y + c. */
  constructor(given: readonly { readonly left: string; readonly right: string; readonly by: number }[]) {
    this.#letters = [...new Set(given.flatMap(({ left, right }) => [left, right]))];
    for (const letter of this.#letters) this.#bounds.set(`${letter} ${letter}`, 0);
    for (const { left, right, by } of given) this.#bounds.set(`${left} ${right}`, Math.min(by, this.most(left, right)));
    for (const middle of this.#letters)
      for (const left of this.#letters)
        for (const right of this.#letters) {
          const through = this.most(left, middle) + this.most(middle, right);
          if (through < this.most(left, right)) this.#bounds.set(`${left} ${right}`, through);
        }
  }

  /** The least known c with left ≤ right + c; Infinity: none. */
  most(left: string, right: string): number {
    return this.#bounds.get(`${left} ${right}`) ?? (left === right ? 0 : Number.POSITIVE_INFINITY);
  }
}
