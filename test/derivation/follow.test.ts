/**
 * Derived equations against the optimizers themselves, run in truncated power series of h: an equation of order q agrees
 * with the iterates through h^{q+1} and differs at h^{q+2}, so the same equation fails as one of order q + 1.
 */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { exampleDocuments } from '../support/example-optimizers.ts';
import { followEquation } from '../../src/judge/follow-equation.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import type { Setting } from '../../src/notation/settings.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';

const own = loadDocuments(['optimizers.tex', 'points.tex'].map(name => new URL(name, import.meta.url).pathname));
const optimizers: Optimizer[] = [...exampleDocuments(), ...own.documents].flatMap(document => [...document.optimizers]);

function follow(
  optimizer: Optimizer,
  order: number,
  setting: Extract<Setting, 'mini-batch' | 'full-batch'>,
  claimedOrder = order,
) {
  const derived = deriveModifiedEquation(optimizer, { order, setting });
  if (!derived.ok) throw new Error(derived.problems.map(problem => problem.message).join('; '));
  const { coefficients, definitions } = derived.value;
  return followEquation({
    optimizer,
    equation: { coefficients, definitions, declarations: optimizer.declarations },
    order: claimedOrder,
    setting,
    seed: 3,
    budget: new Budget(1e8),
  });
}

describe('a derived equation follows its optimizer exactly to its order', () => {
  it('has optimizers to test', () => {
    expect(own.problems).toEqual([]);
    expect(optimizers.length).toBeGreaterThan(15);
  });

  for (const optimizer of optimizers) {
    it.each([0, 1, 2])(`${optimizer.id}, mini-batch, order %i`, order => {
      const followed = follow(optimizer, order, 'mini-batch');
      expect(followed).toMatchObject({ kind: 'agrees', runs: 10 });
      expect(followed.kind === 'agrees' && followed.sharp).toBeGreaterThan(4);
    });
    it(`${optimizer.id}, full-batch, order 1`, () => {
      expect(follow(optimizer, 1, 'full-batch')).toMatchObject({ kind: 'agrees', runs: 10 });
    });
  }

  it('an equation of order 1 fails as one of order 2', () => {
    const adam = optimizers.find(({ id }) => id === 'adam');
    expect(adam).toBeDefined();
    if (adam !== undefined) expect(follow(adam, 1, 'mini-batch', 2).kind).toBe('differs');
  });
});
