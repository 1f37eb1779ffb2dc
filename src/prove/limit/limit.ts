/** A limit n → ∞ that was found, with what it rests on. */
import type { Expression } from '../../expression/core/expression.ts';
import type { Proof } from '../trace.ts';

export interface Limit {
  readonly value: Expression;
  /** Symbols r: the difference from the limit is of the order of their n-th powers, up to powers of n; empty where it is not. */
  readonly rates: readonly string[];
  /** Whether the limit is approached more slowly than powers r^n say. */
  readonly isSlow: boolean;
  /** What must not vanish for this to be the limit; nothing is said of the limit where one of them does. */
  readonly divisors: readonly Expression[];
  /** The theorems that were used. */
  readonly theorems: readonly string[];
  /** How it was found, theorem by theorem. */
  readonly proofs: readonly Proof[];
}

/** The limit as a proof, whose lemmas are the limits of its parts. */
export function limitProof(what: string, before: Expression, { value, divisors, proofs }: Limit): Proof {
  const relation = { kind: 'limit', divisors } as const;
  return {
    goal: 'limit',
    what,
    start: before,
    steps: [{ rule: 'limit n → ∞', before, after: value, relation, lemmas: proofs }],
  };
}
