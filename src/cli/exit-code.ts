/** The exit codes of docs/reference/formats.md §3: what the program's caller learns without reading its output. */
import type { Verdict } from '../document/model.ts';

export const EXIT = {
  asExpected: 0,
  wrongVerdict: 1,
  badInput: 2,
  otherVerdict: 3,
  internalError: 4,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

interface Outcome {
  readonly expect: Verdict;
  readonly verdict: Verdict;
}

/** The code of one claim. A refutation outranks an expectation that is merely not met. */
function claimExitCode({ expect, verdict }: Outcome): ExitCode {
  if (verdict === expect) return EXIT.asExpected;
  if (verdict === 'unreadable') return EXIT.badInput;
  if (verdict === 'refuted' || (verdict === 'proved' && expect === 'refuted')) return EXIT.wrongVerdict;
  return EXIT.otherVerdict;
}

/** The first that applies of: an internal error, bad input or no claim at all, a wrong verdict, another verdict, none. */
export function checkExitCode(claims: readonly Outcome[], badInput: boolean, internalError: boolean): ExitCode {
  if (internalError) return EXIT.internalError;
  const codes = new Set(claims.map(claimExitCode));
  if (badInput || claims.length === 0 || codes.has(EXIT.badInput)) return EXIT.badInput;
  if (codes.has(EXIT.wrongVerdict)) return EXIT.wrongVerdict;
  return codes.has(EXIT.otherVerdict) ? EXIT.otherVerdict : EXIT.asExpected;
}
