/** Reads the options of `modeq simulate`: exact numbers, each mistake with its place in the option's text. */
import { attempt, failure, type Problem, refuse, type Result, success } from '../base/problem.ts';
import type { Source, Span } from '../base/span.ts';
import { isMean, type Setting } from '../notation/settings.ts';
import type { SimulationRequest } from '../judge/check/simulate-optimizer.ts';
import { Rational } from '../number/rational.ts';
import { inDomain } from '../evaluate/instance/in-domain.ts';
import { jsonName } from '../evaluate/instance/instance.ts';
import type { Optimizer } from '../optimizer/model.ts';

export interface SimulateOptions {
  readonly from?: string;
  readonly loss: readonly string[];
  readonly theta?: string;
  readonly time: string;
  readonly hyper?: readonly string[];
  readonly steps?: string;
  readonly orders?: string;
  readonly setting?: Setting;
  readonly batches?: number;
  readonly seed: number;
  readonly limit?: 'large-n';
  readonly figure?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
}

const HIGHEST_SIMULATED_ORDER = 4;
const HALVINGS: readonly number[] = [10, 20, 40, 80];
const MOST_STEPS = 100_000;

interface Piece {
  readonly text: string;
  readonly span: Span;
}

/** The pieces between commas. */
function pieces(option: string, text: string): Piece[] {
  const source: Source = { name: option, text };
  let start = 0;
  return text.split(',').map(piece => {
    const span = { source, start, end: start + piece.length };
    start += piece.length + 1;
    return { text: piece.trim(), span };
  });
}

function number({ text, span }: Piece): Rational {
  const value = Rational.parse(text);
  if (value !== null && !Number.isFinite(Number(value.num) / Number(value.den)))
    return refuse('not-a-number', `${text.slice(0, 40)} is too large or too fine for a simulation`, span);
  return (
    value ??
    refuse('not-a-number', `${JSON.stringify(text.slice(0, 40))} is not a number`, span, 'write 0.25, 1/4 or 1e-8')
  );
}

/** The request, or all that is wrong with the options. */
export function readSimulation(optimizer: Optimizer, options: SimulateOptions): Result<SimulationRequest> {
  const problems: Problem[] = [];
  const read = <T>(action: () => T, fallback: T): T => {
    const result = attempt(action);
    if (result.ok) return result.value;
    problems.push(...result.problems);
    return fallback;
  };
  read(() => checkSetting(options), undefined);
  if (options.json && options.csv)
    problems.push({ code: 'simulate-output', message: 'choose one of --json and --csv' });
  const hyperparameters = readHyper(optimizer, options.hyper ?? [], problems);
  const theta = options.theta;
  const point = theta === undefined ? null : read(() => pieces('--theta', theta).map(number), null);
  const time = read(() => readTime(options.time), Rational.one);
  const steps = read(() => readSteps(options.steps, time), []);
  const largeN = options.limit !== undefined;
  const orders = read(() => readOrders(options.orders ?? '0,1', largeN), []);
  for (const declaration of optimizer.declarations) {
    const open = declaration.kind === 'schedule' || (declaration.kind === 'function' && declaration.body === null);
    if (open || declaration.kind === 'vector-function')
      problems.push({
        code: 'not-simulated',
        message: `${jsonName(declaration.name)} is an abstract ${declaration.kind}, which a simulation has no values for`,
        hint: 'write its formula into the optimizer',
      });
  }
  if (problems.length > 0) return failure(...problems);
  return success({
    optimizer,
    losses: options.loss,
    batches: options.batches ?? null,
    theta: point,
    time,
    steps,
    orders,
    hyperparameters,
    seed: options.seed,
    largeN,
  });
}

function checkSetting({ setting, loss, batches, limit }: SimulateOptions): void {
  if (setting === 'reshuffled')
    refuse('setting-not-covered', 'a reshuffled epoch is not simulated', null, 'mini-batch or full-batch');
  if (setting !== undefined && isMean(setting))
    refuse('setting-not-covered', 'means over the batches are not simulated', null, 'mini-batch or full-batch');
  if (limit !== undefined && (setting === 'mini-batch' || loss.length > 1 || (batches ?? 1) > 1))
    refuse('setting-conflict', 'the limit of large n is that of the full batch: one loss');
  if (setting === 'full-batch' && (loss.length > 1 || (batches ?? 1) > 1))
    refuse(
      'setting-conflict',
      'the full batch has one loss',
      null,
      'several losses or batches are the mini-batch setting',
    );
}

function readTime(text: string): Rational {
  const [piece, other] = pieces('--time', text);
  if (piece === undefined || other !== undefined) return refuse('not-a-number', 'one number is expected', other?.span);
  const time = number(piece);
  return time.sign() > 0 ? time : refuse('simulate-time', `the time T = ${time} is not positive`, piece.span);
}

function readSteps(text: string | undefined, time: Rational): Rational[] {
  if (text === undefined) return HALVINGS.map(count => time.divide(Rational.of(count)));
  const read = pieces('--steps', text).map(piece => ({ h: number(piece), span: piece.span }));
  for (const { h, span } of read) {
    if (h.sign() <= 0) refuse('simulate-step', `the step size ${h} is not positive`, span);
    if (h.compare(time) > 0) refuse('simulate-step', `the step size ${h} is larger than the time ${time}`, span);
    const count = time.divide(h);
    if (!count.isInteger())
      refuse('simulate-step', `T/h = ${count} is not an integer`, span, 'the time must be a whole number of steps');
    if (count.compare(Rational.of(MOST_STEPS)) > 0)
      refuse('simulate-step', `T/h = ${count} is more than ${MOST_STEPS} steps`, span);
  }
  return read.map(({ h }) => h).filter((h, at, all) => all.findIndex(other => other.equals(h)) === at);
}

function readOrders(text: string, largeN: boolean): number[] {
  const highest = largeN ? 1 : HIGHEST_SIMULATED_ORDER;
  const orders = pieces('--orders', text).map(({ text: piece, span }) =>
    /^\d$/.test(piece) && Number(piece) <= highest
      ? Number(piece)
      : refuse('simulate-order', `an order ${largeN ? 'for n → ∞ ' : ''}is an integer from 0 to ${highest}`, span),
  );
  return [...new Set(orders)].sort((a, b) => a - b);
}

function readHyper(optimizer: Optimizer, texts: readonly string[], problems: Problem[]): Map<string, Rational> {
  const scalars = optimizer.declarations.flatMap(each => (each.kind === 'scalar' ? [each] : []));
  const values = new Map<string, Rational>();
  for (const piece of texts.flatMap(text => pieces('--hyper', text))) {
    const result = attempt(() => {
      const [name = '', value, ...more] = piece.text.split('=').map(part => part.trim());
      if (value === undefined || more.length > 0) return refuse('simulate-hyper', 'expected name=value', piece.span);
      const scalar = scalars.find(each => each.name === name || jsonName(each.name) === name);
      const known = scalars.map(each => jsonName(each.name)).join(', ') || 'none';
      if (scalar === undefined)
        return refuse(
          'simulate-hyper',
          `${optimizer.id} has no hyperparameter ${JSON.stringify(name)}`,
          piece.span,
          `it has: ${known}`,
        );
      if (values.has(scalar.name)) refuse('simulate-hyper', `${name} is given twice`, piece.span);
      return values.set(
        scalar.name,
        inDomain(number({ text: value, span: piece.span }), scalar.domain, name, piece.span),
      );
    });
    if (!result.ok) problems.push(...result.problems);
  }
  const missing = scalars.filter(({ name }) => !values.has(name)).map(({ name }) => jsonName(name));
  if (missing.length > 0 && problems.length === 0)
    problems.push({
      code: 'simulate-hyper',
      message: `${optimizer.id} needs values: ${missing.join(', ')}`,
      hint: `--hyper ${missing.map(name => `${name}=…`).join(',')}`,
    });
  return values;
}
