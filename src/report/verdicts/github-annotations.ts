/**
 * The verdicts as workflow commands, which code hosts show next to the line: `::error file=…,line=…,col=…::message`. One
 * line each, for what is not as it should be; a claim with the verdict that it expects gives none.
 * Source: GitHub, "Workflow commands for GitHub Actions".
 */
import type { CheckReport, ClaimReport, ProblemReport } from './check-report.ts';
import { summaryText } from './check-table.ts';
import { isExpectedProblem } from './expected-problem.ts';
import { harmless } from '../text/paint.ts';

type Level = 'error' | 'warning' | 'notice';

interface Annotation {
  readonly level: Level;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly title: string;
  readonly message: string;
}

/** Annotations and, last, a notice without a place that holds the summary. */
export function githubAnnotations(report: CheckReport): string {
  const summary = summaryText(report, 10_000).trimEnd();
  const all: Annotation[] = [
    ...report.problems.filter(problem => !isExpectedProblem(problem, report.claims)).map(ofProblem),
    ...report.claims.filter(({ verdict, expect }) => verdict !== expect).map(ofClaim),
    { level: 'notice', file: null, line: null, column: null, title: 'modeq', message: summary },
  ];
  return all.map(written).join('');
}

const ofProblem = ({ severity, file, line, column, message, hint, code }: ProblemReport): Annotation => ({
  level: severity ?? 'error',
  file,
  line,
  column,
  title: `modeq: ${code}`,
  message: hint === null ? message : `${message}\n${hint}`,
});

function ofClaim(claim: ClaimReport): Annotation {
  const { id, file, line, verdict, expect, message, suggestion } = claim;
  const place = suggestion ?? { line, column: null };
  const lines = [
    `${id} is ${verdict}, expected ${expect}`,
    ...(message === null ? [] : [message]),
    ...(suggestion === null
      ? []
      : [
          `meant? line ${suggestion.line}, column ${suggestion.column}: ${suggestion.edit} (then ${suggestion.verdict})`,
        ]),
  ];
  const isWrong = verdict === 'refuted' || verdict === 'unreadable' || expect === 'refuted';
  return {
    level: isWrong ? 'error' : 'warning',
    file,
    line: place.line,
    column: place.column,
    title: `modeq: ${id} is ${verdict}`,
    message: lines.join('\n'),
  };
}

function written({ level, file, line, column, title, message }: Annotation): string {
  const properties = [
    ...(file === null ? [] : [`file=${property(file)}`]),
    ...(line === null ? [] : [`line=${line}`]),
    ...(column === null ? [] : [`col=${column}`]),
    `title=${property(title)}`,
  ];
  return `::${level} ${properties.join(',')}::${data(message)}\n`;
}

/** The message: line feeds and the escape character itself are escaped, so that a text cannot begin a command of its own. */
const data = (text: string): string => harmless(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

/** A property, which `:` and `,` would end. */
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
