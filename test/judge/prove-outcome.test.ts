/** What the prover says beside `proved`: what it takes for granted, what it leaves out, its steps, and how fast a limit is reached. */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { builtInDocuments, loadDocuments } from '../../src/files/documents/load.ts';
import { documentIndexOf, resolveClaim } from '../../src/judge/claim-context.ts';
import { proveStatement } from '../../src/judge/prove/prove.ts';
import type { ProofOutcome } from '../../src/judge/symbolic/prover.ts';
import { ProofRecord } from '../../src/judge/symbolic/proof-record.ts';
import { shownTerms } from '../../src/judge/keys/regime/scaling.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import * as b from '../../src/formula/build.ts';

const [document] = loadDocuments([new URL('outcome/edges.tex', import.meta.url).pathname]).documents;
const library = document === undefined ? [] : [document, ...builtInDocuments().documents];

function outcomeOf(id: string, budget = new Budget(1e8), record?: ProofRecord): ProofOutcome {
  const claim = document?.claims.find(each => each.id === id);
  if (document === undefined || claim === undefined) throw new Error(`${id} is no claim`);
  const resolved = resolveClaim(claim, documentIndexOf(document, library));
  if (!resolved.ok) throw new Error(resolved.problems[0]?.message ?? 'not resolved');
  const { claim: whole, optimizer } = resolved.value;
  const [statement] = whole.statements;
  if (statement === undefined) throw new Error(`${id} states nothing`);
  const form = statement.kind === 'map' ? 'map' : 'flow';
  const derived =
    optimizer === null ? null : deriveModifiedEquation(optimizer, { order: whole.order, setting: whole.setting, form });
  return proveStatement(whole, statement, optimizer, derived?.ok ? derived.value : null, budget, record);
}
const proofOf = (id: string): Extract<ProofOutcome, { readonly kind: 'proved' }> => {
  const outcome = outcomeOf(id);
  if (outcome.kind !== 'proved') throw new Error(`${id} is not proved: ${outcome.reason}`);
  return outcome;
};

it('all is read', () => {
  expect(document?.problems).toEqual([]);
  expect(document?.unreadable).toEqual([]);
});

describe.each((document?.claims ?? []).map(({ id, expect: wanted }) => [id, wanted] as const))('%s', (id, wanted) => {
  it(`is ${wanted === 'proved' ? '' : 'not '}proved`, () => {
    expect(outcomeOf(id).kind === 'proved').toBe(wanted === 'proved');
  });
});

describe('a proof', () => {
  it('says what it takes for granted', () => {
    expect(proofOf('plain').assumptions).toEqual(['0<\\beta<1', '\\lambda \\ge 0']);
    expect(proofOf('sign-strict').assumptions).toEqual(['0<\\beta<1', '\\lambda \\ge 0']);
    expect(proofOf('map-right').assumptions).toEqual([]);
    // A label n − 2 is one of a step that was made.
    expect(proofOf('two-earlier').assumptions).toEqual(['n \\ge 2']);
    expect(proofOf('one-of-them').assumptions).toEqual([]);
  });
  it('says what it leaves out', () => {
    expect(proofOf('plain').excluded).toEqual([]);
    expect(proofOf('pole').excluded).toEqual(['\\beta - \\rho \\ne 0']);
    expect(proofOf('below-order').excluded).toEqual(['1 - h \\beta \\ne 0']);
    expect(proofOf('regime-vanishing').excluded).toEqual(['\\beta - \\rho \\ne 0']);
    expect(proofOf('regime').excluded).toEqual([]);
    expect(proofOf('sign-strict').excluded).toEqual([]);
    expect(proofOf('log-domain').excluded).toEqual(['x > 0']);
    expect(proofOf('log-everywhere').excluded).toEqual([]);
    expect(proofOf('log-of-exp').excluded).toEqual(['x > 0']);
    expect(proofOf('log-exactly').excluded).toEqual(['x > 0']);
    expect(proofOf('root-domain').excluded).toEqual(['n - 3 \\ge 0']);
  });
  it('has a step for every coefficient, limit and order', () => {
    const about = (id: string): string[] => proofOf(id).steps.map(step => step.replace(/ (agree|by|is).*$/, ''));
    expect(about('plain')).toEqual(['the two sides']);
    expect(about('two-earlier')).toEqual([0, 1].map(q => `the coefficients of h^${q}`));
    expect(about('below-order')).toEqual([0, 1, 2].map(q => `the coefficients of h^${q}`));
    expect(about('above-order')).toEqual([0, 1].map(q => `the coefficients of h^${q}`));
    expect(about('map-right')).toEqual(['the terms without h', 'the coefficients of h^1']);
    expect(about('fast')).toEqual(['the limits of the two sides', 'limits', 'the difference from the limit']);
    expect(about('slow')).toEqual(['the limits of the two sides', 'limits']);
    expect(about('regime')).toEqual([0, 1, 2].map(q => `the two sides, order s^${q}`));
    expect(about('equation-first')).toContain('the coefficients of h^0, where \\beta = 0');
    expect(proofOf('map-right').steps[0]).toContain('their normal forms are the same');
    expect(proofOf('plain').steps[0]).toContain('agree after: ');
    expect(proofOf('fast').steps.at(-1)).toBe(
      'the difference from the limit is of order \\beta^{n}, \\rho^{n} up to powers of n',
    );
  });
  it('says where it is tight, in the n of the statement', () => {
    // Where the range k = 2 … n is empty by one and by more, and begins.
    for (const id of ['from-three', 'fast-from-three']) {
      const points = (proofOf(id).edges ?? [])
        .filter(({ text }) => text.startsWith('n = '))
        .map(({ text }) => Number(text.slice(4)));
      expect(points, id).toEqual(expect.arrayContaining([0, 1, 2]));
      expect(Math.max(...points), id).toBe(2);
      expect(Math.min(...points), id).toBe(-2);
    }
  });
  it('keeps the sides as they were read, each with the row of samples that has the same values', () => {
    const rowsOf = (id: string): (number | null)[] => {
      const record = new ProofRecord();
      outcomeOf(id, new Budget(1e8), record);
      expect(record.proofs.length, id).toBeGreaterThan(0);
      expect(record.sides.map(({ side }) => side)).toEqual(
        record.sides.map((_, at) => (at % 2 === 0 ? 'derived' : 'claimed')),
      );
      return record.sides.filter(({ side }) => side === 'claimed').map(({ row }) => row);
    };
    expect(rowsOf('plain')).toEqual([0]);
    expect(rowsOf('fast')).toEqual([0]);
    expect(rowsOf('sign-strict')).toEqual([0]);
    expect(rowsOf('below-order')).toEqual([0, 1, 2]);
    expect(rowsOf('equation')).toEqual([0, 1]);
    expect(rowsOf('map-right')).toEqual([1]);
    // Means over orders have no row.
    expect(rowsOf('shuffled')).toEqual([null, null]);
  });
  it('keeps each limit once, as it is without a hyperparameter put in', () => {
    const record = new ProofRecord();
    outcomeOf('equation-first', new Budget(1e8), record);
    const limits = record.proofs.filter(({ goal }) => goal === 'limit');
    expect(limits.map(({ what }) => what)).toEqual(['the coefficients of h^0', 'the coefficients of h^0']);
  });
  it('says how fast a limit is reached, and counts it for a whole equation', () => {
    expect(proofOf('fast').rate).toEqual({ orders: ['\\beta', '\\rho'], measure: null });
    for (const id of ['slow', 'slow-beside-fast', 'fast-beside-slow']) expect(proofOf(id).rate, id).toBe(undefined);
    expect(proofOf('plain').rate).toBe(undefined);
    const { orders, measure } = proofOf('equation-first').rate ?? { orders: [], measure: null };
    expect(orders).toEqual(['\\beta']);
    expect(measure?.().steps).toBe(28);
  });
});

describe('no proof', () => {
  it('says that the sides differ, or what is not decided', () => {
    expect(outcomeOf('different')).toEqual({ kind: 'unequal', reason: 'the two sides differ' });
    expect(outcomeOf('at-order')).toEqual({ kind: 'unequal', reason: 'the coefficients of h^2 differ' });
    expect(outcomeOf('map-wrong')).toEqual({ kind: 'unequal', reason: 'the terms without h differ' });
    expect(outcomeOf('regime-wrong')).toEqual({ kind: 'unequal', reason: 'the two sides, order s^2 differ' });
    expect(outcomeOf('not-decidable').kind).toBe('stopped');
    expect(outcomeOf('sign-not-strict').kind).toBe('stopped');
  });
  it('ends where the budget does', () => {
    expect(() => outcomeOf('plain', new Budget(0))).toThrow();
  });
});

describe('the terms that are shown', () => {
  const [x, y, z] = ['x', 'y', 'z'].map(b.parameter) as [b_, b_, b_];
  type b_ = ReturnType<typeof b.parameter>;
  const count = (formula: b_): number => shownTerms(formula).length;
  it('are the summands, inside products, quotients, sums and derivatives too', () => {
    expect(shownTerms(x)).toEqual([x]);
    expect(shownTerms(b.addition(x, b.negation(b.addition(y, z))))).toEqual([x, b.negation(y), b.negation(z)]);
    expect(shownTerms(b.divide(b.addition(x, y), z))).toEqual([b.divide(x, z), b.divide(y, z)]);
    expect(shownTerms(b.divide(z, b.addition(x, y)))).toEqual([b.divide(z, b.addition(x, y))]);
    expect(shownTerms(b.multiplication(b.addition(x, y), b.addition(y, z)))).toEqual([
      b.multiplication(x, y),
      b.multiplication(x, z),
      b.multiplication(y, y),
      b.multiplication(y, z),
    ]);
    expect(shownTerms(b.sum('k', b.number(0), b.index('#n'), b.addition(x, y)))).toEqual(
      [x, y].map(body => b.sum('k', b.number(0), b.index('#n'), body)),
    );
    expect(count({ kind: 'derivative', span: null, by: [b.index('#j')], argument: b.addition(x, y) })).toBe(2);
    expect(count(b.toPower(b.addition(x, y), b.number(2)))).toBe(1);
  });
  it('are not taken apart without end', () => {
    const two = b.addition(x, y);
    expect(count(b.multiplication(two, two, two, two, two, two))).toBe(64);
    expect(count(b.multiplication(two, two, two, two, two, two, two))).toBe(1);
  });
});
