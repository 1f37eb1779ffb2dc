/**
 * `npm run recheck -- --share N`: every N-th of the built-in claims, by a seeded order, with its proof checked again step by
 * step. Without --share all of them. `--seed S` takes others; further arguments go to `modeq check`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const given = process.argv.slice(2);
const share = taken('--share') ?? 1;
const seed = taken('--seed') ?? 1;

const folder = join(root, 'derivations');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => /\.(?:tex|md)$/.test(file));
const ids = files
  .flatMap(file => [...readFileSync(join(folder, file), 'utf8').matchAll(/!modeq claim ([^\s>]+)/g)])
  .map(([, id]) => id)
  .sort((a, b) => (place(a) < place(b) ? -1 : 1));
const chosen = ids.filter((_, at) => at % share === 0);
if (chosen.length === 0) {
  process.stderr.write('no claim was found\n');
  process.exit(1);
}
if (share > 1) process.stdout.write(`${chosen.length} of ${ids.length} claims, seed ${seed}\n`);
const only = share > 1 ? ['--only', chosen.join(',')] : [];
const command = [
  join(root, 'build/cli/main.js'),
  'check',
  '--no-cache',
  '--recheck',
  '--instances',
  '20',
  '--timeout',
  '600',
];
const { status } = spawnSync(process.execPath, [...command, ...only, ...given], { stdio: 'inherit' });
process.exit(status ?? 1);

/** Takes a number out of the arguments. */
function taken(name) {
  const at = given.indexOf(name);
  if (at === -1) return null;
  const [, text] = given.splice(at, 2);
  if (/^[1-9]\d*$/.test(text ?? '')) return Number(text);
  process.stderr.write(`${name} takes a whole number from 1 on\n`);
  return process.exit(2);
}

/** Where a claim stands in the order of the seed. */
function place(id) {
  return createHash('sha256').update(`${seed} ${id}`).digest('hex');
}
