/** `modeq eval`: the derived f_0, f_1, … as numbers at one instance. */
import { SETTINGS, type Setting, isEpoch } from '../notation/settings.ts';
import { type Command, Option } from 'commander';
import { refuse, type Result } from '../base/problem.ts';
import type { Source, Span } from '../base/span.ts';
import { complainAbout, type Context } from './context.ts';
import { HIGHEST_ORDER } from './derive-command.ts';
import { EXIT } from './exit-code.ts';
import { findOptimizer } from './find-optimizer.ts';
import { choiceOption, integerOption, withNeeded } from './option-values.ts';
import { readTextFile } from '../files/read-text-file.ts';
import { examples } from './examples.ts';

interface EvalOptions {
  readonly from?: string;
  readonly instance: string;
  readonly order: number;
  readonly digits: number;
  readonly setting?: Setting;
  readonly json?: boolean;
}

export function addEvalCommand(program: Command, context: Context): void {
  const command = program
    .command('eval')
    .summary('evaluate a derived equation at one instance')
    .description(
      'Evaluates the derived coefficients f_0, f_1, … of the modified equation at one instance, every digit correct.',
    )
    .addHelpText('after', examples(['modeq eval adam --instance point.json --digits 50', 'f_0 and f_1 at one point']))
    .argument('<optimizer>', 'id of an optimizer, e.g. adam');
  withNeeded(
    command,
    new Option('--instance <file>', 'JSON: n, theta, hyperparameters, losses (docs/reference/formats.md, section 4)'),
  )
    .option('--from <file>', 'the document that defines the optimizer (default: the built-in ones)')
    .addOption(integerOption('--order <n>', 'up to which power of h', { from: 0, to: HIGHEST_ORDER, value: 1 }))
    .addOption(integerOption('--digits <d>', 'significant digits', { from: 1, to: 1000, value: 40 }))
    .option('--setting <setting>', 'for an instance that does not say it', choiceOption(SETTINGS))
    .option('--json', 'print one JSON document')
    .action((optimizer: string, options: EvalOptions) => evaluate(optimizer, options, context));
}

async function evaluate(id: string, options: EvalOptions, context: Context): Promise<void> {
  const { terminal } = context;
  const { order, digits } = options;
  const optimizer = await findOptimizer(id, options.from, terminal);
  const text = withSetting(readTextFile(options.instance), options.setting);
  const { readInstance } = await import('../evaluate/instance/read-instance.ts');
  const instance = await succeed(await readInstance(text, optimizer, options.instance), context);
  if (instance === null) return;
  if (options.setting !== undefined && options.setting !== instance.setting) {
    refuse(
      'setting-conflict',
      `the instance says "setting": "${instance.setting}", the command --setting ${options.setting}`,
    );
  }
  const setting = isEpoch(instance.setting) ? 'reshuffled' : 'mini-batch';
  // The full batch is the special case E_k ≡ E, which the evaluation takes from the instance.
  const { deriveModifiedEquation } = await import('../derivation/derive.ts');
  const equation = await succeed(deriveModifiedEquation(optimizer, { order, setting }), context);
  if (equation === null) return;
  const { checkPrinted } = await import('../judge/check/self-check.ts');
  checkPrinted(equation);
  const { evaluateCoefficients } = await import('../evaluate/evaluate-equation.ts');
  const { coefficients, definitions, switches } = equation;
  const evaluated = evaluateCoefficients(
    { coefficients, definitions, switches, declarations: optimizer.declarations },
    instance,
    digits,
  );
  const epochOfOne = isEpoch(setting) && instance.n === 0;
  const values = await succeed(
    atPoint(epochOfOne ? oneBatch(evaluated) : evaluated, { name: options.instance, text }),
    context,
  );
  if (values === null) return;
  if (options.json) {
    terminal.print(`${JSON.stringify({ schema: 1, optimizer: id, order, digits, f: values }, null, 2)}\n`);
    return;
  }
  const size = isEpoch(setting) ? `m = ${instance.n + 1}` : `n = ${instance.n}`;
  terminal.print(`${id}, ${instance.setting}, ${size}, ${digits} digits: coefficients of h^q in dθ_j/dt\n`);
  for (const [power, row] of values.entries()) {
    for (const [component, value] of row.entries()) terminal.print(`f_${power}  j = ${component + 1}  ${value}\n`);
  }
}

/** Coefficients of an epoch hold factors 1/(m − 1). */
function oneBatch<T>(result: Result<T>): Result<T> {
  if (result.ok) return result;
  const hint = 'With one batch m = 1, and the coefficient has 1/(m - 1): give two losses, or use the full batch.';
  return {
    ok: false,
    problems: result.problems.map(problem => (problem.code === 'division-by-zero' ? { ...problem, hint } : problem)),
  };
}

/** What has no value at the point, and no place in a text of its own, is shown at the point. */
function atPoint<T>(result: Result<T>, source: Source): Result<T> {
  if (result.ok) return result;
  const start = Math.max(0, source.text.indexOf('"theta"'));
  const point: Span = { source, start, end: start };
  return {
    ok: false,
    problems: result.problems.map(problem => (problem.span ? problem : { ...problem, span: point })),
  };
}

/** The value, or null after the problems were printed and the exit code was set. */
async function succeed<T>(result: Result<T>, { terminal, finish }: Context): Promise<T | null> {
  if (result.ok) return result.value;
  await complainAbout(result.problems, terminal);
  finish(EXIT.badInput);
  return null;
}

/**
 * Writes the setting of the command line into an instance that has none. It is spliced in at the end: decimal numbers
 * reach the exact reader as they were typed, and every place in a message stays true.
 */
export function withSetting(text: string, setting: Setting | undefined): string {
  if (setting === undefined) return text;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value) || 'setting' in value) return text;
    const end = text.lastIndexOf('}');
    return `${text.slice(0, end)}${Object.keys(value).length > 0 ? ',' : ''}"setting":${JSON.stringify(setting)}${text.slice(end)}`;
  } catch (error) {
    // The reader of instances reports broken JSON with its place.
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
