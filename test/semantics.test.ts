/**
 * docs/semantics.md is a document whose claims are the examples of its rules: each rule has some, and each is asked of the
 * prover alone and of the samples alone.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { builtInDocuments, loadDocuments } from '../src/files/documents/load.ts';
import { documentIndexOf } from '../src/judge/claim-context.ts';
import { Equations } from '../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../src/judge/claim-task.ts';
import { judgeClaim } from '../src/judge/judge-claim.ts';
import { standardEngine } from '../src/judge/prove/standard-engine.ts';

const path = fileURLToPath(new URL('../docs/semantics.md', import.meta.url));
const text = readFileSync(path, 'utf8');
const [document] = loadDocuments([path]).documents;
if (document === undefined) throw new Error('the page is read');
const context = {
  library: documentIndexOf(document, builtInDocuments().documents),
  engine: standardEngine,
  equations: new Equations(standardEngine),
};

/** A rule begins with a dash and ends where the next one or the next section does. */
const rules = text.split(/^(?=- |## )/m).filter(part => part.startsWith('- '));
const examplesOf = (rule: string): string[] =>
  [...rule.matchAll(/^<!-- !modeq claim (\S+) /gm)].map(match => match[1] ?? '');
const claimOf = (id: string) => document.claims.find(claim => claim.id === id);

describe('docs/semantics.md', () => {
  it('has an example for every rule, and every claim is one', () => {
    expect(rules.length).toBeGreaterThan(15);
    for (const rule of rules) expect(examplesOf(rule), rule.slice(0, 80)).not.toEqual([]);
    const judged = [...document.claims, ...document.unreadable].map(({ id }) => id).sort();
    expect(rules.flatMap(examplesOf).sort()).toEqual(judged);
    expect(document.problems.map(({ message }) => message)).toEqual([]);
  });

  it('refuses exactly what it says is refused', () => {
    expect(document.unreadable.map(({ expect: expected }) => expected)).toEqual(
      document.unreadable.map(() => 'unreadable'),
    );
  });

  describe.each(rules.map((rule): [string, string] => [rule.split('\n', 1)[0] ?? '', rule]))('%s', (_, rule) => {
    const claims = examplesOf(rule).flatMap(id => claimOf(id) ?? []);
    const cases = claims.map(claim => [claim.id, claim] as const);
    const refused = examplesOf(rule).filter(id => claimOf(id) === undefined);

    it.each(refused)('%s, which is refused', id => {
      expect(document.unreadable.map(claim => claim.id)).toContain(id);
    });

    it.each(cases)('%s, as the program judges it', (_id, claim) => {
      const verdict = judgeClaim(claim, context, DEFAULT_OPTIONS);
      expect(verdict.verdict, verdict.message ?? '').toBe(claim.expect);
    });

    it.each(cases)('%s, by the proof alone', (_id, claim) => {
      const verdict = judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 0 });
      expect(verdict.verdict === 'proved', verdict.message ?? '').toBe(claim.expect === 'proved');
    });

    it.each(cases)('%s, by samples alone', (_id, claim) => {
      const verdict = judgeClaim(claim, context, { ...DEFAULT_OPTIONS, prover: 'off' });
      expect(verdict.verdict, verdict.message ?? '').toBe(claim.expect === 'proved' ? 'supported' : claim.expect);
    });
  });

  it('has a rule for every refusal', () => {
    expect(document.unreadable.length).toBeGreaterThan(2);
  });
});
