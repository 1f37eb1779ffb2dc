/**
 * Every console example in README.md and docs/ is run, and its output must be what is printed there. Those of README.md
 * run in its own folder, the others in docs/examples/; times are compared as `…`, and a line `…` alone stands for any number of lines. With
 * MODEQ_UPDATE_EXAMPLES=1 the pages get the output of today instead, for a person to read over.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { modeq } from '../support/memory-terminal.ts';
import { matchesPrinted, withoutTimes } from '../support/printed-output.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const start = process.cwd();
afterAll(() => process.chdir(start));

const updating = process.env.MODEQ_UPDATE_EXAMPLES === '1';

interface Example {
  readonly path: string;
  readonly place: string;
  readonly command: string;
  readonly output: string;
}

function examplesOf(path: string): Example[] {
  const text = readFileSync(path, 'utf8');
  const examples: Example[] = [];
  for (const block of text.matchAll(/^```console\n([\s\S]*?)^```$/gm)) {
    const line = text.slice(0, block.index).split('\n').length;
    for (const part of (block[1] ?? '').split(/^\$ /m).slice(1)) {
      const end = part.indexOf('\n');
      const command = part.slice(0, end);
      if (/^(npx )?modeq /.test(command))
        examples.push({ path, place: `${relative(root, path)}:${line}`, command, output: part.slice(end + 1) });
    }
  }
  return examples;
}

const readme = join(root, 'README.md');
const pages = [
  readme,
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    // The tutorial has its own folder, and its own test.
    .filter(path => path.endsWith('.md') && path !== 'tutorial.md')
    .map(path => join(root, 'docs', path)),
];
const examples = pages.flatMap(examplesOf);

/** Words of a command line; single quotes keep spaces together. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(match => match[1] ?? match[2] ?? '');

describe('the examples of the documentation', () => {
  test('there are some', () => {
    expect(examples.length).toBeGreaterThan(3);
  });

  test.each(examples)('$place: $command', async ({ path, command, output }) => {
    process.chdir(join(root, path === readme ? '.' : 'docs/examples'));
    const result = await modeq(wordsOf(command.replace(/^npx /, '')).slice(1));
    const actual = withoutTimes(result.err + result.out);
    const isPrinted = matchesPrinted(output)(actual);
    if (updating && !isPrinted) {
      const before = `$ ${command}\n${output}`;
      const page = readFileSync(path, 'utf8');
      expect(page.split(before)).toHaveLength(2);
      writeFileSync(
        path,
        page.replace(before, () => `$ ${command}\n${result.err}${result.out}`),
      );
      return;
    }
    if (!isPrinted) expect(actual).toBe(withoutTimes(output));
    expect(result.code).not.toBe(4);
  });
});
