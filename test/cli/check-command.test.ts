/** What `modeq check` does with the judge's events, whoever judges: reports, exit codes, Ctrl-C, failures. */
import { describe, expect, test } from 'vitest';
import type { PendingClaim } from '../../src/session/check-session.ts';
import type { RunCheck } from '../../src/cli/context.ts';
import type { ClaimReport } from '../../src/report/verdicts/check-report.ts';
import { modeq } from '../support/memory-terminal.ts';

const pending = (id: string, expected: PendingClaim['expect'] = 'proved'): PendingClaim => ({
  id,
  file: 'a.tex',
  line: 3,
  column: 1,
  about: 'gd',
  setting: 'mini-batch',
  order: 1,
  expect: expected,
});
const judged = (claim: PendingClaim, verdict: ClaimReport['verdict']): ClaimReport => ({
  ...claim,
  verdict,
  statements: [{ id: `${claim.id}.1`, verdict, message: null }],
  assumptions: [],
  excluded: [],
  milliseconds: 1.5,
  evidence: { instances: 200, digits: 50 },
  counterexample: null,
  suggestion: null,
  suggestions: [],
  message: null,
  notes: [],
});
const coverage = { judged: 2, defined: 0, ignored: 0, unannotated: 0 };
const two = [pending('one'), pending('two', 'refuted')];

/** A judge that gives these verdicts in turn; it stops early where a verdict is missing. */
const judge =
  (...verdicts: ClaimReport['verdict'][]): RunCheck =>
  async (_request, collection, onEvent) => {
    collection.take({ kind: 'loaded', claims: two, problems: [], badInput: false, coverage });
    verdicts.forEach((verdict, position) => {
      const claim = two[position];
      if (claim === undefined) throw new Error('too many verdicts');
      collection.take({ kind: 'started', position });
      onEvent();
      collection.take({ kind: 'judged', position, report: judged(claim, verdict) });
      onEvent();
    });
  };

describe('modeq check', () => {
  test('every verdict as expected: exit 0, one JSON document and nothing else on stdout', async () => {
    const { code, out, err } = await modeq(['check', '--json', '--seed', '7'], {
      runCheck: judge('proved', 'refuted'),
    });
    expect(code).toBe(0);
    expect(err).toBe('');
    const report = JSON.parse(out);
    expect(report).toMatchObject({
      schema: 1,
      seed: 7,
      problems: [],
      coverage,
      summary: { proved: 1, refuted: 1, unexpected: 0 },
    });
    expect(report.claims[0]).toMatchObject({
      id: 'one',
      file: 'a.tex',
      line: 3,
      about: 'gd',
      verdict: 'proved',
      evidence: { instances: 200, digits: 50 },
      counterexample: null,
      suggestion: null,
      message: null,
    });
  });

  test('claims without a verdict are undecided, not left out', async () => {
    const { code, out } = await modeq(['check', '--json'], { runCheck: judge('proved') });
    expect(code).toBe(3);
    expect(JSON.parse(out).claims[1]).toMatchObject({ id: 'two', verdict: 'undecided', message: 'not judged' });
  });

  test('a refutation that was not expected is exit 1', async () => {
    expect((await modeq(['check'], { runCheck: judge('refuted', 'refuted') })).code).toBe(1);
  });

  test('a failure of the program is exit 4 and keeps the other verdicts', async () => {
    const failing: RunCheck = async (request, collection, onEvent, stop) => {
      await judge('proved')(request, collection, onEvent, stop);
      collection.take({ kind: 'failed', position: 1, message: 'two routes disagree', trace: '' });
    };
    const { code, out, err } = await modeq(['check', '--json'], { runCheck: failing });
    expect(code).toBe(4);
    expect(err).toContain('internal error: two routes disagree');
    expect(JSON.parse(out).claims.map((claim: ClaimReport) => claim.verdict)).toEqual(['proved', 'undecided']);
  });

  test('progress goes to stderr, on a terminal only, and is wiped', async () => {
    const onTerminal = await modeq(['check'], { runCheck: judge('proved', 'refuted'), terminal: true });
    expect(onTerminal.err).toContain('1/2 one …');
    expect(onTerminal.err.endsWith('\r\u001b[K')).toBe(true);
    expect((await modeq(['check'], { runCheck: judge('proved', 'refuted') })).err).toBe('');
  });

  test('options reach the judge', async () => {
    let seen: unknown;
    const spy: RunCheck = async request => {
      seen = request;
    };
    await modeq(
      [
        'check',
        'a.tex',
        'b.md',
        '--only',
        'x,y',
        '--instances',
        '0',
        '--digits',
        '30',
        '--timeout',
        '2.5',
        '--jobs',
        '3',
      ],
      {
        runCheck: spy,
      },
    );
    expect(seen).toEqual({
      paths: ['a.tex', 'b.md'],
      only: ['x', 'y'],
      seed: 1,
      instances: 0,
      digits: 30,
      timeoutMilliseconds: 2500,
      jobs: 3,
      skip: [],
    });
  });
});

describe('bad usage is exit 2 with a message that says what was expected', () => {
  test.each([
    [['check', '--seed', '-1'], 'Expected an integer'],
    [['check', '--seed', '1.5'], 'Expected an integer'],
    [['check', '--instances', 'many'], 'Expected an integer'],
    [['check', '--digits', '5'], 'Expected an integer from 10'],
    [['check', '--timeout', '0'], 'seconds above 0'],
    [['check', '--timeout', 'soon'], 'seconds above 0'],
    [['check', '--only', 'a b'], 'ids separated by commas'],
    [['check', '--colour'], "unknown option '--colour'"],
    [['derive'], "missing required argument 'optimizer'"],
    [['derive', 'adam', '--order', '-1'], 'Expected an integer'],
    [['derive', 'adam', '--setting', 'batch'], 'Expected one of mini-batch'],
    [['derive', 'adam', '--format', 'word'], 'Expected one of latex'],
    [['derive', 'adam', 'rmsprop'], 'too many arguments'],
    [['eval', 'adam'], "required option '--instance <file>'"],
    [['judge'], "unknown command 'judge'"],
  ])('%j', async (args, message) => {
    const { code, out, err } = await modeq(args, { runCheck: judge('proved', 'refuted') });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe('help', () => {
  test.each([[[]], [['--help']], [['help']]])('modeq %j prints the commands and ends with 0', async args => {
    const { code, out, err } = await modeq(args);
    expect(code).toBe(0);
    expect(err).toBe('');
    for (const command of ['check', 'derive', 'eval', 'explain']) expect(out).toMatch(new RegExp(`^ +${command}`, 'm'));
  });

  test.each(['check', 'derive', 'eval', 'explain'])(
    'modeq %s --help names every option and keeps to 80 columns',
    async command => {
      const { code, out } = await modeq([command, '--help']);
      expect(code).toBe(0);
      expect(out).toContain(`Usage: modeq ${command}`);
      for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    },
  );

  test('the version is that of the package', async () => {
    const { readFileSync } = await import('node:fs');
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect((await modeq(['--version'])).out).toBe(`${version}\n`);
  });
});
