/** Limits of what sets in late, or is divided by what vanishes: judged by large n, or not at all. */
import { expect, it } from 'vitest';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { judgeFile } from '../fuzz/judge.ts';

it('late limits are judged as expected', () => {
  const path = new URL('late-limits.tex', import.meta.url).pathname;
  const [document] = loadDocuments([path]).documents;
  const expected = (document?.claims ?? []).map(({ id, expect: wanted }) => `${id} ${wanted}`);
  expect(expected.length).toBeGreaterThan(18);
  expect(judgeFile(path, { instances: 12 }).map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(expected);
}, 300_000);
