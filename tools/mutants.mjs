// `npm run mutants`: how many one-line mistakes in the prover's rooms the nearest tests see. Stryker makes the mistakes; this
// draws a seeded sample of their places, since it cannot, and counts those that somebody could have made (counted-mutants.mjs).
//
//   npm run mutants                                  600 mutants, exit code 1 below 85 %
//   npm run mutants -- --sample 60 --seed 7          a part of them
//   npm run mutants -- --only src/rewrite/rules/resum.ts   in one file
//   npm run mutants -- --list                        only the places, without a test
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { EXCLUDED, keyOfMutant, placesOfMutants, proverFiles, sampled } from './list-mutants.mjs';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '600' },
    seed: { type: 'string', default: '1' },
    least: { type: 'string', default: '85' },
    only: { type: 'string' },
    workers: { type: 'string', default: '2' },
    out: { type: 'string', default: 'build/mutants.json' },
    list: { type: 'boolean', default: false },
  },
});
const whole = name => {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  console.error(`--${name} takes a whole number, not ${values[name]}`);
  return process.exit(2);
};
const [size, seed, least, workers] = [whole('sample'), whole('seed'), whole('least'), whole('workers')];

const files = proverFiles().filter(file => values.only === undefined || file.startsWith(values.only));
const places = await placesOfMutants(files);
const drawn = sampled(places, size, seed);
const wanted = new Set(drawn.flatMap(({ counted }) => counted.map(keyOfMutant)));
console.error(`${files.length} files; ${wanted.size} mutants that count drawn at ${drawn.length} places, seed ${seed}`);
if (values.list) {
  for (const { key } of drawn) console.log(key);
  process.exit(0);
}

// The settings of one run are a file in the folder of the build, so that no list of places stands in the project.
const config = 'build/stryker.json';
mkdirSync('build', { recursive: true });
const settings = {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutants.config.ts', related: true },
  coverageAnalysis: 'perTest',
  mutate: drawn.map(({ key }) => key),
  mutator: { excludedMutations: EXCLUDED },
  ignorePatterns: ['build', 'docs', 'bench', 'reports'],
  tempDirName: 'build/stryker',
  concurrency: workers,
  timeoutMS: 60_000,
  timeoutFactor: 4,
  dryRunTimeoutMinutes: 30,
  reporters: ['progress', 'json'],
  jsonReporter: { fileName: values.out },
  allowEmpty: true,
};
writeFileSync(config, `${JSON.stringify(settings, null, 1)}\n`);
const stryker = join('node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
const { status } = spawnSync(process.execPath, [stryker, 'run', config], { stdio: ['ignore', 'inherit', 'inherit'] });
if (status !== 0) process.exit(status ?? 1);

const DEAD = new Set(['Killed', 'Timeout']);
/** Lines and columns from 1 in the report. */
const keyOfReported = (file, { location, mutatorName, replacement }) => {
  const [start, end] = [location.start, location.end].map(({ line, column }) => ({
    line: line - 1,
    column: column - 1,
  }));
  return keyOfMutant({ file, start, end, mutatorName, replacement });
};
const report = JSON.parse(readFileSync(values.out, 'utf8'));
const mutants = Object.entries(report.files).flatMap(([file, { source, mutants: found }]) =>
  found
    .filter(mutant => wanted.has(keyOfReported(file, mutant)))
    .map(mutant => ({ ...mutant, file, line: source.split('\n')[mutant.location.start.line - 1]?.trim() ?? '' })),
);
const share = list => (100 * list.filter(({ status: end }) => DEAD.has(end)).length) / Math.max(1, list.length);
for (const mutant of mutants.filter(({ status: end }) => !DEAD.has(end)))
  console.log(
    `${mutant.status} ${relative('.', mutant.file)}:${mutant.location.start.line}:${mutant.location.start.column} ${mutant.mutatorName}: ${mutant.line}\n    -> ${mutant.replacement.replaceAll(/\s+/g, ' ').slice(0, 160)}`,
  );
for (const room of ['src/algebra', 'src/rewrite', 'src/prove', 'src/judge']) {
  const here = mutants.filter(({ file }) => file.startsWith(room));
  if (here.length > 0) console.log(`${room}: ${here.length} mutants, ${share(here).toFixed(1)} % die`);
}
console.log(
  `${mutants.length} mutants, ${share(mutants).toFixed(1)} % die at the nearest tests; asked for: ${least} %`,
);
process.exitCode = share(mutants) >= least ? 0 : 1;
