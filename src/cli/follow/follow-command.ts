/** `modeq follow`: the optimizers of documents run beside their derived equations, or beside a program of the user's own. */
import { type Command, InvalidArgumentError } from 'commander';
import { refuse } from '../../base/problem.ts';
import type { FollowReport } from '../../judge/check/follow-derived.ts';
import type { ProgramVerdict } from '../../judge/check/own-program.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { complainAbout, type Context } from '../context.ts';
import { HIGHEST_ORDER } from '../derive-command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { idsOption, integerOption } from '../option-values.ts';

const SETTINGS = ['mini-batch', 'full-batch'] as const;
type FollowSetting = (typeof SETTINGS)[number];

interface FollowOptions {
  readonly orders: readonly number[];
  readonly settings: readonly FollowSetting[];
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
    .argument('<file...>', 'LaTeX or Markdown documents')
    .option('--orders <orders>', '0,1,2 or 0..2', ordersOption, [0, 1])
    .option('--settings <settings>', SETTINGS.join(','), settingsOption, [...SETTINGS])
    .option('--only <ids>', 'these optimizers only', idsOption)
    .option('--seed <n>', 'for the points', integerOption(0, 2 ** 31 - 1), 1)
    .option('--program <command>', 'a program that answers JSON lines (docs/follow.md)')
    .option('--json', 'print one JSON document')
    .action((paths: string[], options: FollowOptions) => follow(paths, options, context));
}

/** Orders from 0: numbers and ranges with `..`, separated by commas. */
export function ordersOption(text: string): number[] {
  const orders = text.split(',').flatMap(part => {
    const [, first, last] = /^\s*(\d{1,2})(?:\.\.(\d{1,2}))?\s*$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last ?? first)];
    if (!(from <= to && to <= HIGHEST_ORDER))
      throw new InvalidArgumentError(`Expected orders from 0 to ${HIGHEST_ORDER}, as 0,1,2 or 0..2.`);
    return Array.from({ length: to - from + 1 }, (_, at) => from + at);
  });
  return [...new Set(orders)].sort((a, b) => a - b);
}

function settingsOption(text: string): FollowSetting[] {
  return text.split(',').map(word => {
    const found = SETTINGS.find(each => each === word.trim());
    if (found === undefined) throw new InvalidArgumentError(`Expected ${SETTINGS.join(' or ')}.`);
    return found;
  });
}

async function follow(paths: readonly string[], options: FollowOptions, context: Context): Promise<void> {
  const { terminal, finish } = context;
  const { loadDocuments } = await import('../../files/documents/load.ts');
  const { documents, problems } = loadDocuments(paths, paths.includes('-') ? await terminal.readInput() : null);
  const all = [...problems, ...documents.flatMap(document => [...document.problems])];
  complainAbout(all, terminal);
  const known = documents.flatMap(document => [...document.optimizers]);
  const { only } = options;
  const unknown = only?.find(id => !known.some(optimizer => optimizer.id === id));
  if (unknown !== undefined) refuse('unknown-optimizer', `there is no optimizer '${unknown}' in ${paths.join(', ')}`);
  const chosen = known.filter(({ id }) => only === undefined || only.includes(id));
  if (chosen.length === 0) refuse('no-optimizer', `there is no optimizer in ${paths.join(', ')}`);
  const codes: ExitCode[] = all.some(({ severity }) => severity !== 'warning') ? [EXIT.badInput] : [];
  codes.push(
    options.program === undefined
      ? await besideEquations(chosen, options, context)
      : await besideProgram(chosen, options.program, options, context),
  );
  const worst = [EXIT.badInput, EXIT.wrongVerdict, EXIT.otherVerdict].find(code => codes.includes(code));
  if (worst !== undefined) finish(worst);
}

async function besideEquations(
  chosen: readonly Optimizer[],
  { orders, settings, seed, json }: FollowOptions,
  { terminal }: Context,
): Promise<ExitCode> {
  const { followDerived } = await import('../../judge/check/follow-derived.ts');
  const reports = followDerived(chosen, { orders, settings, seed, runs: 5 });
  complainAbout(
    reports.flatMap(({ problem }) => (problem === null ? [] : [problem])),
    terminal,
  );
  if (json === true)
    terminal.print(
      `${JSON.stringify({ schema: 1, seed, follow: reports.map(({ problem: _, ...report }) => report) }, null, 2)}\n`,
    );
  else terminal.print(reports.map(lineOf).join(''));
  const verdicts = new Set(reports.map(({ verdict }) => verdict));
  if (verdicts.has('refused')) return EXIT.badInput;
  if (verdicts.has('differs')) return EXIT.wrongVerdict;
  return verdicts.has('undecided') ? EXIT.otherVerdict : EXIT.asExpected;
}

function lineOf({ optimizer, setting, order, verdict, runs, sharp, reason }: FollowReport): string {
  const about = `${optimizer}  ${setting}  order ${order}  ${verdict}`;
  if (verdict !== 'follows') return `${about}: ${reason ?? 'no reason'}\n`;
  return `${about}: through h^${order + 1} from ${runs} points${sharp > 0 ? `, not through h^${order + 2} from ${sharp}` : ''}\n`;
}

async function besideProgram(
  chosen: readonly Optimizer[],
  command: string,
  { seed, json }: FollowOptions,
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
