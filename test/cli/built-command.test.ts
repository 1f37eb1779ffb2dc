/** The few things that only a process of its own can show: the shebang file, pipes, signals, the worker, time. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtCommand, startCommand } from '../support/built-command.ts';

let folder = '';
beforeAll(() => {
  builtCommand();
  folder = mkdtempSync(join(tmpdir(), 'modeq-test-'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const GD = String.raw`% !modeq optimizer descent
\[ \theta_j^{(n+1)} = \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)}) \]
`;
const right = (id: string): string => String.raw`% !modeq claim ${id} about=descent
\[ \dot{\tilde\theta}_j(t) = -\nabla_j E_n(\tilde\theta(t)) - \frac{h}{2} \sum_{i=1}^p \nabla_{ij} E_n(\tilde\theta(t)) \nabla_i E_n(\tilde\theta(t)) \]
`;

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('the built command', () => {
  test('judges a file in its worker and prints one JSON document', async () => {
    const { code, out, err } = await startCommand([
      'check',
      file('right.tex', GD + right('gd')),
      '--json',
      '--instances',
      '20',
    ]).outcome;
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      claims: [{ id: 'gd', verdict: 'proved' }],
      summary: { proved: 1, unexpected: 0 },
    });
    expect(code).toBe(0);
  });

  test('the same seed gives the same bytes, but for the times', async () => {
    const wrong = file('wrong.tex', GD + right('gd').replace(String.raw`\frac{h}{2}`, 'h'));
    const runs = await Promise.all(
      [1, 2].map(() => startCommand(['check', wrong, '--json', '--seed', '5', '--instances', '20']).outcome),
    );
    const texts = runs.map(({ out }) => out.replace(/"milliseconds": [\d.]+/g, ''));
    expect(runs[0]?.code).toBe(1);
    expect(JSON.parse(runs[0]?.out ?? '').claims[0].counterexample).toMatchObject({
      component: expect.any(Number),
      claimed: expect.any(String),
    });
    expect(texts[0]).toBe(texts[1]);
  });

  test('one judge and several give the same bytes, but for the times, every claim once', async () => {
    const wrong = right('wrong').replace(String.raw`\frac{h}{2}`, 'h');
    const claims = [...Array.from({ length: 17 }, (_, at) => right(`gd-${at}`)), wrong];
    const many = file('shared.tex', GD + claims.join('\n'));
    const runs = await Promise.all(
      ['1', '3'].map(jobs => startCommand(['check', many, '--json', '--instances', '5', '--jobs', jobs]).outcome),
    );
    const [one, several] = runs.map(({ out }) => out.replace(/"milliseconds": [\d.]+/g, ''));
    expect(JSON.parse(runs[0]?.out ?? '').summary).toMatchObject({ proved: 17, refuted: 1 });
    expect(several).toBe(one);
  });

  test('a second run takes the verdicts of the first one, times and all, unless they are damaged or unwanted', async () => {
    const cache = join(folder, 'cache');
    const wrong = file('known.tex', GD + right('gd') + right('wrong').replace(String.raw`\frac{h}{2}`, 'h'));
    const run = (...more: string[]) =>
      startCommand(['check', wrong, '--json', '--instances', '5', ...more], { XDG_CACHE_HOME: cache }).outcome;
    const first = await run();
    const second = await run();
    expect(second).toEqual(first);
    expect(first.code).toBe(1);
    const [kept = '', ...others] = readdirSync(join(cache, 'modeq'));
    expect(others).toEqual([]);
    const path = join(cache, 'modeq', kept);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"proved"', '"refuted"'));
    const plain = ({ out }: { readonly out: string }): string => out.replace(/"milliseconds": [\d.]+/g, '');
    for (const again of [await run(), await run('--no-cache'), await run()]) expect(plain(again)).toBe(plain(first));
  });

  test('a reader that goes away is no error', async () => {
    const running = startCommand(['derive', 'adam', '--order', '1']);
    running.stopReading();
    const { code, err } = await running.outcome;
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  test('Ctrl-C keeps the verdicts so far and says so', async () => {
    const many = file('many.tex', GD + Array.from({ length: 60 }, (_, at) => right(`gd-${at}`)).join('\n'));
    const running = startCommand(['check', many, '--json', '--instances', '5000']);
    await new Promise(resolve => setTimeout(resolve, 2500));
    running.kill('SIGINT');
    const { code, out, err } = await running.outcome;
    expect(err).toContain('interrupted');
    const report = JSON.parse(out);
    expect(report.claims).toHaveLength(60);
    expect(report.claims.at(-1)).toMatchObject({ verdict: 'undecided', message: 'interrupted' });
    expect(code).toBe(3);
  });

  test.each([
    [{ FORCE_COLOR: '' }, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [{ FORCE_COLOR: '0' }, false],
    [{ FORCE_COLOR: '1' }, true],
  ])('a pipe gets escape codes under FORCE_COLOR alone, %j', async (environment, painted) => {
    const options = ['--instances', '5', '--no-cache'];
    const { out } = await startCommand(['check', file('right.tex', GD + right('gd')), ...options], environment).outcome;
    expect(out.includes('\u001b')).toBe(painted);
  });
});
