/** `modeq follow`: the optimizers of documents run beside their derived equations, or beside a program of the user's own. */
import type { Command } from 'commander';
import { type Problem, refuse } from '../../base/problem.ts';
import type { FollowReport } from '../../judge/check/follow-derived.ts';
import type { ProgramVerdict } from '../../judge/check/own-program.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { complainAbout, type Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { choiceOption, idsOption, integerOption, SEEDS } from '../option-values.ts';
import { chosenOptimizers, type FollowSetting, ordersOption, settingsOption } from './chosen-optimizers.ts';
import { examples } from '../examples.ts';

interface FollowOptions {
  readonly orders: readonly number[];
  readonly settings?: readonly FollowSetting[];
  readonly limit?: 'large-n';
  readonly only?: readonly string[];
  readonly seed: number;
  readonly program?: string;
  readonly json?: boolean;
}

export function addFollowCommand(program: Command, context: Context): void {
  program
    .command('follow')
    .summary('run optimizers beside their derived equations, or beside a program')
    .description(
      'Runs each optimizer of the documents in power series of h beside its derived equation: through h^{order+1} they must agree. With --program a program of your own makes the steps, and its iterates are compared with the rows.',
    )
    .addHelpText(
      'after',
      examples(
        ['modeq follow paper.tex --orders 0..2', 'every optimizer of a document'],
        ["modeq follow adam --only adam --program 'python3 adam.py'", 'an implementation beside its paper'],
      ),
    )
    .argument('<file...>', 'LaTeX or Markdown documents')
    .option('--orders <orders>', '0,1,2 or 0..2', ordersOption, [0, 1])
    .option('--settings <settings>', 'mini-batch, full-batch or both (default: all that the rule has)', settingsOption)
    .option(
      '--limit <limit>',
      'in the full batch also the equation for large n: large-n',
      choiceOption(['large-n'] as const),
    )
    .option('--only <ids>', 'these optimizers only', idsOption)
    .addOption(integerOption('--seed <n>', 'for the points', { ...SEEDS, value: 1 }))
    .option('--program <command>', 'a program that answers JSON lines (docs/follow.md)')
    .option('--json', 'print one JSON document')
    .action((paths: string[], options: FollowOptions) => follow(paths, options, context));
}

async function follow(paths: readonly string[], options: FollowOptions, context: Context): Promise<void> {
  const { terminal, finish } = context;
  const { chosen, mistakes } = await chosenOptimizers(paths, options.only, terminal);
  const codes: ExitCode[] = mistakes.length > 0 ? [EXIT.badInput] : [];
  const besideOther = options.program === undefined ? besideEquations : besideProgram;
  if (chosen.length > 0 || options.json === true) codes.push(await besideOther(chosen, options, context));
  const worst = [EXIT.badInput, EXIT.wrongVerdict, EXIT.otherVerdict].find(code => codes.includes(code));
  if (worst !== undefined) finish(worst);
}

async function besideEquations(
  chosen: readonly Optimizer[],
  { orders, settings, limit, seed, json }: FollowOptions,
  { terminal }: Context,
): Promise<ExitCode> {
  const { followDerived } = await import('../../judge/check/follow-derived.ts');
  if (limit !== undefined && settings?.includes('full-batch') === false)
    refuse('limit-needs-full-batch', '--limit large-n is about the full batch', null, 'Add full-batch to --settings.');
  const reports = followDerived(chosen, {
    orders,
    ...(settings ? { settings } : {}),
    limit: limit ?? null,
    seed,
    runs: 5,
  });
  await complainAbout(distinct(reports.flatMap(({ problem }) => (problem === null ? [] : [problem]))), terminal);
  if (json === true)
    terminal.print(
      `${JSON.stringify({ schema: 1, seed, follow: reports.map(({ problem: _, ...report }) => report) }, null, 2)}\n`,
    );
  else {
    const { hanging } = await import('../../report/text/wrap.ts');
    const linesOf = (report: FollowReport): string[] => hanging(...lineOf(report), terminal.columns);
    terminal.print(
      reports
        .flatMap(linesOf)
        .map(line => `${line}\n`)
        .join(''),
    );
  }
  const verdicts = new Set(reports.map(({ verdict }) => verdict));
  if (verdicts.has('refused')) return EXIT.badInput;
  if (verdicts.has('differs')) return EXIT.wrongVerdict;
  return verdicts.has('undecided') ? EXIT.otherVerdict : EXIT.asExpected;
}

/** A mistake of a rule is the same in every setting and order. */
function distinct(problems: readonly Problem[]): Problem[] {
  const told = new Set<string>();
  return problems.filter(({ code, message, span }) => {
    const key = `${code} ${message} ${span?.source.name} ${span?.start}`;
    return !told.has(key) && told.add(key);
  });
}

/** The head of a line, and the rest. */
function lineOf(report: FollowReport): [string, string] {
  const { optimizer, setting, order, limit, verdict, runs, sharp, reason } = report;
  const about = `${optimizer}  ${setting}  order ${order}  ${limit === null ? '' : 'n → ∞  '}`;
  if (verdict !== 'follows') return [about, `${verdict}: ${reason ?? 'no reason'}`];
  if (limit !== null) return [about, `${verdict}: the values along n come to it from ${runs} points`];
  const sharply = sharp === 0 ? '' : `, not h^${order + 2}${sharp === runs ? '' : ` from ${sharp}`}`;
  return [about, `${verdict}: through h^${order + 1} from ${runs} points${sharply}`];
}

async function besideProgram(
  chosen: readonly Optimizer[],
  { program: command = '', seed, json }: FollowOptions,
  { terminal }: Context,
): Promise<ExitCode> {
  const [optimizer, second] = chosen;
  if (optimizer === undefined || second !== undefined)
    return refuse('several-optimizers', 'a program is compared with one optimizer', null, 'Choose it with --only ID.');
  const { compareProgram } = await import('../../judge/check/own-program.ts');
  const { startProgram } = await import('./line-program.ts');
  const program = startProgram(command);
  try {
    const verdict = await compareProgram(optimizer, program, seed);
    if (json === true)
      terminal.print(`${JSON.stringify({ schema: 1, optimizer: optimizer.id, seed, ...verdict }, null, 2)}\n`);
    else terminal.print(programText(optimizer, verdict));
    return verdict.kind === 'same' ? EXIT.asExpected : EXIT.wrongVerdict;
  } finally {
    program.end();
  }
}

function programText({ id }: Optimizer, verdict: ProgramVerdict): string {
  if (verdict.kind === 'same')
    return `${id}: the program makes the same ${verdict.steps} steps as the rows (largest deviation ${verdict.deviation.toExponential(1)})\n`;
  const { step, component, rows, program, start } = verdict;
  return `${id}: step ${step} differs in component ${component}: the rows make ${rows}, the program ${program}\n  start: ${JSON.stringify(start)}\n`;
}
