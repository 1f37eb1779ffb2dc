/** What every command gets, and how it ends: with an exit code, never by process.exit. */
import type { Problem } from '../base/problem.ts';
import { ansi, type Paint, plain } from '../report/text/paint.ts';
import type { RunCheck } from '../session/run-check.ts';
import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

export type { RunCheck };

export interface Context {
  readonly terminal: Terminal;
  readonly runCheck: RunCheck;
  /** The code the program will end with. */
  finish(code: ExitCode): void;
}

export const outPaint = (terminal: Terminal): Paint => paintOn(terminal, terminal.printsToTerminal);
export const errPaint = (terminal: Terminal): Paint => paintOn(terminal, terminal.complainsToTerminal);
const paintOn = ({ colour, alwaysColour }: Terminal, isTerminal: boolean): Paint =>
  colour && (isTerminal || alwaysColour) ? ansi : plain;

/** Prints problems on stderr, each with its place. */
export async function complainAbout(problems: readonly Problem[], terminal: Terminal): Promise<void> {
  if (problems.length === 0) return;
  const { problemText } = await import('../report/verdicts/problem-text.ts');
  for (const problem of problems) terminal.complain(problemText(problem, errPaint(terminal)));
}
