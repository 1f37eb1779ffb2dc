/**
 * Writes derivations/digits/ from the package mnist (MIT): a seeded choice of so many handwritten digits of each kind, 28 × 28 pixels averaged over
 * squares of 2 × 2. The same seed writes the same bytes. Run after a change of the numbers below: `node tools/write-digits.mjs`.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

export const SEED = 1;
export const OF_EACH = 200;
const [KINDS, SIDE, SQUARE] = [10, 28, 2];
const SMALL = SIDE / SQUARE;

/** One row a digit, in seeded order: its kind, then 14 × 14 grey values from 0 (paper) to 255 (ink), line by line. */
export function digitRows(folder) {
  const next = numbers(SEED);
  const rows = [];
  for (let kind = 0; kind < KINDS; kind += 1) {
    const { data } = JSON.parse(readFileSync(join(folder, 'src', 'digits', `${kind}.json`), 'utf8'));
    const there = Math.floor(data.length / SIDE ** 2);
    for (const at of shuffled(there, next).slice(0, OF_EACH))
      rows.push(Uint8Array.from([kind, ...averaged(data.slice(at * SIDE ** 2, (at + 1) * SIDE ** 2))]));
  }
  return Buffer.concat(shuffled(rows.length, next).map(at => rows[at]));
}

function averaged(pixels) {
  return Array.from({ length: SMALL ** 2 }, (_, at) => {
    const [line, column] = [Math.floor(at / SMALL) * SQUARE, (at % SMALL) * SQUARE];
    let sum = 0;
    for (let y = 0; y < SQUARE; y += 1)
      for (let x = 0; x < SQUARE; x += 1) sum += pixels[(line + y) * SIDE + column + x];
    return Math.round((255 * sum) / SQUARE ** 2);
  });
}

function shuffled(count, next) {
  const order = Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1));
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order;
}

/** Mulberry32. */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const from = dirname(createRequire(import.meta.url).resolve('mnist/package.json'));
  const to = join(fileURLToPath(new URL('..', import.meta.url)), 'derivations', 'digits');
  mkdirSync(to, { recursive: true });
  const packed = gzipSync(digitRows(from), { level: 9 });
  writeFileSync(join(to, 'digits.bin.gz'), packed);
  copyFileSync(join(from, 'LICENSE'), join(to, 'LICENSE'));
  process.stdout.write(`${KINDS * OF_EACH} digits, ${packed.length} bytes\n`);
}
