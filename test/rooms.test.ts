/** The rooms of src/ import only what docs/architecture.md allows, and the checker itself sees each kind of break. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  brokenRooms,
  circlesOf,
  crowdedFolders,
  halfOf,
  importGraph,
  importsOf,
  mixedHalves,
  ROOMS,
  type SourceFile,
} from './support/rooms.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources: SourceFile[] = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts'))
  .map(path => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(root, 'src', path), 'utf8') }));

describe('the rooms of src/', () => {
  test('every import keeps to the table', () => {
    expect(sources.length).toBeGreaterThan(10);
    expect(brokenRooms(sources)).toEqual([]);
  });

  test('the table itself has no cycle: a room knows only rooms above it', () => {
    const names = Object.keys(ROOMS);
    for (const [room, allowed] of Object.entries(ROOMS)) {
      for (const other of allowed)
        expect(names.indexOf(other.split('/')[0] ?? ''), `${room} knows ${other}`).toBeLessThan(names.indexOf(room));
    }
  });

  test('docs/architecture.md names every room', () => {
    const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
    for (const room of Object.keys(ROOMS).filter(name => sources.some(source => source.path.startsWith(`${name}/`)))) {
      expect(text, `${room}/ is missing`).toContain(`\`${room}/\``);
    }
  });
});

test('only the command line, the application and the reading and writing of files know Node: the rest runs in a browser', () => {
  const knows = sources.filter(({ text }) => importsOf(text).some(name => name.startsWith('node:')));
  const others = knows.map(({ path }) => path).filter(path => !/^(?:cli|files|session)\//.test(path));
  // The package odex has no module that a browser or TypeScript could import.
  expect(others).toEqual(['simulate/integrate.ts']);
});

describe('the route in normal form and the route in numbers', () => {
  test('do not import each other', () => {
    expect(sources.filter(({ path }) => halfOf(path) === 'symbolic').length).toBeGreaterThan(100);
    expect(sources.filter(({ path }) => halfOf(path) === 'numeric').length).toBeGreaterThan(100);
    expect(mixedHalves(sources)).toEqual([]);
  });
  test('a mixture is seen in either direction', () => {
    const mixed = [
      { path: 'judge/kinds/motion/zero.ts', text: "import { s } from './sample.ts';" },
      { path: 'judge/keys/at/numeric.ts', text: "import { s } from './symbolic.ts';" },
      { path: 'evaluate/point.ts', text: "import type { E } from '../expression/core/expression.ts';" },
      {
        path: 'judge/kinds/table.ts',
        text: "import { z } from './motion/zero.ts';\nimport { s } from './motion/sample.ts';",
      },
    ];
    expect(mixedHalves(mixed)).toHaveLength(3);
  });
});

describe('what is still to be taken apart may shrink, not grow', () => {
  test('files in a circle are recursive descents, each within one folder', () => {
    const circles = circlesOf(importGraph(sources, 'files'));
    const folders = circles.map(files => new Set(files.map(file => file.slice(0, file.lastIndexOf('/')))));
    expect(folders.every(({ size }) => size === 1)).toBe(true);
    expect(folders.flatMap(folder => [...folder]).sort()).toEqual([
      'evaluate/program',
      'expression/core',
      'expression/read',
      'latex/read',
      'latex/write',
    ]);
  });
  test('circles of folders beside each other', () => {
    expect(circlesOf(importGraph(sources, 'folders'))).toEqual([]);
  });
  test('folders of more than 20 files', () => {
    expect([...crowdedFolders(sources, 20)]).toEqual([]);
  });
});

test('no name is exported by two files', () => {
  const EXPORTED = /^export (?:async )?(?:abstract )?(?:function\*?|const|class|type|interface|enum) (\w+)/gm;
  const files = new Map<string, Set<string>>();
  for (const { path, text } of sources)
    for (const [, name = ''] of text.matchAll(EXPORTED)) files.set(name, (files.get(name) ?? new Set()).add(path));
  expect(files.size).toBeGreaterThan(1000);
  expect([...files].filter(([, paths]) => paths.size > 1).map(([name, paths]) => [name, ...paths])).toEqual([]);
});

test('every file that docs/architecture.md names is there', () => {
  const named = [
    ...readFileSync(join(root, 'docs/architecture.md'), 'utf8').matchAll(/`((?:src|docs|test)\/[\w./-]+\.\w+)`/g),
  ].map(match => match[1] ?? '');
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(path => !existsSync(join(root, path)))).toEqual([]);
});

describe('the checker', () => {
  const file = (path: string, ...imports: string[]): SourceFile => ({
    path,
    text: imports.map(each => `import { x } from '${each}';`).join('\n'),
  });
  test('sees circles of files and of folders, but not between a folder and what it holds', () => {
    const files = [
      file('a/b/one.ts', '../c/two.ts'),
      file('a/c/two.ts', '../b/three.ts', '../top.ts'),
      file('a/b/three.ts'),
      file('a/top.ts', './c/two.ts'),
    ];
    expect(circlesOf(importGraph(files, 'files'))).toEqual([['a/c/two.ts', 'a/top.ts']]);
    expect(circlesOf(importGraph(files, 'folders'))).toEqual([['a/b', 'a/c']]);
  });
  test('counts the files of a folder without those of its folders', () => {
    expect([...crowdedFolders([file('a/one.ts'), file('a/two.ts'), file('a/b/one.ts')], 1)]).toEqual([['a', 2]]);
  });
  test.each([
    ['a static import', "import { prove } from '../judge/prove.ts';"],
    ['a type-only import', "import type { Claim } from '../document/model.ts';"],
    ['a dynamic import', "const judge = await import('../judge/prove.ts');"],
    ['a re-export', "export * from '../expression/term.ts';"],
    ['a bare import', "import '../rewrite/rules.ts';"],
    ['double quotes and several lines', 'import {\n  prove,\n} from "../judge/prove.ts";'],
    ['a single file beside the allowed one', "import { unroll } from '../optimizer/refuse.ts';"],
    ['a way out of src', "import { table } from '../../test/table.ts';"],
  ])('sees %s', (_, text) => {
    const complaints = brokenRooms([{ path: 'evaluate/loss.ts', text }]);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain('src/evaluate/loss.ts');
    expect(complaints[0]).toContain(importsOf(text)[0]);
  });

  test('sees a room that is not in the table and a file in no room', () => {
    expect(brokenRooms([{ path: 'utils/clamp.ts', text: '' }])).toEqual([
      'src/utils/clamp.ts: the room utils/ is not in the table',
    ]);
    expect(brokenRooms([{ path: 'stray.ts', text: '' }])).toEqual(['src/stray.ts stands in no room']);
  });

  test('lets through what is allowed, packages, and imports in comments', () => {
    const text =
      "// import x from '../judge/x.ts'\nimport a from 'katex';\nimport type { Optimizer } from '../optimizer/model.ts';\nimport { r } from './ring.ts';";
    expect(brokenRooms([{ path: 'evaluate/loss.ts', text }])).toEqual([]);
  });
});
