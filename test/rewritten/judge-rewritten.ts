/** What the program says of rewritten documents. The only file of the rewritings that may import the program. */
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';

export interface JudgedClaim {
  readonly id: string;
  readonly verdict: string;
  readonly message: string | null;
}

/** The verdicts of these claims, with and without the prover: without it both sides are compared in numbers alone. */
export function* judgeRewritten(
  text: string,
  ids: ReadonlySet<string>,
  prover: 'on' | 'off',
  instances: number,
): Generator<JudgedClaim> {
  const document = readDocument({ name: 'rewritten.tex', text }, { documents: [] });
  const context = {
    library: documentIndexOf(document, [document]),
    engine: standardEngine,
    equations: new Equations(standardEngine),
  };
  for (const { id, problems } of document.unreadable)
    if (ids.has(id)) yield { id, verdict: 'unreadable', message: problems[0]?.message ?? null };
  for (const claim of document.claims) {
    if (!ids.has(claim.id)) continue;
    const options = { ...DEFAULT_OPTIONS, instances, prover, suggestions: false, shrink: false };
    const { id, verdict, message } = judgeClaim(claim, context, options);
    yield { id, verdict, message };
  }
  const [problem] = document.problems.filter(({ severity }) => severity !== 'warning');
  if (problem) yield { id: 'document', verdict: 'unreadable', message: problem.message };
}
