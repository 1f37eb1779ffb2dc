/** `modeq check`: judges every claim of the documents, prints the table or the JSON document. */
import type { Command } from 'commander';
import { checkTable, problemLines } from '../report/check-table.ts';
import type { CheckRequest } from './check-session.ts';
import { VerdictCollection } from './collect-verdicts.ts';
import { type Context, errPaint, outPaint } from './context.ts';
import { checkExitCode } from './exit-code.ts';
import { idsOption, integerOption, secondsOption } from './option-values.ts';

interface CheckOptions {
  readonly json?: boolean;
  readonly only?: readonly string[];
  readonly seed: number;
  readonly instances: number;
  readonly digits: number;
  readonly timeout: number;
}

export const DEFAULTS = { seed: 1, instances: 200, digits: 50, timeoutMilliseconds: 60_000 } as const;

export function addCheckCommand(program: Command, context: Context): void {
  program
    .command('check')
    .summary('judge the claims of documents')
    .description(
      'Judges every claim of the documents: a line each and a summary. Without FILE it judges the built-in documents.',
    )
    .argument('[file...]', '.tex or .md files, or ids of built-in documents')
    .option('--json', 'print one JSON document instead of the table')
    .option('--only <ids>', 'judge only these claims (ids separated by commas)', idsOption)
    .option('--seed <n>', 'seed of the random instances', integerOption(0, 2 ** 31 - 1), DEFAULTS.seed)
    .option(
      '--instances <n>',
      'instances a statement; 0 leaves it to the prover',
      integerOption(0, 100_000),
      DEFAULTS.instances,
    )
    .option('--digits <d>', 'digits of the evaluation', integerOption(10, 1000), DEFAULTS.digits)
    .option('--timeout <s>', 'seconds a claim (default: 60)', secondsOption)
    .action((paths: string[], options: CheckOptions) => check(paths, options, context));
}

async function check(
  paths: readonly string[],
  options: CheckOptions,
  { terminal, finish, runCheck }: Context,
): Promise<void> {
  const request: CheckRequest = {
    paths,
    only: options.only ?? null,
    seed: options.seed,
    instances: options.instances,
    digits: options.digits,
    timeoutMilliseconds: options.timeout ?? DEFAULTS.timeoutMilliseconds,
    skip: [],
  };
  const collection = new VerdictCollection();
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
  const report = collection.report(options.seed, stop.signal.aborted ? 'interrupted' : 'not judged');
  terminal.complain(problemLines(report, errPaint(terminal)));
  for (const failure of collection.failures)
    terminal.complain(
      `modeq: internal error: ${failure}\n  This is a mistake in modeq, not in your input; please report it.\n`,
    );
  if (stop.signal.aborted) terminal.complain('modeq: interrupted; claims without a verdict are undecided\n');
  if (options.json) terminal.print(`${JSON.stringify(report, null, 2)}\n`);
  else terminal.print(checkTable(report, Math.max(60, Math.min(120, terminal.columns)), outPaint(terminal)));
  finish(checkExitCode(report.claims, collection.badInput, collection.failures.length > 0));
}

function progressText(collection: VerdictCollection): string {
  const { current } = collection;
  return current === null ? '' : `${collection.done.length + 1}/${collection.total} ${current.claim.id} …`;
}
