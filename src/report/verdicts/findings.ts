/**
 * What there is to say of a check, one finding each, for formats that programs read: problems, claims with another verdict than the
 * expected one, and every refuted claim, an expected one as a note.
 */
import type { CheckReport, ClaimReport, ProblemReport } from './check-report.ts';
import { evidenceText } from './evidence-text.ts';
import { isExpectedProblem } from './expected-problem.ts';

export type FindingLevel = 'error' | 'warning' | 'note';

export interface Finding {
  readonly level: FindingLevel;
  /** The code of the problem, or the verdict. */
  readonly rule: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** How many UTF-16 units of the line the place takes; null where that is not known. */
  readonly length: number | null;
  /** What is wrong, what stands behind it, and what to do: each a sentence of its own. */
  readonly sentences: readonly string[];
}

/** In the order of the report, problems first. */
export const findingsOf = (report: CheckReport): Finding[] => [
  ...report.problems.filter(problem => !isExpectedProblem(problem, report.claims)).map(ofProblem),
  ...report.claims
    .filter(({ verdict, expect }) => verdict !== expect || verdict === 'refuted')
    .filter(claim => !isToldAlready(claim, report.problems))
    .map(ofClaim),
];

/** Whether what makes the claim unreadable is among the problems. */
const isToldAlready = ({ verdict, file, message }: ClaimReport, problems: readonly ProblemReport[]): boolean =>
  verdict === 'unreadable' &&
  problems.some(each => each.file === file && message === `line ${each.line}, column ${each.column}: ${each.message}`);

const ofProblem = ({ severity, file, line, column, message, hint, code, source }: ProblemReport): Finding => ({
  level: severity ?? 'error',
  rule: code,
  file,
  line,
  column,
  length: source ? source.to - source.from : null,
  sentences: hint === null ? [message] : [message, `hint: ${hint}`],
});

/** At the best suggestion where there is one, else where the claim begins. */
function ofClaim(claim: ClaimReport): Finding {
  const { id, file, verdict, expect, message, suggestion } = claim;
  const { line, column } = suggestion ?? claim;
  const why = message ?? (verdict === 'refuted' ? evidenceText(claim) : null);
  return {
    level: levelOf(claim),
    rule: verdict,
    file,
    line,
    column,
    length: null,
    sentences: [
      `${id} is ${verdict}${verdict === expect ? ' as expected' : `, expected ${expect}`}`,
      ...(why === null ? [] : [why]),
      ...(suggestion === null ? [] : [`meant? ${suggestion.edit} (then ${suggestion.verdict})`]),
    ],
  };
}

/** How bad the verdict is, given what was expected: a refutation that should not be is worse than a proof that is missing. */
export function levelOf({ verdict, expect }: Pick<ClaimReport, 'verdict' | 'expect'>): FindingLevel {
  if (verdict === expect) return 'note';
  return verdict === 'refuted' || verdict === 'unreadable' || expect === 'refuted' ? 'error' : 'warning';
}
