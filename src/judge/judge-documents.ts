/** All claims of several documents, one after the other, each with its own time limit. */
import type { Claim, ModeqDocument, UnreadableClaim } from '../document/model.ts';
import { documentIndexOf } from './claim-context.ts';
import { type Engine, Equations } from './prove/engine.ts';
import type { JudgeOptions } from './claim-task.ts';
import { judgeClaim } from './judge-claim.ts';
import type { DerivedEquation } from './symbolic/prover.ts';
import type { ClaimVerdict } from './verdict.ts';

export interface Progress {
  /** Before a claim is judged; `position` counts from 0 in the order of {@link claimsOf}. Answering false skips it. */
  readonly onStart?: (claim: Claim | UnreadableClaim, position: number) => boolean;
  readonly onVerdict?: (verdict: ClaimVerdict, position: number) => void;
  /** Looked at between claims; the verdicts so far are returned. */
  readonly signal?: AbortSignal;
}

interface Located {
  readonly claim: Claim | UnreadableClaim;
  readonly document: ModeqDocument;
}

/** The claims in the order of the documents and of the text, readable or not. */
export function claimsOf(documents: readonly ModeqDocument[]): Located[] {
  return documents.flatMap(document =>
    [...document.claims, ...document.unreadable]
      .sort((a, b) => a.span.start - b.span.start)
      .map(claim => ({ claim, document })),
  );
}

const isReadable = (claim: Claim | UnreadableClaim): claim is Claim => 'statements' in claim;

function unreadableVerdict(claim: UnreadableClaim): ClaimVerdict {
  return {
    claim,
    id: claim.id,
    expect: claim.expect,
    verdict: 'unreadable',
    order: null,
    statements: [],
    assumptions: [],
    excluded: [],
    evidence: null,
    counterexample: null,
    suggestions: [],
    message: claim.problems[0]?.message ?? null,
    milliseconds: 0,
  };
}

/**
 * Judges every claim. `available` holds further documents whose optimizers and definitions may be used (the built-in ones).
 * Between claims it gives way to the event loop. Throws JudgeContradiction where the two routes disagree.
 */
export async function judgeDocuments<Equation extends DerivedEquation>(
  documents: readonly ModeqDocument[],
  engine: Engine<Equation>,
  options: JudgeOptions,
  progress: Progress = {},
  available: readonly ModeqDocument[] = [],
): Promise<ClaimVerdict[]> {
  const equations = new Equations(engine);
  const verdicts: ClaimVerdict[] = [];
  for (const [position, { claim, document }] of claimsOf(documents).entries()) {
    if (progress.signal?.aborted) break;
    if (progress.onStart?.(claim, position) === false) continue;
    const library = documentIndexOf(document, [...documents, ...available]);
    const verdict = isReadable(claim)
      ? judgeClaim(claim, { library, engine, equations }, options)
      : unreadableVerdict(claim);
    verdicts.push(verdict);
    progress.onVerdict?.(verdict, position);
    await new Promise(resolve => setImmediate(resolve));
  }
  return verdicts;
}
