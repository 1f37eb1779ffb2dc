/** Identities that are proved, and false ones beside them: each false one by the id is refuted. */
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/document/model.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';

const { documents, problems } = loadDocuments([new URL('identities.tex', import.meta.url).pathname]);
const equations = new Equations(standardEngine);
const claims = documents.flatMap(document => document.claims.map((claim): [string, Claim] => [claim.id, claim]));
const isFalse = ([id]: [string, Claim]): boolean => id.startsWith('false-');

function judged(claim: Claim): readonly [string, string] {
  const [document] = documents;
  if (!document) throw new Error('one document was read');
  const context = { library: documentIndexOf(document, []), engine: standardEngine, equations };
  const options = { ...DEFAULT_OPTIONS, instances: 60, suggestions: false, recheck: true };
  const { verdict, message } = judgeClaim(claim, context, options);
  return [verdict, message ?? ''];
}

describe('identities', () => {
  it('are read', () => {
    expect(problems).toEqual([]);
    expect(documents.flatMap(document => document.unreadable)).toEqual([]);
    expect(claims.filter(isFalse).length).toBeGreaterThan(5);
  });
  it.each(claims.filter(each => !isFalse(each)))('%s is proved', (_, claim) => {
    const [verdict, message] = judged(claim);
    expect(verdict, message).toBe('proved');
  });
  it.each(claims.filter(isFalse))('%s is refuted', (_, claim) => {
    const [verdict, message] = judged(claim);
    expect(verdict, message).toBe('refuted');
  });
});
