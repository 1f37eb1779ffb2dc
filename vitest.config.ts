import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { FinalLineReporter } from './test/support/final-line-reporter.ts';

/** .ci/run names a file for the results; everybody else needs none. */
const resultsFile = process.env.MODEQ_TEST_RESULTS;
const jsonResults: ['json', { outputFile: string }][] = resultsFile ? [['json', { outputFile: resultsFile }]] : [];

/**
 * Tests that change nothing that others see: the files of these rooms share a process, so that the reader, the built-in documents
 * and their compiled code are loaded once a process and not once a file, which is a quarter of their processor time.
 */
const SHARED = ['document', 'expression', 'formula', 'number', 'optimizer'].map(room => `test/${room}/**/*.test.ts`);

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
      { extends: true, test: { name: 'apart', include: ['test/**/*.test.ts'], exclude: SHARED } },
      { extends: true, test: { name: 'together', include: SHARED, isolate: false } },
    ],
    expect: { requireAssertions: true },
    testTimeout: 120_000,
    // One worker less than there are cores is half of a machine with two.
    maxWorkers: '100%',
    reporters: ['default', ...jsonResults, new FinalLineReporter()],
  },
});
