// Runs mutants against the tests that reach them, the cheap ones first, until one fails: what mutant-worker.mjs does for one mutant,
// in processes that are watched. What takes too long is told by processor time, so that a busy machine kills no mutant.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Milliseconds of processor time that every test has, beside this many times what it takes without a mutant. */
const LEAST_TIME = 5_000;
const TIMES_AS_LONG = 10;
/** A mutant is reached at most so many times as often as its place is without it; beyond that the program goes in circles. */
const TIMES_AS_OFTEN = 100;
const LEAST_OFTEN = 10_000;
/** So many of the tests that saw the last mutants of a source are run first for the next one there. */
const MOST_REMEMBERED = 6;
/** A process is used for so many mutants, since it grows. */
const MOST_OF_A_PROCESS = 40;

/** A process that runs tests; `ask` answers what it found, null if the tests took too long. */
class Worker {
  #child;
  #waiting = null;
  #watch = null;
  #timer;
  asked = 0;

  constructor(bundle) {
    this.#child = spawn(process.execPath, ['--stack-size=1500', 'tools/mutant-worker.mjs', bundle], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: { ...process.env, MODEQ_RULE_RUNS: '60' },
    });
    createInterface({ input: this.#child.stdout }).on('line', line => this.#hear(JSON.parse(line)));
    this.#child.on('exit', () => this.#settle(null));
    this.#timer = setInterval(() => this.#look(), 500);
  }

  ask(message) {
    this.asked += 1;
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#child.send(message);
    });
  }

  end() {
    clearInterval(this.#timer);
    this.#child.kill('SIGKILL');
  }

  #hear({ at, used, limit, done, error }) {
    if (at !== undefined) this.#watch = { at, until: used + limit };
    else if (error !== undefined) this.#waiting?.reject(new Error(error));
    else if (done !== undefined) this.#settle(done);
  }

  #look() {
    if (this.#watch === null || processorTime(this.#child.pid) <= this.#watch.until) return;
    this.end();
  }

  #settle(found) {
    this.#waiting?.resolve(found ?? { late: this.#watch?.at ?? null });
    [this.#waiting, this.#watch] = [null, null];
  }
}

/** Milliseconds that a process has computed; the clock where the system does not say it. */
function processorTime(pid) {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return performance.now();
  const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

/** Each file's tests, with their times and the mutants that they reach; each file in a process of its own. */
export async function* lookAtTests(bundle, files) {
  for (const file of files) {
    const worker = new Worker(bundle);
    yield await worker.ask({ look: file });
    worker.end();
  }
}

/** The tests that reach the mutant, the cheap ones first; all of a file that reaches it while it is loaded. */
export function testsOf(id, seen) {
  const tests = seen.flatMap(({ file, loading, atLoading, tests: all }) => {
    const own = all.filter(({ reached }) => atLoading[id] !== undefined || reached[id] !== undefined);
    return own.map(({ name, time }) => ({
      file,
      name,
      cost: time + loading / own.length,
      limit: LEAST_TIME + TIMES_AS_LONG * (time + loading),
    }));
  });
  return tests.sort((a, b) => a.cost - b.cost);
}

const isSame = (a, b) => a.file === b.file && a.name === b.name;

/** The tests with those first that saw the last mutants of the source. */
function rememberedFirst(tests, killers) {
  const first = killers.flatMap(killer => tests.filter(test => isSame(test, killer)));
  return [...first, ...tests.filter(test => !first.includes(test))];
}

function hitsOf(id, seen) {
  const all = seen.flatMap(({ atLoading, tests }) => [atLoading, ...tests.map(({ reached }) => reached)]);
  return LEAST_OFTEN + TIMES_AS_OFTEN * all.reduce((sum, reached) => sum + (reached[id] ?? 0), 0);
}

/** Runs each mutant against what `seenBy` gives, in so many processes; `onTested` is told of each as soon as its fate is known. */
export async function runMutants({ bundle, mutants, seenBy, workers, onTested }) {
  const left = [...mutants];
  /** Whether a test passes by itself, as it must to say anything. */
  const alone = new Map();
  const killersOf = new Map();
  const one = async () => {
    let worker = null;
    const ask = async message => {
      if (worker !== null && worker.asked >= MOST_OF_A_PROCESS) {
        worker.end();
        worker = null;
      }
      worker ??= new Worker(bundle);
      const found = await worker.ask(message);
      if (found.late !== undefined) worker = null;
      return found;
    };
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
      const killers = killersOf.get(mutant.file) ?? [];
      const seen = seenBy(mutant);
      const tests = rememberedFirst(testsOf(mutant.id, seen), killers);
      const found = tests.length === 0 ? null : await ask({ id: mutant.id, tests, hits: hitsOf(mutant.id, seen) });
      const by = found?.by ?? found?.late ?? null;
      if (by !== null && by.name !== null) {
        killersOf.set(mutant.file, [by, ...killers.filter(each => !isSame(each, by))].slice(0, MOST_REMEMBERED));
        const key = JSON.stringify([by.file, by.name]);
        if (!alone.has(key)) {
          const own = tests.filter(test => isSame(test, by));
          alone.set(key, (await ask({ id: undefined, tests: own, hits: null })).by === null);
        }
        if (!alone.get(key)) throw new Error(`${by.file}, ${by.name}, fails by itself without a mutant`);
      }
      onTested(mutant, fateOf(found, tests));
    }
    worker?.end();
  };
  await Promise.all(Array.from({ length: workers }, one));
}

/** What has become of a mutant, in Stryker's words. */
function fateOf(found, tests) {
  if (found === null) return { status: 'NoCoverage', by: null };
  if (found.late !== undefined) return { status: 'Timeout', by: found.late };
  if (found.by === null) return { status: 'Survived', by: null, tests: tests.length };
  return { status: found.isLate ? 'Timeout' : 'Killed', by: found.by, reason: found.failure.slice(0, 120) };
}
