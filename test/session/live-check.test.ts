/** Documents that are judged again: what is known is not judged anew, and nothing is known that a change can have touched. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkHere } from '../../src/cli/check-here.ts';
import { LiveCheck } from '../../src/session/live-check.ts';

const OPTIONS = { seed: 1, instances: 20, digits: 30, timeoutMilliseconds: 60_000, jobs: 1, pages: false };
const claim = (id: string, right: string, keys = ''): string => `
% !modeq claim ${id} about=gd order=0${keys}
\\[ \\dot{\\tilde\\theta}_j(t) = ${right} \\]
`;
const RIGHT = String.raw`-\nabla_j E_n(\tilde\theta(t))`;
const WRONG = String.raw`\nabla_j E_n(\tilde\theta(t))`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-live-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Judges the texts one after another; of each the verdicts and which claims were judged anew. */
async function rounds(...texts: readonly string[]): Promise<{ verdicts: (string | undefined)[]; judged: string[] }[]> {
  const file = join(folder, 'paper.tex');
  writeFileSync(file, '');
  let judged: string[] = [];
  const live = new LiveCheck((request, collection, onEvent, stop) => {
    const run = checkHere(request, collection, onEvent, stop);
    return run.then(() => {
      judged = (collection.loadedEvent?.claims ?? []).filter((_, at) => !request.skip.includes(at)).map(({ id }) => id);
    });
  }, OPTIONS);
  const found = [];
  for (const text of texts) {
    const state = await live.judge([file], { [file]: text }, () => undefined, new AbortController().signal);
    found.push({ verdicts: state.claims.map(({ report }) => report?.verdict), judged });
  }
  return found;
}

test('only what changed is judged again', async () => {
  const found = await rounds(
    claim('a', RIGHT) + claim('b', RIGHT),
    claim('a', RIGHT) + claim('b', WRONG),
    claim('a', RIGHT) + claim('b', WRONG),
  );
  expect(found).toEqual([
    { verdicts: ['proved', 'proved'], judged: ['a', 'b'] },
    { verdicts: ['proved', 'refuted'], judged: ['b'] },
    { verdicts: ['proved', 'refuted'], judged: [] },
  ]);
});

test('a macro that changes what a claim says has it judged again', async () => {
  const macro = (body: string): string => `\\newcommand{\\side}{${body}}\n`;
  const found = await rounds(macro(RIGHT) + claim('a', '\\side'), macro(WRONG) + claim('a', '\\side'));
  expect(found.map(({ verdicts }) => verdicts)).toEqual([['proved'], ['refuted']]);
});

test('a claim that another one is given by is no other claim', async () => {
  const text = (right: string): string => claim('a', right) + claim('b', RIGHT, ' same-as=a');
  const found = await rounds(text(RIGHT), text(WRONG));
  expect(found[1]?.judged).toEqual(['a', 'b']);
  expect(found[0]?.verdicts[1]).not.toBe('refuted');
  expect(found[1]?.verdicts[1]).not.toBe(found[0]?.verdicts[1]);
});
