/** By which point a derivative of a claim is taken: right values proved, wrong ones refuted, both also without the other route. */
import { describe, expect, it } from 'vitest';
import { loadDocuments } from '../../src/files/documents/load.ts';
import type { Claim } from '../../src/document/model.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';

const { documents } = loadDocuments([new URL('derivative-points.tex', import.meta.url).pathname]);
const [document] = documents;
if (document === undefined) throw new Error('one document was read');
const context = {
  library: documentIndexOf(document, []),
  engine: standardEngine,
  equations: new Equations(standardEngine),
};
const claims = document.claims.map((claim): [string, Claim] => [claim.id, claim]);
const judge = (claim: Claim, options: Partial<typeof DEFAULT_OPTIONS>) =>
  judgeClaim(claim, context, { ...DEFAULT_OPTIONS, ...options });

describe('derivatives in claims', () => {
  it('are read', () => {
    const problems = [...document.problems, ...document.unreadable.flatMap(claim => claim.problems)];
    expect(problems.map(({ message }) => message)).toEqual([]);
    expect(claims.length).toBeGreaterThan(30);
  });

  it.each(claims)('%s, by both routes', (_, claim) => {
    const verdict = judge(claim, { instances: 40 });
    expect(verdict.verdict, verdict.message ?? '').toBe(claim.expect);
  });

  it.each(claims)('%s, by samples alone', (_, claim) => {
    const verdict = judge(claim, { instances: 40, prover: 'off' });
    expect(verdict.verdict, verdict.message ?? '').toBe(claim.expect === 'proved' ? 'supported' : claim.expect);
  });

  it.each(claims)('%s, by the proof alone', (_, claim) => {
    const verdict = judge(claim, { instances: 0 });
    expect(verdict.verdict === 'proved', verdict.message ?? '').toBe(claim.expect === 'proved');
  });
});
