// The nearest tests with all that they import as one text, in which each drawn place can be switched to its mutants by Stryker's
// instrumenter. A process compiles it once and evaluates it anew for each mutant, so that nothing is left of the one before.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { build } from 'esbuild';
import { INSTRUMENTED, keyOfMutant, SILENT } from './list-mutants.mjs';

/** Folders and files of the tests that mutants are run against. */
const NEAREST = [
  /^expression\//,
  /^rewrite\//,
  /^prove\//,
  // What steps say of the expressions beside them, and where a proof is looked at again.
  /^recheck\//,
  /^judge\/edges\./,
  // The prover alone, without a sample.
  /^judge\/prove[.-]/,
  /^fuzz\/prover-alone\./,
];
/** That broken twins are caught says nothing of a mutant. */
const OF_NO_MUTANT = /^rewrite\/[^/]*-twins\./;

/** The files of the nearest tests; for mutants of what looks at proofs again its tests too. */
export function nearestTests(watchers) {
  const nearest = watchers ? [...NEAREST, /^judge\/guard\./] : NEAREST;
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.ts') && nearest.some(part => part.test(file)) && !OF_NO_MUTANT.test(file))
    .map(file => join('test', file))
    .sort();
}

/** Writes the text and returns the mutants in it, each with the number that switches to it. */
export async function bundleWithMutants(places, tests, outfile) {
  const { texts, mutants } = await instrumented(places);
  mkdirSync('build', { recursive: true });
  const entry = 'build/mutants-entry.mjs';
  const loaders = tests.map(file => `${JSON.stringify(file)}: () => import(${JSON.stringify(resolve(file))})`);
  writeFileSync(entry, `export const files = {\n${loaders.join(',\n')}\n};\n`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vitest'],
    logLevel: 'error',
    plugins: [
      { name: 'mutants', setup: bundler => bundler.onLoad({ filter: /\/(src|test)\/.*\.ts$/ }, withMutants(texts)) },
    ],
  });
  return mutants;
}

const withMutants =
  texts =>
  ({ path }) => {
    const contents = texts.get(relative('.', path)) ?? readFileSync(path, 'utf8');
    return { contents: contents.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'ts' };
  };

async function instrumented(places) {
  const files = [...new Set(places.map(({ file }) => file))];
  const found = await new Instrumenter(SILENT).instrument(
    files.map(name => ({
      name,
      content: readFileSync(name, 'utf8'),
      mutate: places.filter(({ file }) => file === name).map(({ start, end }) => ({ start, end })),
    })),
    { ...INSTRUMENTED, noHeader: false },
  );
  const wanted = new Set(places.flatMap(({ counted }) => counted.map(keyOfMutant)));
  const mutants = found.mutants
    .map(({ id, fileName, location, mutatorName, replacement }) => ({
      id,
      key: keyOfMutant({ file: fileName, ...location, mutatorName, replacement }),
      file: fileName,
      line: location.start.line + 1,
      column: location.start.column,
      mutatorName,
      replacement,
    }))
    .filter(({ key }) => wanted.has(key));
  return { texts: new Map(found.files.map(({ name, content }) => [name, content])), mutants };
}
