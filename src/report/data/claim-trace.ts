/** How a claim came to its verdict, as plain data for reports: the steps of each statement and what evidence there is. */
import type { Verdict } from '../../document/model.ts';
import type { Derivations } from '../../derivation/derive.ts';
import type { DocumentIndex } from '../../judge/claim-context.ts';
import type { ClaimVerdict, Evidence } from '../../judge/verdict.ts';
import type { Counterpart } from './counterpart.ts';
import { explainedStatements } from '../explain/explanation.ts';
import { type WorkedPage, workedPage } from './worked-page.ts';

export interface StatementTrace {
  readonly id: string;
  readonly verdict: Verdict;
  /** In words; empty where nothing was tried. */
  readonly steps: readonly string[];
  readonly message: string | null;
  /** A refuted statement at its counterexample; null where it is not refuted or has no values by itself. */
  readonly worked: WorkedPage | null;
}

export interface ClaimTrace {
  readonly counterpart: Counterpart;
  readonly statements: readonly StatementTrace[];
  readonly evidence: Evidence | null;
}

/**
 * The trace of a verdict beside the equation that it was compared with; `library` is what the claim was judged with, `derivations` are those
 * that it was judged by.
 */
export function claimTrace(
  verdict: ClaimVerdict,
  counterpart: Counterpart,
  library: DocumentIndex,
  derivations: Derivations,
): ClaimTrace {
  const { claim, evidence } = verdict;
  // Only a refuted claim has an example to work out.
  const explained = verdict.verdict === 'refuted' ? explainedStatements(verdict, library, derivations) : [];
  return {
    counterpart,
    statements: verdict.statements.map(({ id, verdict: own, steps, message }) => {
      const worked = explained.find(each => each.id === id)?.worked ?? null;
      const isReadable = 'statements' in claim;
      return {
        id,
        verdict: own,
        steps,
        message,
        worked: worked && isReadable ? workedPage(worked, claim.notation) : null,
      };
    }),
    evidence,
  };
}
