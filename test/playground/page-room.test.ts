/** The page of the playground and its engine meet in plain messages only, so that the page loads without the engine. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { importsOf } from '../support/rooms.ts';

const page = fileURLToPath(new URL('../../src/playground/page', import.meta.url));

test('the page imports its own files, the messages, names of regimes and the editor', () => {
  const files = readdirSync(page).filter(name => name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(5);
  const imported = files.flatMap(name => importsOf(readFileSync(join(page, name), 'utf8')));
  const others = imported.filter(name => !/^(?:\.\/|@codemirror\/|@lezer\/highlight$|modeq:catalogue$)/.test(name));
  expect([...new Set(others)].sort()).toEqual(['../../notation/regimes.ts', '../protocol.ts']);
});
