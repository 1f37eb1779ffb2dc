/** A small document for every kind of wrong verdict that the generator has found. */
import { describe, expect, it } from 'vitest';
import { judgeFile } from './judge.ts';

const TAKEN_FOR_RIGHT = ['proved', 'supported', 'conditional', 'internal error', 'unreadable'];
const TAKEN_FOR_WRONG = ['refuted', 'internal error', 'unreadable'];

describe('what the fuzz generator has found', () => {
  const verdicts = judgeFile(new URL('found.tex', import.meta.url).pathname, { instances: 60 });
  it('is read', () => expect(verdicts.length).toBeGreaterThan(20));
  for (const { id, verdict } of verdicts)
    it(`${id} is not mistaken`, () => {
      expect(id.startsWith('true-') ? TAKEN_FOR_WRONG : TAKEN_FOR_RIGHT).not.toContain(verdict);
    });
});

describe('kinds that were open once', () => {
  const verdicts = judgeFile(new URL('proved.tex', import.meta.url).pathname, { instances: 20 });
  it('are read', () => expect(verdicts.length).toBeGreaterThan(25));
  for (const { id, verdict } of verdicts)
    it(`${id} is decided`, () => {
      if (id.startsWith('true-')) expect(verdict).toBe('proved');
      else expect(TAKEN_FOR_RIGHT).not.toContain(verdict);
    });
});
