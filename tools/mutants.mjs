// `npm run mutants`: how many one-line mistakes in the prover's rooms the nearest tests see. Stryker makes the mistakes; this
// draws a seeded sample of their places, since it cannot, and counts those that somebody could have made (counted-mutants.mjs).
//
//   npm run mutants                                  600 mutants, exit code 1 below 85 %
//   npm run mutants -- --sample 60 --seed 7          a part of them
//   npm run mutants -- --only src/rewrite/rules/sums/resum.ts   in one file
//   npm run mutants -- --watchers                    in what looks at proofs again: the guard and the recheck, with its tests
//   npm run mutants -- --list                        only the places, without a test
//
// Each mutant is a line of build/mutants.jsonl as soon as it is tested, and a run that was stopped goes on where it was when the
// same sample is asked for and no source or test has changed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { EXCLUDED, filesOf, keyOfMutant, placesOfMutants, ROOMS, sampled, WATCHERS } from './list-mutants.mjs';
import { beginRun, earlierRun, isDead, shareOfDead, stateOfSources } from './mutant-lines.mjs';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '600' },
    seed: { type: 'string', default: '1' },
    least: { type: 'string', default: '85' },
    only: { type: 'string' },
    workers: { type: 'string', default: '2' },
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
else console.error(`${earlier.results.length} of them are known from a run before (${values.out})`);

const known = new Set(earlier?.results.map(({ key }) => key));
const left = drawn.filter(({ counted }) => counted.some(mutant => !known.has(keyOfMutant(mutant))));
if (left.length > 0) test(left);

/** Runs Stryker, which appends to the file of lines. Its settings are a file in the folder of the build. */
function test(places) {
  const config = 'build/stryker.json';
  mkdirSync('build', { recursive: true });
  const settings = {
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner', './tools/mutant-lines.mjs'],
    vitest: { configFile: 'vitest.mutants.config.ts', related: true },
    coverageAnalysis: 'perTest',
    mutate: places.map(({ key }) => key),
    mutator: { excludedMutations: EXCLUDED },
    ignorePatterns: ['build', 'docs', 'bench', 'reports'],
    tempDirName: 'build/stryker',
    concurrency: workers,
    timeoutMS: 60_000,
    timeoutFactor: 4,
    dryRunTimeoutMinutes: 30,
    reporters: ['mutant-lines'],
    mutantLines: { file: values.out },
    warnings: { unknownOptions: false },
    allowEmpty: true,
  };
  writeFileSync(config, `${JSON.stringify(settings, null, 1)}\n`);
  const stryker = join('node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const { status } = spawnSync(process.execPath, [stryker, 'run', config], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, MODEQ_MUTANTS: values.watchers ? 'watchers' : 'prover' },
  });
  if (status !== 0) process.exit(status ?? 1);
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
