import { describe, expect, test } from 'vitest';
import { type CheckReport, type ClaimReport, summarise } from '../../src/report/verdicts/check-report.ts';
import { checkTable } from '../../src/report/verdicts/check-table.ts';
import { overview, SCREEN } from '../../src/report/verdicts/overview.ts';
import { textWidth } from '../../src/report/text/wrap.ts';

const proved = (id: string): ClaimReport => ({
  id,
  file: `paper/${id.slice(0, 1)}.tex`,
  line: 12,
  column: 1,
  about: 'adam',
  setting: 'mini-batch',
  order: 1,
  expect: 'proved',
  verdict: 'proved',
  statements: [{ id: `${id}.1`, verdict: 'proved', message: null }],
  assumptions: [],
  excluded: [],
  milliseconds: 412.3,
  evidence: { instances: 200, digits: 50 },
  counterexample: null,
  suggestion: null,
  suggestions: [],
  message: null,
  notes: [],
});

const refuted = (id: string, expected = true): ClaimReport => ({
  ...proved(id),
  verdict: 'refuted',
  expect: expected ? 'refuted' : 'proved',
  statements: [{ id: `${id}.1`, verdict: 'refuted', message: null }],
  counterexample: { n: 1, claimed: '-0.5', derived: '-0.25', quantity: 'coefficient of h^1 in the flow', component: 1 },
  suggestion: {
    latex: '',
    plain: '',
    line: 14,
    column: 9,
    edit: `replace R^3 by R in the term ${'x '.repeat(60)}`,
    replacements: [],
    verdict: 'proved',
  },
});

const report = (claims: ClaimReport[]): CheckReport => ({
  schema: 1,
  seed: 1,
  problems: [],
  claims,
  coverage: { judged: claims.length, defined: 0, ignored: 0, unannotated: 0 },
  summary: summarise(claims),
});

const many = (of: (id: string) => ClaimReport, count: number, name: string): ClaimReport[] =>
  Array.from({ length: count }, (_, at) => of(`${name}${String(at)}`));

describe('the overview that report prints', () => {
  test('is the table of check for a few claims', () => {
    const few = report([...many(proved, 10, 'a-'), refuted('b-1')]);
    expect(overview(few, 80)).toBe(checkTable(few, 80));
  });

  test('is a screen of lines of at most 80 columns otherwise, with every refuted claim and its likely slip', () => {
    const printed = overview(report([...many(proved, 95, 'a-'), ...many(refuted, 9, 'b-')]), 80);
    const lines = printed.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(SCREEN);
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(80);
    expect(lines[0]).toBe('104 claims in 2 documents');
    for (let at = 0; at < 9; at += 1)
      expect(printed).toMatch(new RegExp(`^  b-${at}  meant\\? replace R\\^3 by R .*…$`, 'm'));
    expect(printed).toContain('95 proved, 9 refuted; all as expected');
    expect(printed).not.toContain('a-7');
  });

  test('tells in full what is not as expected, first', () => {
    const printed = overview(report([...many(proved, 95, 'a-'), refuted('b-1'), refuted('c-1', false)]), 80);
    expect(printed).toContain('expected: proved');
    expect(printed).toContain('-0.25');
    expect(printed.indexOf('c-1')).toBeLessThan(printed.indexOf('b-1'));
    expect(printed).toContain('1 not as expected');
  });

  test('says how many are left out of a long list', () => {
    const printed = overview(report(many(refuted, 40, 'b-')), 80);
    expect(printed.split('\n').length).toBeLessThanOrEqual(SCREEN);
    expect(printed).toContain('  and 28 more');
  });
});
