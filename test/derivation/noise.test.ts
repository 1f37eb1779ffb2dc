/**
 * Stochastic equations: the derived drift and noise beside the optimizer's runs with every batch, what a hand finds, rules that have none, and what
 * is not read.
 */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/document/read/read-document.ts';
import { checkNoise } from '../../src/judge/check/check-special.ts';
import { PrintedWrongly } from '../../src/judge/check/self-check.ts';
import { negation } from '../../src/formula/build.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { deriveTheorem } from '../../src/report/theorem/derive-theorem.ts';
import { theoremLatex } from '../../src/report/theorem/theorem-latex.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { builtInDocuments } from '../../src/files/documents/load.ts';

const all = builtInDocuments().documents.flatMap(({ optimizers }) => optimizers);
function optimizerOf(id: string): Optimizer {
  const found = all.find(each => each.id === id);
  if (!found) throw new Error(`no optimizer ${id}`);
  return found;
}

const PATIENCE = 60_000;

describe('the stochastic equation of weak order 2', () => {
  // deriveTheorem compares drift and noise with the runs, and throws where they differ.
  it.each(['gd', 'sgd-weight-decay'])('%s', { timeout: PATIENCE }, id => {
    const theorem = deriveTheorem(optimizerOf(id), { setting: 'iid', order: 1, weakOrder: 2 });
    expect(theorem.ok && theoremLatex(theorem.value)).toContain('(\\sigma\\sigma^\\top)_{ji} &:= h \\mathbb{E}_{k}');
  });

  it('is seen to be wrong with another noise', { timeout: PATIENCE }, () => {
    const derived = deriveModifiedEquation(optimizerOf('gd'), { order: 1, setting: 'iid', mean: 'map', noise: 1 });
    if (!derived.ok || derived.value.noise === undefined) throw new Error('not derived');
    const { coefficients } = derived.value.noise;
    expect(() => checkNoise(derived.value, coefficients)).not.toThrow();
    expect(() => checkNoise(derived.value, coefficients.map(negation))).toThrow(PrintedWrongly);
  });

  it.each(['momentum', 'nesterov', 'adam'])('%s has memory', id => {
    const theorem = deriveTheorem(optimizerOf(id), { setting: 'iid', order: 1, weakOrder: 2 });
    expect(!theorem.ok && theorem.problems[0]?.code).toBe('rule-with-memory');
  });
});

describe('stochastic equations that are not read', () => {
  const RULE = '% !modeq optimizer gd\n\\[ \\theta^{(n+1)} = \\theta^{(n)} - h\\nabla E_n(\\theta^{(n)}) \\]\n\n';
  it.each([
    ['no order', 'setting=iid', 'dX_t = -\\nabla E(X_t)dt + \\sqrt h\\Sigma(X_t)^{1/2}dW_t', 'weak-order'],
    ['no setting', 'weak-order=1', 'dX_t = -\\nabla E(X_t)dt + \\sqrt h\\Sigma(X_t)^{1/2}dW_t', 'weak-order'],
    [
      'two orders',
      'setting=iid weak-order=2 order=1',
      'dX_t = -\\nabla E(X_t)dt + \\sqrt h\\Sigma^{1/2}dW_t',
      'weak-order',
    ],
    ['order 3', 'setting=iid weak-order=3', 'dX_t = -\\nabla E(X_t)dt + \\sqrt h\\Sigma^{1/2}dW_t', 'unknown-value'],
    [
      'large to order 2',
      'setting=iid weak-order=2 noise-scale=0',
      'dX_t = -\\nabla E(X_t)dt + \\sqrt h\\Sigma^{1/2}dW_t',
      'weak-order',
    ],
    [
      'not of Itô',
      'setting=iid weak-order=1',
      'dX_t = -\\nabla E(X_t)dt + \\sqrt h\\Sigma^{1/2}\\circ dW_t',
      'stratonovich',
    ],
    [
      'two noises',
      'setting=iid weak-order=1',
      'dX_t = -\\nabla E(X_t)dt + \\sqrt h\\Sigma^{1/2}dW_t + h\\,dB_t',
      'several-noises',
    ],
    [
      'unknown root',
      'setting=iid weak-order=1',
      'dX_t = -\\nabla E(X_t)dt + \\sqrt h\\rho(X_t)dW_t',
      'noise-not-understood',
    ],
  ])('%s', (_, keys, formula, code) => {
    const text = `${RULE}% !modeq claim c about=gd ${keys}\n\\[ ${formula} \\]\n`;
    const { unreadable } = readDocument({ name: 'noise.tex', text });
    expect(unreadable.flatMap(({ problems }) => problems.map(problem => problem.code))).toContain(code);
  });
});
