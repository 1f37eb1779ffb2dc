/** `modeq simulate`: the optimizer and its modified equations side by side. */
import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type Command, Option } from 'commander';
import { type Problem, refuse } from '../base/problem.ts';
import type { SimulationReport } from '../judge/check/simulate-optimizer.ts';
import type { SimulationWatch } from '../simulate/simulate.ts';
import { complainAbout, type Context, outPaint } from './context.ts';
import { SETTINGS, type Setting } from '../notation/settings.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { findOptimizer } from './find-optimizer.ts';
import { choiceOption, integerOption, SEEDS, withNeeded } from './option-values.ts';
import { readSimulation, type SimulateOptions } from './simulate-options.ts';
import type { Terminal } from './terminal.ts';
import { OutputFolder } from '../files/output-folder.ts';
import { examples } from './examples.ts';

const DESCRIPTION =
  'Runs the optimizer for the time T at several step sizes, integrates its modified equations of several orders ' +
  'beside it, and prints global and local errors, their slopes and a verdict. Losses are expressions in x1 … xp or ' +
  'names: bilinear, polynomial, logistic-iris, network-iris.';

const collect = (text: string, previous: readonly string[] = []): string[] => [...previous, text];

export function addSimulateCommand(program: Command, context: Context): void {
  const command = program
    .command('simulate')
    .summary('run an optimizer beside its modified equations')
    .description(DESCRIPTION)
    .addHelpText(
      'after',
      examples(
        ['modeq simulate heavy-ball --loss x1^2 --theta 1 --time 1 --hyper beta=0.4', 'with a momentum'],
        ['modeq simulate gd --loss x1^2+x1*x2 --theta 1,1 --time 1 --orders 0,1,2', 'three equations'],
      ),
    )
    .argument('<optimizer>', 'id of an optimizer, e.g. adam');
  withNeeded(
    command,
    new Option('--loss <loss>', 'an expression or a name; several are used in turn').argParser(collect),
    new Option('--time <T>', 'how long to run'),
  )
    .option('--from <file>', 'the document that defines the optimizer (default: the built-in ones)')
    .option('--theta <numbers>', 'where to start: A,B,… (losses on data have a seeded start)')
    .option('--hyper <values>', 'hyperparameters: beta=0.9,rho=0.99,…', collect)
    .option('--steps <sizes>', 'step sizes: H,H,… (default: T/10, T/20, T/40, T/80)')
    .option('--orders <orders>', 'orders of the equations (default: 0,1; higher ones take longer)')
    .option('--limit <limit>', 'large-n: follow the equation for n → ∞', choiceOption(['large-n'] as const))
    .option(
      '--setting <setting>',
      'mini-batch or full-batch; one loss is the full batch',
      choiceOption<Setting>(SETTINGS),
    )
    .addOption(integerOption('--batches <m>', 'cut a loss on data into m batches', { from: 1, to: 10_000 }))
    .addOption(integerOption('--seed <n>', 'seed of batches, polynomials and starts', { ...SEEDS, value: 1 }))
    .option('--json', 'print one JSON document')
    .option('--csv', 'print the rows as CSV')
    .option('--figure <file>', 'draw the errors into an SVG file')
    .action((optimizer: string, options: SimulateOptions) => simulateCommand(optimizer, options, context));
}

async function simulateCommand(id: string, options: SimulateOptions, { terminal, finish }: Context): Promise<void> {
  const optimizer = await findOptimizer(id, options.from, terminal);
  const read = readSimulation(optimizer, options);
  if (!read.ok) {
    await complainAbout(read.problems, terminal);
    finish(EXIT.badInput);
    return;
  }
  const { figure } = options;
  if (figure !== undefined) checkFile(figure);
  const { simulateOptimizer } = await import('../judge/check/simulate-optimizer.ts');
  let stop = false;
  const stopListening = terminal.onInterrupt(() => {
    stop = true;
  });
  const progress = progressOn(terminal, () => stop);
  try {
    const simulated = await simulateOptimizer(read.value, progress);
    progress.clear();
    if (!simulated.ok) {
      await complainAbout(simulated.problems, terminal);
      finish(EXIT.badInput);
      return;
    }
    const report = simulated.value;
    await complainAbout(report.problems, terminal);
    if (report.interrupted) terminal.complain('modeq: interrupted; these are the rows so far\n');
    await printReport(report, options, terminal);
    if (figure !== undefined) await drawReport(report, figure);
    finish(exitCodeOf(report));
  } finally {
    stopListening();
    progress.clear();
  }
}

async function printReport(report: SimulationReport, options: SimulateOptions, terminal: Terminal): Promise<void> {
  if (options.json || options.csv) {
    const { simulationCsv, simulationJson } = await import('../report/simulation/simulation-json.ts');
    terminal.print(options.json ? `${JSON.stringify(simulationJson(report), null, 2)}\n` : simulationCsv(report));
    return;
  }
  const { simulationTable } = await import('../report/simulation/simulation-table.ts');
  terminal.print(simulationTable(report, outPaint(terminal)));
}

/** Before the work: a file that cannot be written is said at once. */
function checkFile(path: string): void {
  figureFolder(path).discard();
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    refuse('unwritable-folder', `cannot write ${path}: there is a folder of this name`);
}

async function drawReport(report: SimulationReport, path: string): Promise<void> {
  const { simulationFigure } = await import('../figures/simulation-figure.ts');
  const folder = figureFolder(path);
  try {
    folder.put(basename(path), simulationFigure(report));
    folder.commit([basename(path)]);
  } finally {
    folder.discard();
  }
}

/** The file that was asked for may be replaced, whatever it holds. */
const figureFolder = (path: string): OutputFolder => OutputFolder.open(dirname(path), [basename(path)], () => true);

const isError = ({ severity }: Problem): boolean => severity !== 'warning';

function exitCodeOf({ problems, verdict }: SimulationReport): ExitCode {
  if (problems.some(isError)) return EXIT.badInput;
  if (verdict === 'inconsistent') return EXIT.wrongVerdict;
  return verdict === 'consistent' ? EXIT.asExpected : EXIT.otherVerdict;
}

/** Lets the event loop run now and then, so that Ctrl-C is heard and progress seen. */
function progressOn(terminal: Terminal, stopped: () => boolean): SimulationWatch & { clear(): void } {
  const show = terminal.complainsToTerminal;
  let last = 0;
  return {
    stopped,
    clear: () => {
      if (show) terminal.complain('\r\u001b[K');
    },
    pause: async ({ order, h, done, steps }) => {
      const now = Date.now();
      if (now - last < 100) return;
      last = now;
      if (show) terminal.complain(`\r\u001b[Korder ${order}, h = ${Number(h.toPrecision(6))}: ${done}/${steps} …`);
      await new Promise<void>(resolve => {
        setImmediate(resolve);
      });
    },
  };
}
