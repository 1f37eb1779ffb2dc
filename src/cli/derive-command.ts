/** `modeq derive`: prints the modified equation of an optimizer. */
import { REGIMES, type Regime } from '../notation/regimes.ts';
import { DEFAULT_SETTING, SETTINGS, type Setting, hasOneLoss, isEpoch } from '../notation/settings.ts';
import type { Command } from 'commander';
import { Refusal, refuse, type Result, success } from '../base/problem.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { complainAbout, type Context } from './context.ts';
import { EXIT } from './exit-code.ts';
import { findOptimizer } from './find-optimizer.ts';
import type { ModifiedEquation } from '../derivation/derive.ts';
import type { EquationStyle, Theorem } from '../report/theorem/theorem-parts.ts';
import { typedTheorem } from '../report/theorem/typed-theorem.ts';
import { choiceOption, integerOption, prefixOption, valuesOption } from './option-values.ts';
import type { DocumentOptions } from './write-document.ts';

/** More orders would be derived too, but no budget would let them finish. */
export const HIGHEST_ORDER = 8;

interface DeriveOptions {
  readonly from?: string;
  readonly setting: Setting;
  readonly order: number;
  readonly form: 'flow' | 'map';
  readonly limit?: 'large-n' | null;
  readonly regime?: Regime | null;
  readonly hyper?: ReadonlyMap<string, number>;
  readonly format: 'latex' | 'text' | 'json' | 'document';
  readonly style: EquationStyle;
  readonly notation?: string;
  readonly detail?: 'brief' | 'full';
  readonly fragment?: boolean;
  readonly labelPrefix?: string;
  readonly seed?: number;
  readonly instances?: number;
}

export function addDeriveCommand(program: Command, context: Context): void {
  program
    .command('derive')
    .summary('derive a modified equation and print it')
    .description(
      'Derives the modified equation of an optimizer from its update rule and prints it: the equation in named quantities, then their definitions.',
    )
    .argument('<optimizer>', 'id of an optimizer, e.g. adam')
    .option('--from <file>', 'the document that defines the optimizer (default: the built-in ones)')
    .option(
      '--setting <setting>',
      `which losses the steps use: ${SETTINGS.join(', ')}`,
      choiceOption(SETTINGS),
      DEFAULT_SETTING,
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
    .option(
      '--hyper <values>',
      'hyperparameters at which the steps to the limit are counted, e.g. beta=0.9,rho=0.999',
      valuesOption,
    )
    .option(
      '--format <format>',
      'latex, text, json, or document: a LaTeX article with every step, checked',
      choiceOption(['latex', 'text', 'json', 'document']),
      'latex',
    )
    .option(
      '--style <style>',
      'sums over components, or operator: elementary differentials such as ∇³E[∇E, ∇²E ∇E]',
      choiceOption(['sums', 'operator']),
      'sums',
    )
    .option('--notation <letters>', "other letters, e.g. 'loss=L parameters=x step=\\eta \\beta=\\beta_1'")
    .option('--detail <detail>', 'of a document: full, or brief without the steps', choiceOption(['brief', 'full']))
    .option('--fragment', 'of a document: a body for \\input with labels instead of an article')
    .option(
      '--label-prefix <prefix>',
      'of a document: in front of its ids and labels (default: the optimizer)',
      prefixOption,
    )
    .option('--seed <n>', 'of the instances that check a document (default: 1)', integerOption(0, 2 ** 31 - 1))
    .option('--instances <n>', 'that check each step of a document (default: 40)', integerOption(0, 100_000))
    .action((optimizer: string, options: DeriveOptions) => derive(optimizer, options, context));
}

async function derive(id: string, options: DeriveOptions, context: Context): Promise<void> {
  const { terminal, finish } = context;
  if (isEpoch(options.setting) && options.form === 'map')
    refuse(
      'setting-not-covered',
      'an epoch has no map of its own to print',
      null,
      'derive prints its flow: leave --form map out',
    );
  const optimizer = await inNotation(await findOptimizer(id, options.from, terminal), options.notation);
  if (options.format === 'document') {
    const { writeDocument } = await import('./write-document.ts');
    return writeDocument(optimizer, documentOptions(id, options), context);
  }
  refuseDocumentOptions(options);
  const { deriveModifiedEquation } = await import('../derivation/derive.ts');
  const { setting, order, form } = options;
  const derived = deriveModifiedEquation(optimizer, { order, setting, form });
  const bare = derived.ok ? await shown(derived.value, options) : derived;
  const unchecked = derived.ok && bare.ok ? await refuseWhatDoesNotFollow(derived.value, bare.value) : null;
  const result = bare.ok ? success(await styled(await withNotes(bare.value, unchecked), options.style)) : bare;
  if (!result.ok) {
    complainAbout(result.problems, terminal);
    finish(EXIT.badInput);
    return;
  }
  switch (options.format) {
    case 'latex': {
      const { theoremLatex } = await import('../report/theorem/theorem-latex.ts');
      return terminal.print(withNewline(theoremLatex(typedTheorem(result.value))));
    }
    case 'text': {
      const { theoremText } = await import('../report/theorem/theorem-text.ts');
      return terminal.print(withNewline(theoremText(typedTheorem(result.value))));
    }
    case 'json': {
      const { theoremJson } = await import('../report/theorem/theorem-json.ts');
      return terminal.print(`${JSON.stringify(theoremJson(result.value), null, 2)}\n`);
    }
  }
}

/** The theorem in the style that is asked for; refuses one that is not made of elementary differentials. */
async function styled(theorem: Theorem, style: EquationStyle): Promise<Theorem> {
  if (style === 'sums') return theorem;
  const { hasOperatorForm } = await import('../report/theorem/operator-form.ts');
  if (!hasOperatorForm(theorem))
    refuse(
      'no-operator-form',
      'the equation is not a sum of elementary differentials: components are multiplied, divided or put into functions one by one',
      null,
      'Leave --style operator out.',
    );
  return { ...theorem, style };
}

async function inNotation(optimizer: Optimizer, letters: string | undefined): Promise<Optimizer> {
  if (letters === undefined) return optimizer;
  const { withNotation } = await import('../document/annotation/notation-option.ts');
  const changed = withNotation(optimizer, letters);
  if (changed.ok) return changed.value;
  throw new Refusal(changed.problems[0] ?? { code: 'broken-notation', message: 'the letters cannot be used' });
}

const DOCUMENT_ONLY = ['detail', 'fragment', 'labelPrefix', 'seed', 'instances'] as const;

function refuseDocumentOptions(options: DeriveOptions): void {
  const used = DOCUMENT_ONLY.find(name => options[name] !== undefined);
  if (used === undefined) return;
  const flag = `--${used === 'labelPrefix' ? 'label-prefix' : used}`;
  refuse('option-needs-document', `${flag} goes with --format document`);
}

/** `id` is how the optimizer was asked for. */
function documentOptions(id: string, options: DeriveOptions): DocumentOptions {
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
    seed,
    instances,
    command: commandLine(id, options),
  };
}

/** The command in words that a shell takes. */
function commandLine(
  id: string,
  { from, setting, order, notation, detail, fragment, labelPrefix, seed, instances }: DeriveOptions,
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
  add('--seed', seed);
  add('--instances', instances);
  return words.join(' ');
}

/** The equation as it is to be printed: in closed form for the full batch, in the limit and regime that are asked for. */
async function shown(
  equation: ModifiedEquation,
  { limit = null, regime = null, hyper }: DeriveOptions,
): Promise<Result<Theorem>> {
  if (limit !== null || regime !== null) {
    const { specialEquation } = await import('../closed-form/special-equation.ts');
    return specialEquation(equation, {
      limit,
      regime,
      ...(hyper ? { values: namedValues(hyper, equation.optimizer) } : {}),
    });
  }
  if (!hasOneLoss(equation.setting)) return success(equation);
  const { closeEquation } = await import('../closed-form/close-equation.ts');
  return success(closeEquation(equation));
}

/** Throws where what is to be printed is not the optimizer's; a note where the two could not be compared. */
async function refuseWhatDoesNotFollow(derived: ModifiedEquation, shown: Theorem): Promise<string | null> {
  if (isEpoch(shown.setting)) {
    const { checkEpoch } = await import('../judge/check/check-special.ts');
    checkEpoch(shown);
    return null;
  }
  const { checkLimit, checkPrinted } = await import('../judge/check/self-check.ts');
  const { limit = null, regime = null, from = 0 } = shown;
  const isCompared = checkPrinted(limit === null && regime === null ? shown : derived);
  if (limit !== null && regime === null) checkLimit(shown, derived);
  if (regime !== null) {
    const { checkRegime } = await import('../judge/check/check-special.ts');
    checkRegime({ ...shown, limit, regime, from }, derived);
  }
  return isCompared
    ? null
    : 'not compared with the optimizer run in power series: along its first steps one of the two has no value';
}

/** With notes where the equation is not uniform in n, and where nothing was compared. */
async function withNotes(theorem: Theorem, unchecked: string | null): Promise<Theorem> {
  if (isEpoch(theorem.setting)) return theorem;
  const { uniformityNote } = await import('../judge/bound/memory-text.ts');
  const { observedNote } = await import('../document/conventions.ts');
  const notes = [observedNote(theorem.optimizer), uniformityNote(theorem.optimizer), unchecked].filter(
    note => note !== null,
  );
  return notes.length === 0 ? theorem : { ...theorem, notes };
}

/** Values by the names as typed in the optimizer: epsilon is \\varepsilon. */
function namedValues(values: ReadonlyMap<string, number>, { declarations }: Optimizer): Map<string, number> {
  const byName = new Map(
    declarations.flatMap(each => (each.kind === 'scalar' ? [[plainName(each.name), each.name] as const] : [])),
  );
  return new Map(
    [...values].map(([name, value]) => [
      byName.get(plainName(name)) ??
        refuse(
          'unknown-hyperparameter',
          `the optimizer has no hyperparameter ${name}`,
          null,
          `it has ${[...byName.keys()].join(', ') || 'none'}`,
        ),
      value,
    ]),
  );
}

const plainName = (name: string): string =>
  name
    .replace(/^\\/, '')
    .replace(/^var(?=[a-z])/, '')
    .replace(/[{}]/g, '');

const withNewline = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
