/** Right claims in other words: sums in another order, nested definitions, other optimizers, maps, identities. */
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/document/model.ts';
import { builtInDocuments, loadDocuments } from '../../src/files/documents/load.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';

const { documents, problems } = loadDocuments([new URL('right.tex', import.meta.url).pathname]);
const builtIn = builtInDocuments().documents;
const equations = new Equations(standardEngine);
const claims = documents.flatMap(document => document.claims.map((claim): [string, Claim] => [claim.id, claim]));

describe('right claims', () => {
  it('are read', () => {
    expect(problems).toEqual([]);
    expect(
      documents
        .flatMap(document => [...document.problems, ...document.unreadable.flatMap(claim => claim.problems)])
        .map(({ message }) => message),
    ).toEqual([]);
    expect(claims.length).toBeGreaterThan(5);
  });
  it.each(claims)('%s is not refuted', (_, claim) => {
    const [document] = documents;
    if (!document) throw new Error('one document was read');
    const context = { library: documentIndexOf(document, builtIn), engine: standardEngine, equations };
    const verdict = judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 80, prover: 'off' });
    expect(verdict.verdict, verdict.message ?? '').toBe('supported');
    expect(verdict.evidence?.instances).toBeGreaterThan(40);
  });
});
