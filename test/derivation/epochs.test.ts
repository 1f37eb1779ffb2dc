/**
 * Epochs in random order: the derived equation, written and read back as a claim, against the mean over all orders of the
 * optimizer itself; and the modified loss where there is one.
 */
import { describe, expect, it } from 'vitest';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { exampleDocuments } from '../support/example-optimizers.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import type { ClaimVerdict } from '../../src/judge/verdict.ts';
import { deriveModifiedEquation, type ModifiedEquation } from '../../src/derivation/derive.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { theoremLatex } from '../../src/report/theorem/theorem-latex.ts';

const { documents } = loadDocuments([new URL('epochs.tex', import.meta.url).pathname]);
const all = [...documents, ...exampleDocuments()];
const equations = new Equations(standardEngine);

function optimizerOf(id: string): Optimizer {
  const found = all.flatMap(({ optimizers }) => optimizers).find(each => each.id === id);
  if (!found) throw new Error(`no optimizer ${id}`);
  return found;
}

function derived(id: string, order: number): ModifiedEquation {
  const result = deriveModifiedEquation(optimizerOf(id), { order, setting: 'reshuffled' });
  if (!result.ok) throw new Error(result.problems[0]?.message ?? 'not derived');
  return result.value;
}

function judged(
  id: string,
  order: number,
  latex: string,
  { prover, instances = 24 }: { readonly prover: 'on' | 'off'; readonly instances?: number },
): ClaimVerdict {
  const text = `% !modeq claim epoch about=${id} setting=reshuffled order=${order}\n${latex}`;
  const document = readDocument({ name: 'epoch.tex', text }, { documents: all });
  const [claim] = document.claims;
  if (!claim) throw new Error(document.unreadable[0]?.problems[0]?.message ?? 'not read');
  const context = { library: documentIndexOf(document, all), engine: standardEngine, equations };
  return judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances, prover, suggestions: false });
}

const CASES: readonly [string, number][] = [
  ['gd', 0],
  ['gd', 1],
  ['gd', 2],
  ['momentum', 1],
  ['heavy-ball', 1],
  ['nesterov', 1],
  ['sched', 1],
  ['decay', 1],
  ['phi', 1],
  ['norm', 1],
  ['first', 1],
  ['bias', 1],
  ['square', 0],
  ['ahead', 1],
];

describe('derived epochs', () => {
  it.each(CASES)('%s to order %i is the mean over all orders', { timeout: 120_000 }, (id, order) => {
    const latex = theoremLatex(derived(id, order));
    expect(judged(id, order, latex, { prover: 'off' }).verdict).toBe('supported');
    // The samples would be the same ones: the proof is asked for without them.
    const verdict = judged(id, order, latex, { prover: 'on', instances: 0 });
    expect(verdict.verdict, verdict.message ?? '').toBe('proved');
  });
  it('depend on the order: the twin of another optimizer is refuted', () => {
    expect(
      judged('momentum', 1, theoremLatex(derived('nesterov', 1)).replaceAll('\\mu', '\\beta'), { prover: 'on' })
        .verdict,
    ).toBe('refuted');
  });
  it.each(['root-of-all', 'function-of-two', 'adam', 'rmsprop', 'lion'])('%s is refused with the reason', id => {
    const result = deriveModifiedEquation(optimizerOf(id), { order: 1, setting: 'reshuffled' });
    expect(result.ok ? [] : result.problems.map(({ code }) => code)).toEqual(['mean-not-covered']);
  });
});

describe('modified losses', () => {
  it.each([
    ['gd', 1],
    ['sched', 0],
    ['decay', 1],
    ['momentum', 1],
  ])('%s to order %i has one', (id, order) => {
    expect(derived(id, order).losses).toHaveLength(order + 1);
  });
  it.each([
    ['gd', 2],
    ['phi', 0],
  ])('%s to order %i has none', (id, order) => {
    expect(derived(id, order).losses).toBeUndefined();
  });
  it('of SGD is that of Smith, Dherin, Barrett and De', () => {
    expect(theoremLatex(derived('gd', 1))).toContain(
      String.raw`h \frac{\sum_{k=0}^{m-1} \left\|\nabla E_{k}(\boldsymbol{\theta})\right\|^{2}}{4 m}`,
    );
  });
});
