/**
 * What a proof did, step by step, for whoever checks it again or shows it. A trace is collected only where one is asked for;
 * it changes nothing in the proof, and nothing in a proof may depend on it.
 */
import type { Expression } from '../expression/core/expression.ts';
import type { Rational } from '../number/rational.ts';
import type { SideCondition } from '../rewrite/rule.ts';

/** What a step keeps between the expression before it and the one after it. */
export type StepRelation =
  /** Equal values at every point at which both have one. */
  | { readonly kind: 'equal' }
  /** after is before times the factors, in order, but for those that are zero at the integers there: these do not count. */
  | { readonly kind: 'times'; readonly factors: readonly Expression[] }
  /** after is the limit of before as n → ∞, but where one of the divisors is zero. */
  | {
      readonly kind: 'limit';
      readonly divisors?: readonly Expression[];
      /** Limits on which it rests by continuity: near them the whole is near its own. */
      readonly parts?: readonly { readonly before: Expression; readonly after: Expression }[];
    }
  /** after is the limit of before, a product of powers of n and n-th powers: the distance shrinks however late it is looked at. */
  /** `slow`: by a power of n with a hyperparameter in its exponent, which may be as slow as one likes. */
  | { readonly kind: 'growth'; readonly slow?: true }
  /** The limit of a sum of weights times quantities: Σ|w| is bounded, and each of `fixed`, Σ|w| at a fixed time, tends to 0. */
  | { readonly kind: 'toeplitz'; readonly sizes: Expression; readonly fixed: readonly Expression[] }
  /** The limit of a sum by its terms: `sizes`, the sums of a dominating series g, are bounded, and so is `dominated`, Σ g f². */
  | { readonly kind: 'tannery'; readonly sizes: Expression; readonly dominated: Expression }
  /** after(n) is before(n + 1) − ratio(n)·before(n): before is positive (or not negative) where it is at n = 0 and after is. */
  | {
      readonly kind: 'recursion';
      readonly ratio: Expression;
      readonly strict: boolean;
      readonly where: readonly SignOf[];
    }
  /** after is before times something positive. */
  | { readonly kind: 'same-sign'; readonly where: readonly SignOf[] }
  /** before is Σ coefficient · σ^power, up to what is smaller than σ^through, in the regime σ → 0; after is nothing new. */
  | {
      readonly kind: 'series';
      readonly regime: RegimeOf;
      readonly terms: readonly { readonly power: Rational; readonly coefficient: Expression }[];
      readonly through: Rational;
    }
  /**
   * Nothing is left to do: the expression before is positive (or not negative) wherever the expressions in `where` are;
   * with `exactly` it is there and nowhere else.
   */
  | {
      readonly kind: 'sign';
      readonly strict: boolean;
      readonly where: readonly SignOf[];
      readonly exactly: SignOf | null;
    };

/** How a regime scales: σ is s where s → 0 and 1/s where s → ∞. */
export interface RegimeOf {
  /** The symbol that is s^dimension ε₀. */
  readonly small: string;
  readonly dimension: Rational;
  readonly direction: 1 | -1;
  /** The components of the gradient other than j are s γ_i. */
  readonly alone: boolean;
}

/** gap > 0, or gap ≥ 0. */
export interface SignOf {
  readonly gap: Expression;
  readonly strict: boolean;
}

export interface ProofStep {
  readonly rule: string;
  readonly before: Expression;
  readonly after: Expression;
  readonly relation: StepRelation;
  /** What its rule has to ask for; all there is unless said. */
  readonly conditions?: readonly SideCondition[];
  /** What the step rests on: quantities that it takes to be equal. */
  readonly lemmas: readonly Proof[];
}

export interface Proof {
  /** What is proved of `start`. */
  readonly goal: 'zero' | 'sign' | 'limit' | 'series';
  readonly what: string;
  readonly start: Expression;
  /** In order: each step begins where one before it ended. */
  readonly steps: readonly ProofStep[];
}

/** The steps of one search, of which only those that lead to its end make the proof. */
export class Trace {
  readonly #steps: ProofStep[] = [];

  note(step: ProofStep): void {
    this.#steps.push(step);
  }

  /** The steps from `start` to the last one noted, each beginning where the one before it ended. */
  path(start: Expression): readonly ProofStep[] {
    const path: ProofStep[] = [];
    let at = this.#steps.length - 1;
    let wanted = this.#steps[at]?.after;
    while (at >= 0 && wanted !== undefined && wanted !== start) {
      const step = this.#steps[at];
      if (step?.after === wanted) {
        path.unshift(step);
        wanted = step.before;
      }
      at -= 1;
    }
    return path;
  }
}
