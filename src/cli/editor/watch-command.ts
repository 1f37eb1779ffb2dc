/** `modeq watch`: documents judged again whenever they change; only verdicts that changed are printed. */
import { resolve } from 'node:path';
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { checkReport, type ClaimReport } from '../../report/verdicts/check-report.ts';
import type { LiveState } from '../../session/live-check.ts';
import {
  addJudgingOptions,
  DEFAULTS,
  FILES,
  type JudgingOptions,
  tableFor,
  type TablePrinter,
} from '../check-command.ts';
import { type Context, errPaint } from '../context.ts';
import { checkExitCode } from '../exit-code.ts';
import { examples } from '../examples.ts';

/** How often the files are looked at. */
const LOOK_MILLISECONDS = 300;
const NOTHING = { judged: 0, defined: 0, ignored: 0, unannotated: 0 };

interface WatchOptions extends JudgingOptions {
  readonly once?: boolean;
}

export function addWatchCommand(program: Command, context: Context): void {
  const command = program
    .command('watch')
    .summary('judge documents again whenever they change')
    .description(
      'Judges the claims of the documents, then again whenever a file changes: only claims that the change can have touched are judged, and only verdicts that differ are printed. Ends at Ctrl-C.',
    )
    .addHelpText('after', examples(['modeq watch paper.tex --once', 'one round, as a script would']))
    .argument('<file...>', FILES)
    .option('--once', 'end after the first round');
  addJudgingOptions(command).action((paths: string[], options: WatchOptions) => watch(paths, options, context));
}

async function watch(paths: readonly string[], options: WatchOptions, context: Context): Promise<void> {
  const { terminal, runCheck, finish } = context;
  const { LiveCheck } = await import('../../session/live-check.ts');
  const { textsOf } = await import('../../files/documents/load.ts');
  const { holdTexts } = await import('../../files/documents/read-source.ts');
  const {
    seed,
    instances,
    digits,
    timeout = DEFAULTS.timeoutMilliseconds,
    jobs = Math.min(availableParallelism(), 4),
  } = options;
  const live = new LiveCheck(runCheck, { seed, instances, digits, timeoutMilliseconds: timeout, jobs, pages: false });
  const end = new AbortController();
  let current = new AbortController();
  const stopListening = terminal.onInterrupt(() => {
    end.abort();
    current.abort();
  });
  let before: ReadonlyMap<string, string> = new Map();
  let told = '';
  try {
    while (!end.signal.aborted) {
      const round = new AbortController();
      current = round;
      holdTexts({});
      const texts = snapshot(paths, textsOf);
      const state = await untilChanged(
        live.judge(paths, texts, () => undefined, round.signal),
        round,
        () => end.signal.aborted || same(texts, readAnew(paths, textsOf, holdTexts)),
      );
      if (round.signal.aborted) continue;
      const { checkTable, problemLines } = await import('../../report/verdicts/check-table.ts');
      before = tell(state, before, options, context, checkTable);
      const problems = problemLines(checkReport([], state.problems ?? [], NOTHING, seed), errPaint(terminal));
      if (problems !== told) terminal.complain(problems);
      told = problems;
      finish(
        checkExitCode(
          reportsOf(state),
          (state.problems ?? []).some(({ severity }) => severity !== 'warning'),
          state.failures.length > 0,
        ),
      );
      if (options.once === true) return;
      while (!end.signal.aborted && same(texts, readAnew(paths, textsOf, holdTexts))) await pause();
    }
  } finally {
    stopListening();
  }
}

type TextsOf = (paths: readonly string[]) => {
  readonly sources: readonly { readonly name: string; readonly text: string }[];
};
type Texts = Readonly<Record<string, string>>;

const snapshot = (paths: readonly string[], textsOf: TextsOf): Texts =>
  Object.fromEntries(textsOf(paths).sources.map(({ name, text }) => [resolve(name), text]));

function readAnew(paths: readonly string[], textsOf: TextsOf, holdTexts: (texts: Texts) => void): Texts {
  holdTexts({});
  return snapshot(paths, textsOf);
}

const same = (one: Texts, other: Texts): boolean => JSON.stringify(one) === JSON.stringify(other);

const pause = (): Promise<void> => new Promise(done => setTimeout(done, LOOK_MILLISECONDS));

/** Stops the round as soon as the files have changed. */
async function untilChanged(
  judging: Promise<LiveState>,
  round: AbortController,
  isSame: () => boolean,
): Promise<LiveState> {
  const timer = setInterval(() => {
    if (!isSame()) round.abort();
  }, LOOK_MILLISECONDS);
  try {
    return await judging;
  } finally {
    clearInterval(timer);
  }
}

const reportsOf = ({ claims }: LiveState): ClaimReport[] =>
  claims.flatMap(({ report }) => (report === null ? [] : [report]));

/** Prints the claims whose verdict, or the place of whose mistake, differs from the round before; returns what was told of each. */
function tell(
  state: LiveState,
  before: ReadonlyMap<string, string>,
  { only, seed }: WatchOptions,
  { terminal }: Context,
  print: TablePrinter,
): Map<string, string> {
  const reports = reportsOf(state).filter(({ id }) => only === undefined || only.includes(id));
  const now = new Map(reports.map(each => [`${each.file} ${each.id}`, saidOf(each)]));
  const changed = reports.filter(each => before.get(`${each.file} ${each.id}`) !== saidOf(each));
  if (changed.length > 0) terminal.print(tableFor(checkReport(changed, [], NOTHING, seed), terminal, print));
  const gone = [...before.keys()].filter(key => !now.has(key));
  for (const key of gone) terminal.print(`${key.slice(key.lastIndexOf(' ') + 1)} is gone\n`);
  if (before.size > 0 && changed.length === 0 && gone.length === 0) terminal.print('no verdict changed\n');
  return now;
}

const saidOf = ({ verdict, expect, message, suggestion, statements }: ClaimReport): string =>
  JSON.stringify([verdict, expect, message, suggestion?.edit, statements.map(each => [each.id, each.verdict])]);
