/** What is derived of an optimizer in a run is derived once, whoever shows it: verdict, page, worked example and write-up. */
import { describe, expect, test } from 'vitest';
import { Derivations, type Origins } from '../../src/derivation/derive.ts';
import { deriveEpochMap } from '../../src/derivation/epoch/derive-epoch.ts';
import { deriveMap } from '../../src/derivation/stages.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import type { ModeqDocument } from '../../src/document/model.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeDocuments } from '../../src/judge/judge-documents.ts';
import { engineOf } from '../../src/judge/prove/standard-engine.ts';
import { explanationOf } from '../../src/report/explain/explanation.ts';
import { reportDocuments } from '../../src/session/report-documents.ts';

const SOURCE = String.raw`
% !modeq optimizer slow
% !modeq where \beta in (0,1)
\[ v^{(n+1)} = \beta v^{(n)} + \nabla E(\theta^{(n)}), \quad v^{(0)} = 0, \quad \theta^{(n+1)} = \theta^{(n)} - h v^{(n+1)} \]
% !modeq claim right about=slow setting=full-batch
\[ \dot\theta(t) = -\frac{1-\beta^{n+1}}{1-\beta} \nabla E(\theta(t)) + O(h) \]
% !modeq claim wrong about=slow setting=full-batch expect=refuted
\[ \dot\theta(t) = -\frac{1-\beta^{n}}{1-\beta} \nabla E(\theta(t)) + O(h) \]
% !modeq claim step about=slow setting=full-batch
\[ \theta^{(n+1)} = \theta^{(n)} - h \frac{1-\beta^{n+1}}{1-\beta} \nabla E(\theta^{(n)}) + O(h^2) \]
% !modeq claim late about=slow setting=full-batch limit=large-n
\[ \dot\theta(t) = -\frac{1}{1-\beta} \nabla E(\theta(t)) + O(h) \]
% !modeq optimizer plain
\[ \theta^{(n+1)} = \theta^{(n)} - h \nabla E_n(\theta^{(n)}) \]
% !modeq claim memory about=plain setting=full-batch part=memory order=1
\[ \dot\theta(t) = 0 + O(h^2) \]
% !modeq claim batches about=plain setting=mini-batch
\[ \dot\theta(t) = -\nabla E_n(\theta(t)) + O(h) \]
% !modeq claim mean about=plain setting=reshuffled
\[ \dot\theta(t) = -\nabla E(\theta(t)) + O(h) \]
`;

/** Counts what is derived by optimizer, setting and order. */
function counting(): { readonly derivations: Derivations; readonly counts: ReadonlyMap<string, number> } {
  const counts = new Map<string, number>();
  const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  const origins: Origins = {
    steps: (optimizer, options) => {
      count(`${optimizer.id} ${options.setting} ${options.order}`);
      return deriveMap(optimizer, options);
    },
    epochs: (optimizer, options) => {
      count(`${optimizer.id} reshuffled ${options.order}`);
      return deriveEpochMap(optimizer, options);
    },
  };
  return { derivations: new Derivations(origins), counts };
}

const ONCE = { 'slow full-batch 0': 1, 'plain full-batch 1': 1, 'plain mini-batch 0': 1, 'plain reshuffled 0': 1 };

const read = (): ModeqDocument => readDocument({ name: 'paper.tex', text: SOURCE });

describe('one derivation for each optimizer, setting and order', () => {
  test('of all that a report shows', async () => {
    const { derivations, counts } = counting();
    const report = await reportDocuments([read()], { command: 'report', version: '0' }, { instances: 20 }, derivations);
    const verdicts = Object.fromEntries(report.claims.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({ right: 'proved', wrong: 'refuted', step: 'proved', late: 'proved' });
    expect(report.claims.filter(({ trace }) => trace?.counterpart.kind === 'derived').length).toBeGreaterThanOrEqual(6);
    expect(Object.fromEntries(counts)).toEqual(ONCE);
  });

  test('of a verdict and of its explanation, with the steps in the letters of the claim', async () => {
    const { derivations, counts } = counting();
    const document = read();
    const options = { ...DEFAULT_OPTIONS, instances: 20 };
    const verdicts = await judgeDocuments([document], engineOf(derivations), options, {
      onStart: ({ id }) => ['right', 'wrong', 'step'].includes(id),
    });
    const explained = verdicts.map(each => explanationOf(each, documentIndexOf(document, []), derivations));
    expect(explained.map(({ derivation }) => derivation === null)).toEqual([false, false, false]);
    expect(Object.fromEntries(counts)).toEqual({ 'slow full-batch 0': 1 });
  });

  test('whoever shares nothing derives again, which the count sees', async () => {
    const { derivations, counts } = counting();
    const document = read();
    for (const time of [1, 2]) {
      const { derivations: own, counts: ownCounts } = time === 1 ? { derivations, counts } : counting();
      await judgeDocuments([document], engineOf(own), { ...DEFAULT_OPTIONS, instances: 0 });
      expect(ownCounts.get('slow full-batch 0')).toBe(1);
    }
    const [slow] = document.optimizers;
    if (slow === undefined) throw new Error('the document has an optimizer');
    derivations.equation({ ...slow }, { order: 0, setting: 'full-batch' });
    expect(counts.get('slow full-batch 0')).toBe(2);
  });
});
