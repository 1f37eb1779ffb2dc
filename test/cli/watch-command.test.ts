/** `modeq watch` in a terminal, and the hook that docs/examples shows. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtCommand, ROOT } from '../support/built-command.ts';
import { modeq } from '../support/memory-terminal.ts';

const claim = (id: string, sign: string): string => String.raw`
% !modeq claim ${id} about=gd order=0
\[ \dot{\tilde\theta}_j(t) = ${sign}\nabla_j E_n(\tilde\theta(t)) \]
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-watch-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('prints what changed when a file is saved, and ends at Ctrl-C with the last code', {
  timeout: 60_000,
}, async () => {
  const file = join(folder, 'paper.tex');
  writeFileSync(file, claim('steady', '-') + claim('slipped', ''));
  let saved = false;
  const { code, out } = await modeq(['watch', file, '--instances', '20'], {
    onPrint: (printed, interrupt) => {
      if (!saved && printed.includes('1 refuted')) {
        saved = true;
        writeFileSync(file, claim('steady', '-') + claim('slipped', '-'));
      } else if (saved) interrupt();
    },
  });
  const [first = '', second = ''] = out.split(/(?<=1 refuted[^\n]*\n)/);
  expect([first.includes('steady'), first.includes('slipped')]).toEqual([true, true]);
  expect([second.includes('steady'), /✓ slipped +proved/.test(second)]).toEqual([false, true]);
  expect(code).toBe(0);
});

test('once ends after one round with the code of check', async () => {
  const file = join(folder, 'once.tex');
  writeFileSync(file, claim('slipped', ''));
  const watched = await modeq(['watch', file, '--once', '--instances', '20']);
  expect([watched.code, watched.out.includes('slipped')]).toEqual([1, true]);
});

const hasGit = spawnSync('git', ['--version']).status === 0;
test.skipIf(!hasGit)('the hook stops a commit with a refuted claim, as staged', { timeout: 120_000 }, () => {
  const paper = join(folder, 'repository');
  mkdirSync(join(paper, 'node_modules/.bin'), { recursive: true });
  chmodSync(builtCommand(), 0o755);
  symlinkSync(builtCommand(), join(paper, 'node_modules/.bin/modeq'));
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: paper, encoding: 'utf8' });
  git('init', '-q');
  const hook = join(paper, '.git/hooks/pre-commit');
  mkdirSync(join(paper, '.git/hooks'), { recursive: true });
  copyFileSync(join(ROOT, 'docs/examples/pre-commit'), hook);
  chmodSync(hook, 0o755);
  writeFileSync(join(paper, 'paper.tex'), claim('slipped', ''));
  git('add', 'paper.tex');
  // What is in the folder is not what is committed.
  writeFileSync(join(paper, 'paper.tex'), claim('slipped', '-'));
  const stopped = git('commit', '-m', 'one');
  expect([stopped.status, (stopped.stdout + stopped.stderr).includes('slipped')]).toEqual([1, true]);
  git('add', 'paper.tex');
  expect(git('commit', '-m', 'two').status).toBe(0);
});
