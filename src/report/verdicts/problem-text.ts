/** A problem as a compiler prints it: `FILE:LINE:COLUMN: message [code]`, and the hint below it. */
import type { Problem } from '../../base/problem.ts';
import { problemReport, type ProblemReport } from './check-report.ts';
import { harmless, type Paint, plain } from '../text/paint.ts';

/** One or two lines, each ending in a line feed. A problem without a place begins with `modeq:`. */
export function problemText(problem: ProblemReport | Problem, paint: Paint = plain): string {
  const { code, file, line, column, message, hint, severity } = 'line' in problem ? problem : problemReport(problem);
  const place = file === null ? 'modeq' : line === null ? file : `${file}:${line}:${column ?? 1}`;
  const first = `${paint('bold', `${harmless(place)}:`)} ${severity === 'warning' ? `${paint('yellow', 'warning:')} ` : ''}${harmless(message)} ${paint('dim', `[${code}]`)}\n`;
  return hint === null || hint === undefined ? first : `${first}  ${paint('cyan', 'hint:')} ${harmless(hint)}\n`;
}
