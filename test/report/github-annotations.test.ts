/** `modeq check --format github`: what a code host reads, line by line. */
import { describe, expect, test } from 'vitest';
import {
  type CheckReport,
  type ClaimReport,
  type ProblemReport,
  summarise,
} from '../../src/report/verdicts/check-report.ts';
import { githubAnnotations } from '../../src/report/verdicts/github-annotations.ts';

const claim: ClaimReport = {
  id: 'thm-1',
  file: 'paper.tex',
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
  code: 'unbalanced-brace',
  file: 'paper.tex',
  line: 3,
  column: 7,
  message: 'a brace is open',
  hint: null,
};

function lines(claims: readonly ClaimReport[], problems: readonly ProblemReport[] = []): string[] {
  const report: CheckReport = {
    schema: 1,
    seed: 1,
    problems,
    claims,
    coverage: { judged: claims.length, defined: 0, ignored: 0, unannotated: 2 },
    summary: summarise(claims),
  };
  const text = githubAnnotations(report);
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
}

describe('levels', () => {
  test('a claim with the verdict that it expects gives no line of its own', () => {
    const known: ClaimReport = { ...claim, verdict: 'refuted', expect: 'refuted' };
    expect(lines([claim, known])).toEqual([
      '::notice title=modeq::1 proved, 1 refuted; all as expected%0Adisplays: 2 judged, 0 defined, 0 ignored, 2 unannotated; seed 1',
    ]);
  });

  test.each([
    ['refuted', 'proved', 'error'],
    ['unreadable', 'proved', 'error'],
    ['proved', 'refuted', 'error'],
    ['undecided', 'proved', 'warning'],
    ['supported', 'proved', 'warning'],
    ['proved', 'supported', 'warning'],
  ] as const)('%s where %s was expected is %s', (verdict, expected, level) => {
    const [first] = lines([{ ...claim, verdict, expect: expected, message: 'because' }]);
    expect(first).toBe(
      `::${level} file=paper.tex,line=12,title=modeq%3A thm-1 is ${verdict}::thm-1 is ${verdict}, expected ${expected}%0Abecause`,
    );
  });

  test('a problem is an error at its place, a warning stays a warning', () => {
    expect(lines([], [problem])[0]).toBe(
      '::error file=paper.tex,line=3,col=7,title=modeq%3A unbalanced-brace::a brace is open',
    );
    expect(lines([], [{ ...problem, severity: 'warning', hint: 'close it' }])[0]).toBe(
      '::warning file=paper.tex,line=3,col=7,title=modeq%3A unbalanced-brace::a brace is open%0Aclose it',
    );
  });

  test('what makes an expected unreadable claim unreadable is no news', () => {
    const known: ClaimReport = {
      ...claim,
      verdict: 'unreadable',
      expect: 'unreadable',
      message: 'line 3, column 7: a brace is open',
    };
    expect(lines([known], [problem])).toHaveLength(1);
    expect(lines([{ ...known, expect: 'proved' }], [problem])).toHaveLength(3);
    expect(lines([known], [{ ...problem, line: 4 }])).toHaveLength(2);
  });
});

test('a likely slip is shown where it is to be mended', () => {
  const suggestion = {
    latex: '',
    plain: '',
    line: 14,
    column: 9,
    edit: 'drop `x`',
    replacements: [],
    verdict: 'proved',
  } as const;
  expect(lines([{ ...claim, verdict: 'refuted', suggestion }])[0]).toBe(
    '::error file=paper.tex,line=14,col=9,title=modeq%3A thm-1 is refuted::thm-1 is refuted, expected proved%0Ameant? line 14, column 9: drop `x` (then proved)',
  );
});

describe('escaping', () => {
  test('no text begins a command of its own, ends a property or loses a percent sign', () => {
    const hostile: ClaimReport = {
      ...claim,
      id: 'a,line=1::b',
      file: 'x:y,z%.tex',
      verdict: 'undecided',
      message: '100%\n::error::gotcha\r\n::set-env name=PATH::x',
    };
    const all = lines([hostile]);
    expect(all).toHaveLength(2);
    expect(all[0]).toMatch(/^::warning file=x%3Ay%2Cz%25\.tex,line=12,title=modeq%3A a%2Cline=1%3A%3Ab is undecided::/);
    expect(all[0]).toContain('100%25%0A::error::gotcha');
  });

  test('terminal escapes are taken out', () => {
    const [first] = lines([{ ...claim, verdict: 'undecided', message: 'a\u001b[2Jb\u202ec' }]);
    expect(first).toContain('a\ufffd[2Jb\ufffdc');
  });
});
