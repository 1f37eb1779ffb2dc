/** What `--strict` finds wrong besides: comments that nobody reads, displays that nothing is said of, files without claims. */
import type { Problem } from '../base/problem.ts';
import type { ModeqDocument } from '../document/model.ts';
import { looksLikeDynamics } from '../document/scan/unannotated.ts';
import { type ProblemReport, problemReport } from '../report/verdicts/check-report.ts';

/** The warnings that are mistakes under `--strict`. */
const NEAR_MISS = 'magic-comment-near-miss';

/** The problem as `--strict` has it. */
export function strictly(problem: Problem): Problem {
  if (problem.code !== NEAR_MISS) return problem;
  const { severity: _, ...mistake } = problem;
  return mistake;
}

/** The problems that only `--strict` has. */
export function strictProblems(documents: readonly ModeqDocument[]): ProblemReport[] {
  return documents.flatMap(({ file, claims, unreadable, unannotated }) => [
    ...(claims.length + unreadable.length > 0 ? [] : [withoutClaims(file)]),
    ...unannotated.filter(looksLikeDynamics).map(span =>
      problemReport({
        code: 'unannotated-display',
        message: 'nothing says what this display is, and it looks like an update or an equation of motion',
        hint: 'Write "% !modeq claim ID", "% !modeq optimizer ID" or "% !modeq ignore" on the line before it.',
        span,
      }),
    ),
  ]);
}

const withoutClaims = (file: string): ProblemReport => ({
  code: 'no-claim',
  file,
  line: 1,
  column: 1,
  message: 'this file makes no claim',
  hint: 'Write "% !modeq claim ID" on the line before a display, or leave the file out.',
});
