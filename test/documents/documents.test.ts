/**
 * Documents as users write them, about many optimizers and in many notations: every claim under right/ is proved, every
 * claim under wrong/, made from a right one by a single slip, is refuted.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInDocuments, loadDocuments } from '../../src/files/documents/load.ts';
import type { Claim, ModeqDocument } from '../../src/document/model.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';

const builtIn = builtInDocuments().documents;
/** The equations of built-in optimizers are derived once. */
const equations = new Equations(standardEngine);
const PATIENCE = 60_000;

/** Right claims that the prover does not cover: whatever the verdict, it may not be `refuted`. */
const GAPS: ReadonlySet<string> = new Set(['momentum-closed-inner', 'scaled-root-power']);

function documentsIn(folder: string): [string, ModeqDocument][] {
  const path = new URL(`${folder}/`, import.meta.url).pathname;
  return readdirSync(path).map(file => {
    const { documents, problems } = loadDocuments([`${path}${file}`]);
    const [document] = documents;
    if (!document || problems.length > 0) throw new Error(`${file}: ${problems[0]?.message ?? 'not read'}`);
    return [file, document];
  });
}

/** A judge of one document's claims. */
function judgeOf(document: ModeqDocument): (claim: Claim) => ReturnType<typeof judgeClaim> {
  const context = {
    library: documentIndexOf(document, builtIn),
    engine: standardEngine,
    equations,
  };
  return claim => judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 12, suggestions: false, shrink: false });
}

const complaints = (document: ModeqDocument): string[] =>
  [...document.problems, ...document.unreadable.flatMap(({ problems }) => problems)].map(({ message }) => message);

describe.each(documentsIn('right'))('right/%s', (_, document) => {
  it('is read whole', () => {
    expect(complaints(document)).toEqual([]);
    expect(document.claims.length).toBeGreaterThan(0);
    expect(document.claims.every(claim => claim.expect === 'proved')).toBe(true);
  });
  const judge = judgeOf(document);
  const claims = document.claims.map((claim): [string, Claim] => [claim.id, claim]);
  it.each(claims.filter(([id]) => !GAPS.has(id)))('%s is proved', { timeout: PATIENCE }, (__, claim) => {
    const { verdict, message } = judge(claim);
    expect(verdict, message ?? '').toBe('proved');
  });
  it.each(claims.filter(([id]) => GAPS.has(id)))('%s is not refuted', { timeout: PATIENCE }, (__, claim) => {
    expect(judge(claim).verdict).not.toBe('refuted');
  });
});

describe.each(documentsIn('wrong'))('wrong/%s', (_, document) => {
  it('is read whole', () => {
    expect(complaints(document)).toEqual([]);
    expect(document.claims.length).toBeGreaterThan(0);
    expect(document.claims.every(claim => claim.expect === 'refuted')).toBe(true);
  });
  const judge = judgeOf(document);
  const claims = document.claims.map((claim): [string, Claim] => [claim.id, claim]);
  it.each(claims)('%s is refuted', { timeout: PATIENCE }, (__, claim) => {
    const { verdict, counterexample, message } = judge(claim);
    expect(verdict, message ?? '').toBe('refuted');
    expect(counterexample).not.toBeNull();
  });
});
