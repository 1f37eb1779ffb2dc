import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Entry, fingerprint, inOrder, mergeRecords, openRecord, saveRecord } from './record.ts';
import { summary } from './summary.ts';

const settings = { seed: 3, instances: 2000, runs: 50, digits: 50 };
const entry: Entry = {
  id: 'a',
  file: 'a.tex',
  expect: 'proved',
  verdict: 'proved',
  message: null,
  instances: 1990,
  skipped: 10,
  degenerate: 0,
  followed: 50,
  steps: 12,
  seconds: 1.5,
};
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-campaign-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the record of a campaign', () => {
  it('comes back as it was saved, with nothing else left in the folder', () => {
    const path = join(folder, 'deeper', 'record.json');
    const empty = openRecord(path, settings, 'f');
    expect(empty.entries).toEqual([]);
    saveRecord(path, { ...empty, entries: [entry] });
    expect(openRecord(path, settings, 'f').entries).toEqual([entry]);
    expect(readdirSync(join(folder, 'deeper'))).toEqual(['record.json']);
  });
  it('is begun anew for another seed, other numbers or other sources', () => {
    const path = join(folder, 'record.json');
    saveRecord(path, { settings, fingerprint: 'f', entries: [entry] });
    expect(openRecord(path, { ...settings, seed: 4 }, 'f').entries).toEqual([]);
    expect(openRecord(path, { ...settings, runs: 51 }, 'f').entries).toEqual([]);
    expect(openRecord(path, settings, 'g').entries).toEqual([]);
  });
  it('has a fingerprint that sees a changed document and a new name', () => {
    writeFileSync(join(folder, 'a.tex'), 'x');
    const first = fingerprint([folder]);
    expect(fingerprint([folder])).toBe(first);
    writeFileSync(join(folder, 'a.tex'), 'y');
    const second = fingerprint([folder]);
    writeFileSync(join(folder, 'b.tex'), '');
    expect(new Set([first, second, fingerprint([folder])]).size).toBe(3);
  });
});

describe('the records of parts', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(id => ({ ...entry, id })) as [Entry, Entry, Entry];
  const order = ['a.tex a', 'a.tex b', 'a.tex c'];
  const of = (...entries: Entry[]) => ({ settings, fingerprint: 'f', entries });
  it('are together the whole one, in the order of the claims, whatever theirs is', () => {
    expect(mergeRecords([of(c), of(b, a)], order)).toEqual(of(a, b, c));
    expect(inOrder(of(c, a), order)).toEqual(of(a, c));
  });
  it('may overlap where they say the same, but for the times', () => {
    expect(mergeRecords([of(a, b), of({ ...b, seconds: 9 })], order)).toEqual(of(a, b));
    expect(() => mergeRecords([of(a), of({ ...a, verdict: 'supported' })], order)).toThrow(/different things of a/);
  });
  it('are not put together where settings or sources differ', () => {
    expect(() => mergeRecords([of(a), { ...of(b), settings: { ...settings, seed: 4 } }], order)).toThrow(/settings/);
    expect(() => mergeRecords([of(a), { ...of(b), fingerprint: 'g' }], order)).toThrow(/sources/);
  });
});

describe('the summary', () => {
  it('counts, and names what is not as expected', () => {
    const wrong = { ...entry, id: 'b', verdict: 'supported', message: 'no proof', followed: 0 };
    const text = summary({ settings, fingerprint: 'f', entries: [entry, wrong] }, 'out.json');
    expect(text).toContain('2 claims: 1 proved, 1 supported; 1 not as expected');
    expect(text).toContain('seed 3, 2000 instances');
    expect(text).toContain('1 claims with the optimizer run beside their equation, from 50 points');
    expect(text).toContain('24 steps of proofs checked again');
    expect(text).toContain('NOT AS EXPECTED b: supported, not proved: no proof');
  });
});
