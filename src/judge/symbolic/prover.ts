/** What the judge needs of a prover, so that it can be judged without one. The prover itself is prove.ts. */
import type { Budget } from '../../base/budget.ts';
import type { Claim, Statement } from '../../document/model.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import type { Settling } from '../../prove/limit/settling.ts';
import type { Coefficients } from '../coefficients.ts';
import type { Edge } from './edge.ts';
import type { ProofRecord } from './proof-record.ts';

export type ProofOutcome =
  | {
      readonly kind: 'proved';
      readonly assumptions: readonly string[];
      readonly excluded: readonly string[];
      readonly steps: readonly string[];
      /** Where the side conditions of the rules that were used are tight: the guard looks there. */
      readonly edges?: readonly Edge[];
      /** For limits: the hyperparameters whose n-th powers the difference is of the order of, and how many steps that takes. */
      readonly rate?: { readonly orders: readonly string[]; readonly measure: (() => Settling) | null };
    }
  /** The normal forms differ and the class is complete. It refutes nothing without a counterexample. */
  | { readonly kind: 'unequal'; readonly reason: string }
  /** `isOpen`: something is left of the difference that the normal form does not decide. */
  | { readonly kind: 'stopped'; readonly reason: string; readonly isOpen?: true };

/** What the derivation gives for the claim's optimizer, setting and order. */
export interface DerivedEquation extends Coefficients {
  readonly optimizer: Optimizer;
  readonly order: number;
  readonly form: 'flow' | 'map';
}

export type Prover<Equation extends DerivedEquation = DerivedEquation> = (
  claim: Claim,
  statement: Statement,
  optimizer: Optimizer | null,
  equation: Equation | null,
  budget: Budget,
  record?: ProofRecord,
) => ProofOutcome;
