import { describe, expect, it } from 'vitest';
import type { UnreadableClaim } from '../../src/document/model.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { claimsOf, judgeDocuments } from '../../src/judge/judge-documents.ts';
import { claimOf, gradientDescentTheorem, nowhere } from './hand-built.ts';
import { document, standInEngine } from './stand-in-engine.ts';

const unreadable: UnreadableClaim = {
  id: 'broken',
  span: { ...nowhere, start: 5 },
  expect: 'unreadable',
  problems: [{ code: 'x', message: 'expected a closing brace' }],
};
const late = { ...gradientDescentTheorem, id: 'late', span: { ...nowhere, start: 9 } };
const documents = [{ ...document, claims: [late, gradientDescentTheorem], unreadable: [unreadable] }];
const options = { ...DEFAULT_OPTIONS, instances: 20 };

describe('judgeDocuments', () => {
  it('judges in the order of the text, unreadable claims among the others', async () => {
    expect(claimsOf(documents).map(({ claim }) => claim.id)).toEqual(['gd-thm', 'broken', 'late']);
    const seen: number[] = [];
    const verdicts = await judgeDocuments(documents, standInEngine, options, {
      onVerdict: (_, position) => seen.push(position),
    });
    expect(verdicts.map(({ id, verdict, message }) => [id, verdict, message])).toEqual([
      ['gd-thm', 'supported', 'no proof: the stand-in proves nothing'],
      ['broken', 'unreadable', 'expected a closing brace'],
      ['late', 'supported', 'no proof: the stand-in proves nothing'],
    ]);
    expect(seen).toEqual([0, 1, 2]);
  });
  it('stops at the signal and keeps what it has', async () => {
    const controller = new AbortController();
    const verdicts = await judgeDocuments(documents, standInEngine, options, {
      signal: controller.signal,
      onVerdict: () => controller.abort(),
    });
    expect(verdicts.map(({ id }) => id)).toEqual(['gd-thm']);
  });
  it('passes over what the caller does not want', async () => {
    const verdicts = await judgeDocuments(documents, standInEngine, options, { onStart: claim => claim.id === 'late' });
    expect(verdicts.map(({ id }) => id)).toEqual(['late']);
  });
  it('takes optimizers of the documents given besides', async () => {
    const alone = {
      ...document,
      optimizers: [],
      claims: [claimOf('far', 'gd', [...gradientDescentTheorem.statements])],
    };
    expect((await judgeDocuments([alone], standInEngine, options)).map(({ verdict }) => verdict)).toEqual([
      'unreadable',
    ]);
    expect(
      (await judgeDocuments([alone], standInEngine, options, {}, [document])).map(({ verdict }) => verdict),
    ).toEqual(['supported']);
  });
});
