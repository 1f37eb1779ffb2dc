/**
 * Values that cancel, vanish or meet a pole, by the samples alone: a true claim is never refuted, a false one never supported,
 * however near zero the difference lies.
 */
import { describe, expect, it } from 'vitest';
import { loadDocuments } from '../../src/files/documents/load.ts';
import type { Claim, ModeqDocument } from '../../src/document/model.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import type { ClaimVerdict } from '../../src/judge/verdict.ts';

function read(name: string): ModeqDocument {
  const [document] = loadDocuments([new URL(`delicate/${name}.tex`, import.meta.url).pathname]).documents;
  if (!document) throw new Error('the document was read');
  return document;
}

const byName = (document: ModeqDocument): [string, Claim, ModeqDocument][] =>
  document.claims.map(claim => [claim.id, claim, document]);

const equations = new Equations(standardEngine);

function bySamples(claim: Claim, document: ModeqDocument, prover: 'on' | 'off' = 'off'): ClaimVerdict {
  const context = {
    library: documentIndexOf(document, [document]),
    engine: standardEngine,
    equations,
  };
  return judgeClaim(claim, context, { ...DEFAULT_OPTIONS, prover, suggestions: false, instances: 60 });
}

/** At no sample, or at too few, enclosures tell these: they are undecided without the prover, and never refuted. */
// tanh(x/δ) comes so near to 1 that no digits tell them apart: the prover alone can.
const OPEN = ['sign-of-zero', 'absolute-of-zero', 'maximum-of-equals', 'order-of-equals', 'order-of-tiny'];

describe('true claims', () => {
  it.each(byName(read('true')))('%s', (id, claim, document) => {
    const { verdict, message } = bySamples(claim, document);
    expect(verdict, message ?? '').toBe(OPEN.includes(id) ? 'undecided' : 'supported');
  });
});

describe('false claims', () => {
  it.each(byName(read('false')))('%s', (_, claim, document) => {
    const { verdict, message, counterexample } = bySamples(claim, document);
    expect(verdict, message ?? '').toBe('refuted');
    expect(JSON.stringify(counterexample)).toMatch(/"claimed":"-?\d[\d.e+-]*","derived":"-?\d[\d.e+-]*"/);
  });
});

describe('claims with a pole that instances meet', () => {
  const document = read('poles');
  it.each(byName(document))('%s', (id, claim) => {
    const { verdict, message } = bySamples(claim, document);
    expect(verdict, message ?? '').toBe(id.endsWith('-wrong') ? 'refuted' : 'supported');
  });
  it.each(['two-stage-closed', 'two-memories-closed'])('%s is proved with the prover on', id => {
    const claim = document.claims.find(each => each.id === id);
    if (!claim) throw new Error('the claim is there');
    const { verdict, message } = bySamples(claim, document, 'on');
    expect(verdict, message ?? '').toBe('proved');
  });
});
