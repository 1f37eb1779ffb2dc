/** `modeq figures training --small`: its sentences held against its CSV, and parts that are killed, go on and are put together. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCommand } from '../support/built-command.ts';
import { modeq } from '../support/memory-terminal.ts';
import { complaintsAboutSvg } from '../support/svg-document.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SMALL = ['figures', 'training', '--small'];
const FIGURES = [
  'training-digits-adam-beta.svg',
  'training-iris-adam-beta.svg',
  'training-iris-adam-h.svg',
  'training-iris-adam-rho.svg',
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

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-training-'));
  whole = at('whole');
  const { code, err } = await modeq([...SMALL, '--out', whole]);
  expect([code, err]).toEqual([0, '']);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

type Row = Readonly<Record<string, string>>;
function csv(name: string): Row[] {
  const [head = '', ...lines] = text(whole, name).trim().split('\n');
  const keys = head.split(',');
  return lines.map(line => Object.fromEntries(line.split(',').map((value, place) => [keys[place] ?? '', value])));
}

/** Spearman's correlation by the ranks' product moments, written anew. */
function spearman(x: readonly number[], y: readonly number[]): number {
  const ranks = (all: readonly number[]): number[] =>
    all.map(each => all.reduce((rank, other) => rank + (other < each ? 1 : other === each ? 0.5 : 0), 0.5));
  const [a, b] = [ranks(x), ranks(y)];
  const mean = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0) / all.length;
  const covariance = (p: readonly number[], q: readonly number[]): number =>
    mean(p.map((each, place) => (each - mean(p)) * ((q[place] ?? 0) - mean(q))));
  return covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
}

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

describe('every sentence follows from the numbers', () => {
  const sweeps = [
    { id: 'iris-adam-beta', key: 'beta', same: { rho: '0.95', h: '0.02' } },
    { id: 'iris-adam-rho', key: 'rho', same: { beta: '0.9', h: '0.02' } },
    { id: 'iris-adam-h', key: 'h', same: { beta: '0.9', rho: '0.95' } },
  ];
  const measures: Readonly<Record<string, string>> = {
    'the norm at the threshold': 'norm',
    'the test accuracy at the threshold': 'accuracy',
    'the loss falls faster': 'n',
    'the hills of the norm': 'hill',
  };
  test.each(sweeps)('$id: correlations and outcomes', ({ id, key, same }) => {
    const lines = text(whole, 'training.md')
      .split('\n')
      .filter(line => line.startsWith(`| ${id} |`))
      .map(line => line.split('|').map(cell => cell.trim()));
    expect(lines.length).toBeGreaterThan(0);
    const rows = csv('training-runs.csv').filter(
      row =>
        row.optimizer === 'adam' &&
        row.data === 'iris' &&
        row.epsilon === '0.001' &&
        Number(row.h) * Number(row.steps) > 1 &&
        Object.entries(same).every(([name, value]) => row[name] === value) &&
        (row.regime === 'monotone' || row.regime === 'oscillation'),
    );
    for (const [, , says = '', paper, correlation, agreeing, , outcome] of lines) {
      const measure = Object.entries(measures).find(([start]) => says.startsWith(start))?.[1];
      if (measure === undefined) {
        expect(says).toContain('at equal n');
        continue;
      }
      const found = ['1', '2'].flatMap(seed => {
        const own = rows.filter(row => row.seed === seed && row[measure] !== '');
        const value = spearman(
          own.map(row => Number(row[key])),
          own.map(row => Number(row[measure])),
        );
        return own.length < 3 ? [] : [Number.isNaN(value) ? 0 : value];
      });
      if (found.length === 0) {
        expect([correlation, outcome]).toEqual(['–', expect.stringContaining('nothing to see')]);
        continue;
      }
      const mean = found.reduce((sum, each) => sum + each, 0) / found.length;
      expect(Number(correlation?.replace('−', '-'))).toBeCloseTo(mean, 2);
      const like = found.filter(each => each * mean > 0).length;
      expect(agreeing).toBe(`${like} of ${found.length}`);
      const isClear = Math.abs(mean) >= 0.5 && like >= 0.8 * found.length;
      const isPapers = (mean > 0 ? '+' : '−') === paper;
      expect(outcome).toBe(isClear ? (isPapers ? 'seen' : 'the opposite was seen') : 'not seen: no clear sign');
    }
  });

  test('the list counts the outcomes of the table', () => {
    const lines = text(whole, 'training.md').split('\n');
    const outcomes = lines
      .filter(line => /^\| [a-z-]+-(?:beta|rho|h) \|/.test(line))
      .map(line => line.split('|').map(cell => cell.trim()));
    for (const line of lines.filter(each => each.startsWith('- ') && each.includes('sweep'))) {
      const says = line.slice(2, line.indexOf(' (')).toLowerCase();
      const own = outcomes.filter(cells => cells[2]?.toLowerCase() === says);
      const seen = own.filter(cells => cells[7] === 'seen').length;
      expect(line).toContain(`of ${own.length} sweep`);
      expect(Number(/[ ,]seen in (\d+)/.exec(line.replace('opposite was seen', ''))?.[1] ?? 0)).toBe(seen);
    }
    expect(outcomes.length).toBeGreaterThan(10);
  });

  test('the regimes are those of the losses', () => {
    const rows = csv('training-runs.csv');
    for (const { regime, rise } of rows)
      expect(regime).toBe(Number(rise) > 2 ? 'spikes' : Number(rise) > 1 ? 'oscillation' : 'monotone');
  });
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
    timeout: 300_000,
  }, async () => {
    const [one, two, merged] = [at('one'), at('two'), at('merged')];
    const args = ['--import', 'tsx', 'src/cli/main.ts', ...SMALL, '--shard', '1/2', '--out', one];
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore' });
    const ended = new Promise(resolve => child.on('close', resolve));
    let isOver = false;
    void ended.then(() => {
      isOver = true;
    });
    while (runsIn(one).length < 2 && !isOver) await new Promise(resolve => setTimeout(resolve, 20));
    await new Promise(resolve => setTimeout(resolve, Math.random() * 500));
    child.kill('SIGKILL');
    await ended;
    const kept = runsIn(one).map(name => [name, text(join(one, 'training-runs'), name)] as const);
    expect(kept.length).toBeGreaterThan(0);
    for (const [name, content] of kept) expect(content).toBe(text(join(whole, 'training-runs'), name));
    // A file that is cut off is made again.
    const [[first = ''] = []] = kept;
    writeFileSync(join(one, 'training-runs', first), '{"mark": "cut o');
    expect((await modeq([...SMALL, '--shard', '1/2', '--out', one])).code).toBe(0);
    expect((await modeq([...SMALL, '--shard', '2/2', '--out', two])).code).toBe(0);
    expect(runsIn(one).length + runsIn(two).length).toBe(runsIn(whole).length);
    expect((await modeq([...SMALL, '--merge', one, two, '--out', merged])).code).toBe(0);
    for (const name of [...FIGURES, ...TEXTS]) expect(text(merged, name)).toBe(text(whole, name));
    for (const name of runsIn(whole))
      expect(text(join(merged, 'training-runs'), name)).toBe(text(join(whole, 'training-runs'), name));
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

test('the built command makes the same runs in its workers, on two threads', { timeout: 300_000 }, async () => {
  const out = at('built');
  const { code, err } = await startCommand([...SMALL, '--shard', '2/9', '--jobs', '2', '--out', out]).outcome;
  expect([code, err]).toEqual([0, '']);
  expect(runsIn(out).length).toBeGreaterThan(2);
  const resultOf = (folder: string, name: string) => JSON.parse(text(join(folder, 'training-runs'), name)).result;
  for (const name of runsIn(out)) expect(resultOf(out, name)).toEqual(resultOf(whole, name));
});
