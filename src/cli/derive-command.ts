/** `modeq derive`: prints the modified equation of an optimizer. */
import type { Command } from 'commander';
import { refuse } from '../base/problem.ts';
import type { Setting } from '../document/model.ts';
import { complainAbout, type Context } from './context.ts';
import { EXIT } from './exit-code.ts';
import { findOptimizer } from './find-optimizer.ts';
import { choiceOption, integerOption } from './option-values.ts';

export const SETTINGS: readonly Setting[] = ['mini-batch', 'full-batch', 'reshuffled'];
/** More orders would be derived too, but no budget would let them finish. */
export const HIGHEST_ORDER = 8;

interface DeriveOptions {
  readonly from?: string;
  readonly setting: Setting;
  readonly order: number;
  readonly form: 'flow' | 'map';
  readonly format: 'latex' | 'text' | 'json';
}

export function addDeriveCommand(program: Command, context: Context): void {
  program
    .command('derive')
    .summary('derive a modified equation and print it')
    .description(
      'Derives the modified equation of an optimizer from its update rule and prints it: the equation in named\nquantities, then their definitions.',
    )
    .argument('<optimizer>', 'id of an optimizer, e.g. adam')
    .option('--from <file>', 'the document that defines the optimizer (default: the built-in ones)')
    .option(
      '--setting <setting>',
      `which losses the steps use: ${SETTINGS.join(', ')}`,
      choiceOption(SETTINGS),
      'mini-batch',
    )
    .option('--order <n>', 'up to which power of h', integerOption(0, HIGHEST_ORDER), 1)
    .option(
      '--form <form>',
      'flow (the modified ODE) or map (the memoryless step)',
      choiceOption(['flow', 'map']),
      'flow',
    )
    .option('--format <format>', 'latex, text or json', choiceOption(['latex', 'text', 'json']), 'latex')
    .action((optimizer: string, options: DeriveOptions) => derive(optimizer, options, context));
}

async function derive(id: string, options: DeriveOptions, { terminal, finish }: Context): Promise<void> {
  if (options.setting === 'reshuffled' && options.form === 'map')
    refuse(
      'setting-not-covered',
      'an epoch has no map of its own to print',
      null,
      'derive prints its flow: leave --form map out',
    );
  const optimizer = await findOptimizer(id, options.from, terminal);
  const { deriveModifiedEquation } = await import('../modified-equation/derive.ts');
  const { setting, order, form } = options;
  const result = deriveModifiedEquation(optimizer, { order, setting, form });
  if (!result.ok) {
    complainAbout(result.problems, terminal);
    finish(EXIT.badInput);
    return;
  }
  switch (options.format) {
    case 'latex': {
      const { theoremLatex } = await import('../report/theorem-latex.ts');
      return terminal.print(withNewline(theoremLatex(result.value)));
    }
    case 'text': {
      const { theoremText } = await import('../report/theorem-text.ts');
      return terminal.print(withNewline(theoremText(result.value)));
    }
    case 'json': {
      const { theoremJson } = await import('../report/theorem-json.ts');
      return terminal.print(`${JSON.stringify(theoremJson(result.value), null, 2)}\n`);
    }
  }
}

const withNewline = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
