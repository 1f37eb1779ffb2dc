/** `--format unix` and `--format sarif`: what problem matchers and code hosts read. */
import { describe, expect, test } from 'vitest';
import { type ClaimReport, checkReport, type ProblemReport } from '../../src/report/verdicts/check-report.ts';
import { sarifLog } from '../../src/report/verdicts/sarif.ts';
import { unixLines } from '../../src/report/verdicts/unix-lines.ts';

const claim: ClaimReport = {
  id: 'thm',
  file: 'my paper.tex',
  line: 12,
  column: 3,
  about: 'adam',
  setting: 'mini-batch',
  order: 1,
  expect: 'proved',
  verdict: 'proved',
  statements: [],
  assumptions: [],
  excluded: [],
  milliseconds: 1,
  evidence: null,
  counterexample: null,
  suggestion: null,
  suggestions: [],
  message: null,
  notes: [],
};
const problem: ProblemReport = {
  code: 'unknown-key',
  file: 'my paper.tex',
  line: 3,
  column: 7,
  message: 'a claim has no key "abuot"',
  hint: 'Did you mean about?',
  source: { text: '% !modeq claim c abuot=adam', from: 6, to: 11 },
};
const suggestion = {
  latex: 'x',
  plain: 'x',
  line: 14,
  column: 5,
  edit: 'replace `1` by `2`',
  replacements: [],
  verdict: 'proved' as const,
};
const report = (claims: readonly ClaimReport[], problems: readonly ProblemReport[] = []) =>
  checkReport(claims, problems, { judged: claims.length, defined: 0, ignored: 0, unannotated: 0 }, 1);
const lines = (...args: Parameters<typeof report>): string[] =>
  unixLines(report(...args))
    .split('\n')
    .slice(0, -1);

describe('unix', () => {
  test('says nothing where all is as it should be and nothing is refuted', () => {
    expect(lines([claim, { ...claim, expect: 'undecided', verdict: 'undecided' }])).toEqual([]);
  });
  test.each([
    [{ verdict: 'refuted' }, 'error: thm is refuted, expected proved'],
    [{ verdict: 'refuted', expect: 'refuted' }, 'note: thm is refuted as expected'],
    [{ verdict: 'proved', expect: 'refuted' }, 'error: thm is proved, expected refuted'],
    [{ verdict: 'supported' }, 'warning: thm is supported, expected proved'],
  ] as const)('a line for %j', (changes, wanted) => {
    const [line, ...more] = lines([{ ...claim, ...changes }]);
    expect(more).toEqual([]);
    expect(line).toMatch(/^my paper\.tex:12:3: /);
    expect(line).toContain(wanted);
    expect(line?.endsWith(`[${changes.verdict}]`)).toBe(true);
  });
  test('stands at the suggestion, and on one line whatever the message holds', () => {
    const message = 'first\nsecond \u001b[2J';
    const [line, ...more] = lines([{ ...claim, verdict: 'refuted', message, suggestion, suggestions: [suggestion] }]);
    expect(more).toEqual([]);
    expect(line).toBe(
      'my paper.tex:14:5: error: thm is refuted, expected proved; first second \ufffd[2J; meant? replace `1` by `2` (then proved) [refuted]',
    );
  });
  test('says once why a claim is unreadable', () => {
    const unreadable: ClaimReport = {
      ...claim,
      verdict: 'unreadable',
      message: `line 3, column 7: ${problem.message}`,
    };
    expect(lines([unreadable], [problem])).toEqual([
      'my paper.tex:3:7: error: a claim has no key "abuot"; hint: Did you mean about? [unknown-key]',
    ]);
  });
  test('a problem without a place', () => {
    const { source: _, ...rest } = problem;
    const [line] = lines([claim], [{ ...rest, file: null, line: null, column: null, severity: 'warning' }]);
    expect(line).toMatch(/^modeq: warning: /);
  });
});

describe('sarif', () => {
  const log = sarifLog(report([{ ...claim, verdict: 'refuted' }, claim], [problem]), {
    version: '1.2.3',
    failed: false,
  });
  const [run] = log.runs;
  test('has one run of this tool with a rule for every result', () => {
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0') });
    expect(run?.tool.driver).toMatchObject({ name: 'modeq', version: '1.2.3' });
    expect(run?.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['unknown-key', 'error'],
      ['refuted', 'error'],
    ]);
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });
  test('gives places as URIs and regions', () => {
    expect(run?.results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'my%20paper.tex' },
          region: { startLine: 3, startColumn: 7, endColumn: 12 },
        },
      },
    ]);
  });
});
