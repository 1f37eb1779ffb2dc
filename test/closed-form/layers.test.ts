/** Closed forms made definition by definition, and modified losses found among the potentials that the terms suggest. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { closeEquation } from '../../src/closed-form/close-equation.ts';
import { closeLayers } from '../../src/closed-form/close-layers.ts';
import { deriveModifiedEquation, type ModifiedEquation } from '../../src/derivation/derive.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { writeFormula } from '../../src/latex/write/write-formula.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';

function derived(id: string): ModifiedEquation {
  const name = `derivations/optimizers/${id}.tex`;
  const [optimizer] = readDocument({ name, text: readFileSync(name, 'utf8') }).optimizers;
  const result = optimizer && deriveModifiedEquation(optimizer, { order: 1, setting: 'full-batch' });
  if (!result?.ok) throw new Error(`${id} is not derived`);
  return result.value;
}

const text = (formula: Parameters<typeof writeFormula>[0]): string => writeFormula(formula, DEFAULT_NOTATION, 'text');

it.each([
  ['adagrad', 'R', '√((n + 1) (∇_j E(θ))^2 + ε)'],
  ['adabelief', 'M', '∇_j E(θ)'],
  ['adabelief', 'B', 'β^{n+1} ∇_j E(θ)'],
  ['adabelief', '\\bar{K}', 'Σ_{i=1}^{p} ∇_{ij} E(θ) ∇_i E(θ) / R_i^(n)(θ)'],
])('%s: %s', (id, name, expected) => {
  const found = closeLayers(derived(id)).definitions.find(each => each.name === name);
  expect(found && text(found.body)).toBe(expected);
});

it.each([
  ['sam', '-∇_j (E(θ) + h '],
  ['gradient-penalty', '-∇_j (E(θ) + λ ‖∇ E(θ)‖^2 + h '],
  ['sgd-weight-decay', '-∇_j (E(θ) + (λ / 2) Σ_{i=1}^{p} θ_i^2 + h '],
])('the modified loss of %s', (id, beginning) => {
  const { whole } = closeEquation(derived(id));
  expect(whole && text(whole).slice(0, beginning.length)).toBe(beginning);
});
