/**
 * Whether a rule as its author typed it is the same as one in canonical letters: both are derived, and f_0 and f_1 are
 * compared at several n with 30 digits, each optimizer at its own derived equation.
 */
import { deriveModifiedEquation } from '../../../src/derivation/derive.ts';
import { evaluateCoefficients } from '../../../src/evaluate/evaluate-equation.ts';
import { jsonName } from '../../../src/evaluate/instance/instance.ts';
import { readInstance } from '../../../src/evaluate/instance/read-instance.ts';
import type { Optimizer } from '../../../src/optimizer/model.ts';
import { optimizerText, read } from '../reading.ts';

const LOSSES = ['x1^2/2 + x1*x2/3 - x2', 'x1*x2^2 + 2*x1', '(3/2 - 2*x1*x2)^2/2', 'tanh(x1*x2) + x1'];
const SCALARS = ['4/5', '9/10', '1/7', '2/7', '1/3', '5/11', '3/13'];
const SCHEDULE = ['1', '1/2', '2/3', '1/4', '3/5'];

/** The optimizer of a document, or its problems as an error. */
export function onlyOptimizer(text: string, name: string): Optimizer {
  const document = read(text, name);
  const [optimizer, second] = document.optimizers;
  if (!optimizer || second)
    throw new Error(
      document.problems.map(each => `${each.code}: ${each.message} (${each.hint ?? ''})`).join('; ') ||
        `${document.optimizers.length} optimizers`,
    );
  return optimizer;
}

/** f_0 and f_1 at one instance, in the mini-batch setting where every loss has a number, else in the full batch. */
async function valuesOf(optimizer: Optimizer, n: number, setting: 'mini-batch' | 'full-batch'): Promise<string> {
  const names = optimizer.declarations
    .filter(each => each.kind === 'scalar')
    .map(({ name }) => jsonName(name))
    .sort();
  const schedules = optimizer.declarations.filter(each => each.kind === 'schedule');
  const instance = await readInstance(
    JSON.stringify({
      n,
      theta: ['1/3', '-2/5'],
      setting,
      losses: setting === 'full-batch' ? LOSSES.slice(2, 3) : LOSSES.slice(0, n + 1),
      hyperparameters: Object.fromEntries(names.map((name, at) => [name, SCALARS[at] ?? '1/2'])),
      schedules: Object.fromEntries(schedules.map(({ name }) => [jsonName(name), SCHEDULE.slice(0, n + 1)])),
    }),
    optimizer,
  );
  const derived = deriveModifiedEquation(optimizer, { order: 1, setting: 'mini-batch' });
  if (!instance.ok) throw new Error(instance.problems.map(each => each.message).join('; '));
  if (!derived.ok) throw new Error(derived.problems.map(each => each.message).join('; '));
  const { coefficients, definitions } = derived.value;
  const values = evaluateCoefficients(
    { coefficients, definitions, declarations: optimizer.declarations },
    instance.value,
    30,
  );
  if (!values.ok) throw new Error(values.problems.map(each => each.message).join('; '));
  return JSON.stringify(values.value);
}

export interface Typed {
  readonly text: string;
  readonly name?: 'notes.md' | 'paper.tex';
  /** Rows in canonical letters, hyperparameters spelled as the author's. */
  readonly rows: string;
  readonly where?: string;
  readonly setting?: 'mini-batch' | 'full-batch';
}

/** Both values of both rules: the typed one's first. */
export async function bothValues({
  text,
  name = 'notes.md',
  rows,
  where,
  setting = 'mini-batch',
}: Typed): Promise<readonly [typed: string[], canonical: string[]]> {
  const typed = onlyOptimizer(text, name);
  const canonical = onlyOptimizer(optimizerText(rows, where), 'paper.tex');
  const all = async (optimizer: Optimizer): Promise<string[]> => [
    await valuesOf(optimizer, 0, setting),
    await valuesOf(optimizer, 1, setting),
    await valuesOf(optimizer, 3, setting),
  ];
  return [await all(typed), await all(canonical)];
}
