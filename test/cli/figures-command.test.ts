/** `modeq figures` as a user calls it: files, numbers, messages, and nothing half-written. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modeq } from '../support/memory-terminal.ts';
import { complaintsAboutSvg } from '../support/svg-document.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-figures-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const DESCENT = ['gd', '--loss', '3*x1^2/2', '--theta', '1', '--time', '1', '--steps', '1/10,1/20'];

describe('modeq figures expansion', () => {
  test('gradient descent on a quadratic: hλ/2 and 2hλ/3 all along', async () => {
    const out = join(folder, 'descent');
    const { code, out: printed, err } = await modeq(['figures', 'expansion', ...DESCENT, '--out', out, '--json']);
    expect([code, err]).toEqual([0, '']);
    const { schema, figures } = JSON.parse(printed);
    expect(schema).toBe(1);
    expect(figures).toHaveLength(1);
    expect(figures[0].file).toBe(join(out, 'expansion-gd.svg'));
    const { courses, comparedWithDerived } = figures[0].numbers;
    expect(comparedWithDerived.deviation).toBeLessThan(1e-12);
    expect(courses.map((course: { h: number }) => course.h)).toEqual([0.1, 0.05]);
    for (const { h, first, second, largest, n } of courses) {
      expect(n.length).toBeGreaterThan(5);
      for (const ratio of first) expect(ratio).toBeCloseTo((3 * h) / 2, 12);
      for (const ratio of second) expect(ratio).toBeCloseTo(2 * h, 12);
      expect(largest.ratio).toBeCloseTo(2 * h, 12);
    }
    expect(complaintsAboutSvg(readFileSync(join(out, 'expansion-gd.svg'), 'utf8'))).toEqual([]);
  });

  test('names file and title, and replaces its own figure', async () => {
    const out = join(folder, 'twice');
    const call = ['figures', 'expansion', ...DESCENT, '--out', out];
    const [first, second] = [await modeq(call), await modeq(call)];
    expect([first.code, second.code]).toEqual([0, 0]);
    expect(first.out).toBe(second.out);
    expect(first.out).toBe(
      `${join(out, 'expansion-gd.svg')}  gd: how much the first-order equation leaves out along a run\n`,
    );
    expect(readdirSync(out)).toEqual(['expansion-gd.svg']);
  });

  test.each([
    [['gd', '--loss', 'x1^2', '--time', '1'], 'theta'],
    [['gd', '--loss', 'x1^2 + y', '--theta', '1', '--time', '1'], 'y'],
    [['gd', '--loss', 'x1^2', '--theta', '1', '--time', '-1'], 'positive'],
    [['gd', '--loss', 'log(x1)', '--theta', '1', '--time', '10'], 'h = 1'],
    [['gd', '--theta', '1', '--time', '1'], 'loss'],
    [['adam'], 'time of the run is missing'],
    [['adam', '--loss', 'bilinear', '--theta', '1,2', '--time', '1'], 'beta'],
    [['nonsense', '--loss', 'x1^2', '--theta', '1', '--time', '1'], 'nonsense'],
  ])('bad input %j: a message, code 2, no folder left', async (options, word) => {
    const out = join(folder, 'never', 'made');
    const { code, out: printed, err } = await modeq(['figures', 'expansion', ...options, '--out', out]);
    expect(err).toContain(word);
    expect([code, printed]).toEqual([2, '']);
    expect(existsSync(join(folder, 'never'))).toBe(false);
  });
});

test.each([
  ['a file', () => join(folder, 'file')],
  ['below a file', () => join(folder, 'file', 'below')],
  ['below /proc', () => '/proc/modeq/figures'],
])('an --out that is %s is refused before anything is drawn', async (_, path) => {
  writeFileSync(join(folder, 'file'), 'text');
  for (const which of ['coefficients', 'bilinear']) {
    const { code, out, err } = await modeq(['figures', which, '--out', path()]);
    expect(err).toContain('unwritable-folder');
    expect([code, out]).toEqual([2, '']);
  }
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('text');
});

test('a file that modeq did not write is not replaced', async () => {
  const own = join(folder, 'expansion-gd.svg');
  writeFileSync(own, '<svg/>');
  const { code, err } = await modeq(['figures', 'expansion', ...DESCENT, '--out', folder]);
  expect(err).toContain('foreign-output');
  expect(code).toBe(2);
  expect(readFileSync(own, 'utf8')).toBe('<svg/>');
});
