import { describe, expect, test } from 'vitest';
import { type CheckReport, type ClaimReport, summarise } from '../../src/report/check-report.ts';
import { checkTable, timeText } from '../../src/report/check-table.ts';
import { ansi, harmless, plain } from '../../src/report/paint.ts';
import { textWidth } from '../../src/report/wrap.ts';

const proved: ClaimReport = {
  id: 'thm-3.6',
  file: 'paper.tex',
  line: 12,
  about: 'adam',
  setting: 'mini-batch',
  order: 1,
  expect: 'proved',
  verdict: 'proved',
  statements: [{ id: 'thm-3.6.1', verdict: 'proved', message: null }],
  assumptions: ['0<\\beta<1'],
  excluded: [],
  milliseconds: 412.3,
  evidence: { instances: 200, digits: 50 },
  counterexample: null,
  suggestion: null,
  suggestions: [],
  message: null,
  notes: [],
};

const refuted: ClaimReport = {
  ...proved,
  id: 'thm-3.6-printed-with-a-very-long-identifier-that-goes-on',
  verdict: 'refuted',
  expect: 'refuted',
  statements: [{ id: 'x.1', verdict: 'refuted', message: null }],
  counterexample: {
    n: 1,
    theta: ['1/3', '-2'],
    setting: 'mini-batch',
    hyperparameters: { beta: '1/2', rho: '1/2', epsilon: '1' },
    losses: ['x1^2/2 + x1*x2 + x1^3*x2^2/7 - 12*x1*x2^4 + x1^5/3 - 17*x2', 'x1'],
    claimed: '-0.12345678901234567890123456789012345678901234567890',
    derived: '-0.25',
    quantity: 'coefficient of h^1 in the flow',
    component: 1,
  },
  suggestion: { latex: '\\frac{a}{2R}', line: 14, column: 9, edit: 'replace R^3 by R', verdict: 'proved' },
};

const report = (...claims: ClaimReport[]): CheckReport => ({
  schema: 1,
  seed: 1,
  problems: [],
  claims,
  coverage: { judged: claims.length, defined: 2, ignored: 0, unannotated: 3 },
  summary: summarise(claims),
});

describe('the table', () => {
  test('shows id, verdict, order, evidence and time on one line', () => {
    const line = checkTable(report(proved), 80)
      .split('\n')
      .find(text => text.includes('thm-3.6'));
    expect(line).toMatch(/^✓ thm-3\.6 +proved +1 +proof, 200 instances +412 ms$/);
  });

  test.each([80, 100, 72])('keeps to %i columns with long ids and losses', width => {
    for (const line of checkTable(report(proved, refuted), width).split('\n'))
      expect(textWidth(line), line).toBeLessThanOrEqual(width);
  });

  test('shows a counterexample that can be checked by hand, and the suggestion', () => {
    const text = checkTable(report(refuted), 80);
    for (const part of [
      'n = 1',
      'θ = (1/3, -2)',
      'beta = 1/2',
      'E_1 = x1',
      'claimed  -0.1234',
      'derived  -0.25',
      'replace R^3 by R',
    ])
      expect(text).toContain(part);
  });

  test('marks an unexpected verdict and says so in the summary', () => {
    const text = checkTable(report({ ...refuted, expect: 'proved' }), 80);
    expect(text).toMatch(/^✗ /m);
    expect(text).toContain('expected: proved');
    expect(text).toContain('1 refuted; 1 not as expected');
  });

  test('the same without colour and with it, once the codes are removed', () => {
    const coloured = checkTable(report(proved, refuted), 80, ansi);
    const codes = new RegExp(`${String.fromCharCode(27)}\\[[0-9]+m`, 'g');
    expect(coloured).not.toBe(coloured.replace(codes, ''));
    expect(coloured.replace(codes, '')).toBe(checkTable(report(proved, refuted), 80, plain));
  });

  test('an empty report says that there was nothing', () => {
    expect(checkTable(report(), 80)).toContain('no claims');
  });
});

test('a document cannot steer the terminal', () => {
  expect(harmless('a\u001b[31mred\u0007\r')).toBe('a\ufffd[31mred\ufffd\ufffd');
});

test.each([
  [0.04, '0.0 ms'],
  [9.94, '9.9 ms'],
  [412.3, '412 ms'],
  [999.6, '1.00 s'],
  [61_000, '61.0 s'],
])('%f ms is %s', (milliseconds, text) => {
  expect(timeText(milliseconds)).toBe(text);
});
