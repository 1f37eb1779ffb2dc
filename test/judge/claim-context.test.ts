import { describe, expect, it } from 'vitest';
import type { Claim, ModeqDocument } from '../../src/document/model.ts';
import { definition, multiplication, number, quantity } from '../../src/formula/build.ts';
import { oneLine } from '../../src/formula/one-line.ts';
import { documentIndexOf, resolveClaim } from '../../src/judge/claim-context.ts';
import { claimOf } from './hand-built.ts';
import { document } from './stand-in-engine.ts';

const R = definition('R', [], [], number(2));
const L = definition('L', [], [], multiplication(number(3), quantity('R', [], [])));
const documentOf = (...claims: Claim[]): ModeqDocument => ({ ...document, claims });
const resolve = (claim: Claim, ...others: Claim[]) =>
  resolveClaim(claim, documentIndexOf(documentOf(claim, ...others), []));

describe('resolveClaim', () => {
  it('adds the definitions of the claims given, also of theirs', () => {
    const base = claimOf('base', 'gd', [], [R]);
    const middle = claimOf('middle', 'gd', [], [L], { given: ['base'] });
    const resolved = resolve(claimOf('top', 'gd', [], [], { given: ['middle'] }), middle, base);
    expect(resolved.ok && resolved.value.claim.definitions.map(({ name }) => name)).toEqual(['L', 'R']);
    expect(resolved.ok && [...resolved.value.givenNames]).toEqual(['L', 'R']);
  });
  it('keeps names apart: the own R is not the R of the definitions given', () => {
    const own = definition('R', [], [], number(7));
    const resolved = resolve(claimOf('top', 'gd', [], [own], { given: ['base'] }), claimOf('base', 'gd', [], [R, L]));
    if (!resolved.ok) throw new Error('it resolves');
    const [first, second, third] = resolved.value.claim.definitions;
    expect(first).toBe(own);
    expect(second?.name).not.toBe('R');
    expect(third && oneLine(third.body)).toBe(oneLine(multiplication(number(3), quantity(second?.name ?? '', [], []))));
    expect([...resolved.value.givenNames]).not.toContain('R');
  });
  it('refuses circles and unknown ids', () => {
    const circle = resolve(claimOf('a', 'gd', [], [], { given: ['b'] }), claimOf('b', 'gd', [], [], { given: ['a'] }));
    expect(circle.ok ? null : circle.problems[0]?.code).toBe('given-cycle');
    const unknown = resolve(claimOf('a', 'gd', [], [], { given: ['nothing'] }));
    expect(unknown.ok ? null : unknown.problems[0]?.code).toBe('unknown-given');
    const optimizer = resolve(claimOf('a', 'nobody', []));
    expect(optimizer.ok ? null : optimizer.problems[0]?.code).toBe('unknown-optimizer');
  });
});
