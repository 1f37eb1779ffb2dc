/** The order of the test files after a clean install, when nothing is known of how long each takes: no core waits for the last one. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, in processor time, from the longest on: more than 15 s each. */
const LONGEST = [
  'report/write-up',
  'closed-form/round-trip',
  'judge/search/search',
  'judge/built-in',
  'documents/documents',
  'derivation/epochs',
  'campaign/shards',
  'cli/training-command',
  'derivations/catalogue',
  'report/bilinear',
  'judge/keys',
].map(name => `/test/${name}.test.ts`);

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex(name => moduleId.endsWith(name));
      return at === -1 ? LONGEST.length : at;
    };
    const names = [...new Set(sorted.map(({ project }) => project.name))];
    // Projects stay one after the other: a process is only shared by files that follow each other.
    return names.flatMap(name =>
      sorted.filter(({ project }) => project.name === name).sort((a, b) => rank(a) - rank(b)),
    );
  }
}
