/** What a kind of statement gives the prover: the differences that must be zero, and what they rest on. */
import type { Budget } from '../../base/budget.ts';
import type { ModifiedEquation } from '../../derivation/derive.ts';
import type { Claim, Statement } from '../../document/model.ts';
import type { Expression } from '../../expression/core/expression.ts';
import type { Declaration, Optimizer } from '../../optimizer/model.ts';
import type { Settling } from '../../prove/limit/settling.ts';
import type { Proof } from '../../prove/trace.ts';
import type { ProofRecord } from './proof-record.ts';

export interface VanishingPart {
  readonly what: string;
  readonly value: Expression;
}

export interface Sides {
  readonly differences: readonly VanishingPart[];
  /** For limits: the difference from the limit is of the order of the n-th powers of these, up to powers of n. */
  readonly rates: readonly string[];
  /** Counts the steps that the derived equation takes to its limit. */
  readonly measure?: () => Settling;
  /** In a regime: the coefficients that are shown, which are taken not to vanish. */
  readonly shown?: readonly Expression[];
  /** The limits that the differences rest on, with what was divided by in them. */
  readonly limits?: readonly Proof[];
  /** Theorems that the differences rest on, for the steps of the proof. */
  readonly theorems?: readonly string[];
}

/** The same thing of both sides. */
export interface Pair {
  readonly what: string;
  readonly derived: Expression;
  readonly claimed: Expression;
}

/** A statement whose sides are to be subtracted. */
export interface ZeroTask {
  readonly claim: Claim;
  readonly statement: Statement;
  readonly declarations: readonly Declaration[];
  readonly optimizer: Optimizer | null;
  readonly equation: ModifiedEquation | null;
  readonly budget: Budget;
  readonly record?: ProofRecord | undefined;
}

/** Left minus right, power of h by power of h. Refuses what the normal form does not cover. */
export type ZeroOf = (task: ZeroTask) => Sides;
