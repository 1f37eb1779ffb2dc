/** The work of `modeq explain`: judges one claim and lays open how. */
import { builtInDocuments } from '../document/load.ts';
import type { Claim, ModeqDocument, UnreadableClaim } from '../document/model.ts';
import { judgeDocuments } from '../judge/judge-documents.ts';
import { standardEngine } from '../judge/standard-engine.ts';
import type { ClaimVerdict } from '../judge/verdict.ts';
import { deriveModifiedEquation, type ModifiedEquation } from '../modified-equation/derive.ts';
import { explainText } from '../report/explain-text.ts';
import type { Paint } from '../report/paint.ts';

export interface Explanation {
  readonly text: string;
  readonly verdict: ClaimVerdict;
}

export interface ExplainOptions {
  readonly seed: number;
  readonly instances: number;
  readonly digits: number;
  readonly timeoutMilliseconds: number;
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
  const { seed, instances, digits, timeoutMilliseconds } = options;
  const [verdict] = await judgeDocuments(
    documents,
    standardEngine,
    { seed, instances, digits, timeout: timeoutMilliseconds / 1000, prover: 'on' },
    { onStart: each => each === claim },
    available,
  );
  if (verdict === undefined) throw new Error('the claim to explain is not among the documents');
  return { text: explainText(verdict, counterpart(claim, [...documents, ...available]), width, paint), verdict };
}

/** What the update rule gives for a claimed flow or map; null for other claims and where nothing can be derived. */
function counterpart(claim: Claim | UnreadableClaim, documents: readonly ModeqDocument[]): ModifiedEquation | null {
  if (!('statements' in claim)) return null;
  const statement = claim.statements.find(({ kind }) => kind === 'flow' || kind === 'map');
  const optimizer = documents.flatMap(document => document.optimizers).find(({ id }) => id === claim.about);
  if (statement === undefined || optimizer === undefined) return null;
  const result = deriveModifiedEquation(optimizer, {
    order: claim.order,
    setting: claim.setting,
    form: statement.kind === 'map' ? 'map' : 'flow',
  });
  return result.ok ? result.value : null;
}
