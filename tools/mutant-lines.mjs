// What a run of `npm run mutants` knows so far: a file with one JSON line a mutant, written as each is tested, so that a run that
// is stopped loses nothing. The first line holds what was drawn and of which sources.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What becomes of a mutant that some test saw. */
const DEAD = new Set(['Killed', 'Timeout']);
export const isDead = ({ status }) => DEAD.has(status);
export const shareOfDead = list => (100 * list.filter(isDead).length) / Math.max(1, list.length);

const hashOf = texts => {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text);
  return hash.digest('hex').slice(0, 16);
};

/** Folders with what the nearest tests are made of. */
const OF_TESTS = ['document', 'evaluate', 'expression', 'fuzz', 'judge', 'prove', 'recheck', 'rewrite', 'support'].map(
  room => `test/${room}`,
);

/** A text that changes with every source, and with everything beside the nearest tests that is no file of tests. */
export function stateOfSources() {
  const names = ['src', ...OF_TESTS].flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => /\.(ts|tex|md)$/.test(name) && !name.endsWith('.test.ts'))
      .map(name => join(folder, name)),
  );
  return hashOf(names.sort().flatMap(name => [name, readFileSync(name)]));
}

/** A text for each file of tests, and one for all of them. */
export function stateOfTests(files) {
  const own = new Map(files.map(file => [file, hashOf([readFileSync(file)])]));
  return { own, all: hashOf([...own].flat()) };
}

/** Whether the result is still so: the test that saw the mutant is the same, or nothing has been added that could see it. */
export const isSettled = (result, { own, all }) =>
  isDead(result) ? result.state === own.get(result.by?.file) : result.state === all;

/** The files that may say something new of a mutant: those that it did not pass before as they are. */
export const filesFor = (result, { own }) =>
  [...own.keys()].filter(file => result === undefined || isDead(result) || !result.passed?.includes(own.get(file)));

/** The sample of an earlier run and its results, if it asked for the same and no source has changed since; null otherwise. */
export function earlierRun(file, asked) {
  if (!existsSync(file)) return null;
  const [first, ...lines] = readFileSync(file, 'utf8').split('\n').flatMap(parsed);
  if (first === undefined || JSON.stringify(first.asked) !== JSON.stringify(asked)) return null;
  // A mutant that was run again is told by its last line.
  return { drawn: first.drawn, results: [...new Map(lines.map(line => [line.key, line])).values()] };
}

/** A line that was cut off when a run was stopped is none. */
function parsed(line) {
  try {
    return line === '' ? [] : [JSON.parse(line)];
  } catch {
    return [];
  }
}

export function beginRun(file, asked, drawn) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ asked, drawn })}\n`);
}

/** Appends what has become of a mutant, with the state of the tests that say so, and returns the line. */
export function addResult(file, mutant, fate, { own, all }) {
  const states = isDead(fate) ? { state: own.get(fate.by.file) } : { state: all, passed: [...own.values()] };
  const result = { ...mutant, ...fate, ...states };
  appendFileSync(file, `${JSON.stringify(result)}\n`);
  return result;
}

/** What earlier runs saw of the tests' files without a mutant, which later ones need not look at again; `add` keeps one more. */
export function knownTests(file, asked, drawn, { own }) {
  const state = hashOf([JSON.stringify(asked), JSON.stringify(drawn)]);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').flatMap(parsed) : [];
  const known = new Map(
    lines.filter(line => line.state === state && line.own === own.get(line.file)).map(line => [line.file, line]),
  );
  return {
    has: name => known.has(name),
    get: name => known.get(name),
    add: seen => {
      known.set(seen.file, seen);
      appendFileSync(file, `${JSON.stringify({ ...seen, state, own: own.get(seen.file) })}\n`);
    },
  };
}
