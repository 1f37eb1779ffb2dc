/** Documents full of wrong claims: every one must be refuted, with a counterexample, and without the prover's help too. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/document/model.ts';
import { builtInDocuments, loadDocuments } from '../../src/files/documents/load.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';

const folder = new URL('.', import.meta.url).pathname;
const files = readdirSync(folder).filter(name => name.endsWith('.tex') || name.endsWith('.md'));
const builtIn = builtInDocuments().documents;
const equations = new Equations(standardEngine);

describe.each(files)('%s', file => {
  const { documents, problems } = loadDocuments([`${folder}${file}`]);
  const claims = documents.flatMap(document => document.claims.map((claim): [string, Claim] => [claim.id, claim]));

  it('is read whole', () => {
    expect(problems).toEqual([]);
    expect(
      documents
        .flatMap(document => [...document.problems, ...document.unreadable.flatMap(claim => claim.problems)])
        .map(({ message }) => message),
    ).toEqual([]);
    expect(claims.length).toBeGreaterThan(5);
    expect(claims.every(([, claim]) => claim.expect === 'refuted')).toBe(true);
  });

  it.each(claims)('%s is refuted', (_, claim) => {
    const [document] = documents;
    if (!document) throw new Error('one document was read');
    const context = { library: documentIndexOf(document, builtIn), engine: standardEngine, equations };
    const verdict = judgeClaim(claim, context, { ...DEFAULT_OPTIONS, suggestions: false });
    expect(verdict.verdict, verdict.message ?? '').toBe('refuted');
    expect(verdict.counterexample?.claimed).not.toBe(verdict.counterexample?.derived);
    const unproved = judgeClaim(claim, context, {
      ...DEFAULT_OPTIONS,
      suggestions: false,
      shrink: false,
      prover: 'off',
    });
    expect(unproved.verdict).toBe('refuted');
  });
});
