/** The prover by itself, without a sample: what is right is proved, what is wrong is not. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { builtInDocuments, loadDocuments } from '../../src/files/documents/load.ts';
import { documentIndexOf, resolveClaim } from '../../src/judge/claim-context.ts';
import { proveStatement } from '../../src/judge/prove/prove.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';

const folder = new URL('./prover/', import.meta.url).pathname;
const builtIn = builtInDocuments().documents;

for (const file of readdirSync(folder).filter(name => name.endsWith('.tex'))) {
  const [document] = loadDocuments([`${folder}${file}`]).documents;
  describe(file, () => {
    it('is read', () => {
      expect(document?.problems).toEqual([]);
      expect(document?.claims.length).toBeGreaterThan(0);
    });
    for (const claim of document?.claims ?? []) {
      it(`${claim.id}: ${claim.expect}`, () => {
        if (document === undefined) throw new Error('the document was read');
        const resolved = resolveClaim(claim, documentIndexOf(document, [document, ...builtIn]));
        if (!resolved.ok) throw new Error(resolved.problems[0]?.message ?? 'not resolved');
        const { claim: whole, optimizer } = resolved.value;
        const kinds = whole.statements.map(statement => {
          const form = statement.kind === 'map' ? 'map' : 'flow';
          const derived =
            optimizer === null
              ? null
              : deriveModifiedEquation(optimizer, { order: whole.order, setting: whole.setting, form });
          return proveStatement(whole, statement, optimizer, derived?.ok ? derived.value : null, new Budget(1e8)).kind;
        });
        if (claim.expect === 'proved') expect(kinds).toEqual(kinds.map(() => 'proved'));
        else expect(kinds).not.toContain('proved');
      });
    }
  });
}
