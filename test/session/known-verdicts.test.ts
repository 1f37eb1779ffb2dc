/** Verdicts of an earlier run: taken where nothing changed, and nowhere else. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CacheFolder } from '../../src/files/cache-folder.ts';
import type { ClaimReport } from '../../src/report/verdicts/check-report.ts';
import type { PendingClaim } from '../../src/session/check-session.ts';
import { GatheredVerdicts } from '../../src/session/gather-verdicts.ts';
import { remembering } from '../../src/session/known-verdicts.ts';
import type { RunCheck } from '../../src/session/run-check.ts';

let folder = '';
let paper = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-known-'));
  paper = join(folder, 'paper.tex');
  mkdirSync(join(folder, 'sections'));
  writeFileSync(paper, '\\input{sections/a}\n');
  writeFileSync(join(folder, 'sections', 'a.tex'), '% !modeq claim one\n\\[ 1 = 1 \\]\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const pending = (id: string): PendingClaim => {
  const nothing = { about: null, setting: null, order: null };
  return { id, file: paper, line: 1, column: 1, ...nothing, expect: 'proved' };
};
const judged = (claim: PendingClaim): ClaimReport => ({
  ...claim,
  verdict: 'proved',
  statements: [],
  assumptions: [],
  excluded: [],
  milliseconds: 17,
  evidence: null,
  counterexample: null,
  suggestion: null,
  suggestions: [],
  message: null,
  notes: [],
});
const claims = [pending('one'), pending('two')];

/** A judge that says which claims it judged; `late` are ended by the clock. */
function judge(late: readonly number[] = [], after: () => void = () => undefined) {
  const seen: number[][] = [];
  const run: RunCheck = async ({ skip }, collection) => {
    const coverage = { judged: 2, defined: 0, ignored: 0, unannotated: 0 };
    collection.take({ kind: 'loaded', claims, problems: [], badInput: false, coverage });
    const open = [0, 1].filter(position => !skip.includes(position));
    seen.push(open);
    for (const position of open) {
      const report = judged(claims[position] ?? pending('none'));
      const timeIsOver = late.includes(position) ? ({ timeIsOver: true } as const) : {};
      collection.take({ kind: 'judged', position, report, ...timeIsOver });
    }
    after();
  };
  return { run, seen };
}

const REQUEST = { only: null, seed: 1, instances: 200, digits: 50, timeoutMilliseconds: 1_000, skip: [] };
interface Asked {
  readonly program?: string;
  readonly change?: object;
}
async function check(run: RunCheck, { program = 'p', change = {} }: Asked = {}): Promise<GatheredVerdicts> {
  const collection = new GatheredVerdicts();
  const remember = remembering(run, new CacheFolder(join(folder, 'cache')), () => program);
  const { signal } = new AbortController();
  await remember({ ...REQUEST, paths: [paper], ...change }, collection, () => undefined, signal);
  return collection;
}

describe('an unchanged paper', () => {
  test('is not judged again, and the report is the same', async () => {
    const { run, seen } = judge();
    const first = await check(run);
    const second = await check(run);
    expect(seen).toEqual([[0, 1]]);
    expect(second.report(1, '')).toEqual(first.report(1, ''));
    expect(second.done.length).toBe(second.total);
  });
  test.each([
    ['another time limit', { timeoutMilliseconds: 9_000 }],
    ['other jobs', { jobs: 3 }],
  ])('with %s is the same', async (_, change) => {
    const { run, seen } = judge();
    await check(run);
    await check(run, { change });
    expect(seen.length).toBe(1);
  });
});

describe('is judged anew', () => {
  test.each([
    ['another seed', { seed: 2 }],
    ['other instances', { instances: 100 }],
    ['other digits', { digits: 60 }],
    ['a claim only', { only: ['one'] }],
    ['recheck', { recheck: true }],
    ['strict', { strict: true }],
    ['no cache', { noCache: true }],
    ['pages', { pages: true }],
  ])('with %s', async (_, change) => {
    const { run, seen } = judge();
    await check(run);
    await check(run, { change });
    expect(seen.length).toBe(2);
  });
  test('by another program', async () => {
    const { run, seen } = judge();
    await check(run);
    await check(run, { program: 'q' });
    expect(seen.length).toBe(2);
  });
  test.each([
    ['the paper', 'paper.tex', '\\input{sections/a} \n'],
    ['a file that it brings in', join('sections', 'a.tex'), '% !modeq claim one\n\\[ 2 = 2 \\]\n'],
    ['a file that is found before it', 'sections/a', 'never read'],
  ])('after a change of %s', async (what, name, text) => {
    const { run, seen } = judge();
    await check(run);
    writeFileSync(join(folder, name), text);
    await check(run);
    // `sections/a.tex` is found before `sections/a`.
    expect(seen.length).toBe(what === 'a file that is found before it' ? 1 : 2);
  });
  test('where the texts changed while it was judged', async () => {
    const { run, seen } = judge([], () => writeFileSync(paper, `${seen.length}\n\\input{sections/a}`));
    await check(run);
    await check(run);
    expect(seen.length).toBe(2);
  });
  test('where the clock ended a claim: that claim alone', async () => {
    const { run, seen } = judge([1]);
    await check(run);
    await check(run);
    expect(seen).toEqual([[0, 1], [1]]);
  });
  test('where the program failed', async () => {
    const { run, seen } = judge();
    const failing: RunCheck = async (request, collection, onEvent, stop) => {
      await run(request, collection, onEvent, stop);
      collection.take({ kind: 'failed', position: null, message: 'broken', trace: '' });
    };
    await check(failing);
    await check(failing);
    expect(seen.length).toBe(2);
  });
  test('where what was kept is damaged', async () => {
    const { run, seen } = judge();
    await check(run);
    rmSync(join(folder, 'cache'), { recursive: true });
    writeFileSync(join(folder, 'cache'), 'no folder');
    await check(run);
    expect(seen.length).toBe(2);
  });
});
