/** Limits at order 2: a sequence of samples has to be affordable before a proof counts, and before a wrong claim is refuted. */
import { expect, it } from 'vitest';
import { judgeFile } from '../fuzz/judge.ts';

it('limits at order 2 are judged as expected', () => {
  const path = new URL('limits-of-order-2.tex', import.meta.url).pathname;
  expect(judgeFile(path, { instances: 5, timeout: 120 }).map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
    'second-order proved',
    'second-order-wrong refuted',
  ]);
}, 300_000);
