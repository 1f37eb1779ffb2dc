/** Claims with keys: right ones are not refuted by their values, wrong neighbours of theirs are. */
import { describe, expect, it } from 'vitest';
import { builtInDocuments, loadDocuments } from '../../src/files/documents/load.ts';
import type { Claim, ModeqDocument } from '../../src/document/model.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import type { ClaimVerdict } from '../../src/judge/verdict.ts';

const builtIn = builtInDocuments().documents;
const equations = new Equations(standardEngine);

function load(file: string): ModeqDocument {
  const { documents } = loadDocuments([new URL(`keys/${file}`, import.meta.url).pathname]);
  const [document] = documents;
  if (!document) throw new Error('one document was read');
  return document;
}
const judge = (document: ModeqDocument, claim: Claim, prover: 'on' | 'off', instances = 30): ClaimVerdict =>
  judgeClaim(
    claim,
    { library: documentIndexOf(document, builtIn), engine: standardEngine, equations },
    { ...DEFAULT_OPTIONS, instances, prover, suggestions: false },
  );
const named = ({ claims }: ModeqDocument): [string, Claim][] => claims.map(claim => [claim.id, claim]);

const right = load('right.tex');
const wrong = load('wrong.tex');
const bounds = load('bounds.tex');
const conditions = load('conditions.tex');
const regimeConditions = load('regime-conditions.tex');
const nothing = load('nothing.tex');
const unreadable = load('unreadable.tex');

it('reads all of them', () => {
  const refused = [right, wrong, bounds, conditions, regimeConditions, nothing].flatMap(document =>
    document.unreadable.flatMap(({ problems }) => problems),
  );
  expect(refused.map(({ message }) => message)).toEqual([]);
});

describe('right claims', () => {
  it.each(named(right))('%s is supported by its values', (_, claim) => {
    const verdict = judge(right, claim, 'off');
    expect(verdict.verdict, verdict.message ?? '').toBe('supported');
  });
  it.each(named(right))('%s is no contradiction to the prover', (_, claim) => {
    expect(['proved', 'supported']).toContain(judge(right, claim, 'on').verdict);
  });
});

describe('conditions', () => {
  it.each(named(conditions))('%s has the verdict that it expects', (_, claim) => {
    const verdict = judge(conditions, claim, 'on', DEFAULT_OPTIONS.instances);
    expect(verdict.verdict, verdict.message ?? '').toBe(claim.expect);
  });
});

it('prints where a coefficient that a regime shows may vanish', () => {
  const [document] = builtIn.filter(({ claims }) => claims.some(({ id }) => id === 'remark-3.7-large'));
  const claim = document?.claims.find(({ id }) => id === 'remark-3.7-large');
  if (!document || !claim) throw new Error('the claim is there');
  expect(judge(document, claim, 'on').excluded.join()).toMatch(/\\rho.*\\beta.* \\ne 0/);
});

describe('claims about nothing', () => {
  it.each(named(nothing))('%s has the verdict that it expects', (_, claim) => {
    const verdict = judge(nothing, claim, 'on');
    expect(verdict.verdict, verdict.message ?? '').toBe(claim.expect);
  });
  it.each(named(nothing).filter(([, { expect: wanted }]) => wanted !== 'proved'))(
    '%s is not proved without instances',
    (_, claim) => {
      expect(judge(nothing, claim, 'on', 0).verdict).not.toBe('proved');
    },
  );
});

describe('conditions of regimes', () => {
  it.each(named(regimeConditions))('%s has the verdict that it expects', (_, claim) => {
    const verdict = judge(regimeConditions, claim, 'on');
    expect(verdict.verdict, verdict.message ?? '').toBe(claim.expect);
  });
});

it('refuses claims whose words or sides are not understood, each with its place', () => {
  expect(unreadable.claims.map(({ id }) => id)).toEqual([]);
  expect(unreadable.unreadable.length).toBe(20);
  for (const { problems } of unreadable.unreadable) expect(problems[0]?.span).toBeDefined();
});

describe('global bounds', () => {
  it.each(named(bounds))('%s has the verdict that it expects', (_, claim) => {
    const verdict = judge(bounds, claim, 'on');
    expect(verdict.verdict, verdict.message ?? '').toBe(claim.expect);
    const unchecked = verdict.assumptions.filter(text => text.startsWith('not checked'));
    expect(unchecked.length > 0).toBe(claim.expect === 'conditional');
  });
  it('are conditional only where the equation is proved', () => {
    const bound = bounds.claims.find(({ id }) => id === 'bound');
    if (!bound) throw new Error('the bound is there');
    expect(judge(bounds, bound, 'off').verdict).toBe('undecided');
  });
});

describe('wrong claims', () => {
  it.each(named(wrong))('%s is refuted', (_, claim) => {
    const verdict = judge(wrong, claim, 'on');
    expect(verdict.verdict, verdict.message ?? '').toBe('refuted');
    const sequence = verdict.counterexample?.sequence;
    const isExact = claim.statements.every(({ kind, relation }) => kind === 'identity' && relation === '=');
    expect(sequence !== undefined).toBe(claim.limit !== null || (claim.regime !== null && !isExact));
    if (sequence) expect(sequence.length).toBeGreaterThan(3);
  });
});
