/** Output files are put in place all together or not at all, and nothing that is not ours is touched. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attempt } from '../../src/base/problem.ts';
import { OutputFolder } from '../../src/files/output-folder.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'modeq-test-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const NAMES = ['index.html', 'report.json'];
const ours = (): boolean => true;
const foreign = (): boolean => false;
const codeOf = (action: () => unknown): string | undefined => {
  const result = attempt(action);
  return result.ok ? undefined : result.problems[0]?.code;
};
const contents = (path: string): Record<string, string> =>
  Object.fromEntries(readdirSync(path).map(name => [name, readFileSync(join(path, name), 'utf8')]));

test('makes the folder, shows nothing before the end, and then everything', () => {
  const path = join(root, 'a/b');
  const folder = OutputFolder.open(path, NAMES, foreign);
  folder.put('index.html', 'page');
  folder.put('report.json', '{}');
  expect(readdirSync(path).filter(name => !name.startsWith('.'))).toEqual([]);
  folder.commit(NAMES);
  folder.discard();
  expect(contents(path)).toEqual({ 'index.html': 'page', 'report.json': '{}' });
});

test('replaces an earlier run, also what this one does not have, and leaves other files alone', () => {
  writeFileSync(join(root, 'index.html'), 'old');
  writeFileSync(join(root, 'report.json'), 'old');
  writeFileSync(join(root, 'notes.txt'), 'mine');
  const folder = OutputFolder.open(root, NAMES, ours);
  folder.put('index.html', 'new');
  folder.commit(['index.html']);
  expect(contents(root)).toEqual({ 'index.html': 'new', 'notes.txt': 'mine' });
});

test('a run that ends early leaves no trace', () => {
  const path = join(root, 'a/b');
  OutputFolder.open(path, NAMES, foreign).discard();
  expect(readdirSync(root)).toEqual([]);
  const kept = OutputFolder.open(root, NAMES, foreign);
  kept.put('index.html', 'half');
  kept.discard();
  expect(readdirSync(root)).toEqual([]);
});

test('files of the same names that are not from an earlier run are refused, untouched', () => {
  writeFileSync(join(root, 'report.json'), 'precious');
  expect(codeOf(() => OutputFolder.open(root, NAMES, foreign))).toBe('foreign-output');
  expect(contents(root)).toEqual({ 'report.json': 'precious' });
});

test('when a file cannot be put in place the earlier run is there again, whole', () => {
  writeFileSync(join(root, 'index.html'), 'old page');
  writeFileSync(join(root, 'report.json'), 'old data');
  const folder = OutputFolder.open(root, NAMES, ours);
  folder.put('index.html', 'new page');
  // The second file was never made.
  expect(codeOf(() => folder.commit(NAMES))).toBe('unwritable-folder');
  folder.discard();
  expect(contents(root)).toEqual({ 'index.html': 'old page', 'report.json': 'old data' });
});

describe('a folder that cannot be written is a refusal, at once', () => {
  test.each(['/proc/modeq/report', '/dev/null/report'])('%s', path => {
    expect(codeOf(() => OutputFolder.open(path, NAMES, foreign))).toBe('unwritable-folder');
  });

  test('a file in its place, or above it', () => {
    writeFileSync(join(root, 'file'), '');
    expect(codeOf(() => OutputFolder.open(join(root, 'file'), NAMES, foreign))).toBe('unwritable-folder');
    expect(codeOf(() => OutputFolder.open(join(root, 'file/below'), NAMES, foreign))).toBe('unwritable-folder');
    expect(readdirSync(root)).toEqual(['file']);
  });

  test('a folder without the right to write in it (root may write everywhere)', () => {
    const path = join(root, 'closed');
    mkdirSync(path);
    chmodSync(path, 0o500);
    const code = codeOf(() => OutputFolder.open(path, NAMES, foreign).discard());
    expect(code).toBe(process.getuid?.() === 0 ? undefined : 'unwritable-folder');
    expect(existsSync(path)).toBe(true);
  });
});
