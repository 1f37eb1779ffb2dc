/** The work of `modeq explain`: judges one claim and lays open how. */
import { builtInDocuments } from '../files/documents/load.ts';
import type { Claim, ModeqDocument, UnreadableClaim } from '../document/model.ts';
import { libraryOf } from '../judge/claim-context.ts';
import { judgeDocuments } from '../judge/judge-documents.ts';
import { standardEngine } from '../judge/prove/standard-engine.ts';
import type { ClaimVerdict } from '../judge/verdict.ts';
import { explanationOf } from '../report/explain/explanation.ts';
import { explainText } from '../report/explain/explain-text.ts';
import type { Paint } from '../report/text/paint.ts';

export interface Explanation {
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

/** `claim` is one of the claims of `documents`. */
export async function explainClaim(
  claim: Claim | UnreadableClaim,
  documents: readonly ModeqDocument[],
  options: ExplainOptions,
  width: number,
  paint: Paint,
): Promise<Explanation> {
  const available = builtInDocuments().documents;
  const { seed, instances, digits, timeoutMilliseconds, steps = false } = options;
  const [verdict] = await judgeDocuments(
    documents,
    standardEngine,
    { seed, instances, digits, timeout: timeoutMilliseconds / 1000, prover: 'on', recheck: steps },
    { onStart: each => each === claim },
    available,
  );
  const own = documents.find(({ claims }) => claims.some(each => each === claim)) ?? documents[0];
  if (verdict === undefined || own === undefined) throw new Error('the claim to explain is not among the documents');
  const explanation = explanationOf(verdict, libraryOf(own, [...documents, ...available]));
  return { text: explainText(verdict, explanation, width, paint), verdict };
}
