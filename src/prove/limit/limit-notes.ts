/**
 * What is noted while a limit is taken: the theorems, the rates, and the denominators whose limit is not known to be
 * non-zero. Where one of those vanishes nothing is said: the limit there is another one, to be taken by itself.
 */
import { type Expression, expressionKey, freeIndicesOf } from '../../expression/core/expression.ts';
import { isSlot } from '../../expression/core/indices.ts';
import type { Proof, ProofStep, StepRelation } from '../trace.ts';

/** The theorems by which a limit may be taken. */
export type LimitTheorem =
  | 'n^a r^n → 0 for |r| < 1'
  | 'a ratio of powers of n has the limit of its leading terms'
  | 'continuity: sums, products, quotients, roots and smooth functions of limits'
  | 'Silverman–Toeplitz: a limit under a sum whose weights leave every fixed time'
  | 'Tannery: a limit under a sum with a dominating series';

export interface LimitNotes {
  readonly theorems: ReadonlySet<LimitTheorem>;
  /** Symbols r whose r^n the difference from the limit is of the order of, up to powers of n. */
  readonly rates: ReadonlySet<string>;
  /** Whether the difference from the limit vanishes more slowly than any r^n may say. */
  readonly isSlow: boolean;
  /** By their keys: expressions that were divided by in the limit and may vanish. */
  readonly divisors: ReadonlyMap<string, Expression>;
  /** The limits and equalities that were shown, in order. */
  readonly proofs: readonly Proof[];
}

/** A limit with the rule that gives it. */
export interface ShownLimit {
  readonly rule: string;
  readonly after: Expression;
  /** What the rule keeps, if it is more than that one is the limit of the other. */
  readonly relation?: StepRelation;
  /** Equal expressions on the way from the start to the one of which the limit is taken. */
  readonly equal?: readonly { readonly rule: string; readonly value: Expression }[];
}

const partsOf = (lemmas: readonly Proof[]): readonly { readonly before: Expression; readonly after: Expression }[] =>
  lemmas.flatMap(({ start, steps }) => {
    const after = steps.at(-1)?.after;
    // What stands inside a template is looked at by itself: its slots have other values there.
    return after === undefined || [...freeIndicesOf(start)].some(isSlot) ? [] : [{ before: start, after }];
  });

/** Collects notes; {@link during} keeps what a failed attempt noted out of them. */
export class LimitNotebook {
  #theorems = new Set<LimitTheorem>();
  #rates = new Set<string>();
  #isSlow = false;
  #divisors = new Map<string, Expression>();
  #proofs: Proof[] = [];

  /**
   * Shows that what the action gives is the limit of `before`: what is shown on the way are the lemmas of its last step. The
   * action gives null where it finds none, and the steps of equality before the last one where there are any.
   */
  show(before: Expression, action: () => ShownLimit | null): Expression | null {
    const { value: shown, notes } = this.during(action);
    if (shown === null) return null;
    const { proofs: lemmas, ...others } = notes;
    this.adopt({ ...others, proofs: [] });
    const { rule, after, equal = [], relation = { kind: 'limit', parts: partsOf(lemmas) } } = shown;
    const steps: ProofStep[] = [];
    let at = before;
    for (const { rule: name, value } of equal) {
      if (value !== at) steps.push({ rule: name, before: at, after: value, relation: { kind: 'equal' }, lemmas: [] });
      at = value;
    }
    steps.push({ rule, before: at, after, relation, lemmas });
    this.#proofs.push({ goal: 'limit', what: '', start: before, steps });
    return after;
  }

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
    return {
      theorems: this.#theorems,
      rates: this.#rates,
      isSlow: this.#isSlow,
      divisors: this.#divisors,
      proofs: this.#proofs,
    };
  }

  adopt(notes: LimitNotes): void {
    for (const theorem of notes.theorems) this.#theorems.add(theorem);
    for (const rate of notes.rates) this.#rates.add(rate);
    this.#isSlow ||= notes.isSlow;
    for (const [key, divisor] of notes.divisors) this.#divisors.set(key, divisor);
    this.#proofs.push(...notes.proofs);
  }

  /** Runs `action` with an empty notebook and gives what it noted; the notes so far come back whatever happens. */
  during<T>(action: () => T): { readonly value: T; readonly notes: LimitNotes } {
    const before = this.notes;
    this.#theorems = new Set();
    this.#rates = new Set();
    this.#isSlow = false;
    this.#divisors = new Map();
    this.#proofs = [];
    try {
      const value = action();
      return { value, notes: this.notes };
    } finally {
      this.#theorems = new Set(before.theorems);
      this.#rates = new Set(before.rates);
      this.#isSlow = before.isSlow;
      this.#divisors = new Map(before.divisors);
      this.#proofs = [...before.proofs];
    }
  }
}
