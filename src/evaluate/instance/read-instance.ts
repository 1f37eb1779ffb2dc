/**
 * Reads an instance from JSON and checks it against the optimizer that it is for.
 *
 * Every number stays exact. All mistakes that do not hide one another are reported, each with its place in the file.
 */
import { beforeFirstOf } from '../../notation/before-first.ts';
import { DEFAULT_SETTING, SETTINGS, hasOneLoss, isMean, lossesFor } from '../../notation/settings.ts';
import { attempt, failure, refuse, type Result, success } from '../../base/problem.ts';
import type { Source, Span } from '../../base/span.ts';
import type { Rational } from '../../number/rational.ts';
import type { Declaration, Optimizer } from '../../optimizer/model.ts';
import { LossReader } from '../loss/expression-loss.ts';
import { inDomain } from './in-domain.ts';
import { type Instance, jsonName } from './instance.ts';
import { Mistakes, exactNumber, expect, expression, required } from './json-values.ts';
import { readLocatedJson, type LocatedJson } from './located-json.ts';
import type { Loss } from '../loss/loss.ts';
import { loadMathjs } from '../loss/mathjs.ts';

const LARGEST_N = 100_000;
const LARGEST_DIMENSION = 10_000;
const KEYS: readonly string[] = [
  'n',
  'theta',
  'setting',
  'hyperparameters',
  'losses',
  'earlier',
  'functions',
  'schedules',
];
/** What a counterexample holds besides: it can be evaluated as it was printed. */
const COUNTEREXAMPLE_KEYS: readonly string[] = [
  'claimed',
  'derived',
  'quantity',
  'component',
  'vectors',
  'earlierLosses',
];

/** An instance, or all that is wrong with it. `name` is what messages call the text: its file. */
export async function readInstance(
  text: string,
  optimizer: Pick<Optimizer, 'id' | 'declarations' | 'beforeFirst'>,
  name = 'instance',
): Promise<Result<Instance>> {
  const source: Source = { name, text };
  const parsed = attempt(() => expect(readLocatedJson(source), 'object', 'an object'));
  if (!parsed.ok) return parsed;
  const reader = new LossReader(await loadMathjs());
  const mistakes = new Mistakes();
  const { entries, span } = parsed.value;
  for (const [key, value] of entries) {
    if (!KEYS.includes(key) && !COUNTEREXAMPLE_KEYS.includes(key))
      mistakes.problems.push({
        code: 'instance-key',
        message: `an instance has no entry ${JSON.stringify(key)}`,
        hint: `known: ${KEYS.join(', ')}`,
        span: value.span,
      });
  }
  const n = mistakes.try(() => readIteration(required(entries, 'n', span)), 0);
  const theta = mistakes.try(() => readTheta(required(entries, 'theta', span)), null);
  const setting = mistakes.try(() => readSetting(entries.get('setting')), DEFAULT_SETTING);
  const hyperparameters = readHyperparameters(optimizer, entries.get('hyperparameters'), span, mistakes);
  const losses =
    theta === null
      ? []
      : mistakes.try(
          () => readLosses(required(entries, 'losses', span), setting, n, theta.length, reader, mistakes),
          [],
        );
  const before = entries.get('earlier') ?? entries.get('earlierLosses');
  const earlier =
    theta === null || before === undefined
      ? []
      : mistakes.try(() => lossesOf(before, theta.length, reader, mistakes), []);
  const functions = readFunctions(optimizer, entries.get('functions'), span, theta?.length ?? 0, reader, mistakes);
  const schedules = readSchedules(optimizer, entries.get('schedules'), span, n, mistakes);
  if (mistakes.problems.length > 0 || theta === null) return failure(...mistakes.problems);
  return success({
    n,
    theta,
    setting,
    hyperparameters,
    losses,
    ...(earlier.length > 0 ? { earlier } : {}),
    ...beforeFirstOf(optimizer),
    functions,
    schedules,
  });
}

function readIteration(value: LocatedJson): number {
  const number = exactNumber(value);
  if (!number.isInteger()) return refuse('instance-n', 'n is an integer', value.span);
  if (number.sign() < 0) return refuse('instance-n', `n is ${number}, but iterations count from 0`, value.span);
  const n = number.toNumber();
  return n <= LARGEST_N ? n : refuse('instance-n', `n is at most ${LARGEST_N}`, value.span);
}

function readTheta(value: LocatedJson): Rational[] {
  const { items } = expect(value, 'array', 'an array of numbers');
  if (items.length === 0) return refuse('instance-theta', 'theta needs at least one component', value.span);
  if (items.length > LARGEST_DIMENSION)
    return refuse('instance-theta', `theta has at most ${LARGEST_DIMENSION} components`, value.span);
  return items.map(exactNumber);
}

const SETTINGS_WORDS = SETTINGS.map(name => JSON.stringify(name))
  .join(', ')
  .replace(/, ([^,]*)$/, ' or $1');

function readSetting(value: LocatedJson | undefined): Instance['setting'] {
  const setting = settingOf(value);
  return isMean(setting)
    ? refuse(
        'instance-setting',
        `means over the batches (${setting}) are not evaluated at an instance`,
        value?.span ?? null,
        'modeq derive prints them.',
      )
    : setting;
}

function settingOf(value: LocatedJson | undefined): Instance['setting'] {
  if (value === undefined) return DEFAULT_SETTING;
  const { text } = expect(value, 'string', SETTINGS_WORDS);
  return (
    SETTINGS.find(name => name === text) ??
    refuse('instance-setting', `${JSON.stringify(text)} is not a setting of an instance`, value.span, SETTINGS_WORDS)
  );
}

function readLosses(
  value: LocatedJson,
  setting: Instance['setting'],
  n: number,
  dimension: number,
  reader: LossReader,
  mistakes: Mistakes,
): Loss[] {
  const { items } = expect(value, 'array', 'an array of losses');
  const wanted = lossesFor(setting, n);
  if (items.length !== wanted) {
    const why = hasOneLoss(setting) ? 'the full batch has one loss' : `n = ${n} needs E_0 … E_${n}`;
    refuse('instance-losses', `${items.length} losses are given, but ${why}`, value.span);
  }
  return lossesOf(value, dimension, reader, mistakes);
}

function lossesOf(value: LocatedJson, dimension: number, reader: LossReader, mistakes: Mistakes): Loss[] {
  return expect(value, 'array', 'an array of losses').items.flatMap(item => {
    const loss = mistakes.try(() => {
      const { text, span } = expression(item);
      return reader.function(text, 'x', dimension, span);
    }, null);
    return loss === null ? [] : [loss];
  });
}

/**
 * The entries of an object by LaTeX name, one for each declared name. A missing one is a problem. So is an unknown
 * hyperparameter, which is a slip; a function or schedule that the optimizer does not use is passed over, so that one
 * instance serves several optimizers.
 */
function byDeclaration(
  names: readonly string[],
  value: LocatedJson | undefined,
  what: string,
  optimizer: string,
  whole: Span,
  mistakes: Mistakes,
): Map<string, LocatedJson> {
  const found = new Map<string, LocatedJson>();
  const object =
    value === undefined ? null : mistakes.try(() => expect(value, 'object', `an object of ${what}s`), null);
  if (value !== undefined && object === null) return found;
  const entries = object?.entries ?? new Map<string, LocatedJson>();
  const span = value?.span ?? whole;
  const start = { ...span, end: span.start + 1 };
  for (const name of names) {
    const entry = entries.get(jsonName(name)) ?? entries.get(name);
    if (entry === undefined)
      mistakes.problems.push({
        code: 'instance-missing',
        message: `the ${what} ${jsonName(name)} of ${optimizer} has no value`,
        span: start,
      });
    else found.set(name, entry);
  }
  const known = new Set(names.flatMap(name => [name, jsonName(name)]));
  for (const [key, entry] of entries) {
    if (known.has(key) || what !== 'hyperparameter') continue;
    const list = names.map(jsonName).join(', ');
    mistakes.problems.push({
      code: 'instance-unknown',
      message: `${optimizer} has no ${what} ${JSON.stringify(key)}`,
      hint: list === '' ? `it has no ${what}` : `it has ${list}`,
      span: entry.span,
    });
  }
  return found;
}

function readHyperparameters(
  { id, declarations }: Pick<Optimizer, 'id' | 'declarations'>,
  value: LocatedJson | undefined,
  whole: Span,
  mistakes: Mistakes,
): Map<string, Rational> {
  const scalars = declarations.flatMap(declaration => (declaration.kind === 'scalar' ? [declaration] : []));
  const given = byDeclaration(
    scalars.map(({ name }) => name),
    value,
    'hyperparameter',
    id,
    whole,
    mistakes,
  );
  const values = new Map<string, Rational>();
  for (const { name, domain } of scalars) {
    const entry = given.get(name);
    if (entry === undefined) continue;
    const number = mistakes.try(() => inDomain(exactNumber(entry), domain, jsonName(name), entry.span), null);
    if (number !== null) values.set(name, number);
  }
  return values;
}

function readFunctions(
  { id, declarations }: Pick<Optimizer, 'id' | 'declarations'>,
  value: LocatedJson | undefined,
  whole: Span,
  dimension: number,
  reader: LossReader,
  mistakes: Mistakes,
): Map<string, Loss[]> {
  const abstract = declarations.filter(
    declaration =>
      declaration.kind === 'vector-function' || (declaration.kind === 'function' && declaration.body === null),
  );
  const given = byDeclaration(
    abstract.map(({ name }) => name),
    value,
    'function',
    id,
    whole,
    mistakes,
  );
  const functions = new Map<string, Loss[]>();
  for (const declaration of abstract) {
    const entry = given.get(declaration.name);
    const read =
      entry === undefined ? null : mistakes.try(() => readFunction(declaration, entry, dimension, reader), null);
    if (read !== null) functions.set(declaration.name, read);
  }
  return functions;
}

function readFunction(declaration: Declaration, entry: LocatedJson, dimension: number, reader: LossReader): Loss[] {
  if (declaration.kind === 'function') {
    const { text, span } = expression(entry);
    return [reader.scalarFunction(text, span)];
  }
  const components = declaration.kind === 'vector-function' && declaration.result === 'vector' ? dimension : 1;
  const items =
    components === 1 && entry.kind !== 'array'
      ? [entry]
      : expect(entry, 'array', `an array of ${components} expressions in v1 … v${dimension}`).items;
  if (items.length !== components)
    return refuse('instance-function', `${items.length} components are given, ${components} are needed`, entry.span);
  return items.map(item => {
    const { text, span } = expression(item);
    return reader.function(text, 'v', dimension, span);
  });
}

function readSchedules(
  { id, declarations }: Pick<Optimizer, 'id' | 'declarations'>,
  value: LocatedJson | undefined,
  whole: Span,
  n: number,
  mistakes: Mistakes,
): Map<string, Rational[]> {
  const names = declarations.flatMap(declaration => (declaration.kind === 'schedule' ? [declaration.name] : []));
  const schedules = new Map<string, Rational[]>();
  for (const [name, entry] of byDeclaration(names, value, 'schedule', id, whole, mistakes)) {
    const values = mistakes.try(() => {
      const { items } = expect(entry, 'array', 'an array of numbers');
      if (items.length < n + 1)
        refuse('instance-schedule', `${items.length} values are given, but n = ${n} needs ${n + 1}`, entry.span);
      return items.map(exactNumber);
    }, null);
    if (values !== null) schedules.set(name, values);
  }
  return schedules;
}
