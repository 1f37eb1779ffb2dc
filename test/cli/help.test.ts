/** What `--help` promises: examples that run, ranges that hold, colour as asked for, and every missing option named at once. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wantedColour } from '../../src/cli/terminal.ts';
import { textWidth } from '../../src/report/text/wrap.ts';
import { modeq } from '../support/memory-terminal.ts';

const PAPER = String.raw`% !modeq optimizer lion
\[ \theta_j^{(n+1)} = \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)}) \]
% !modeq claim my-claim about=lion
\[ \dot{\tilde\theta}_j(t) = -\nabla_j E_n(\tilde\theta(t)) + O(h) \]
`;
const POINT = {
  hyperparameters: { beta: '1/2', rho: '1/3', epsilon: '1' },
  ...{ setting: 'mini-batch', n: 1, theta: ['1'], losses: ['x1^2', 'x1'] },
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-help-'));
  mkdirSync(join(folder, 'paper'));
  writeFileSync(join(folder, 'paper', 'one.tex'), PAPER);
  writeFileSync(join(folder, 'paper.tex'), PAPER);
  writeFileSync(join(folder, 'point.json'), JSON.stringify(POINT));
});
afterAll(() => rmSync(folder, { recursive: true }));

const COMMANDS = [
  ...[
    'check',
    'derive',
    'eval',
    'simulate',
    'follow',
    'snapshot',
    'explain',
    'read',
    'list',
    'annotate',
    'watch',
    'report',
  ],
];
async function exampleLines(command: string): Promise<string[]> {
  const { out } = await modeq([command, '--help'], { columns: 100 });
  const [, shown = ''] = out.split('\nExamples:\n');
  return shown
    .split('\n')
    .filter(line => line.startsWith('  modeq '))
    .map(line => (/^ {2}(modeq .*?)(?: {2,}|$)/.exec(line)?.[1] ?? '').trim());
}

/** What a shell makes of an example: its words, with files of the folder for those that it names, and what it reads. */
function words(line: string): { readonly args: string[]; readonly input: string } {
  const [command = ''] = line.split(/ [<>] /);
  const args = [...command.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word).slice(1);
  const placed = args.map(word => (/^(paper\.tex|paper\/|point\.json|report)$/.test(word) ? join(folder, word) : word));
  return { args: args[0] === 'report' ? ['report', ...placed.slice(1)] : placed, input: PAPER };
}

describe('examples of --help', () => {
  test.each(COMMANDS)('those of %s begin with it and are not wider than 80 columns', async command => {
    const lines = await exampleLines(command);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line.startsWith(`modeq ${command} `) || line === `modeq ${command}`).toBe(true);
    const { out } = await modeq([command, '--help'], { columns: 80 });
    expect(Math.max(...out.split('\n').map(textWidth))).toBeLessThanOrEqual(80);
  });

  // A report on everything and an implementation in Python are tried by tests of their own (report-command, follow-command).
  const isLong = (line: string): boolean => /^modeq report --out|--program/.test(line);
  test.each(COMMANDS)('those of %s run', { timeout: 120_000 }, async command => {
    for (const line of await exampleLines(command)) {
      if (isLong(line)) continue;
      const { args, input } = words(line);
      const { code, err } = await modeq(args, { input });

      expect([line, code, code === 0 ? '' : err]).toEqual([line, 0, '']);
    }
  });
});

describe('ranges', () => {
  test('the help names those of whole numbers', async () => {
    const { out } = await modeq(['check', '--help'], { columns: 200 });
    for (const range of ['--digits', '--instances', '--jobs', '--seed']) {
      const [, from, to] = new RegExp(`${range} <\\w>.*?, (\\d+) to (\\d+)`, 's').exec(out.replace(/\s+/g, ' ')) ?? [];
      expect([range, from !== undefined && to !== undefined]).toEqual([range, true]);
      const beyond = await modeq(['check', 'gd', range, `${Number(to) + 1}`]);
      expect(beyond.code).toBe(2);
      expect(beyond.err).toContain(`Expected an integer from ${from} to ${to}.`);
    }
  });
});

describe('missing options', () => {
  test('are named at once', async () => {
    const { code, err } = await modeq(['simulate', 'adam']);
    expect([code, err]).toEqual([2, "error: required options '--loss <loss>', '--time <T>' not specified\n"]);
  });
  test('one alone', async () => {
    const { code, err } = await modeq(['simulate', 'adam', '--time', '1']);
    expect([code, err]).toEqual([2, "error: required option '--loss <loss>' not specified\n"]);
  });
});

describe('colour', () => {
  const painted = async (args: readonly string[], options = {}): Promise<boolean> =>
    (await modeq(['check', 'theorem-3.6', '--only', 'thm-3.6', '--instances', '0', ...args], options)).out.includes(
      '\u001b[',
    );
  test('on a terminal, not in a pipe', async () => {
    expect(await painted([], { terminal: true })).toBe(true);
    expect(await painted([])).toBe(false);
  });
  test('nowhere with --no-color, before and behind the command', async () => {
    expect(await painted(['--no-color'], { terminal: true })).toBe(false);
    const { code, out } = await modeq(['--no-color', 'check', 'theorem-3.6', '--only', 'thm-3.6'], { terminal: true });
    expect([code, out.includes('\u001b[')]).toEqual([0, false]);
  });
  test('in a pipe under FORCE_COLOR, unless --no-color is said', async () => {
    expect(await painted([], { alwaysColour: true })).toBe(true);
    expect(await painted(['--no-color'], { alwaysColour: true })).toBe(false);
  });
  test.each([
    [{}, { colour: true, alwaysColour: false }],
    [{ TERM: 'dumb' }, { colour: false, alwaysColour: false }],
    [{ NO_COLOR: '' }, { colour: true, alwaysColour: false }],
    [
      { NO_COLOR: '1', FORCE_COLOR: '1' },
      { colour: false, alwaysColour: false },
    ],
    [
      { FORCE_COLOR: '1', TERM: 'dumb' },
      { colour: true, alwaysColour: true },
    ],
    [{ FORCE_COLOR: '0' }, { colour: false, alwaysColour: false }],
  ])('in the environment %j', (environment, wanted) => {
    expect(wantedColour(environment)).toEqual(wanted);
  });
});
