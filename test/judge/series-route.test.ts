/**
 * Every built-in optimizer, run in series of h beside the equation that is derived from its update rule: right to the order
 * asked for, and not to the next. Neither the normal form nor the paper takes part in the comparison.
 */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { exampleDocuments } from '../support/example-optimizers.ts';
import { followEquation } from '../../src/judge/follow-equation.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';

const optimizers = exampleDocuments().flatMap(document => document.optimizers);
const cases = optimizers.flatMap(optimizer =>
  (['mini-batch', 'full-batch'] as const).flatMap(setting =>
    [0, 1, 2].map((order): [string, string, number, Optimizer, 'mini-batch' | 'full-batch'] => [
      optimizer.id,
      setting,
      order,
      optimizer,
      setting,
    ]),
  ),
);

describe('built-in optimizers', () => {
  it('are there', () => expect(optimizers.length).toBeGreaterThan(5));
  it.each(cases)('%s, %s, order %i', { timeout: 60_000 }, (_id, _setting, order, optimizer, setting) => {
    const derived = deriveModifiedEquation(optimizer, { order, setting });
    if (!derived.ok) throw new Error(derived.problems[0]?.message);
    const equation = {
      coefficients: derived.value.coefficients,
      definitions: derived.value.definitions,
      declarations: optimizer.declarations,
    };
    const task = { optimizer, equation, setting, seed: 1, budget: Budget.unlimited() };
    const followed = followEquation({ ...task, order });
    expect(followed).toMatchObject({ kind: 'agrees', runs: 10, sharp: 10 });
    // As an equation of the next order it must fail.
    expect(followEquation({ ...task, order: order + 1 })).toMatchObject({ kind: 'differs' });
  });
});
