/**
 * The command line as a function of its arguments and a terminal. It turns every way of ending into an exit code:
 * usage errors and refusals 2, a broken invariant of the program 4; it never lets a stack trace out.
 */
import { Command, CommanderError } from 'commander';
import { BudgetSpent } from '../base/budget.ts';
import { Refusal } from '../base/problem.ts';
import { addAnnotateCommand } from './annotate-command.ts';
import { addCheckCommand } from './check-command.ts';
import { complainAbout, type Context, type RunCheck } from './context.ts';
import { addDeriveCommand } from './derive-command.ts';
import { addEvalCommand } from './eval-command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { addExplainCommand } from './explain-command.ts';
import { addFollowCommand } from './follow/follow-command.ts';
import { addSnapshotCommand } from './follow/snapshot-command.ts';
import { addLspCommand } from './editor/lsp-command.ts';
import { addWatchCommand } from './editor/watch-command.ts';
import { addListCommand } from './reading/list-command.ts';
import { addReadCommand } from './reading/read-command.ts';
import { addReportCommand } from './report-command.ts';
import { addSimulateCommand } from './simulate-command.ts';
import { addFiguresCommand } from './figures/figures-command.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from '../base/version.ts';

const DESCRIPTION =
  'Derives the modified equations of optimizers from their update rules and judges printed formulas against them. ' +
  'Where a FILE is expected the id of a built-in document works too.';

const CLOSING =
  'Exit codes: 0 every claim has the verdict it expects; 1 refuted but not expected to be, or proved but expected to ' +
  'be refuted; 2 bad usage or unreadable input; 3 another verdict than expected; 4 internal error.';

/** Runs `modeq ARGS…` and returns its exit code; `args` are without the program's name. `runCheck` says where claims are judged. */
export async function run(args: readonly string[], terminal: Terminal, runCheck: RunCheck): Promise<ExitCode> {
  let code: ExitCode = EXIT.asExpected;
  const context: Context = {
    terminal: {
      ...terminal,
      get colour() {
        return terminal.colour && program.opts<{ color?: boolean }>().color !== false;
      },
    },
    runCheck,
    finish: value => {
      code = value;
    },
  };
  const helpWidth = Math.min(100, terminal.columns);
  const program: Command = new Command('modeq')
    .description(DESCRIPTION)
    .version(VERSION, '-V, --version', 'print the version')
    .option('--no-color', 'print without colour, as under NO_COLOR; FORCE_COLOR asks for it in pipes too')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', () => `\n${program.createHelp().boxWrap(CLOSING, helpWidth)}`)
    .exitOverride()
    .configureOutput({
      writeOut: text => terminal.print(text),
      writeErr: text => terminal.complain(text),
      getOutHelpWidth: () => helpWidth,
      getErrHelpWidth: () => helpWidth,
    })
    .configureHelp({ showGlobalOptions: false });
  addCheckCommand(program, context);
  addDeriveCommand(program, context);
  addEvalCommand(program, context);
  addSimulateCommand(program, context);
  addFollowCommand(program, context);
  addSnapshotCommand(program, context);
  addExplainCommand(program, context);
  addReadCommand(program, context);
  addListCommand(program, context);
  addAnnotateCommand(program, context);
  addWatchCommand(program, context);
  addLspCommand(program, context);
  addReportCommand(program, context);
  addFiguresCommand(program, context);
  if (args.length === 0) {
    program.outputHelp();
    return EXIT.asExpected;
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return await codeOf(error, terminal);
  }
}

async function codeOf(error: unknown, terminal: Terminal): Promise<ExitCode> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.asExpected : EXIT.badInput;
  if (error instanceof Refusal) {
    await complainAbout([error.problem], terminal);
    return EXIT.badInput;
  }
  if (error instanceof BudgetSpent) {
    await complainAbout([{ code: 'budget-spent', message: `stopped: ${error.reason}` }], terminal);
    return EXIT.otherVerdict;
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  terminal.complain(
    `modeq: internal error: ${text}\n  This is a mistake in modeq, not in your input; please report it.\n`,
  );
  if (process.env.MODEQ_TRACE && error instanceof Error) terminal.complain(`${error.stack ?? ''}\n`);
  return EXIT.internalError;
}
