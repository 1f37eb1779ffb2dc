/** A cache that may be damaged, full or forbidden, and then knows nothing. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CacheFolder, userCacheFolder } from '../../src/files/cache-folder.ts';

let base = '';
let folder = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'modeq-cache-'));
  folder = join(base, 'deep', 'modeq');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const files = (): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);
const only = (): string => join(folder, files()[0] ?? '');

describe('what is kept', () => {
  test('comes back as it was, line feeds and all, and by its own key only', () => {
    const cache = new CacheFolder(folder);
    expect(cache.get('a')).toBe(null);
    cache.put('a', 'x\ny\u{1D6FD}\n');
    cache.put('b', '');
    expect(new CacheFolder(folder).get('a')).toBe('x\ny\u{1D6FD}\n');
    expect(cache.get('b')).toBe('');
    expect(cache.get('c')).toBe(null);
    cache.put('a', 'z');
    expect(cache.get('a')).toBe('z');
    expect(files().every(name => name.endsWith('.json'))).toBe(true);
  });
  test('is unknown where the file is cut off, changed, of another key or no file', () => {
    const cache = new CacheFolder(folder);
    cache.put('a', 'the text');
    const whole = readFileSync(only(), 'utf8');
    for (let length = 0; length < whole.length; length += 7) {
      writeFileSync(only(), whole);
      truncateSync(only(), length);
      expect(cache.get('a')).toBe(null);
    }
    writeFileSync(only(), whole.replace('text', 'tent'));
    expect(cache.get('a')).toBe(null);
    cache.put('a', 'the text');
    cache.put('b', 'other');
    const [first = '', second = ''] = files();
    writeFileSync(join(folder, first), readFileSync(join(folder, second), 'utf8'));
    expect([cache.get('a'), cache.get('b')].filter(each => each !== null).length).toBe(1);
    cache.put('a', 'mended');
    expect(cache.get('a')).toBe('mended');
  });
  test('is bounded in number and in size; what was asked for longest ago goes first', () => {
    const cache = new CacheFolder(folder, { files: 3, bytes: 1_000 });
    for (const [at, key] of ['a', 'b', 'c'].entries()) {
      cache.put(key, key);
      for (const name of files())
        if (readFileSync(join(folder, name), 'utf8').endsWith(`\n${key}`)) utimesSync(join(folder, name), at, at);
    }
    expect(cache.get('a')).toBe('a');
    cache.put('d', 'd');
    expect(['a', 'b', 'c', 'd'].map(key => cache.get(key))).toEqual(['a', null, 'c', 'd']);
    cache.put('e', 'x'.repeat(900));
    expect(files().length).toBe(1);
    cache.put('f', 'x'.repeat(1_001));
    expect(cache.get('f')).toBe(null);
    expect(cache.get('e')).not.toBe(null);
  });
  test('files of others stay', () => {
    const cache = new CacheFolder(folder, { files: 1, bytes: 1_000 });
    cache.put('a', 'a');
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    cache.put('b', 'b');
    expect(files()).toContain('notes.txt');
  });
});

test('a folder that cannot be made is no error', () => {
  writeFileSync(join(base, 'deep'), 'a file in its place');
  const cache = new CacheFolder(folder);
  cache.put('a', 'x');
  expect(cache.get('a')).toBe(null);
  expect(readFileSync(join(base, 'deep'), 'utf8')).toBe('a file in its place');
});

test('the folder is that of the XDG specification', () => {
  expect(userCacheFolder('modeq', { XDG_CACHE_HOME: '/var/cache/me' })).toBe('/var/cache/me/modeq');
  for (const given of [undefined, '', 'relative'])
    expect(userCacheFolder('modeq', { XDG_CACHE_HOME: given })).toBe(join(homedir(), '.cache', 'modeq'));
});
