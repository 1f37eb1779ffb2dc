/**
 * What is noted while a limit is taken: the theorems, the rates, and the denominators whose limit is not known to be
 * non-zero. Where one of those vanishes nothing is said: the limit there is another one, to be taken by itself.
 */
import { type Expression, expressionKey } from '../../expression/expression.ts';

/** The theorems by which a limit may be taken. */
export type LimitTheorem =
  | 'n^a r^n → 0 for 0 ≤ r < 1'
  | 'a ratio of powers of n has the limit of its leading terms'
  | 'continuity: sums, products, quotients, roots and smooth functions of limits'
  | 'Silverman–Toeplitz: a limit under a sum whose weights leave every fixed time';

export interface LimitNotes {
  readonly theorems: ReadonlySet<LimitTheorem>;
  /** Symbols r whose r^n the difference from the limit is of the order of, up to powers of n. */
  readonly rates: ReadonlySet<string>;
  /** Whether the difference from the limit vanishes more slowly than any r^n may say. */
  readonly isSlow: boolean;
  /** By their keys: expressions that were divided by in the limit and may vanish. */
  readonly divisors: ReadonlyMap<string, Expression>;
}

/** Collects notes; {@link during} keeps what a failed attempt noted out of them. */
export class LimitNotebook {
  #theorems = new Set<LimitTheorem>();
  #rates = new Set<string>();
  #isSlow = false;
  #divisors = new Map<string, Expression>();

  theorem(theorem: LimitTheorem): void {
    this.#theorems.add(theorem);
  }

  rate(symbol: string): void {
    this.#rates.add(symbol);
  }

  slow(): void {
    this.#isSlow = true;
  }

  divisor(value: Expression): void {
    this.#divisors.set(expressionKey(value), value);
  }

  get notes(): LimitNotes {
    return { theorems: this.#theorems, rates: this.#rates, isSlow: this.#isSlow, divisors: this.#divisors };
  }

  adopt(notes: LimitNotes): void {
    for (const theorem of notes.theorems) this.#theorems.add(theorem);
    for (const rate of notes.rates) this.#rates.add(rate);
    this.#isSlow ||= notes.isSlow;
    for (const [key, divisor] of notes.divisors) this.#divisors.set(key, divisor);
  }

  /** Runs `action` with an empty notebook and gives what it noted; the notes so far come back whatever happens. */
  during<T>(action: () => T): { readonly value: T; readonly notes: LimitNotes } {
    const before = this.notes;
    this.#theorems = new Set();
    this.#rates = new Set();
    this.#isSlow = false;
    this.#divisors = new Map();
    try {
      const value = action();
      return { value, notes: this.notes };
    } finally {
      this.#theorems = new Set(before.theorems);
      this.#rates = new Set(before.rates);
      this.#isSlow = before.isSlow;
      this.#divisors = new Map(before.divisors);
    }
  }
}
