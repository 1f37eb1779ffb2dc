/** `modeq derive`: prints the modified equation of an optimizer. */
import { REGIMES, type Regime } from '../notation/regimes.ts';
import { DEFAULT_SETTING, isMean, type MeanOf, SETTINGS, type Setting } from '../notation/settings.ts';
import type { Command } from 'commander';
import { Refusal, refuse } from '../base/problem.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { complainAbout, type Context } from './context.ts';
import { EXIT } from './exit-code.ts';
import { findOptimizer } from './find-optimizer.ts';
import type { EquationStyle, Theorem } from '../report/theorem/theorem-parts.ts';
import { typedTheorem } from '../report/theorem/typed-theorem.ts';
import { choiceOption, integerOption, prefixOption, SEEDS, valuesOption } from './option-values.ts';
import type { DocumentOptions } from './write-document.ts';
import { examples } from './examples.ts';

/** More orders would be derived too, but no budget would let them finish. */
export const HIGHEST_ORDER = 10;

interface DeriveOptions {
  readonly from?: string;
  readonly setting: Setting;
  readonly order: number;
  readonly form: 'flow' | 'map';
  readonly limit?: 'large-n' | null;
  readonly regime?: Regime | null;
  readonly hyper?: ReadonlyMap<string, number>;
  readonly format: 'latex' | 'text' | 'json' | 'python' | 'sympy' | 'document';
  readonly style: EquationStyle;
  readonly notation?: string;
  readonly loss?: string;
  readonly detail?: 'brief' | 'full';
  readonly fragment?: boolean;
  readonly labelPrefix?: string;
  readonly columns?: number;
  readonly checks?: 'margin' | 'off';
  readonly seed?: number;
  readonly instances?: number;
}

/** With the mean, which says a form. */
interface TypedOptions extends DeriveOptions {
  readonly mean?: 'map' | 'equation' | 'log';
  readonly weakOrder?: '1' | '2';
}

export function addDeriveCommand(program: Command, context: Context): void {
  program
    .command('derive')
    .summary('derive a modified equation and print it')
    .description(
      'Derives the modified equation of an optimizer from its update rule and prints it: the equation in named quantities, then their definitions.',
    )
    .addHelpText(
      'after',
      examples(
        ['modeq derive adam', 'Adam to first order, as LaTeX'],
        ['modeq derive gd --order 3 --format text', 'higher orders, as text'],
        ['modeq derive adam --setting full-batch --limit large-n', 'one loss, after many steps'],
        ['modeq derive momentum --setting iid --limit large-n', 'the mean over batches that are drawn'],
        ['modeq derive gd --setting iid --weak-order 2', 'the stochastic equation that has the moments of one step'],
        ['modeq derive lion --from paper.tex', 'an optimizer of your own'],
        ['modeq derive adam --format python > adam_flow.py', 'rhs(theta, grad, hvp, n, …) for NumPy and JAX'],
        ['modeq derive gd --format document > gd.tex', 'a write-up with every step'],
      ),
    )
    .argument('<optimizer>', 'id of an optimizer, e.g. adam')
    .option('--from <file>', 'the document that defines the optimizer (default: the built-in ones)')
    .option(
      '--setting <setting>',
      `which losses the steps use: ${SETTINGS.join(', ')}`,
      choiceOption(SETTINGS),
      DEFAULT_SETTING,
    )
    .addOption(integerOption('--order <n>', 'up to which power of h', { from: 0, to: HIGHEST_ORDER, value: 1 }))
    .option(
      '--form <form>',
      'flow (the modified ODE) or map (the memoryless step)',
      choiceOption(['flow', 'map']),
      'flow',
    )
    .option(
      '--mean <mean>',
      'with --setting iid or permuted: map (the mean step), equation (the mean right side), log (the field whose flow is the mean step)',
      choiceOption(['map', 'equation', 'log']),
    )
    .option(
      '--weak-order <order>',
      'with --setting iid: the stochastic equation that has the moments of one step, of weak order 1 or 2',
      choiceOption(['1', '2']),
    )
    .option('--limit <limit>', 'the equation after many steps: large-n (full batch)', choiceOption(['large-n']))
    .option(
      '--regime <regime>',
      `the leading terms where the gradient is large or small beside √ε: ${REGIMES.join(', ')} (full batch)`,
      choiceOption(REGIMES),
    )
    .option(
      '--hyper <values>',
      'hyperparameters at which the steps to the limit are counted, e.g. beta=0.9,rho=0.999',
      valuesOption,
    )
    .option(
      '--format <format>',
      'latex, text, json; python or sympy: a module (full batch); document: a LaTeX article with every step, checked',
      choiceOption(['latex', 'text', 'json', 'python', 'sympy', 'document']),
      'latex',
    )
    .option(
      '--style <style>',
      'sums over components, or operator: elementary differentials such as ∇³E[∇E, ∇²E ∇E]',
      choiceOption(['sums', 'operator']),
      'sums',
    )
    .option(
      '--loss <expression>',
      "one loss put in, e.g. '(y - x1*x2*x)^2/2' or '\\frac12(y-\\theta_1\\theta_2x)^2' (full batch)",
    )
    .option('--notation <letters>', "other letters, e.g. 'loss=L parameters=x step=\\eta \\beta=\\beta_1'")
    .option('--detail <detail>', 'of a document: full, or brief without the steps', choiceOption(['brief', 'full']))
    .option('--fragment', 'of a document: a body for \\input with labels instead of an article')
    .option(
      '--label-prefix <prefix>',
      'of a document: in front of its ids and labels (default: the optimizer)',
      prefixOption,
    )
    .addOption(integerOption('--columns <n>', 'of the page that a document is for', { from: 1, to: 2, otherwise: '1' }))
    .option(
      '--checks <place>',
      'of a document: what was checked stands in the margin, or off (default: off in a fragment)',
      choiceOption(['margin', 'off']),
    )
    .addOption(integerOption('--seed <n>', 'of the instances that check a document', { ...SEEDS, otherwise: '1' }))
    .addOption(
      integerOption('--instances <n>', 'that check each step of a document', { from: 0, to: 100_000, otherwise: '40' }),
    )
    .action((optimizer: string, options: TypedOptions) => derive(optimizer, options, context));
}

async function derive(id: string, typed: TypedOptions, context: Context): Promise<void> {
  const { terminal, finish } = context;
  const { mean, weakOrder, ...options } = typed;
  if (weakOrder !== undefined) refuseBeside(weakOrder, typed);
  const optimizer = await inNotation(await findOptimizer(id, options.from, terminal), options.notation);
  if (options.format === 'document') {
    const { writeDocument } = await import('./write-document.ts');
    return writeDocument(optimizer, documentOptions(id, options), context);
  }
  refuseDocumentOptions(options);
  if (options.format === 'python' || options.format === 'sympy') {
    const { printCode } = await import('./derive-code.ts');
    const { format, regime, hyper, loss, style } = options;
    const others = new Map([
      ['--regime', (regime ?? null) !== null],
      ['--hyper', hyper !== undefined],
      ['--loss', loss !== undefined],
      ['--style', style !== 'sums'],
    ]);
    return printCode(optimizer, { ...options, format, others }, context);
  }
  if (options.loss !== undefined) {
    if (mean !== undefined)
      refuse('option-needs-draws', '--mean does not go with --loss, which is about the full batch');
    return deriveWithLoss(optimizer, options.loss, options, context);
  }
  const { deriveTheorem } = await import('../report/theorem/derive-theorem.ts');
  const { hyper, ...others } = options;
  const weak = weakOrder === undefined ? {} : { weakOrder: weakOrder === '1' ? (1 as const) : (2 as const) };
  const request = { ...others, ...meanOf(mean, options), ...weak };
  const result = deriveTheorem(optimizer, hyper ? { ...request, values: hyper } : request);
  if (!result.ok) {
    await complainAbout(result.problems, terminal);
    finish(EXIT.badInput);
    return;
  }
  const { format } = options;
  terminal.print(await printed(result.value, format));
}

/** `--weak-order` says the order, and is about the equation alone. */
function refuseBeside(weakOrder: string, { setting, format, loss }: TypedOptions): void {
  if (setting !== 'iid')
    refuse('option-needs-draws', '--weak-order goes with --setting iid: each batch drawn by itself');
  if (loss !== undefined || !['latex', 'text', 'json'].includes(format))
    refuse(
      'option-needs-draws',
      `--weak-order ${weakOrder} is printed with --format latex, text and json, without --loss`,
    );
}

/** The form and the mean that `--mean` says; refuses it where no batches are drawn. */
function meanOf(
  mean: TypedOptions['mean'],
  { setting, form }: DeriveOptions,
): { readonly form: 'flow' | 'map'; readonly mean?: MeanOf } {
  if (mean === undefined) return { form };
  if (!isMean(setting)) refuse('option-needs-draws', '--mean goes with --setting iid and --setting permuted');
  return mean === 'map' ? { form: 'map' } : { form: 'flow', mean: mean === 'log' ? 'map' : 'equation' };
}

async function deriveWithLoss(
  optimizer: Optimizer,
  text: string,
  { hyper, format, setting, ...options }: DeriveOptions,
  { terminal, finish }: Context,
): Promise<void> {
  const { readLossOption } = await import('../document/loss-option.ts');
  const { deriveParticular } = await import('../report/theorem/particular/particular-theorem.ts');
  // One loss is that of the full batch, which need not be said.
  const request = { ...options, setting: setting === DEFAULT_SETTING ? ('full-batch' as const) : setting };
  const read = readLossOption(optimizer, text);
  const result = read.ok
    ? deriveParticular(optimizer, hyper ? { ...request, values: hyper } : request, read.value)
    : read;
  if (!result.ok) {
    await complainAbout(result.problems, terminal);
    finish(EXIT.badInput);
    return;
  }
  const { particularJson, particularLatex, particularText } = await import(
    '../report/theorem/particular/print-particular.ts'
  );
  if (format === 'json') terminal.print(`${JSON.stringify(particularJson(result.value), null, 2)}\n`);
  else terminal.print(withNewline((format === 'text' ? particularText : particularLatex)(result.value)));
}

async function printed(theorem: Theorem, format: 'latex' | 'text' | 'json'): Promise<string> {
  switch (format) {
    case 'latex': {
      const { theoremLatex } = await import('../report/theorem/theorem-latex.ts');
      return withNewline(theoremLatex(typedTheorem(theorem)));
    }
    case 'text': {
      const { theoremText } = await import('../report/theorem/theorem-text.ts');
      return withNewline(theoremText(typedTheorem(theorem)));
    }
    case 'json': {
      const { theoremJson } = await import('../report/theorem/theorem-json.ts');
      return `${JSON.stringify(theoremJson(theorem), null, 2)}\n`;
    }
  }
}

async function inNotation(optimizer: Optimizer, letters: string | undefined): Promise<Optimizer> {
  if (letters === undefined) return optimizer;
  const { withNotation } = await import('../document/annotation/notation-option.ts');
  const changed = withNotation(optimizer, letters);
  if (changed.ok) return changed.value;
  throw new Refusal(changed.problems[0] ?? { code: 'broken-notation', message: 'the letters cannot be used' });
}

const DOCUMENT_ONLY = ['detail', 'fragment', 'labelPrefix', 'columns', 'checks', 'seed', 'instances'] as const;

function refuseDocumentOptions(options: DeriveOptions): void {
  const used = DOCUMENT_ONLY.find(name => options[name] !== undefined);
  if (used === undefined) return;
  const flag = `--${used === 'labelPrefix' ? 'label-prefix' : used}`;
  refuse('option-needs-document', `${flag} goes with --format document`);
}

/** `id` is how the optimizer was asked for. */
function documentOptions(id: string, options: DeriveOptions): DocumentOptions {
  if (options.loss !== undefined) refuse('option-not-for-document', 'a document is about every loss; leave out --loss');
  if (options.style !== 'sums')
    refuse('option-not-for-document', 'a document writes sums over components; leave out --style');
  if (options.form !== 'flow')
    refuse('option-not-for-document', 'a document holds the map and the flow; leave out --form');
  if ((options.limit ?? options.regime ?? null) !== null)
    refuse('option-not-for-document', 'a document holds the limit and the regimes; leave out --limit and --regime');
  const { setting, order, detail = 'full', fragment = false, seed = 1, instances = 40 } = options;
  return {
    setting,
    order,
    detail,
    fragment,
    labelPrefix: options.labelPrefix ?? id,
    columns: options.columns === 2 ? 2 : 1,
    checks: options.checks ?? (fragment ? 'off' : 'margin'),
    seed,
    instances,
    command: commandLine(id, options),
  };
}

/** The command in words that a shell takes. */
function commandLine(
  id: string,
  { from, setting, order, notation, detail, fragment, labelPrefix, columns, checks, seed, instances }: DeriveOptions,
): string {
  const words = ['modeq', 'derive', id];
  const add = (flag: string, value: string | number | undefined): void => {
    if (value !== undefined) words.push(flag, /^[\w./:-]+$/.test(`${value}`) ? `${value}` : `'${value}'`);
  };
  add('--from', from);
  if (setting !== DEFAULT_SETTING) add('--setting', setting);
  if (order !== 1) add('--order', order);
  add('--format', 'document');
  add('--notation', notation);
  add('--detail', detail);
  if (fragment) words.push('--fragment');
  add('--label-prefix', labelPrefix);
  add('--columns', columns);
  add('--checks', checks);
  add('--seed', seed);
  add('--instances', instances);
  return words.join(' ');
}

const withNewline = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
