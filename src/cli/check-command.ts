/** `modeq check`: judges every claim of the documents, prints the table or the JSON document. */
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import type { CheckReport } from '../report/verdicts/check-report.ts';
import type { CheckRequest } from '../session/check-session.ts';
import { GatheredVerdicts } from '../session/gather-verdicts.ts';
import { type Context, errPaint, outPaint } from './context.ts';
import { checkExitCode, EXIT, type ExitCode } from './exit-code.ts';
import { choiceOption, idsOption, integerOption, SEEDS, secondsOption } from './option-values.ts';
import type { Paint } from '../report/text/paint.ts';
import { VERSION } from '../base/version.ts';
import { examples } from './examples.ts';

/** How claims are judged, for every command that judges all claims of documents. */
export interface JudgingOptions {
  readonly only?: readonly string[];
  readonly seed: number;
  readonly instances: number;
  readonly digits: number;
  readonly timeout: number;
  readonly jobs?: number;
}

const FORMATS = ['table', 'json', 'github', 'unix', 'sarif'] as const;

interface CheckOptions extends JudgingOptions {
  readonly json?: boolean;
  readonly format: (typeof FORMATS)[number];
  readonly recheck?: boolean;
  readonly strict?: boolean;
  readonly cache: boolean;
}

/** What may be given where documents are expected. */
export const FILES = '.tex or .md files, folders of them, - for standard input, or ids of built-in documents';

/** Each takes some hundred megabytes. */
const MOST_JOBS = 4;

export const DEFAULTS = { seed: 1, instances: 200, digits: 50, timeoutMilliseconds: 60_000 } as const;

export function addCheckCommand(program: Command, context: Context): void {
  const command = program
    .command('check')
    .summary('judge the claims of documents')
    .description(
      'Judges every claim of the documents: a line each and a summary. Without FILE it judges the built-in documents.',
    )
    .addHelpText(
      'after',
      examples(
        ['modeq check paper.tex', 'every claim of a document'],
        ['modeq check theorem-3.6 --only thm-3.6', 'one claim of a built-in document'],
        ['modeq check paper/ --json', 'a folder, as JSON'],
        ['modeq check - < paper.tex', 'standard input'],
      ),
    )
    .argument('[file...]', FILES)
    .option('--json', 'print one JSON document instead of the table')
    .option(
      '--format <format>',
      'table, json, github (annotations that code hosts show next to the line), unix (a line a finding, for problem matchers) or sarif',
      choiceOption(FORMATS),
      'table',
    )
    .option(
      '--strict',
      'exit code 2 for mistyped !modeq comments, unannotated updates and equations of motion, and files without claims',
    )
    .option('--no-cache', 'judge everything anew, and keep no verdict for the next run')
    .option('--recheck', 'repeat every proof with its steps and check each of them at points, by numbers alone');
  addJudgingOptions(command).action((paths: string[], options: CheckOptions) => check(paths, options, context));
}

/** `--only`, `--seed`, `--instances`, `--digits`, `--timeout`, `--jobs`. */
export function addJudgingOptions(command: Command): Command {
  return command
    .option('--only <ids>', 'judge only these claims (ids separated by commas)', idsOption)
    .addOption(integerOption('--seed <n>', 'seed of the random instances', { ...SEEDS, value: DEFAULTS.seed }))
    .addOption(
      integerOption('--instances <n>', 'instances a statement, of which 0 leaves it to the prover', {
        from: 0,
        to: 100_000,
        value: DEFAULTS.instances,
      }),
    )
    .addOption(
      integerOption('--digits <d>', 'digits of the evaluation', { from: 10, to: 1000, value: DEFAULTS.digits }),
    )
    .option('--timeout <s>', 'seconds a claim, up to 86400 (default: 60)', secondsOption)
    .addOption(
      integerOption('--jobs <n>', 'claims judged at once', { from: 1, to: 64, otherwise: 'one a core, 4 at most' }),
    );
}

/** What judging gave, however it ended. */
export interface Judged {
  readonly report: CheckReport;
  readonly collection: GatheredVerdicts;
  readonly interrupted: boolean;
  readonly code: ExitCode;
}

/** Judges, shows progress on a terminal, and prints problems and failures on stderr. Ctrl-C keeps the verdicts so far. */
export async function judge(
  paths: readonly string[],
  options: JudgingOptions,
  { terminal, runCheck }: Context,
  asked: Pick<CheckRequest, 'pages' | 'recheck' | 'strict' | 'noCache'> = {},
): Promise<Judged> {
  const request: CheckRequest = {
    paths,
    only: options.only ?? null,
    seed: options.seed,
    instances: options.instances,
    digits: options.digits,
    timeoutMilliseconds: options.timeout ?? DEFAULTS.timeoutMilliseconds,
    skip: [],
    jobs: options.jobs ?? Math.min(availableParallelism(), MOST_JOBS),
    ...(paths.includes('-') ? { input: await terminal.readInput() } : {}),
    ...asked,
  };
  const collection = new GatheredVerdicts();
  const progress = terminal.complainsToTerminal
    ? (text: string) => terminal.complain(`\r\u001b[K${text}`)
    : () => undefined;
  const stop = new AbortController();
  const stopListening = terminal.onInterrupt(() => stop.abort());
  try {
    await runCheck(request, collection, () => progress(progressText(collection)), stop.signal);
  } finally {
    stopListening();
    progress('');
  }
  const interrupted = stop.signal.aborted;
  const report = collection.report(options.seed, interrupted ? 'interrupted' : 'not judged');
  const { problemLines } = await import('../report/verdicts/check-table.ts');
  terminal.complain(problemLines(report, errPaint(terminal)));
  for (const failure of collection.failures)
    terminal.complain(
      `modeq: internal error: ${failure}\n  This is a mistake in modeq, not in your input; please report it.\n`,
    );
  if (report.claims.length === 0 && !interrupted && !collection.badInput)
    terminal.complain(
      'modeq: there is nothing to judge: no display is a claim\n  hint: write % !modeq claim ID on the line before a display (<!-- !modeq claim ID --> in Markdown)\n',
    );
  if (interrupted) terminal.complain('modeq: interrupted; claims without a verdict are undecided\n');
  const code = checkExitCode(report.claims, collection.badInput, collection.hasInternalError);
  return { report, collection, interrupted, code };
}

async function check(paths: readonly string[], options: CheckOptions, context: Context): Promise<void> {
  const judged = await judge(paths, options, context, {
    ...(options.recheck === true ? { recheck: true } : {}),
    ...(options.strict === true ? { strict: true } : {}),
    ...(options.cache ? {} : { noCache: true }),
  });
  context.terminal.print(await shown(judged, options.json ? 'json' : options.format, context));
  context.finish(judged.code);
}

async function shown({ report, code }: Judged, format: CheckOptions['format'], { terminal }: Context): Promise<string> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'github': {
      const { githubAnnotations } = await import('../report/verdicts/github-annotations.ts');
      return githubAnnotations(report);
    }
    case 'unix': {
      const { unixLines } = await import('../report/verdicts/unix-lines.ts');
      return unixLines(report);
    }
    case 'sarif': {
      const { sarifLog } = await import('../report/verdicts/sarif.ts');
      return `${JSON.stringify(sarifLog(report, { version: VERSION, failed: code === EXIT.internalError }), null, 2)}\n`;
    }
    case 'table': {
      const { checkTable } = await import('../report/verdicts/check-table.ts');
      return tableFor(report, terminal, checkTable);
    }
  }
}

export type TablePrinter = (report: CheckReport, width: number, paint: Paint) => string;

/** The table as wide as the terminal allows. */
export const tableFor = (report: CheckReport, terminal: Context['terminal'], print: TablePrinter): string =>
  print(report, Math.max(60, Math.min(120, terminal.columns)), outPaint(terminal));

function progressText(collection: GatheredVerdicts): string {
  const current = collection.current();
  return current === null ? '' : `${collection.done.length + 1}/${collection.total} ${current.claim.id} …`;
}
