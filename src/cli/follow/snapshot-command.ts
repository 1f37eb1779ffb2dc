/** `modeq snapshot`: the derived equations of a document, written beside it, and compared by proof from then on. */
import { existsSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { refuse } from '../../base/problem.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import type { EquationComparison } from '../../report/snapshot/compare.ts';
import type { SnapshotRequest } from '../../report/snapshot/snapshots.ts';
import { complainAbout, type Context, outPaint } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { choiceOption, idsOption, integerOption, SEEDS } from '../option-values.ts';
import { chosenOptimizers, type FollowSetting, ordersOption, settingsOption } from './chosen-optimizers.ts';
import { examples } from '../examples.ts';

interface SnapshotOptions {
  readonly update?: boolean;
  readonly orders?: readonly number[];
  readonly settings?: readonly FollowSetting[];
  readonly limit?: 'large-n';
  readonly only?: readonly string[];
  readonly seed: number;
  readonly json?: boolean;
}

export function addSnapshotCommand(program: Command, context: Context): void {
  program
    .command('snapshot')
    .summary('compare the equations of a document with those recorded beside it')
    .description(
      'Derives the equation of each optimizer of FILE and compares it, by proof, with the one recorded in FILE.modeq.json: 1 another equation, 3 not provable. With --update it is recorded instead.',
    )
    .addHelpText(
      'after',
      examples(
        ['modeq snapshot paper.tex --update', 'record what is derived in paper.tex.modeq.json'],
        ['modeq snapshot paper.tex', 'compare what is derived now with it'],
      ),
    )
    .argument('<file>', 'a LaTeX or Markdown document')
    .option('--update', 'write FILE.modeq.json')
    .option('--orders <orders>', '0,1,2 or 0..2 (default: what is recorded, else 0,1)', ordersOption)
    .option(
      '--settings <settings>',
      'mini-batch, full-batch or both (default: what is recorded, else all that the rule has)',
      settingsOption,
    )
    .option('--limit <limit>', 'in the full batch also the equation for large n: large-n', choiceOption(['large-n']))
    .option('--only <ids>', 'these optimizers only; what is recorded of the others stays', idsOption)
    .addOption(integerOption('--seed <n>', 'for the points at which equations are compared', { ...SEEDS, value: 1 }))
    .option('--json', 'print one JSON document')
    .action((path: string, options: SnapshotOptions) => snapshot(path, options, context));
}

async function snapshot(path: string, options: SnapshotOptions, context: Context): Promise<void> {
  const { terminal, finish } = context;
  const wrong = pathMistake(path);
  if (wrong !== null) refuse('no-such-file', wrong, null, 'A snapshot belongs to one .tex or .md file of yours.');
  if (options.limit !== undefined && options.settings?.includes('full-batch') === false)
    refuse('limit-needs-full-batch', '--limit large-n is about the full batch', null, 'Add full-batch to --settings.');
  const { all, chosen, mistakes } = await chosenOptimizers([path], options.only, terminal);
  if (mistakes.length > 0) {
    terminal.complain(
      `${path}: what cannot be read has no equation; nothing was ${options.update ? 'written' : 'compared'}\n`,
    );
    return finish(EXIT.badInput);
  }
  const place = `${path}.modeq.json`;
  const code =
    options.update === true
      ? await update(place, all, chosen, options, context)
      : await compare(place, all, options, context);
  if (code !== EXIT.asExpected) finish(code);
}

function pathMistake(path: string): string | null {
  if (path === '-') return 'a snapshot stands beside a file, and standard input is none';
  if (!existsSync(path)) return `there is no file ${path}`;
  return statSync(path).isDirectory() ? `${path} is a folder` : null;
}

/** The options that say which equations are meant. */
const requestOf = ({ orders, settings, limit, only }: SnapshotOptions): SnapshotRequest => ({
  ...(orders ? { orders } : {}),
  ...(settings ? { settings } : {}),
  ...(limit ? { limit } : {}),
  ...(only ? { only } : {}),
});

async function update(
  place: string,
  all: readonly Optimizer[],
  chosen: readonly Optimizer[],
  options: SnapshotOptions,
  { terminal }: Context,
): Promise<ExitCode> {
  const { snapshotAt, writeSnapshot } = await import('../../session/snapshot-file.ts');
  const { takeSnapshot } = await import('../../report/snapshot/snapshots.ts');
  const previous = snapshotAt(place);
  const taken = takeSnapshot(all, requestOf(options), previous);
  if (!taken.ok) {
    await complainAbout(taken.problems, terminal);
    terminal.complain(`${place}: nothing was written; --only, --settings and --orders choose what is recorded\n`);
    return EXIT.badInput;
  }
  writeSnapshot(place, taken.value);
  const ids = new Set(chosen.map(({ id }) => id));
  const equations = taken.value.optimizers
    .filter(({ id }) => ids.has(id))
    .reduce((sum, each) => sum + each.equations.length, 0);
  if (options.json === true)
    terminal.print(`${JSON.stringify({ schema: 1, file: place, written: true, equations }, null, 2)}\n`);
  else terminal.print(`${place}: wrote ${counted(equations, 'equation')} of ${counted(ids.size, 'optimizer')}\n`);
  return EXIT.asExpected;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

async function compare(
  place: string,
  all: readonly Optimizer[],
  options: SnapshotOptions,
  context: Context,
): Promise<ExitCode> {
  const { terminal } = context;
  const { snapshotAt } = await import('../../session/snapshot-file.ts');
  const recorded =
    snapshotAt(place) ??
    refuse('no-snapshot', `there is no snapshot ${place}`, null, 'modeq snapshot FILE --update writes it.');
  const { compareSnapshot } = await import('../../report/snapshot/snapshots.ts');
  const { comparisonLines } = await import('../../report/snapshot/comparison-text.ts');
  const comparisons = compareSnapshot(recorded, all, requestOf(options), { seed: options.seed });
  if (options.json === true) {
    const equations = comparisons.map(({ problem: _, recorded: before, derived, ...comparison }) => ({
      ...comparison,
      recorded: before?.latex ?? null,
      derived: derived?.latex ?? null,
    }));
    const report = { schema: 1, file: place, written: false, seed: options.seed, equations };
    terminal.print(`${JSON.stringify(report, null, 2)}\n`);
  } else {
    const lines = comparisons.flatMap(each => comparisonLines(each, terminal.columns, outPaint(terminal)));
    terminal.print(lines.map(line => `${line}\n`).join(''));
  }
  return codeOf(comparisons);
}

/** A rule that is refused, then another equation, then one that is not proved. */
function codeOf(comparisons: readonly EquationComparison[]): ExitCode {
  const verdicts = new Set(comparisons.map(({ verdict }) => verdict));
  if (verdicts.has('refused')) return EXIT.badInput;
  if (verdicts.has('stale')) return EXIT.wrongVerdict;
  return verdicts.has('undecided') ? EXIT.otherVerdict : EXIT.asExpected;
}
