/** `modeq derive`: prints the modified equation of an optimizer. */
import type { Command } from 'commander';
import { refuse, type Result, success } from '../base/problem.ts';
import type { Setting } from '../document/model.ts';
import { complainAbout, type Context } from './context.ts';
import { EXIT } from './exit-code.ts';
import { findOptimizer } from './find-optimizer.ts';
import type { ModifiedEquation } from '../modified-equation/derive.ts';
import type { Theorem } from '../report/theorem-parts.ts';
import type { RegimeName } from '../simplify/regime.ts';
import { choiceOption, integerOption } from './option-values.ts';

export const SETTINGS: readonly Setting[] = ['mini-batch', 'full-batch', 'reshuffled'];
/** More orders would be derived too, but no budget would let them finish. */
export const HIGHEST_ORDER = 8;

interface DeriveOptions {
  readonly from?: string;
  readonly setting: Setting;
  readonly order: number;
  readonly form: 'flow' | 'map';
  readonly limit?: 'large-n' | null;
  readonly regime?: RegimeName | null;
  readonly format: 'latex' | 'text' | 'json';
}

const REGIMES: readonly RegimeName[] = ['large-gradient-all', 'small-gradient-all', 'large-gradient', 'small-gradient'];

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
    .option('--limit <limit>', 'the equation after many steps: large-n (full batch)', choiceOption(['large-n']))
    .option(
      '--regime <regime>',
      `the leading terms where the gradient is large or small beside √ε: ${REGIMES.join(', ')} (full batch)`,
      choiceOption(REGIMES),
    )
    .option('--format <format>', 'latex, text or json', choiceOption(['latex', 'text', 'json']), 'latex')
    .action((optimizer: string, options: DeriveOptions) => derive(optimizer, options, context));
}

async function derive(id: string, options: DeriveOptions, { terminal, finish }: Context): Promise<void> {
  if (options.setting === 'reshuffled')
    refuse(
      'setting-not-covered',
      'the equation of a reshuffled epoch cannot be derived yet',
      null,
      'derive knows mini-batch and full-batch',
    );
  const optimizer = await findOptimizer(id, options.from, terminal);
  const { deriveModifiedEquation } = await import('../modified-equation/derive.ts');
  const { setting, order, form } = options;
  const derived = deriveModifiedEquation(optimizer, { order, setting, form });
  const result = derived.ok ? await shown(derived.value, options) : derived;
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

/** The equation as it is to be printed: in closed form for the full batch, in the limit and regime that are asked for. */
async function shown(
  equation: ModifiedEquation,
  { limit = null, regime = null }: DeriveOptions,
): Promise<Result<Theorem>> {
  if (limit !== null || regime !== null) {
    const { specialEquation } = await import('../closed-form/special-equation.ts');
    return specialEquation(equation, { limit, regime });
  }
  if (equation.setting !== 'full-batch') return success(equation);
  const { closeEquation } = await import('../closed-form/close-equation.ts');
  return success(closeEquation(equation));
}

const withNewline = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
