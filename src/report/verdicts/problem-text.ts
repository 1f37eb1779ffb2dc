/** A problem as compilers print it: the place, the message and the code; the line with a caret; a hint. */
import type { Problem } from '../../base/problem.ts';
import { harmless, type Paint, plain } from '../text/paint.ts';
import { caretLines } from '../text/caret-lines.ts';
import { problemReport, type ProblemReport } from './check-report.ts';

const WIDTH = 80;
const INDENT = '    ';

/** Up to four lines, each ending in a line feed. A problem without a place begins with `modeq:`. */
export function problemText(problem: ProblemReport | Problem, paint: Paint = plain): string {
  const report = 'line' in problem ? problem : problemReport(problem);
  const { code, file, line, column, message, hint, severity, source } = report;
  const place = file === null ? 'modeq' : line === null ? file : `${file}:${line}:${column ?? 1}`;
  const warning = severity === 'warning' ? `${paint('yellow', 'warning:')} ` : '';
  const lines = [`${paint('bold', `${harmless(place)}:`)} ${warning}${harmless(message)} ${paint('dim', `[${code}]`)}`];
  if (source) {
    const [text, carets] = caretLines(source, WIDTH - INDENT.length);
    // An empty line shows nothing.
    if (text !== '')
      lines.push(`${INDENT}${text}`, `${INDENT}${paint(severity === 'warning' ? 'yellow' : 'red', carets)}`);
  }
  if (hint !== null && hint !== undefined) lines.push(`  ${paint('cyan', 'hint:')} ${harmless(hint)}`);
  return lines.map(each => `${each}\n`).join('');
}
