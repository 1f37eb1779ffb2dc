import { describe, expect, test } from 'vitest';
import {
  type CheckReport,
  type ClaimReport,
  type CounterexampleReport,
  summarise,
} from '../../src/report/verdicts/check-report.ts';
import { pointOf } from '../../src/report/verdicts/counterexample-text.ts';
import { checkTable, timeText } from '../../src/report/verdicts/check-table.ts';
import { shortDecimal, shortPair } from '../../src/report/text/short-decimal.ts';
import { ansi, harmless, plain } from '../../src/report/text/paint.ts';
import { textWidth, wrapId } from '../../src/report/text/wrap.ts';

const proved: ClaimReport = {
  id: 'thm-3.6',
  file: 'paper.tex',
  line: 12,
  column: 3,
  about: 'adam',
  setting: 'mini-batch' as const,
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
    setting: 'mini-batch' as const,
    hyperparameters: { beta: '1/2', rho: '1/2', epsilon: '1' },
    losses: ['x1^2/2 + x1*x2 + x1^3*x2^2/7 - 12*x1*x2^4 + x1^5/3 - 17*x2', 'x1'],
    claimed: '-0.12345678901234567890123456789012345678901234567890',
    derived: '-0.25',
    quantity: 'coefficient of h^1 in the flow',
    component: 1,
  },
  suggestion: {
    latex: '\\frac{a}{2R}',
    plain: '',
    line: 14,
    column: 9,
    edit: 'replace R^3 by R',
    replacements: [],
    verdict: 'proved',
  },
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

  test('shows a sequence once, with a row for each of its members', () => {
    const member = (n: number, derived: string) => ({
      n,
      theta: ['0'],
      setting: 'full-batch' as const,
      hyperparameters: { beta: '1/2' },
      losses: ['x1'],
      claimed: '2',
      derived,
      quantity: 'coefficient of h^0',
      component: 1,
    });
    const sequence = [member(5, '-1.96875'), member(36, '-1.999999999985448084771633148193359375')];
    const text = checkTable(report({ ...refuted, counterexample: sequence }), 80);
    expect(text).toContain(
      [
        '  at  θ = (0), beta = 1/2',
        '      E = x1',
        '      coefficient of h^0, component 1:',
        '               claimed  derived',
        '      n = 5    2        -1.96875',
        '      n = 36   2        -2',
      ].join('\n'),
    );
  });

  test('shows what changes along a regime at its ends', () => {
    const member = (along: string, epsilon: string, losses: string[]) => ({
      n: 1,
      hyperparameters: { epsilon },
      losses,
      along,
      claimed: '-1',
      derived: '0',
      quantity: 'coefficient of h^0',
      component: null,
    });
    const sequence = [member('s = 10', '100', ['10*x1']), member('s = 100', '10000', ['100*x1'])];
    const text = checkTable(report({ ...refuted, counterexample: sequence }), 80);
    for (const part of ['at  n = 1', 'first  epsilon = 100', 'E_0 = 10*x1', 'last   epsilon = 10000', 'E_0 = 100*x1'])
      expect(text).toContain(part);
    expect(text).toMatch(/^ {6}s = 10 +-1 +0$/m);
  });

  test('ids have room at 80 columns, and break behind hyphens', () => {
    const long = { ...proved, id: 'section-4-every-step-monotone' };
    expect(checkTable(report(long), 80)).toMatch(/^✓ section-4-every-step-monotone +proved/m);
    expect(wrapId('section-4-every-step-monotone', 12)).toEqual(['section-4-', 'every-step-', 'monotone']);
    expect(wrapId('incomprehensible', 8)).toEqual(['incompre', 'hensible']);
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
  ['0.45909198374603858160', '0.4590919837'],
  ['-0.00020000074993750546', '-0.0002000007499'],
  ['-9.9960006999e-5', '-9.9960007e-5'],
  ['0.000099999999999999', '0.0001'],
  ['-123456789012345.678', '-1.23456789e14'],
  ['1234567890.5', '1234567891'],
  ['99999999999.9', '100000000000'],
  ['-9.99999999999960000e-15', '-1e-14'],
  ['2', '2'],
  ['0.000', '0.000'],
  ['no number at all', 'no number at all'],
])('%s is shortened to %s', (text, short) => {
  expect(shortDecimal(text, 10)).toBe(short);
});

test.each([
  ['-0.70710678118654752440084436', '-0.5', '-0.7071067811…', '-0.5'],
  ['12345.678901234', '12345.678901234', '12345.678901234', '12345.678901234'],
  ['0.333333333333333333', '0.333333333333333334', '0.333333333333333333', '0.333333333333333334'],
  ['0.3333333333333334444', '0.33333333333333355556666', '0.3333333333333334444', '0.33333333333333355556…'],
  ['1.23456789012345e-30', '2', '1.234567890…e-30', '2'],
  ['123456789012345.5', '1/3', '123456789012345.5', '1/3'],
  ['0', '0.00000123456789012345', '0', '0.000001234567890…'],
])('%s and %s are shown with as many digits as it takes to compare them', (first, second, one, other) => {
  expect(shortPair(first, second)).toEqual([one, other]);
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

describe('a vector of many components', () => {
  const example = refuted.counterexample as CounterexampleReport;
  const of = (theta: readonly string[]): string[] => pointOf({ ...example, theta: [...theta] });
  test('has equal ones shortened, and its size', () => {
    const zeros = Array.from({ length: 1000 }, () => '0');
    expect(of(zeros)).toContain('θ = (0, …, 0)');
    expect(of(zeros)).toContain('p = 1000');
    expect(of(['1', ...zeros, '2'])).toContain('θ = (1, 0, …, 0, 2)');
  });
  test('has all of them where they are few or differ', () => {
    expect(of(['0', '0', '0'])).toContain('θ = (0, 0, 0)');
    const numbers = Array.from({ length: 20 }, (_, at) => String(at));
    expect(of(numbers)).toContain(`θ = (${numbers.join(', ')})`);
  });
});
