/** Schedules that are any function of n alone, hyperparameters in exponents among them: equations beside the rows, and claims. */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { followEquation } from '../../src/judge/follow-equation.ts';
import { judgeDocuments } from '../../src/judge/judge-documents.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';

const loaded = loadDocuments([new URL('exponents.tex', import.meta.url).pathname]);
const optimizers = loaded.documents.flatMap(document => [...document.optimizers]);

describe('functions of n alone', () => {
  it('are read without problems', () => {
    expect(loaded.documents.flatMap(({ problems }) => problems.map(({ message }) => message))).toEqual([]);
    expect(optimizers).toHaveLength(4);
  });

  it.each(optimizers.map(optimizer => [optimizer.id, optimizer] as const))(
    'the equations of %s follow it',
    (_, one) => {
      for (const setting of ['mini-batch', 'full-batch'] as const) {
        const derived = deriveModifiedEquation(one, { order: 1, setting });
        if (!derived.ok) throw new Error(derived.problems[0]?.message);
        const { coefficients, definitions } = derived.value;
        const equation = { coefficients, definitions, declarations: one.declarations };
        const budget = new Budget(20_000_000);
        const found = followEquation({ optimizer: one, equation, order: 1, setting, seed: 3, runs: 3, budget });
        expect(`${setting} ${found.kind}`).toBe(`${setting} agrees`);
      }
    },
  );

  it('are compared with claims', async () => {
    const judged = await judgeDocuments(loaded.documents, standardEngine, { ...DEFAULT_OPTIONS, instances: 40 });
    expect(judged.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'decay proved',
      'decay-slip refuted',
      'padam-zero proved',
      'padam-slip refuted',
      'powers-join proved',
      'powers-join-slip refuted',
    ]);
  });

  it('have a base that is surely positive', () => {
    const text = String.raw`% !modeq optimizer one
% !modeq where \gamma in (0,1)
\[ \theta_j^{(n+1)} = \theta_j^{(n)} - h \left(1 - n\right)^{\gamma} \nabla_j E_n(\theta^{(n)}) \]`;
    const document = readDocument({ name: 'paper.tex', text });
    const [optimizer] = document.optimizers;
    const derived = optimizer && deriveModifiedEquation(optimizer, { order: 0, setting: 'mini-batch' });
    const codes = [...document.problems, ...(derived?.ok === false ? derived.problems : [])].map(({ code }) => code);
    expect(codes).not.toEqual([]);
  });
});
