/** `modeq figures training --small`: its sentences held against its CSV, and parts that are killed, go on and are put together. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCommand } from '../support/built-command.ts';
import { modeq } from '../support/memory-terminal.ts';
import { complaintsAboutSvg } from '../support/svg-document.ts';
import { expectSentences } from '../support/training/expect-sentences.ts';
import { observationLines } from '../support/training/observations.ts';
import { predictionLines, ratioLines } from '../support/training/predictions.ts';
import { type Row, rowsOf, runsOf } from '../support/training/runs.ts';

const SMALL = ['figures', 'training', '--small'];
const FIGURES = [
  'training-digits-adam-beta.svg',
  'training-iris-adam-beta.svg',
  'training-iris-adam-h.svg',
  'training-iris-adam-rho.svg',
  'training-iris-adam-spiking-rho.svg',
  'training-iris-rmsprop-rho.svg',
];
const TEXTS = ['training-points.csv', 'training-runs.csv', 'training.json', 'training.md'];

let folder = '';
let whole = '';
const at = (...names: string[]): string => join(folder, ...names);
const text = (out: string, name: string): string => readFileSync(join(out, name), 'utf8');
const runsIn = (out: string): string[] =>
  existsSync(join(out, 'training-runs'))
    ? readdirSync(join(out, 'training-runs')).filter(name => !name.startsWith('.'))
    : [];
const resultOf = (out: string, name: string) => JSON.parse(text(join(out, 'training-runs'), name)).result;
/** Gives up where the command has ended. */
async function until(isThere: () => boolean, ended: Promise<unknown>): Promise<void> {
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  while (!isThere() && !isOver) await new Promise(resolve => setTimeout(resolve, 10));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-training-'));
  whole = at('whole');
  const { code, err } = await modeq([...SMALL, '--out', whole]);
  expect([code, err]).toEqual([0, '']);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

const csv = (name: string): Row[] => rowsOf(text(whole, name));

describe('what is written', () => {
  test('figures, a text and every number', () => {
    expect(readdirSync(whole).sort()).toEqual([...FIGURES, 'training-runs', ...TEXTS].sort());
    for (const name of FIGURES) {
      const svg = text(whole, name);
      expect(complaintsAboutSvg(svg)).toEqual([]);
      for (const label of ['along the run', 'Test accuracy', 'Training loss', 'orders 0 and 1'])
        expect(svg).toContain(label);
    }
    const { runs, sweeps, predictions } = JSON.parse(text(whole, 'training.json'));
    expect(runs).toHaveLength(csv('training-runs.csv').length);
    expect(runs).toHaveLength(runsIn(whole).length);
    expect(sweeps).toHaveLength(FIGURES.length);
    expect(predictions).toHaveLength(2);
    const points = csv('training-points.csv');
    expect(new Set(points.map(({ curve }) => curve))).toEqual(new Set(['run', 'order 0', 'order 1', 'ratio']));
  });

  test('the runs train, and nothing in them is missing that a figure shows', () => {
    const points = csv('training-points.csv').filter(({ curve, run }) => curve === 'run' && run?.includes('iris'));
    const runs = new Set(points.map(({ run }) => run));
    for (const run of runs) {
      const own = points.filter(each => each.run === run);
      expect(Number(own.at(-1)?.loss)).toBeLessThan(Number(own[0]?.loss));
      expect(
        own.every(({ norm, accuracy }) => Number(norm) > 0 && Number(accuracy) >= 0 && Number(accuracy) <= 1),
      ).toBe(true);
    }
    expect(runs.size).toBeGreaterThan(10);
  });

  test('what a run says at the threshold is its first point below it', () => {
    const points = csv('training-points.csv');
    const crossed = csv('training-runs.csv').filter(({ n }) => n !== '');
    expect(crossed.length).toBeGreaterThan(5);
    for (const { run, n, loss, norm, threshold } of crossed) {
      const own = points.filter(each => each.run === run && each.curve === 'run');
      const first = own.find(each => Number(each.loss) < Number(threshold));
      expect([first?.n, first?.loss, first?.norm]).toEqual([n, loss, norm]);
    }
  });
});

test('every sentence with a result in it follows from the CSV, and none is missing', () => {
  const runs = runsOf(csv('training-runs.csv'), csv('training-points.csv'));
  expectSentences(text(whole, 'training.md'), [
    ...observationLines(runs),
    ...predictionLines(runs),
    ...ratioLines(runs),
  ]);
});

describe('runs that are made', () => {
  test('are not made again, and the files are the same', async () => {
    const before = TEXTS.map(name => text(whole, name));
    const { code, err } = await modeq([...SMALL, '--out', whole], { terminal: true });
    expect([code, err]).toEqual([
      0,
      `${runsIn(whole).length} of ${runsIn(whole).length} runs are in ${join(whole, 'training-runs')} already\n`,
    ]);
    expect(TEXTS.map(name => text(whole, name))).toEqual(before);
  });

  test('a part that is killed at random moments loses nothing; the parts are together the whole, byte for byte', {
    timeout: 600_000,
  }, async () => {
    const [one, two, merged] = [at('one'), at('two'), at('merged')];
    const args = [...SMALL, '--shard', '1/2', '--jobs', '2', '--out', one];
    let kept: string[] = [];
    for (let kill = 0; kill < 3; kill += 1) {
      const before = runsIn(one).length;
      const running = startCommand(args);
      await until(() => runsIn(one).length > before, running.outcome);
      await new Promise(resolve => setTimeout(resolve, Math.random() * 500));
      running.kill('SIGKILL');
      await running.outcome;
      const found = runsIn(one);
      expect(found).toEqual(expect.arrayContaining(kept));
      kept = found;
      expect(kept.length).toBeGreaterThan(before);
    }
    for (const name of kept) expect(resultOf(one, name)).toEqual(resultOf(whole, name));
    // A file that is cut off is made again.
    const [first = ''] = kept;
    writeFileSync(join(one, 'training-runs', first), '{"mark": "cut o');
    for (const options of [
      ['--shard', '1/2', '--out', one],
      ['--shard', '2/2', '--out', two],
      ['--merge', one, two, '--out', merged],
    ]) {
      const { code, err } = await startCommand([...SMALL, ...options]).outcome;
      expect([code, err]).toEqual([0, '']);
    }
    expect(runsIn(one).length + runsIn(two).length).toBe(runsIn(whole).length);
    expect(runsIn(merged)).toEqual(runsIn(whole));
    for (const name of [...FIGURES, ...TEXTS]) expect(text(merged, name)).toBe(text(whole, name));
  });

  test('Ctrl-C keeps the runs, ends with code 3, and the same command goes on to equal files', {
    timeout: 600_000,
  }, async () => {
    const out = at('interrupted');
    const running = startCommand([...SMALL, '--jobs', '2', '--out', out]);
    await until(() => runsIn(out).length > 1, running.outcome);
    running.kill('SIGINT');
    const { code, err, out: printed } = await running.outcome;
    const kept = runsIn(out);
    const all = runsIn(whole).length;
    expect(kept.length).toBeLessThan(all);
    const told = `modeq: interrupted; ${kept.length} of ${all} runs are kept in ${join(out, 'training-runs')}\n`;
    expect([code, err, printed]).toEqual([3, told, '']);
    expect(readdirSync(out)).toEqual(['training-runs']);
    const times = kept.map(name => statSync(join(out, 'training-runs', name)).mtimeMs);
    expect((await startCommand([...SMALL, '--out', out]).outcome).code).toBe(0);
    expect(kept.map(name => statSync(join(out, 'training-runs', name)).mtimeMs)).toEqual(times);
    for (const name of [...FIGURES, ...TEXTS]) expect(text(out, name)).toBe(text(whole, name));
  });

  test.each([
    [['--shard', '3/2'], 'Expected i/N'],
    [['--merge', '/nowhere/at/all'], 'holds no runs'],
    [['--seeds', '0'], 'Expected an integer'],
  ])('bad input %j: a message and code 2', async (options, word) => {
    const { code, err } = await modeq([...SMALL, ...options, '--out', at('never')]);
    expect(code).toBe(2);
    expect(err).toContain(word);
    expect(existsSync(at('never'))).toBe(false);
  });

  test('a file that modeq did not write is not replaced', async () => {
    mkdirSync(at('foreign'));
    writeFileSync(at('foreign', 'training.md'), 'my own notes\n');
    const { code, err } = await modeq([...SMALL, '--out', at('foreign')]);
    expect([code, err]).toEqual([2, expect.stringContaining('training.md')]);
    expect(text(at('foreign'), 'training.md')).toBe('my own notes\n');
  });
});
