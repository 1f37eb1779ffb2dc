/** A finding a line as compilers print them, for problem matchers: `FILE:LINE:COLUMN: error: message [code]`. */
import { harmless } from '../text/paint.ts';
import type { CheckReport } from './check-report.ts';
import { type Finding, findingsOf } from './findings.ts';

/** Nothing where everything is as it should be and nothing is refuted. */
export const unixLines = (report: CheckReport): string => findingsOf(report).map(lineOf).join('');

function lineOf({ level, rule, file, line, column, sentences }: Finding): string {
  const place = file === null ? 'modeq' : `${file}:${line ?? 1}:${column ?? 1}`;
  return `${oneLine(place)}: ${level}: ${oneLine(sentences.join('; '))} [${rule}]\n`;
}

const oneLine = (text: string): string => harmless(text).replace(/\s*\n\s*/g, ' ');
