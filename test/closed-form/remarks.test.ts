/** The closed forms of Remarks 3.4 and 3.7 come out of the engine as one would write them by hand. */
import { describe, expect, it } from 'vitest';
import { closeEquation } from '../../src/closed-form/close-equation.ts';
import { specialEquation } from '../../src/closed-form/special-equation.ts';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import { writeFormula } from '../../src/latex/write/write-formula.ts';
import { deriveModifiedEquation, type ModifiedEquation } from '../../src/derivation/derive.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';
import type { Regime } from '../../src/notation/regimes.ts';

const optimizers = builtInDocuments().documents.flatMap(document => document.optimizers);

function derived(id: string): ModifiedEquation {
  const optimizer = optimizers.find(each => each.id === id);
  const result = optimizer && deriveModifiedEquation(optimizer, { order: 1, setting: 'full-batch' });
  if (!result?.ok) throw new Error(`${id} is not derived`);
  return result.value;
}

const text = (formula: Parameters<typeof writeFormula>[0]): string => writeFormula(formula, DEFAULT_NOTATION, 'text');

function definition(id: string, name: string): string {
  const found = closeEquation(derived(id)).definitions.find(each => each.name === name);
  if (!found) throw new Error(`${name} is missing`);
  return text(found.body);
}

function modifiedLoss(id: string, regime: Regime | null): string {
  const special = specialEquation(derived(id), { limit: 'large-n', regime });
  if (!special.ok || !special.value.whole) throw new Error(`${id} has no modified loss`);
  return text(special.value.whole);
}

describe('Remark 3.7', () => {
  it.each([
    ['M', '∇_j E(θ)'],
    ['R', '√((∇_j E(θ))^2 + ε)'],
    ['L', '(β / (1 - β) - (n + 1) β^{n+1} / (1 - β^{n+1})) ∇_j ‖∇ E(θ)‖_{1,ε}'],
    ['\\bar{L}', '∇_j ‖∇ E(θ)‖_{1,ε}'],
    ['P', '(ρ / (1 - ρ) - (n + 1) ρ^{n+1} / (1 - ρ^{n+1})) ∇_j E(θ) ∇_j ‖∇ E(θ)‖_{1,ε}'],
    ['\\bar{P}', '∇_j E(θ) ∇_j ‖∇ E(θ)‖_{1,ε}'],
  ])('%s', (name, expected) => {
    expect(definition('adam', name)).toBe(expected);
  });

  it('where the gradient is small', () => {
    expect(modifiedLoss('adam', 'small-gradient')).toBe(
      '-(1 / √(ε)) ∇_j (E(θ) + (h (1 + β) / (2 (1 - β))) ‖∇ E(θ)‖_{1,ε})',
    );
  });
});

describe('Remark 3.4', () => {
  it.each([
    ['R', '√((1 - ρ^{n+1}) (∇_j E(θ))^2 + ε)'],
    ['P', '∇_j E(θ) Σ_{k=0}^{n-1} ρ^{n-k} (1 - ρ^{k+1}) Σ_{i=1}^{p} ∇_{ij} E(θ) ∇_i E(θ) / R_i^(k)(θ)'],
    ['\\bar{P}', '(1 - ρ^{n+1}) ∇_j E(θ) Σ_{i=1}^{p} ∇_{ij} E(θ) ∇_i E(θ) / R_i^(n)(θ)'],
  ])('%s', (name, expected) => {
    expect(definition('rmsprop', name)).toBe(expected);
  });

  it.each([
    ['large-gradient', '-(1 / |∇_j E(θ)|) ∇_j (E(θ) - (h ρ / (1 - ρ)) ‖∇ E(θ)‖_{1,ε})'],
    ['small-gradient', '-(1 / √(ε)) ∇_j (E(θ) + (h / 2) ‖∇ E(θ)‖_{1,ε})'],
    ['small-gradient-all', '-(1 / √(ε)) ∇_j (E(θ) + (h / (4 √(ε))) ‖∇ E(θ)‖^2)'],
  ] as const)('%s', (regime, expected) => {
    expect(modifiedLoss('rmsprop', regime)).toBe(expected);
  });
});

it('counts the steps to the limit: thousands at ρ = 0.999, tens at ρ = 0.9', () => {
  const steps = (rho: number): number => {
    const special = specialEquation(derived('adam'), {
      limit: 'large-n',
      regime: null,
      values: new Map([
        ['\\rho', rho],
        ['\\beta', 0.5],
      ]),
    });
    if (!special.ok) throw new Error('adam has a limit');
    expect(special.value.rate?.orders).toEqual(['\\beta', '\\rho']);
    return special.value.rate?.settling?.steps ?? Number.NaN;
  };
  // (n+1)ρ^{n+1}(1−ρ)/ρ falls below 5 % at n near 4500.
  expect(steps(0.999)).toBeGreaterThan(4000);
  expect(steps(0.999)).toBeLessThan(5000);
  expect(steps(0.9)).toBeLessThan(100);
});
