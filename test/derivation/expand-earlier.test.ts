/**
 * What optimizers have computed earlier, expanded about the current point: written, read back as a claim, and judged by
 * running the optimizer as series in h, without and with the prover.
 */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { exampleDocuments } from '../support/example-optimizers.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { ROLE_LETTERS } from '../../src/expression/core/index-form.ts';
import { writeExpression } from '../../src/expression/write/to-formula.ts';
import { addition, index, multiplication, number, toPower, quantity, step } from '../../src/formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import type { ClaimVerdict } from '../../src/judge/verdict.ts';
import { writeFormula } from '../../src/latex/write/write-formula.ts';
import { expansionAlong } from '../../src/derivation/expand-earlier.ts';
import type { Setting } from '../../src/notation/settings.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';

const own = loadDocuments([new URL('epochs.tex', import.meta.url).pathname]).documents;
const all = [...own, ...exampleDocuments()];
const optimizers = all.flatMap(document => document.optimizers);
const equations = new Equations(standardEngine);

const next = addition(index(ITERATION), number(1));

/** The state at n + 1 and what it is to `order`, as LaTeX. */
function expanded(optimizer: Optimizer, left: Formula, order: number, setting: Setting): string {
  const expand = expansionAlong(optimizer, {
    order,
    fullBatch: setting === 'full-batch',
    definitions: [],
    declarations: optimizer.declarations,
    facts: [],
    budget: Budget.unlimited(),
  });
  const reserved = new Set(optimizer.states.map(({ name }) => name));
  const terms = expand(left, ROLE_LETTERS).flatMap((value, q) => {
    if (value.terms.length === 0) return [];
    const written = writeExpression(value, { nameOf: () => null, reserved });
    return q === 0 ? [written] : [multiplication(toPower(step, number(q)), written)];
  });
  const [only] = terms;
  const right = terms.length === 1 && only ? only : addition(...terms);
  const [a, b] = [left, right].map(side => writeFormula(side, optimizer.notation, 'latex'));
  return `\\[ ${a} = ${b} + O(h^{${order + 1}}) \\]`;
}

function judged(id: string, setting: Setting, order: number, latex: string, prover: 'on' | 'off'): ClaimVerdict {
  const text = `% !modeq claim earlier about=${id} setting=${setting} order=${order}\n${latex}\n`;
  const document = readDocument({ name: 'earlier.tex', text }, { documents: all });
  const [claim] = document.claims;
  if (!claim) throw new Error(document.unreadable[0]?.problems[0]?.message ?? 'not read');
  expect(claim.statements.map(({ kind }) => kind)).toEqual(['expansion']);
  const context = { library: documentIndexOf(document, all), engine: standardEngine, equations };
  return judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 24, prover, suggestions: false });
}

const CASES = optimizers.flatMap(optimizer =>
  optimizer.states.flatMap(({ name, componentwise }) =>
    (['mini-batch', 'full-batch'] as const).map((setting): [string, string, Setting, Formula] => [
      optimizer.id,
      name,
      setting,
      quantity(name, componentwise ? [index(COMPONENT)] : [], [next]),
    ]),
  ),
);

describe('states at the next iteration', () => {
  it('are those of many optimizers', () => expect(CASES.length).toBeGreaterThan(20));
  it.each(CASES)('%s, %s, %s', { timeout: 60_000 }, (id, _name, setting, left) => {
    const optimizer = optimizers.find(each => each.id === id);
    if (!optimizer) throw new Error('the optimizer is there');
    const latex = expanded(optimizer, left, 1, setting);
    expect(judged(id, setting, 1, latex, 'off').verdict).toBe('supported');
    const verdict = judged(id, setting, 1, latex, 'on');
    expect(verdict.verdict, verdict.message ?? '').toBe('proved');
  });
  it('to second order', { timeout: 60_000 }, () => {
    const optimizer = optimizers.find(({ id }) => id === 'momentum');
    if (!optimizer) throw new Error('the optimizer is there');
    const latex = expanded(optimizer, quantity('v', [index(COMPONENT)], [next]), 2, 'mini-batch');
    expect(judged('momentum', 'mini-batch', 2, latex, 'off').verdict).toBe('supported');
    expect(judged('momentum', 'mini-batch', 2, latex, 'on').verdict).toBe('proved');
  });
});

describe('points', () => {
  it('after the next step are not expanded', () => {
    const optimizer = optimizers.find(({ id }) => id === 'gd');
    if (!optimizer) throw new Error('the optimizer is there');
    const later: Formula = {
      kind: 'iterate',
      span: null,
      component: index(COMPONENT),
      label: addition(index(ITERATION), number(2)),
    };
    expect(() => expanded(optimizer, later, 1, 'mini-batch')).toThrow('after the next step');
  });
});
