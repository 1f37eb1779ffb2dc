/** docs/reference/problems.md lists every code that src/ can give, and no other. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Codes as they stand in a source: the first argument of a refusing function or a property `code`. */
function codesOf(text: string): string[] {
  const pattern =
    /(?:\b(?:refuse|refusal|fail|problem|warn|complain)\w*\(\s*|\bcode:\s*)'([a-z][a-z0-9]*(?:-[a-z0-9]+)+)'/g;
  return [...text.matchAll(pattern)].map(match => match[1] ?? '');
}

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(path =>
  path.endsWith('.ts'),
);
const used = new Set(sources.flatMap(path => codesOf(readFileSync(join(root, 'src', path), 'utf8'))));
const listed = [
  ...readFileSync(join(root, 'docs/reference/problems.md'), 'utf8').matchAll(/^\| `([a-z0-9-]+)` \|/gm),
].map(match => match[1] ?? '');

test('every code in src is listed', () => {
  expect(used.size).toBeGreaterThan(10);
  expect([...used].filter(code => !listed.includes(code)).sort(), 'npm run problems adds rows').toEqual([]);
});

test('every listed code is in src, once, in order', () => {
  expect(listed.filter(code => !used.has(code))).toEqual([]);
  expect(listed).toEqual([...new Set(listed)].sort());
});

test('codes are found in the forms in use', () => {
  expect(codesOf("refuse('unknown-name', m); failure({ code: 'no-update', message });")).toEqual([
    'unknown-name',
    'no-update',
  ]);
});
