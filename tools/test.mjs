// `npm test`: the type checker and the linter beside the tests, since each of them keeps one core busy. A mistake that either finds
// ends the tests at once, and is the last that is printed. Arguments go to vitest.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** A program of the packages; what it prints is kept unless the terminal is its own. */
function start(path, args, stdio) {
  const child = spawn(process.execPath, [join('node_modules', path), ...args], { stdio });
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => printed.push(chunk));
  const end = new Promise(resolve => {
    child.on('error', error => resolve({ code: 1, text: `${error.message}\n` }));
    child.on('close', code => resolve({ code: code ?? 1, text: Buffer.concat(printed).toString() }));
  });
  return { child, end };
}

const QUIET = ['ignore', 'pipe', 'pipe'];
const tests = start(join('vitest', 'vitest.mjs'), ['run', ...process.argv.slice(2)], 'inherit');
const checks = [
  start(join('typescript', 'bin', 'tsc'), ['--noEmit'], QUIET),
  start(join('typescript', 'bin', 'tsc'), ['--noEmit', '-p', join('src', 'playground')], QUIET),
  start(join('@biomejs', 'biome', 'bin', 'biome'), ['lint', '--error-on-warnings'], QUIET),
];
const wrong = [];
for (const { end } of checks)
  end.then(({ code, text }) => {
    if (code === 0) return;
    wrong.push(text);
    tests.child.kill();
  });
const results = await Promise.all([...checks, tests].map(({ end }) => end));
for (const text of wrong) process.stdout.write(text);
process.exitCode = results.find(({ code }) => code !== 0)?.code ?? 0;
