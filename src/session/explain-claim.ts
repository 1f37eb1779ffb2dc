/** The work of `modeq explain`: judges one claim and lays open how. */
import { builtInDocuments } from '../files/documents/load.ts';
import { Derivations } from '../derivation/derive.ts';
import type { Claim, ModeqDocument, UnreadableClaim } from '../document/model.ts';
import { documentIndexOf } from '../judge/claim-context.ts';
import { judgeDocuments } from '../judge/judge-documents.ts';
import { engineOf } from '../judge/prove/standard-engine.ts';
import type { ClaimVerdict } from '../judge/verdict.ts';
import { explanationOf } from '../report/explain/explanation.ts';
import { explainText } from '../report/explain/explain-text.ts';
import { type Paint, plain } from '../report/text/paint.ts';

export interface ExplainedClaim {
  readonly text: string;
  readonly verdict: ClaimVerdict;
}

export interface ExplainOptions {
  readonly seed: number;
  readonly instances: number;
  readonly digits: number;
  readonly timeoutMilliseconds: number;
  /** Make the proof once more, check its steps and show them. */
  readonly steps?: boolean;
}

/**
 * What `modeq explain` prints of one of the claims of `documents`, and its verdict: the claim as typed and as understood, what the rule gives and
 * every step to it, the counterexample worked out in numbers; with `steps` the trace of the proof. The text has at most `width` columns and
 * ends in a line feed; an unreadable claim is explained by its problems. Throws an Error where the claim is of none of the documents.
 */
export async function explainClaim(
  claim: Claim | UnreadableClaim,
  documents: readonly ModeqDocument[],
  options: ExplainOptions,
  width = 80,
  paint: Paint = plain,
): Promise<ExplainedClaim> {
  const available = builtInDocuments().documents;
  const { seed, instances, digits, timeoutMilliseconds, steps = false } = options;
  const derivations = new Derivations();
  const [verdict] = await judgeDocuments(
    documents,
    engineOf(derivations),
    { seed, instances, digits, timeout: timeoutMilliseconds / 1000, prover: 'on', recheck: steps },
    { onStart: each => each === claim },
    available,
  );
  const own = documents.find(({ claims }) => claims.some(each => each === claim)) ?? documents[0];
  if (verdict === undefined || own === undefined) throw new Error('the claim to explain is not among the documents');
  const explanation = explanationOf(verdict, documentIndexOf(own, [...documents, ...available]), derivations);
  return { text: explainText(verdict, explanation, width, paint), verdict };
}
