/** The TypeScript example of docs/library.md is the file docs/examples/library.ts, and that file does what it says. */
import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('the page shows the example as it is', () => {
  const [, shown] = /```ts\n([\s\S]*?)```/.exec(read('docs/library.md')) ?? [];
  expect(shown).toBe(read('docs/examples/library.ts'));
});

test('the example proves its claim and prints the derived theorem', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('../../docs/examples/library.ts');
  const lines = log.mock.calls.map(call => call.join(' '));
  log.mockRestore();
  expect(lines[0]).toBe('gd-flow proved');
  expect(lines[1]).toContain('∇_j E_n(θ̃(t))');
});

test('the library exports functions and no surprises', async () => {
  const library = await import('../../src/index.ts');
  expect(Object.keys(library).sort()).toMatchSnapshot();
});
