/** A short campaign in parts, each killed at random moments, beside the same campaign as a whole. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRecord } from './record.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const CLAIMS = ['method-gradient', 'method-point', 'method-momentum', 'method-step', 'intro-smith-ode'];
const CAMPAIGN = ['--only', CLAIMS.join(','), '--instances', '5', '--runs', '1'];
const KILLS = 2;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-shards-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', 'test/campaign/run.ts', ...CAMPAIGN, ...args], {
    cwd: root,
    stdio: 'ignore',
  });
const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise(resolve => child.on('close', code => resolve(code)));
const campaign = (...args: readonly string[]): Promise<number | null> => ended(start(args));
const countOf = (path: string): number => (existsSync(path) ? (readRecord(path)?.entries.length ?? 0) : 0);

/** Kills the part so long after it has found one more claim as chance wants; false where it ended by itself. */
async function kill(path: string, args: readonly string[]): Promise<boolean> {
  const before = countOf(path);
  const child = start(args);
  const end = ended(child);
  let isOver = false;
  void end.then(() => {
    isOver = true;
  });
  while (!isOver && countOf(path) === before) await new Promise(resolve => setTimeout(resolve, 10));
  await new Promise(resolve => setTimeout(resolve, Math.random() * 400));
  child.kill('SIGKILL');
  return (await end) === null;
}

async function part(shard: string, path: string): Promise<number | null> {
  const args = ['--shard', shard, '--out', path];
  for (let kills = 0; kills < KILLS; kills += 1) {
    const before = countOf(path);
    if (!(await kill(path, args))) break;
    expect(countOf(path)).toBeGreaterThan(before);
  }
  return campaign(...args);
}

it('parts that were killed and went on are together the whole, but for the times', async () => {
  const [first, second, whole, merged] = [at('1.json'), at('2.json'), at('whole.json'), at('merged.json')];
  expect(await Promise.all([campaign('--out', whole), part('1/2', first), part('2/2', second)])).toEqual([0, 0, 0]);
  expect(countOf(first) + countOf(second)).toBe(CLAIMS.length);
  // A part alone is not the whole.
  expect(await campaign('--merge', second, '--out', at('half.json'))).toBe(1);
  expect(await campaign('--merge', second, first, '--out', merged)).toBe(0);
  const [one, other] = [merged, whole].map(path => readFileSync(path, 'utf8'));
  const timeless = (text = ''): string => text.replaceAll(/"seconds": [\d.]+/g, '"seconds": 0');
  expect(timeless(one)).toBe(timeless(other));
  expect(readdirSync(folder).filter(name => name.endsWith('.json'))).toHaveLength(5);
}, 300_000);
