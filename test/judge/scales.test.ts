/** Limits with parts of extreme sizes: undecided or proved where no sequence sees them, with any number of digits. */
import { expect, it } from 'vitest';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { judgeFile } from '../fuzz/judge.ts';

const path = new URL('scales.tex', import.meta.url).pathname;

it.each([12, 30, 50])(
  'limits with extreme parts are judged as expected with %i digits',
  digits => {
    const [document] = loadDocuments([path]).documents;
    const expected = (document?.claims ?? []).map(({ id, expect: wanted }) => `${id} ${wanted}`);
    expect(expected.length).toBeGreaterThan(15);
    expect(judgeFile(path, { instances: 12, digits }).map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(expected);
  },
  300_000,
);
