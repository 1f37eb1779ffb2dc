// A process that runs tests of the bundle against one mutant after another. A line of its output, written before the next line of
// the program runs, says what it is at, so that the process above can end what never ends.
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import { failureOf, smallVitest } from './small-vitest.mjs';

const [, , bundle] = process.argv;
const evaluate = compileFunction(
  readFileSync(bundle, 'utf8'),
  ['module', 'exports', 'require', '__filename', '__dirname'],
  {
    filename: bundle,
  },
);
const require = createRequire(resolve(bundle));
const say = message => writeSync(1, `${JSON.stringify(message)}\n`);
/** Processor time of this process, in milliseconds. */
const used = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** The program evaluated anew; a file's tests are collected when they are asked for. */
function freshProgram() {
  let current = null;
  const module = { exports: {} };
  const own = name => (name === 'vitest' ? apiOf(() => current.api) : require(name));
  evaluate(module, module.exports, own, bundle, '.');
  return async file => {
    current = smallVitest();
    await module.exports.files[file]();
    return current.tests;
  };
}

/** Calls go to what collects the file that is loaded. */
function apiOf(current) {
  const passing = name => {
    const call = (...given) => current()[name](...given);
    call.each =
      table =>
      (...given) =>
        current()[name].each(table)(...given);
    return call;
  };
  return {
    describe: passing('describe'),
    it: passing('it'),
    test: passing('it'),
    get expect() {
      return current().expect;
    },
  };
}

const state = () => (globalThis.__stryker__ ??= {});

/** Every test of a file, with its time and the mutants that it reaches; those reached while the file is loaded are of the file. */
async function look(file) {
  Object.assign(state(), { activeMutant: undefined, mutantCoverage: { static: {}, perTest: {} } });
  const begun = used();
  const tests = await freshProgram()(file);
  const loading = used() - begun;
  const found = [];
  for (const test of tests) {
    state().currentTestId = test.name;
    const before = used();
    const failure = await failureOf(test);
    if (failure !== null) throw new Error(`${file}, ${test.name}, fails without a mutant: ${failure}`);
    found.push({ name: test.name, time: used() - before });
  }
  state().currentTestId = undefined;
  const { static: atLoading, perTest } = state().mutantCoverage;
  return { file, loading, atLoading, tests: found.map(test => ({ ...test, reached: perTest[test.name] ?? {} })) };
}

/** The first of the tests that fails, null where none does. `hits` bounds how often the mutant may be reached. */
async function run({ id, tests, hits }) {
  Object.assign(state(), { activeMutant: id, hitCount: hits === null ? undefined : 0, hitLimit: hits });
  const program = freshProgram();
  const collected = new Map();
  for (const { file, name, limit } of tests) {
    const isLate = () => hits !== null && state().hitCount > hits;
    say({ at: { file, name }, used: used(), limit });
    try {
      if (!collected.has(file)) collected.set(file, new Map((await program(file)).map(test => [test.name, test])));
    } catch (error) {
      return { by: { file, name: null }, failure: String(error?.message ?? error), isLate: isLate() };
    }
    const test = collected.get(file).get(name);
    // Made of what the mutant changes: the file has other tests now.
    const failure = test === undefined ? 'the test is gone' : await failureOf(test);
    if (failure !== null) return { by: { file, name }, failure, isLate: isLate() };
  }
  return { by: null };
}

process.on('message', async message => {
  try {
    say({ done: message.look === undefined ? await run(message) : await look(message.look) });
  } catch (error) {
    say({ error: String(error?.stack ?? error) });
  }
});
say({ ready: true });
