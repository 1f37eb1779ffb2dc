/**
 * Whether a rule as its author typed it is the same as one in canonical letters: both are derived, and f_0 and f_1 are
 * compared at several n with 30 digits, each optimizer at its own derived equation.
 */
import { deriveModifiedEquation, type ModifiedEquation } from '../../../src/derivation/derive.ts';
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

type Setting = 'mini-batch' | 'full-batch';

/** f_0 and f_1 at three instances. */
async function allValues(optimizer: Optimizer, setting: Setting): Promise<string[]> {
  const derived = deriveModifiedEquation(optimizer, { order: 1, setting: 'mini-batch' });
  if (!derived.ok) throw new Error(derived.problems.map(each => each.message).join('; '));
  return Promise.all([0, 1, 3].map(n => valuesOf(optimizer, derived.value, n, setting)));
}

/** f_0 and f_1 at one instance, in the mini-batch setting where every loss has a number, else in the full batch. */
async function valuesOf(
  optimizer: Optimizer,
  { coefficients, definitions }: ModifiedEquation,
  n: number,
  setting: Setting,
): Promise<string> {
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
      schedules: Object.fromEntries(schedules.map(({ name }) => [jsonName(name), SCHEDULE.slice(0, n + 2)])),
    }),
    optimizer,
  );
  if (!instance.ok) throw new Error(instance.problems.map(each => each.message).join('; '));
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
  readonly setting?: Setting;
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
  return [await allValues(typed, setting), await canonicalValues(rows, where, setting)];
}

const known = new Map<string, Promise<string[]>>();

/** Many authors write the same rule. */
function canonicalValues(rows: string, where: string | undefined, setting: Setting): Promise<string[]> {
  const text = optimizerText(rows, where);
  const key = `${setting} ${text}`;
  const values = known.get(key) ?? allValues(onlyOptimizer(text, 'paper.tex'), setting);
  known.set(key, values);
  return values;
}
