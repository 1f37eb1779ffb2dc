/** The machinery of the scores: shares and parts, records that go on and are put together, and that a wrong outcome is seen. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identityNumber, questionOf, sayingOf } from './sections/opinions.ts';
import { drawnIn, mutantsIn, seedsIn } from './sections/mutants.ts';
import { documentNumber } from './sections/reader.ts';
import { pageOf } from './page.ts';
import { emptyRecord, mergeRecords, openRecord, renewed, saveRecord, type ScoreRecord, withUnit } from './record.ts';
import { type Section, total, unitsOf } from './section.ts';

const unit = (counts: Record<string, number>, wrong: string[] = []) => ({ counts, wrong, seconds: 1 });
const section = (id: string): Section => ({
  id,
  title: `The score ${id}`,
  about: 'What is counted.',
  unit: 'thing',
  size: 10,
  missing: null,
  run: () => unit({}),
  lines: counts => Object.entries(counts).map(([key, count]) => `${key} ${count}`),
});

describe('shares and shards', () => {
  test('shards of a share are apart and make the share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 7 }),
        (size, share, of) => {
          const whole = unitsOf(size, share);
          const parts = Array.from({ length: of }, (_, at) => unitsOf(size, share, { number: at + 1, of }));
          expect(parts.flat().sort((a, b) => a - b)).toEqual(whole);
          expect(whole.length).toBeGreaterThanOrEqual(Math.max(1, Math.floor(size * share)));
          expect(whole.length).toBeLessThanOrEqual(Math.max(1, Math.ceil(size * share)));
        },
      ),
    );
  });
  test('all of them, and evenly', () => {
    expect(unitsOf(5, 1)).toEqual([0, 1, 2, 3, 4]);
    expect(unitsOf(100, 0.05)).toEqual([19, 39, 59, 79, 99]);
    expect(unitsOf(3, 0.01)).toEqual([0]);
    expect(unitsOf(0, 1)).toEqual([]);
  });
});

describe('records', () => {
  const one = withUnit(emptyRecord(1), 'a', 10, 0, unit({ x: 1 }), {
    share: 0.25,
    date: '2026-01-01',
    fingerprint: 'f',
  });
  const other = withUnit(emptyRecord(1), 'a', 10, 1, unit({ x: 2, y: 1 }, ['bad']), {
    share: 0.25,
    date: '2026-01-02',
    fingerprint: 'f',
  });
  const countsOf = (record: ScoreRecord): unknown =>
    total(Object.values(record.sections.a?.units ?? {}).map(({ counts }) => counts));

  test('parts are put together, each unit once', () => {
    const merged = mergeRecords([one, other, one]);
    expect(countsOf(merged)).toEqual({ x: 3, y: 1 });
    expect(merged.sections.a?.date).toBe('2026-01-02');
    expect(() => mergeRecords([one, emptyRecord(2)])).toThrow('other seeds');
    const like = (size: number, fingerprint: string): ScoreRecord =>
      withUnit(emptyRecord(1), 'a', size, 2, unit({}), { share: 1, date: '', fingerprint });
    expect(() => mergeRecords([one, like(9, 'f')])).toThrow('other sizes or sources');
    expect(() => mergeRecords([one, like(10, 'g')])).toThrow('other sizes or sources');
  });

  test('a run goes on with its own record, and not with one of another seed or of other sources', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'modeq-scores-')), 'scores.json');
    expect(openRecord(path, 1)).toEqual(emptyRecord(1));
    saveRecord(path, one);
    expect(openRecord(path, 1)).toEqual(one);
    expect(openRecord(path, 2)).toEqual(emptyRecord(2));
    expect(renewed(one, 'a', 'f')).toEqual(one);
    expect(renewed(one, 'a', 'g')).toEqual(emptyRecord(1));
    expect(renewed(one, 'b', 'g')).toEqual(one);
  });

  test('the page shows counts, what is wrong, how much of it was measured, and how', () => {
    const page = pageOf(mergeRecords([one, other]), [section('a'), section('b')]);
    expect(page).toContain(
      '| The score a | 2 × thing | 10 (20.0 %) | 1 | `npm run scores -- --only a --seed 1 --share 0.25` | 1 | 2026-01-02 |',
    );
    expect(page).toContain('x 3\ny 1\n');
    expect(page).toContain('1 wrong:\n\n- bad');
    expect(page).toContain('| The score b | not measured |');
    expect(pageOf(one, [section('a')])).toContain('nothing wrong');
  });
});

describe('what the sections ask', () => {
  test('other programs: a value that differs at a point decides', () => {
    expect(sayingOf({ rules: 'zero', points: ['zero', 'nonzero'] })).toBe('different');
    expect(sayingOf({ rules: 'zero', points: ['none'] })).toBe('equal');
    expect(sayingOf({ rules: 'open', points: ['none', 'zero'] })).toBe('equal at the points');
    expect(sayingOf({ rules: 'none', points: ['none'] })).toBe('no answer');
  });

  test('differences written out are zero in plain arithmetic where the identity is true, and often not where it is false', () => {
    /** Maxima's spelling is JavaScript's but for the power. */
    const value = (text: string): number =>
      Number(
        new Function(
          'abs',
          'signum',
          'sqrt',
          'max',
          'min',
          `return ${text.replaceAll('^', '**').replace(/\(-/g, '(0-')}`,
        )(Math.abs, Math.sign, Math.sqrt, Math.max, Math.min),
      );
    let [seen, apart] = [0, 0];
    for (let at = 0; at < 30; at += 1) {
      const claim = identityNumber(5, at);
      const values = questionOf(claim, 'maxima').points.map(value).filter(Number.isFinite);
      if (claim.truth) for (const each of values) expect(Math.abs(each), claim.steps.join()).toBeLessThan(1e-6);
      if (claim.truth) seen += values.length;
      else if (values.some(each => Math.abs(each) > 1e-6)) apart += 1;
    }
    expect(seen).toBeGreaterThan(20);
    expect(apart).toBeGreaterThan(3);
  });

  test('broken documents follow from the seed and their number, and differ from what they were made of', () => {
    const texts = [
      { name: 'a.tex', text: 'one $x = 1$ two \\[ y = \\frac{1}{2} \\]' },
      { name: 'b.md', text: '$$ z $$' },
    ];
    const drawn = Array.from({ length: 20 }, (_, at) => documentNumber(texts, 1, at));
    expect(Array.from({ length: 20 }, (_, at) => documentNumber(texts, 1, at))).toEqual(drawn);
    expect(drawn.filter(({ text }) => texts.every(each => each.text !== text)).length).toBeGreaterThan(15);
    expect(new Set(drawn.map(({ way }) => way))).toEqual(new Set(['grammar', 'bytes']));
  });

  test('results of mutants: a line each, the last perhaps cut off, or a whole report', () => {
    const lines = '{"asked":{}}\n{"file":"src/prove/a.ts","status":"Killed"}\n{"file":"src/prove/a.ts","stat';
    expect(mutantsIn(lines)).toEqual([{ file: 'src/prove/a.ts', status: 'Killed' }]);
    const report = JSON.stringify({ files: { 'src/a.ts': { mutants: [{ status: 'Survived' }] } } });
    expect(mutantsIn(report)).toEqual([{ file: 'src/a.ts', status: 'Survived' }]);
    expect(mutantsIn('nothing')).toEqual([]);
    const again =
      '{"key":"a","file":"src/a.ts","status":"Survived"}\n{"key":"a","file":"src/a.ts","status":"Killed"}\n';
    expect(mutantsIn(again).map(({ status }) => status)).toEqual(['Killed']);
    expect(drawnIn('{"drawn":[{"counted":[1,2]},{"counted":[3]}]}\n')).toBe(3);
    expect(drawnIn(lines)).toBe(null);
    expect(seedsIn('{"asked":{"size":3,"seed":11},"drawn":[]}\n')).toEqual([11]);
    expect(seedsIn(lines)).toEqual([]);
    expect(seedsIn('nothing')).toEqual([]);
    // Two runs, one behind the other.
    const run = (seed: number, file: string): string =>
      `{"asked":{"seed":${seed}},"drawn":[{"counted":[0,${seed}]}]}\n{"key":"${file}","file":"${file}","status":"Killed"}\n`;
    const both = run(3, 'src/a.ts') + run(4, 'src/b.ts');
    expect([drawnIn(both), seedsIn(both), mutantsIn(both).length]).toEqual([3, [3, 4], 2]);
  });
});
