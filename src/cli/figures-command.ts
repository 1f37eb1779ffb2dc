/** `modeq figures`: draws figures from derived equations and writes them as SVG, all of them or none. */
import type { Command } from 'commander';
import type { Figure } from '../report/figure.ts';
import type { Context } from './context.ts';
import { findOptimizer } from './find-optimizer.ts';
import { checkFolder, writeFiles } from './write-files.ts';

interface FiguresOptions {
  readonly out: string;
  readonly json?: boolean;
}

export function addFiguresCommand(program: Command, context: Context): void {
  const figures = program
    .command('figures')
    .summary('draw figures from derived equations')
    .description('Draws figures from derived equations and writes them as SVG into a folder.');
  withOutput(figures.command('coefficients'))
    .summary('what the hyperparameters and the stage of training do')
    .description(
      'Where Adam penalises the perturbed one-norm of the gradient, over (β, ρ) and ε/|∇_jE|²; the coefficient against n\nwith its value for n → ∞; the two parts of the coefficient of RMSProp.',
    )
    .action((options: FiguresOptions) => coefficients(options, context));
}

const withOutput = (command: Command): Command =>
  command
    .requiredOption('--out <dir>', 'the folder for the SVG files; made if it is missing')
    .option('--json', 'print one JSON document: the files and the numbers behind them');

async function coefficients(options: FiguresOptions, context: Context): Promise<void> {
  checkFolder(options.out);
  const adam = await findOptimizer('adam', undefined, context.terminal);
  const rmsprop = await findOptimizer('rmsprop', undefined, context.terminal);
  const { drawCoefficientFigures } = await import('../report/coefficient-figures.ts');
  writeFigures(drawCoefficientFigures(adam, rmsprop), options, context);
}

function writeFigures(figures: readonly Figure[], { out, json }: FiguresOptions, { terminal }: Context): void {
  const paths = writeFiles(
    out,
    figures.map(({ name, svg }) => ({ name: `${name}.svg`, text: svg })),
  );
  if (json) {
    const listed = figures.map(({ title, numbers }, at) => ({ file: paths[at] ?? '', title, numbers }));
    terminal.print(`${JSON.stringify({ schema: 1, figures: listed }, null, 2)}\n`);
    return;
  }
  figures.forEach(({ title }, at) => terminal.print(`${paths[at] ?? ''}  ${title}\n`));
}
