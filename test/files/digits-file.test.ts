import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { digitBytes } from '../../src/files/digits-file.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const ROW = 1 + 14 * 14;

it('2,000 digits, 200 of each kind, in less than a megabyte with their licence', () => {
  const bytes = digitBytes();
  expect(bytes.length).toBe(2000 * ROW);
  const kinds = Array.from({ length: 2000 }, (_, row) => bytes[row * ROW] ?? 255);
  for (let kind = 0; kind < 10; kind += 1) expect(kinds.filter(each => each === kind)).toHaveLength(200);
  expect(statSync(join(root, 'derivations/digits/digits.bin.gz')).size).toBeLessThan(1e6);
  expect(readFileSync(join(root, 'derivations/digits/LICENSE'), 'utf8')).toMatch(/MIT License[\s\S]*Juan Cazala/);
});

it('no kind lies all together: the order is shuffled', () => {
  const bytes = digitBytes();
  const first = new Set(Array.from({ length: 100 }, (_, row) => bytes[row * ROW]));
  expect(first.size).toBe(10);
});

it('the script makes these very digits from the package mnist', async () => {
  const from = dirname(createRequire(import.meta.url).resolve('mnist/package.json'));
  expect(existsSync(join(from, 'src/digits/9.json'))).toBe(true);
  const script = await import(join(root, 'tools/write-digits.mjs'));
  expect(Buffer.compare(script.digitRows(from), digitBytes())).toBe(0);
});
