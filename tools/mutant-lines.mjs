// What a run of `npm run mutants` knows so far: a file with one JSON line a mutant, written as each is tested, so that a run that
// is stopped loses nothing. The first line holds what was drawn and of which sources. Also the reporter that Stryker loads.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { keyOfMutant } from './list-mutants.mjs';

/** What Stryker says of a mutant that some test saw. */
const DEAD = new Set(['Killed', 'Timeout']);
export const isDead = ({ status }) => DEAD.has(status);
export const shareOfDead = list => (100 * list.filter(isDead).length) / Math.max(1, list.length);

/** A text that changes with every source and every test. */
export function stateOfSources() {
  const hash = createHash('sha256');
  for (const folder of ['src', 'test'])
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
      if (/\.(ts|tex|md)$/.test(name)) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.update(readFileSync('vitest.mutants.config.ts')).digest('hex').slice(0, 16);
}

/** The sample of an earlier run and its results, if it asked for the same and nothing has changed since; null otherwise. */
export function earlierRun(file, asked) {
  if (!existsSync(file)) return null;
  const [first, ...lines] = readFileSync(file, 'utf8').split('\n').flatMap(parsed);
  if (first === undefined || JSON.stringify(first.asked) !== JSON.stringify(asked)) return null;
  return { drawn: first.drawn, results: lines };
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

/** Stryker's reporter: appends each mutant of the sample to the file and says how many have died so far. */
class MutantLines {
  static inject = ['options'];
  #file;
  #wanted;
  #results;

  constructor({ mutantLines: { file } }) {
    const { drawn, results } = earlierRun(file, JSON.parse(readFileSync(file, 'utf8').split('\n', 1)[0]).asked);
    this.#file = file;
    this.#wanted = new Set(drawn.flatMap(({ counted }) => counted.map(keyOfMutant)));
    this.#results = results;
  }

  onMutantTested({ fileName, location, mutatorName, replacement, status, killedBy, statusReason }) {
    const file = relative('.', fileName);
    // Lines and columns from 1 in what Stryker reports.
    const [start, end] = [location.start, location.end].map(({ line, column }) => ({
      line: line - 1,
      column: column - 1,
    }));
    const key = keyOfMutant({ file, start, end, mutatorName, replacement });
    if (!this.#wanted.has(key) || this.#results.some(each => each.key === key)) return;
    const why = status === 'RuntimeError' ? { reason: statusReason } : { by: killedBy?.[0] };
    const result = { key, status, file, line: start.line + 1, column: start.column, mutatorName, replacement, ...why };
    this.#results.push(result);
    appendFileSync(this.#file, `${JSON.stringify(result)}\n`);
    const place = `${file}:${result.line}:${result.column}`;
    console.error(
      `${this.#results.length}/${this.#wanted.size}, ${shareOfDead(this.#results).toFixed(1)} % die; ${status} ${place}`,
    );
  }
}

export const strykerPlugins = [{ kind: 'Reporter', name: 'mutant-lines', injectableClass: MutantLines }];
