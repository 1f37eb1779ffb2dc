/** Whether a problem is what makes a claim unreadable that is expected to be. */
import type { CheckReport, ProblemReport } from './check-report.ts';

/** Such a problem is known to whoever wrote `expect=unreadable`; it is told with the claim and is no news of its own. */
export const isExpectedProblem = (
  { file, line, severity }: ProblemReport,
  claims: readonly Pick<CheckReport['claims'][number], 'verdict' | 'expect' | 'file' | 'message'>[],
): boolean =>
  severity !== 'warning' &&
  line !== null &&
  claims.some(
    claim =>
      claim.verdict === 'unreadable' &&
      claim.expect === 'unreadable' &&
      claim.file === file &&
      claim.message?.startsWith(`line ${line}, `),
  );
