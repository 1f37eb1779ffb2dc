/** The tests nearest to the prover's rooms: what `npm run mutants` runs each mutant against, the quickest files first. */
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Parts of the names of files, quick ones first; the others stand between. */
const FIRST = ['/test/prove/', '/test/rewrite/forms', '/test/rewrite/polynomial', '/test/expression/'];
const LAST = ['/test/rewrite/rules', '/test/rewrite/facts', '/test/recheck/', '/test/judge/'];

const rankOf = (file: string): number => {
  const [first, last] = [FIRST, LAST].map(parts => parts.findIndex(part => file.includes(part))) as [number, number];
  return first >= 0 ? first - FIRST.length : last + 1;
};

class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return [...files].sort((a, b) => rankOf(a.moduleId) - rankOf(b.moduleId));
  }
}

export default defineConfig({
  test: {
    include: [
      'test/expression/**/*.test.ts',
      'test/rewrite/**/*.test.ts',
      'test/prove/**/*.test.ts',
      // What steps say of the expressions beside them, and where a proof is looked at again.
      'test/recheck/**/*.test.ts',
      'test/judge/edges.test.ts',
      ...(process.env.MODEQ_MUTANTS === 'watchers' ? ['test/judge/guard.test.ts'] : []),
      // The prover alone, without a sample.
      'test/judge/prove.test.ts',
      'test/judge/prove-*.test.ts',
    ],
    // That broken twins are caught says nothing of a mutant.
    exclude: ['test/rewrite/*-twins.test.ts'],
    env: { MODEQ_RULE_RUNS: '60' },
    sequence: { sequencer: QuickestFirst },
    // One worker runs all files of a mutant, and is gone with it.
    isolate: false,
    testTimeout: 120_000,
    reporters: ['default'],
  },
});
