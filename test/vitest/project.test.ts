/** A project of a user's own in a temporary folder, with the built package: vitest runs there as it does for them. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtCommand } from '../support/built-command.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder = '';
beforeAll(() => {
  builtCommand();
  folder = mkdtempSync(join(tmpdir(), 'modeq-project-'));
  // As npm installs it: a copy, so that vitest takes it for a package and does not transform it.
  const installed = join(folder, 'node_modules', 'modeq');
  for (const part of ['build', 'derivations', 'package.json'])
    cpSync(join(root, part), join(installed, part), { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const name of [...Object.keys(dependencies), 'vitest']) {
    mkdirSync(join(folder, 'node_modules', name, '..'), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'dir');
  }
  writeFileSync(join(folder, 'package.json'), '{ "name": "elsewhere", "version": "1.0.0", "type": "module" }\n');
  writeFileSync(
    join(folder, 'rule.test.js'),
    String.raw`import { expect, test } from 'vitest';
import { optimizerAt } from 'modeq/vitest';
const mine = optimizerAt('paper.tex');
test('recorded', () => {
  expect(mine).toMatchEquationSnapshot({ setting: 'full-batch' });
  expect(mine).toMatchEquationSnapshot({ setting: 'full-batch', limit: 'large-n' });
});
test('as in the paper', () => {
  expect(mine).toHaveModifiedEquation('\\dot\\theta = -\\nabla E - \\frac h4 \\nabla \\|\\nabla E\\|^2');
});
`,
  );
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const rule = (factor: string): void =>
  writeFileSync(
    join(folder, 'paper.tex'),
    String.raw`% !modeq optimizer mine
\[ \theta_j^{(n+1)} = \theta_j^{(n)} - ${factor} h \nabla_j E(\theta^{(n)}) \]
`,
  );

interface Run {
  readonly code: number | null;
  readonly out: string;
}

/** `vitest run` in the folder; in CI nothing is recorded without -u. */
const vitest = (place: 'at home' | 'in CI', ...options: string[]): Promise<Run> =>
  new Promise(resolve => {
    const { CI: _, ...env } = process.env;
    const command = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const child = spawn(process.execPath, [command, 'run', '--no-color', '--testTimeout=60000', ...options], {
      cwd: folder,
      env: { ...env, ...(place === 'in CI' ? { CI: '1' } : {}), NO_COLOR: '1' },
    });
    let out = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        out += chunk.toString('utf8');
      });
    child.on('close', code => resolve({ code, out }));
  });

test('records equations, shows what is another one, and records that with -u', { timeout: 240_000 }, async () => {
  rule('');
  const first = await vitest('at home');
  expect(first.out).toContain('2 passed');
  expect(first.code).toBe(0);
  const place = join(folder, '__snapshots__', 'rule.test.js.modeq.json');
  const text = readFileSync(place, 'utf8');
  expect(JSON.parse(text).optimizers.map(({ id }: { id: string }) => id)).toEqual(['recorded 1', 'recorded 2']);

  rule('2');
  const { code, out } = await vitest('in CI');
  expect(code).toBe(1);
  expect(out).toContain('2 failed');
  expect(out).toContain('stale: the rule has another equation now');
  expect(out).toMatch(/recorded\s+dθ̃_j\(t\)\/dt = -∇_j E\(θ̃\(t\)\)/);
  expect(out).toMatch(/derived {3}-2\s+recorded {2}-1/);
  expect(out).toMatch(/claimed {2}-1\s+derived {2}-2/);
  expect(readFileSync(place, 'utf8')).toBe(text);

  expect((await vitest('in CI', '-u')).out).toContain('1 failed');
  expect(readFileSync(place, 'utf8')).not.toBe(text);
});
