// Lists the files of src/ that no test names: whose path no file of test/ imports, and whose exported names none of them mentions.
//
//   node tools/untested-files.mjs           the count and, room by room, the files with their lines
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const filesOf = folder =>
  readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path.endsWith('.ts'));

const tests = filesOf('test').map(path => readFileSync(`${ROOT}test/${path}`, 'utf8'));
const imported = new Set(tests.flatMap(text => [...text.matchAll(/src\/([\w./-]+\.ts)/g)].map(([, path]) => path)));
const words = new Set(tests.flatMap(text => text.match(/\w+/g) ?? []));
const EXPORTED = /^export (?:async )?(?:function\*?|const|class) (\w+)/gm;

const untested = filesOf('src').flatMap(path => {
  const text = readFileSync(`${ROOT}src/${path}`, 'utf8');
  const names = [...text.matchAll(EXPORTED)].map(([, name]) => name);
  // What exports only types is not run.
  if (names.length === 0 || imported.has(path) || names.some(name => words.has(name))) return [];
  return [{ path, lines: text.split('\n').length - 1 }];
});

const all = filesOf('src').length;
console.log(
  `${untested.length} of ${all} files of src/ are named by no test (they run in the tests of what uses them)`,
);
for (const { path, lines } of untested.sort((a, b) => b.lines - a.lines || a.path.localeCompare(b.path)))
  console.log(`${String(lines).padStart(5)}  ${path}`);
