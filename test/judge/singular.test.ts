/** What has a pole, a jump or a root at h = 0, in powers of h that hide it: no shortcut may take it for zero. */
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/document/model.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';

const { documents, problems } = loadDocuments([new URL('singular.tex', import.meta.url).pathname]);
const equations = new Equations(standardEngine);
const claims = documents.flatMap(document => document.claims.map((claim): [string, Claim] => [claim.id, claim]));

const verdictOf = (claim: Claim, prover: 'on' | 'off', instances: number): string => {
  const [document] = documents;
  if (!document) throw new Error('one document was read');
  const context = { library: documentIndexOf(document, documents), engine: standardEngine, equations };
  return judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances, prover }).verdict;
};

describe('series in h', () => {
  it('are read', () => {
    expect(problems).toEqual([]);
    expect(documents.flatMap(({ problems: found, unreadable }) => [...found, ...unreadable])).toEqual([]);
    expect(claims.length).toBeGreaterThan(35);
  });
  it.each(claims)('%s, by prover and samples', (_, claim) => {
    expect(verdictOf(claim, 'on', 40)).toBe(claim.expect);
  });
  it.each(claims)('%s, by samples alone', (_, claim) => {
    expect(verdictOf(claim, 'off', 40)).toBe(claim.expect === 'proved' ? 'supported' : claim.expect);
  });
  it.each(claims.filter(([, claim]) => claim.expect !== 'proved'))('%s, by the prover alone', (_, claim) => {
    expect(verdictOf(claim, 'on', 0)).toBe(claim.expect);
  });
});
