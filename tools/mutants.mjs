// `npm run mutants`: how many one-line mistakes in the prover's rooms the nearest tests see. Stryker's instrumenter makes the
// mistakes; this draws a seeded sample of their places and counts those that somebody could have made (counted-mutants.mjs).
//
//   npm run mutants                                  600 mutants, exit code 1 below 85 %
//   npm run mutants -- --sample 60 --seed 7          a part of them
//   npm run mutants -- --only src/rewrite/rules/sums/resum.ts   in one file
//   npm run mutants -- --watchers                    in what looks at proofs again: the guard and the recheck, with its tests
//   npm run mutants -- --list                        only the places, without a test
//
// Each mutant is a line of build/mutants.jsonl as soon as it is tested, in the order in which they were drawn. A run that was
// stopped goes on where it was while no source has changed; where tests have, only what they may decide otherwise is run again.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { filesOf, keyOfMutant, placesOfMutants, ROOMS, sampled, WATCHERS } from './list-mutants.mjs';
import { bundleWithMutants, nearestTests } from './mutant-bundle.mjs';
import {
  addResult,
  beginRun,
  earlierRun,
  filesFor,
  isDead,
  isSettled,
  knownTests,
  shareOfDead,
  stateOfSources,
  stateOfTests,
} from './mutant-lines.mjs';
import { lookAtTests, runMutants } from './mutant-runner.mjs';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '600' },
    seed: { type: 'string', default: '1' },
    least: { type: 'string', default: '85' },
    only: { type: 'string' },
    workers: { type: 'string', default: '1' },
    out: { type: 'string', default: 'build/mutants.jsonl' },
    list: { type: 'boolean', default: false },
    watchers: { type: 'boolean', default: false },
  },
});
const whole = name => {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  console.error(`--${name} takes a whole number, not ${values[name]}`);
  return process.exit(2);
};
const [size, seed, least, workers] = [whole('sample'), whole('seed'), whole('least'), whole('workers')];

const rooms = values.watchers ? WATCHERS : ROOMS;
const files = filesOf(rooms).filter(file => values.only === undefined || file.startsWith(values.only));
const asked = { size, seed, only: values.only ?? '', rooms, state: stateOfSources() };
const earlier = earlierRun(values.out, asked);
const drawn = earlier?.drawn ?? sampled(await placesOfMutants(files), size, seed);
const wanted = drawn.flatMap(({ counted }) => counted.map(keyOfMutant));
console.error(
  `${files.length} files; ${wanted.length} mutants that count drawn at ${drawn.length} places, seed ${seed}`,
);
if (values.list) {
  for (const { key } of drawn) console.log(key);
  process.exit(0);
}
if (earlier === null) beginRun(values.out, asked, drawn);
const tests = nearestTests(values.watchers);
const states = stateOfTests(tests);
const settled = new Set((earlier?.results ?? []).filter(each => isSettled(each, states)).map(({ key }) => key));
if (earlier !== null) console.error(`${settled.size} of them are known from a run before (${values.out})`);
if (settled.size < wanted.length) await test();

/** Runs the mutants that are left, in the order in which they were drawn, and appends each to the file of lines. */
async function test() {
  const bundle = 'build/mutants.cjs';
  const mutants = await bundleWithMutants(drawn, tests, bundle);
  const known = knownTests(`${values.out}.tests`, asked, drawn, states);
  const unknown = tests.filter(file => !known.has(file));
  for await (const seen of lookAtTests(bundle, unknown)) {
    known.add(seen);
    console.error(`${seen.file}: ${seen.tests.length} tests`);
  }
  const order = new Map(wanted.map((key, at) => [key, at]));
  const left = mutants.filter(({ key }) => !settled.has(key)).sort((a, b) => order.get(a.key) - order.get(b.key));
  const results = new Map((earlier?.results ?? []).map(each => [each.key, each]));
  await runMutants({
    bundle,
    mutants: left,
    seenBy: ({ key }) => filesFor(results.get(key), states).map(file => known.get(file)),
    workers,
    onTested: ({ id: _, ...mutant }, fate) => {
      // Nothing new reaches it.
      const was = fate.status === 'NoCoverage' ? (results.get(mutant.key)?.status ?? fate.status) : fate.status;
      const result = addResult(values.out, mutant, { ...fate, status: was }, states);
      results.set(result.key, result);
      const share = shareOfDead([...results.values()]).toFixed(1);
      const place = `${mutant.file}:${mutant.line}:${mutant.column}`;
      console.error(`${results.size}/${wanted.length}, ${share} % die; ${was} ${place}`);
    },
  });
}

const mutants = earlierRun(values.out, asked)?.results ?? [];
const lineOf = ({ file, line }) => readFileSync(file, 'utf8').split('\n')[line - 1]?.trim() ?? '';
for (const mutant of mutants.filter(each => !isDead(each))) {
  const { status, file, line, column, mutatorName, replacement } = mutant;
  console.log(`${status} ${file}:${line}:${column} ${mutatorName}: ${lineOf(mutant)}`);
  console.log(`    -> ${replacement.replaceAll(/\s+/g, ' ').slice(0, 160)}`);
}
for (const name of new Set(mutants.map(({ file }) => file).sort())) {
  const here = mutants.filter(({ file }) => file === name);
  console.log(`${name}: ${here.filter(isDead).length} of ${here.length}`);
}
for (const room of rooms) {
  const here = mutants.filter(({ file }) => file.startsWith(`${room}/`));
  if (here.length > 0) console.log(`${room}: ${here.length} mutants, ${shareOfDead(here).toFixed(1)} % die`);
}
console.log(
  `${mutants.length} mutants, ${shareOfDead(mutants).toFixed(1)} % die at the nearest tests; asked for: ${least} %`,
);
process.exitCode = mutants.length === wanted.length && shareOfDead(mutants) >= least ? 0 : 1;
