/** `modeq figures`: draws figures from derived equations and writes them as SVG, all of them or none. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { failure } from '../../base/problem.ts';
import type { Setting } from '../../notation/settings.ts';
import { FIGURE_MARK, type Figure } from '../../figures/figure.ts';
import { bilinearFigures, coefficientFigures, expansionFigure } from '../../figures/figures.ts';
import { complainAbout, type Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import { addTrainingFigures } from './training-command.ts';
import { findOptimizer } from '../find-optimizer.ts';
import { integerOption, SEEDS } from '../option-values.ts';
import { OutputFolder } from '../../files/output-folder.ts';
import { readSimulation } from '../simulate-options.ts';

interface FiguresOptions {
  readonly out: string;
  readonly json?: boolean;
}

interface ExpansionOptions extends FiguresOptions {
  readonly from?: string;
  readonly loss?: readonly string[];
  readonly theta?: string;
  readonly time?: string;
  readonly hyper?: readonly string[];
  readonly steps?: string;
  readonly setting?: Setting;
  readonly batches?: number;
  readonly seed: number;
}

/** What `modeq figures expansion` shows when it is asked for nothing else. */
const EXAMPLE = {
  optimizer: 'adam',
  loss: ['bilinear'],
  theta: '2.8,3.5',
  time: '4',
  hyper: ['beta=0.9,rho=0.95,epsilon=1'],
  steps: '0.004,0.002,0.001',
} as const;

const COEFFICIENT_FIGURES = ['coefficient-map', 'coefficient-steps', 'coefficient-parts'] as const;
const BILINEAR_FIGURES = ['bilinear-beta-rho', 'bilinear-h', 'bilinear-large-steps'] as const;

const collect = (text: string, previous: readonly string[] = []): string[] => [...previous, text];

export function addFiguresCommand(program: Command, context: Context): void {
  const figures = program
    .command('figures')
    .summary('draw figures from derived equations')
    .description('Draws figures from derived equations and writes them as SVG into a folder.');
  withOutput(figures.command('coefficients'))
    .summary('what the hyperparameters and the stage of training do')
    .description(
      'Where Adam penalises the perturbed one-norm of the gradient, over (β, ρ) and ε/|∇_jE|²; the coefficient against n with its value for n → ∞; the two parts of the coefficient of RMSProp.',
    )
    .action((options: FiguresOptions) => coefficients(options, context));
  withOutput(figures.command('bilinear'))
    .summary('Adam on the bilinear model beside its modified equation')
    .description(
      "Adam's trajectories on ½(3/2 − 2θ₁θ₂)² for several β, ρ and h, with the solution of the derived piecewise equation dashed over each.",
    )
    .action((options: FiguresOptions) => bilinear(options, context));
  addTrainingFigures(figures, context);
  withOutput(figures.command('expansion'))
    .summary('how small h must be: h‖f_2‖/‖f_1‖ along a run')
    .description(
      'h‖f_2‖/‖f_1‖ along runs of an optimizer; options as for `modeq simulate`. Without options: Adam on the bilinear model.',
    )
    .argument('[optimizer]', 'id of an optimizer')
    .option('--from <file>', 'the document that defines the optimizer (default: the built-in ones)')
    .option('--loss <loss>', 'an expression or a name; several are used in turn', collect)
    .option('--time <T>', 'how long to run')
    .option('--theta <numbers>', 'where to start: A,B,…')
    .option('--hyper <values>', 'hyperparameters: beta=0.9,rho=0.99,…', collect)
    .option('--steps <sizes>', 'step sizes: H,H,… (default: T/10, T/20, T/40, T/80)')
    .addOption(integerOption('--batches <m>', 'cut a loss on data into m batches', { from: 1, to: 10_000 }))
    .addOption(integerOption('--seed <n>', 'seed of batches, polynomials and starts', { ...SEEDS, value: 1 }))
    .action((optimizer: string | undefined, options: ExpansionOptions) => expansion(optimizer, options, context));
}

const withOutput = (command: Command): Command =>
  command
    .requiredOption('--out <dir>', 'the folder for the SVG files; made if it is missing')
    .option('--json', 'print one JSON document: the files and the numbers behind them');

async function coefficients(options: FiguresOptions, context: Context): Promise<void> {
  await writing(COEFFICIENT_FIGURES, options, context, async () => {
    const adam = await findOptimizer('adam', undefined, context.terminal);
    const rmsprop = await findOptimizer('rmsprop', undefined, context.terminal);
    return coefficientFigures(adam, rmsprop);
  });
}

async function bilinear(options: FiguresOptions, context: Context): Promise<void> {
  await writing(BILINEAR_FIGURES, options, context, async () => {
    const adam = await findOptimizer('adam', undefined, context.terminal);
    return bilinearFigures(adam, progress('run', context));
  });
}

async function expansion(id: string | undefined, options: ExpansionOptions, context: Context): Promise<void> {
  const optimizer = await findOptimizer(id ?? EXAMPLE.optimizer, options.from, context.terminal);
  const isExample = id === undefined && options.loss === undefined;
  const asked = isExample ? { ...EXAMPLE, ...options } : options;
  const read =
    asked.time === undefined
      ? failure({
          code: 'simulate-time',
          message: 'the time of the run is missing',
          hint: '--time T, as for modeq simulate; without any option the run is that of the example',
        })
      : readSimulation(optimizer, { ...asked, loss: asked.loss ?? [], time: asked.time, orders: '2' });
  if (!read.ok) {
    await complainAbout(read.problems, context.terminal);
    context.finish(EXIT.badInput);
    return;
  }
  await writing([`expansion-${optimizer.id}`], options, context, async () => [
    await expansionFigure(read.value, progress('point', context)),
  ]);
}

/** A line on a terminal that says how far the work is. */
function progress(what: string, { terminal }: Context): (done: number, all: number) => void {
  return (done, all) => {
    if (!terminal.complainsToTerminal) return;
    terminal.complain(done < all ? `\r\u001b[K${what} ${done}/${all} …` : '\r\u001b[K');
  };
}

/** Draws between opening the folder and putting the files in place; `names` are all that may be drawn. */
async function writing(
  names: readonly string[],
  { out, json }: FiguresOptions,
  { terminal }: Context,
  draw: () => Promise<Figure[]>,
): Promise<void> {
  const files = names.map(name => `${name}.svg`);
  const folder = OutputFolder.open(out, files, path => files.every(file => isFigureOrMissing(join(path, file))));
  try {
    const figures = await draw();
    for (const { name, svg } of figures) folder.put(`${name}.svg`, svg);
    folder.commit(figures.map(({ name }) => `${name}.svg`));
    const listed = figures.map(({ name, title, numbers }) => ({ file: join(out, `${name}.svg`), title, numbers }));
    if (json) terminal.print(`${JSON.stringify({ schema: 1, figures: listed }, null, 2)}\n`);
    else for (const { file, title } of listed) terminal.print(`${file}  ${title}\n`);
  } finally {
    folder.discard();
  }
}

/** Nothing but figures of an earlier run is replaced. */
const isFigureOrMissing = (path: string): boolean =>
  !existsSync(path) || (statSync(path).isFile() && readFileSync(path, 'utf8').slice(0, 200).includes(FIGURE_MARK));
