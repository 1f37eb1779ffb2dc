/** The prover by itself, without a sample, on the documents of the judge's other tests: true claims are proved, false ones are not. */
import { describe, expect, it } from 'vitest';
import { Budget, BudgetSpent } from '../../src/base/budget.ts';
import { builtInDocuments, loadDocuments } from '../../src/files/documents/load.ts';
import type { Claim, ModeqDocument } from '../../src/document/model.ts';
import { documentIndexOf, resolveClaim } from '../../src/judge/claim-context.ts';
import { proveStatement } from '../../src/judge/prove/prove.ts';
import { withExponentialLetters } from '../../src/judge/stated/exponential-letters.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';

const builtIn = builtInDocuments().documents;
const STEPS = 400_000;
type Asked = Parameters<typeof proveStatement>;

/** Whether the prover proves the statement within its steps. */
function isOneProved(claim: Asked[0], statement: Asked[1], optimizer: Asked[2], equation: Asked[3]): boolean {
  try {
    return proveStatement(claim, statement, optimizer, equation, new Budget(STEPS)).kind === 'proved';
  } catch (error) {
    if (error instanceof BudgetSpent) return false;
    throw error;
  }
}

/** Whether every statement of the claim is proved. */
function isProved(claim: Claim, document: ModeqDocument): boolean {
  const resolved = resolveClaim(claim, documentIndexOf(document, [document, ...builtIn]));
  if (!resolved.ok) throw new Error(resolved.problems[0]?.message ?? 'not resolved');
  const { claim: whole, optimizer } = resolved.value;
  return whole.statements.every(statement => {
    const form = statement.kind === 'map' ? 'map' : 'flow';
    const { order, setting } = whole;
    const derived = optimizer === null ? null : deriveModifiedEquation(optimizer, { order, setting, form });
    const equation = derived?.ok ? derived.value : null;
    // As the judge has it: with a letter for each exponential where there is no proof without.
    return [{ claim: whole, statement }, withExponentialLetters(whole, statement, optimizer)].some(
      asked => asked !== null && isOneProved(asked.claim, asked.statement, optimizer, equation),
    );
  });
}

/** Whether the claim is true; null where the document leaves that to its own test. */
type Truth = (claim: Claim) => boolean | null;
const asExpected: Truth = ({ expect: wanted }) => (wanted === 'proved' ? true : wanted === 'refuted' ? false : null);
const byId: Truth = ({ id }) => !id.startsWith('false-');
const all: Truth = () => true;
const none: Truth = () => false;

/** The documents, with true claims of theirs that the prover alone does not prove: its guard or its caller does more. */
const DOCUMENTS: readonly (readonly [path: string, truth: Truth, open: readonly string[]])[] = [
  ['identities.tex', byId, []],
  ['ranges.tex', asExpected, []],
  ['late-limits.tex', asExpected, []],
  ['singular.tex', asExpected, []],
  ['right.tex', all, []],
  ['derivative-points.tex', asExpected, []],
  ['scales.tex', asExpected, []],
  ['delicate/true.tex', all, ['sign-of-difference', 'large-logarithm', 'empty-product']],
  ['delicate/false.tex', none, []],
  [
    'guard/true.tex',
    claim => claim.expect === 'proved' || null,
    ['product-in-range', 'product-to-p', 'from-p-on', 'signs-apart'],
  ],
  ['guard/false.tex', none, []],
  ['keys/right.tex', all, ['same-with-step', 'same-at']],
  ['keys/wrong.tex', none, []],
  ['keys/conditions.tex', asExpected, ['two-orders']],
  ['keys/regime-conditions.tex', asExpected, []],
  ['../fuzz/found.tex', byId, ['true-at-an-end-and-one-n']],
  ['../fuzz/proved.tex', byId, []],
];

describe.each(DOCUMENTS)('%s', (path, truth, open) => {
  const [document] = loadDocuments([new URL(path, import.meta.url).pathname]).documents;
  if (document === undefined) throw new Error('the document was read');
  const asked = document.claims.filter(claim => truth(claim) !== null && !open.includes(claim.id));
  it('has the claims that are left out', () => {
    const ids = document.claims.map(({ id }) => id);
    expect(open.filter(id => !ids.includes(id))).toEqual([]);
    expect(asked.length).toBeGreaterThan(0);
  });
  it.each(asked.map(claim => [claim.id, truth(claim), claim] as const))('%s: %s', (_, isTrue, claim) => {
    expect(isProved(claim, document)).toBe(isTrue);
  });
});
