/** `modeq simulate` from the command line: output, exit codes, and what bad input ends in. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modeq } from '../support/memory-terminal.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-simulate-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const gd = ['simulate', 'gd', '--loss', 'exp(x1/2) + x1*x2 + x2^2', '--theta', '0.5,-0.25'];

describe('modeq simulate', () => {
  it('prints one JSON document', async () => {
    const { code, out, err } = await modeq([...gd, '--time', '0.4', '--orders', '0,1,2', '--json']);
    expect(err).toBe('');
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expect(report.schema).toBe(1);
    expect(report.verdict).toBe('consistent');
    expect(report.rows).toHaveLength(12);
    expect(report.rows[0]).toMatchObject({ order: 0, h: 0.04, steps: 10, start: 'given' });
    const slopes: { order: number; globalDetails: { limit: number }; localDetails: { limit: number } }[] =
      report.slopes;
    for (const { order, globalDetails, localDetails } of slopes) {
      expect(Math.abs(globalDetails.limit - order - 1)).toBeLessThan(0.1);
      expect(Math.abs(localDetails.limit - order - 2)).toBeLessThan(0.1);
    }
    for (const { compared, deviation } of report.derived) {
      expect(compared).toBe(true);
      expect(deviation).toBeLessThan(1e-12);
    }
  });

  it('is the same twice', async () => {
    const args = ['simulate', 'momentum', '--loss', 'polynomial', '--batches', '2', '--theta', '0.5,0.25', '--time'];
    const rest = ['0.1', '--hyper', 'beta=0.4', '--orders', '1', '--steps', '0.05,0.025', '--json'];
    const [first, second] = [await modeq([...args, ...rest]), await modeq([...args, ...rest])];
    expect(first.out).toBe(second.out);
    const other = await modeq([...args, ...rest, '--seed', '2']);
    expect(JSON.parse(other.out).rows[0].global).not.toBe(JSON.parse(first.out).rows[0].global);
  });

  it('prints CSV, and a table of at most 80 columns', async () => {
    const csv = await modeq([...gd, '--time', '0.1', '--steps', '1/20,1/40', '--orders', '1', '--csv']);
    expect(csv.out.split('\n')[0]).toBe('order,start,h,steps,global,local');
    expect(csv.out.split('\n')[1]).toMatch(/^1,given,0\.05,2,/);
    const table = await modeq([...gd, '--time', '0.1', '--orders', '0,1']);
    expect(Math.max(...table.out.split('\n').map(line => [...line].length))).toBeLessThanOrEqual(80);
    expect(table.out).toMatch(/verdict: consistent\n$/);
  });

  it('draws a figure', async () => {
    const path = join(folder, 'new', 'errors.svg');
    const { code } = await modeq([...gd, '--time', '0.1', '--orders', '1', '--figure', path]);
    expect(code).toBe(0);
    const svg = readFileSync(path, 'utf8');
    expect(svg).toMatch(/^<\?xml/);
    expect(svg).toContain('step size h');
    // Each curve is named where it stands, with its slope; the dashed line with the promised one.
    expect(svg).toMatch(/>order 1, slope (?:1\.9\d|2\.0\d)</);
    expect(svg).toContain('>slope 2<');
  });

  it('says not-asymptotic with exit code 3 where nothing is left to fit', async () => {
    // A constant gradient: every equation of gradient descent is exact.
    const { code, out } = await modeq([
      'simulate',
      'gd',
      '--loss',
      'x1',
      '--theta',
      '1',
      '--time',
      '1',
      '--orders',
      '0',
    ]);
    expect(code).toBe(3);
    expect(out).toContain('0 of 4 errors lie above the floor');
    expect(out).toMatch(/verdict: not-asymptotic\n$/);
  });

  it('follows Adam for large n at order 2, the heavy ball at order 1', async () => {
    const limit = ['--loss', 'bilinear', '--theta', '1.3,0.9', '--time', '0.2', '--limit', 'large-n', '--json'];
    const adam = await modeq([
      'simulate',
      'adam',
      '--hyper',
      'beta=0.4,rho=0.5,epsilon=0.1',
      '--orders',
      '1',
      ...limit,
    ]);
    expect(JSON.parse(adam.out)).toMatchObject({ verdict: 'consistent', layer: { present: false } });
    expect(JSON.parse(adam.out).slopes[0].globalDetails).toMatchObject({ expected: 2, verdict: 'consistent' });
    const ball = await modeq(['simulate', 'heavy-ball', '--hyper', 'beta=0.3', '--orders', '1', ...limit]);
    const { slopes, layer } = JSON.parse(ball.out);
    expect(layer.present).toBe(true);
    expect(slopes).toMatchObject([
      { start: 'given', globalDetails: { expected: 1, verdict: 'consistent' } },
      { start: 'corrected', globalDetails: { expected: 2, verdict: 'consistent' } },
    ]);
  });

  it('goes on with other step sizes after a run that diverges, and keeps the rows', async () => {
    const { code, out, err } = await modeq([
      'simulate',
      'gd',
      '--loss',
      'x1^4',
      '--theta',
      '1',
      '--time',
      '12',
      '--steps',
      '2,1/8',
      '--orders',
      '0',
      '--csv',
    ]);
    expect(code).toBe(2);
    expect(err).toContain('[diverged]');
    expect(out.trim().split('\n')).toHaveLength(2);
  });
});

const bad: readonly [string, readonly string[], RegExp][] = [
  ['a negative time', ['--time', '-1'], /^--time:1:1: the time T = -1 is not positive/],
  ['a step larger than the time', ['--time', '1', '--steps', '0.5,2'], /^--steps:1:5: the step size 2 is larger/],
  ['a step that does not fit', ['--time', '1', '--steps', '0.3'], /^--steps:1:1: T\/h = 10\/3 is not an integer/],
  ['a step of zero', ['--time', '1', '--steps', '0'], /^--steps:1:1: the step size 0 is not positive/],
  ['text for a number', ['--time', '1', '--steps', '0.1,h'], /^--steps:1:5: "h" is not a number/],
  [
    'an unknown hyperparameter',
    ['--time', '1', '--hyper', 'gamma=1'],
    /^--hyper:1:1: gd has no hyperparameter "gamma"/,
  ],
  ['an order too high', ['--time', '1', '--orders', '0,9'], /^--orders:1:3: an order is an integer from 0 to 4/],
  ['a setting that is not simulated', ['--time', '1', '--setting', 'reshuffled'], /\[setting-not-covered\]/],
  ['two losses in the full batch', ['--time', '1', '--setting', 'full-batch', '--loss', 'x2'], /\[setting-conflict\]/],
  ['a free variable', ['--time', '1', '--loss', 'x1 + y'], /^--loss:1:6: y is not a variable/],
  ['mini-batches for large n', ['--time', '1', '--limit', 'large-n', '--loss', 'x2'], /\[setting-conflict\]/],
  ['batches of an expression', ['--time', '1', '--batches', '2'], /\[simulate-batches\]/],
  [
    'a loss that is undefined at the start',
    ['--time', '1', '--loss', 'log(x1-9)'],
    /gradient of log\(x1-9\) has no value/,
  ],
];

describe('bad input ends in a message and exit code 2:', () => {
  it.each(bad)('%s', async (_, args, message) => {
    const { code, err } = await modeq([...gd, ...args]);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
  it('a hyperparameter without value, or outside its domain', async () => {
    const args = ['simulate', 'momentum', '--loss', 'x1^2', '--theta', '1', '--time', '1'];
    const missing = await modeq(args);
    expect(missing.err).toContain('momentum needs values: beta');
    const outside = await modeq([...args, '--hyper', 'beta=1']);
    expect(outside.err).toMatch(/^--hyper:1:1: beta = 1 is outside \[0, 1\)/);
    expect([missing.code, outside.code]).toEqual([2, 2]);
  });
  it('θ of the wrong length or none', async () => {
    const bilinear = await modeq(['simulate', 'gd', '--loss', 'bilinear', '--theta', '1', '--time', '1']);
    expect(bilinear.err).toContain('has two parameters, but --theta has 1');
    const iris = await modeq(['simulate', 'gd', '--loss', 'logistic-iris', '--theta', '1,2', '--time', '1']);
    expect(iris.err).toContain('logistic-iris has 15 parameters, but --theta has 2');
    const none = await modeq(['simulate', 'gd', '--loss', 'x1^2', '--time', '1']);
    expect(none.err).toContain('--theta');
    expect([bilinear.code, iris.code, none.code]).toEqual([2, 2, 2]);
  });
  it('a figure that cannot be written, before any work', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'kept');
    const { code, err, out } = await modeq([...gd, '--time', '1', '--figure', join(file, 'x.svg')]);
    expect(err).toContain('[unwritable-folder]');
    expect([code, out]).toEqual([2, '']);
    expect(readFileSync(file, 'utf8')).toBe('kept');
    expect(existsSync(join(folder, 'x.svg'))).toBe(false);
  });
});
