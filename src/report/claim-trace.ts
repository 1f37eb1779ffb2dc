/** How a claim came to its verdict, as plain data for reports: the steps of each statement and what evidence there is. */
import type { Verdict } from '../document/model.ts';
import type { ClaimVerdict, Evidence } from '../judge/verdict.ts';
import type { Counterpart } from './counterpart.ts';

export interface StatementTrace {
  readonly id: string;
  readonly verdict: Verdict;
  /** In words; empty where nothing was tried. */
  readonly steps: readonly string[];
  readonly message: string | null;
}

export interface ClaimTrace {
  readonly counterpart: Counterpart;
  readonly statements: readonly StatementTrace[];
  readonly evidence: Evidence | null;
}

/** The trace of a verdict beside the equation that it was compared with. */
export function claimTrace({ statements, evidence }: ClaimVerdict, counterpart: Counterpart): ClaimTrace {
  return {
    counterpart,
    statements: statements.map(({ id, verdict, steps, message }) => ({ id, verdict, steps, message })),
    evidence,
  };
}
