/** Sums and products over ranges of many kinds: what is true is proved, what fails at a range that is empty is refuted. */
import { expect, it } from 'vitest';
import { judgeFile } from '../fuzz/judge.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';

it('ranges are judged as expected', () => {
  const path = new URL('ranges.tex', import.meta.url).pathname;
  const [document] = loadDocuments([path]).documents;
  const expected = (document?.claims ?? []).map(({ id, expect: wanted }) => `${id} ${wanted}`);
  expect(expected.length).toBeGreaterThan(40);
  expect(judgeFile(path, { instances: 12 }).map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(expected);
}, 300_000);
