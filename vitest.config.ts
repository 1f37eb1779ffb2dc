import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { FinalLineReporter } from './test/support/final-line-reporter.ts';
import { LongestFirst } from './test/support/longest-first.ts';

/** .ci/run names a file for the results; everybody else needs none. */
const resultsFile = process.env.MODEQ_TEST_RESULTS;
const jsonResults: ['json', { outputFile: string }][] = resultsFile ? [['json', { outputFile: resultsFile }]] : [];

/**
 * Tests that put other modules in place of the engine's, change the folder of the process or its console: a process each. All others
 * share one a core, so that the engine, its compiled code and the built-in documents are loaded once and not once a file.
 */
const ALONE = ['session/crash', 'cli/tutorial', 'cli/documented-examples', 'cli/documented-library'].map(
  name => `test/${name}.test.ts`,
);

/**
 * Much of a test runs a few hundred times only, so V8 optimizes later than usual (as src/cli/main.ts lets it); terms die young, so
 * the young generation is larger. Together they save a fifth of the processor time.
 */
const [v8 = 0] = process.versions.v8.split('.').map(Number);
const V8_FLAGS = [...(v8 <= 13 ? ['--interrupt-budget=300000'] : []), '--max-semi-space-size=64'];

export default defineConfig({
  // The examples of the documentation import the package by its name.
  resolve: {
    alias: [
      { find: /^modeq$/, replacement: fileURLToPath(new URL('src/index.ts', import.meta.url)) },
      { find: /^modeq\/vitest$/, replacement: fileURLToPath(new URL('src/vitest/index.ts', import.meta.url)) },
    ],
  },
  test: {
    projects: [
      { extends: true, test: { name: 'alone', include: ALONE } },
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: ALONE, isolate: false } },
    ],
    execArgv: V8_FLAGS,
    sequence: { sequencer: LongestFirst },
    expect: { requireAssertions: true },
    testTimeout: 120_000,
    // One worker less than there are cores is half of a machine with two.
    maxWorkers: '100%',
    reporters: ['default', ...jsonResults, new FinalLineReporter()],
  },
});
