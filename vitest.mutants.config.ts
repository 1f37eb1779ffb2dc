/** The tests nearest to the prover's rooms: what `npm run mutants` runs each mutant against. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'test/expression/**/*.test.ts',
      'test/rewrite/**/*.test.ts',
      'test/prove/**/*.test.ts',
      'test/judge/prove*.test.ts',
      'test/judge/*guard*.test.ts',
      'test/fuzz/prover-alone.test.ts',
    ],
    testTimeout: 120_000,
    reporters: ['default'],
  },
});
