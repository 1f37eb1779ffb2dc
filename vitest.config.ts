import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { FinalLineReporter } from './test/support/final-line-reporter.ts';

/** .ci/run names a file for the results; everybody else needs none. */
const resultsFile = process.env.MODEQ_TEST_RESULTS;
const jsonResults: ['json', { outputFile: string }][] = resultsFile ? [['json', { outputFile: resultsFile }]] : [];

export default defineConfig({
  // The examples of the documentation import the package by its name.
  resolve: { alias: { modeq: fileURLToPath(new URL('src/index.ts', import.meta.url)) } },
  test: {
    include: ['test/**/*.test.ts'],
    expect: { requireAssertions: true },
    testTimeout: 120_000,
    // One worker less than there are cores is half of a machine with two.
    maxWorkers: '100%',
    reporters: ['default', ...jsonResults, new FinalLineReporter()],
  },
});
