import { expect, test } from 'vitest';
import { checkExitCode } from '../../src/cli/exit-code.ts';
import type { Verdict } from '../../src/document/model.ts';

const claims = (...pairs: [Verdict, Verdict][]) => pairs.map(([expect, verdict]) => ({ expect, verdict }));

test.each([
  ['every verdict as expected', claims(['proved', 'proved'], ['refuted', 'refuted'], ['unreadable', 'unreadable']), 0],
  ['no claims', [], 2],
  ['refuted, not expected', claims(['proved', 'refuted']), 1],
  ['refuted where undecided was expected', claims(['undecided', 'refuted']), 1],
  ['proved, refuted expected', claims(['refuted', 'proved']), 1],
  ['supported where proved was expected', claims(['proved', 'supported']), 3],
  ['proved where supported was expected', claims(['supported', 'proved']), 3],
  ['unreadable, not expected', claims(['proved', 'unreadable'], ['proved', 'refuted']), 2],
  ['readable where unreadable was expected', claims(['unreadable', 'proved']), 3],
  ['a wrong verdict outranks an unmet one', claims(['proved', 'supported'], ['proved', 'refuted']), 1],
])('%s', (_, list, code) => {
  expect(checkExitCode(list, false, false)).toBe(code);
});

test('bad input outranks verdicts, an internal error outranks everything', () => {
  expect(checkExitCode(claims(['proved', 'refuted']), true, false)).toBe(2);
  expect(checkExitCode(claims(['proved', 'unreadable']), true, true)).toBe(4);
});
