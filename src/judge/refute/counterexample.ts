/** A sample that tells two sides apart, written as an instance of the file format with both values. */
import { isMean } from '../../notation/settings.ts';
import type { TypedLoss } from '../../formula/typed-loss.ts';
import type { Rational } from '../../number/rational.ts';
import { printFloat } from '../../evaluate/ring/float-ring.ts';
import { jsonName } from '../../evaluate/instance/instance.ts';
import type { Declaration } from '../../optimizer/model.ts';
import { withLoss } from '../keys/loss/numeric.ts';
import type { Question } from '../question.ts';
import type { Difference } from './refute.ts';
import { functionText, STEP_SCALAR, type Sample } from '../sample/sample.ts';
import type { Counterexample } from '../verdict.ts';

const key = (name: string): string => (name === STEP_SCALAR ? 'h' : jsonName(name));

const record = <T>(entries: Iterable<readonly [string, T]>): Record<string, T> =>
  Object.fromEntries([...entries].map(([name, value]) => [key(name), value]));
const texts = (values: readonly Rational[]): string[] => values.map(String);

/** What a sample knows beyond an instance of the file format. */
export type Extra = 'later losses' | 'later schedule values' | 'earlier losses';
export const EXTRAS: readonly Extra[] = ['later losses', 'later schedule values', 'earlier losses'];

/** The sample without the extras. */
export function withoutExtras(sample: Sample, extras: readonly Extra[]): Sample {
  const cut = <T>(values: readonly T[]): readonly T[] => values.slice(0, sample.n + 1);
  const schedules = new Map([...sample.schedules].map(([name, values]) => [name, cut(values)] as const));
  return {
    ...sample,
    losses: extras.includes('later losses') && !isMean(sample.setting) ? cut(sample.losses) : sample.losses,
    schedules: extras.includes('later schedule values') ? schedules : sample.schedules,
    earlierLosses: extras.includes('earlier losses') ? [] : sample.earlierLosses,
  };
}

export interface CounterexampleFinding {
  readonly question: Question;
  /** The loss that the claim types. */
  readonly loss: TypedLoss | null;
  readonly sample: Sample;
  readonly difference: Difference;
  readonly digits: number;
  /** The hyperparameters are the optimizer's scalars; others are symbols of the claim. */
  readonly hyperparameters: readonly Declaration[];
  /** The extras that do not matter are left out. */
  readonly needless: readonly Extra[];
  /** Which member of a sequence it is. */
  readonly along?: string | null;
}

/** The finding as plain data; every number exact but for the two values, which are rounded to `digits` digits. */
export function counterexampleOf({
  question,
  loss,
  sample: drawn,
  difference,
  digits,
  hyperparameters,
  needless,
  along,
}: CounterexampleFinding): Counterexample {
  const typed = loss === null ? null : withLoss(drawn, loss);
  const sample = typed?.ok ? typed.value : drawn;
  const own = new Set(hyperparameters.map(({ name }) => name));
  const shown = withoutExtras(sample, needless);
  const functions = [
    ...[...sample.functions].map(([name, chosen]): [string, string] => [name, functionText(chosen)]),
    ...[...sample.vectorFunctions].map(([name, parts]): [string, string | string[]] => [
      name,
      parts.length === 1 && parts[0] ? parts[0].text : parts.map(({ text }) => text),
    ]),
  ];
  const symbols = [
    ...[...sample.scalars]
      .filter(([name]) => !own.has(name))
      .map(([name, value]): [string, string] => [name, value.toString()]),
    ...[...sample.vectors].map(([name, values]): [string, string[]] => [name, texts(values)]),
    ...[...sample.letters].map(([name, value]): [string, string] => [name, `${value}`]),
  ];
  return {
    n: sample.n,
    theta: texts(sample.theta),
    ...(sample.dimension === undefined ? {} : { dimension: sample.dimension }),
    setting: question.epoch ? 'reshuffled' : sample.setting,
    hyperparameters: record(
      [...sample.scalars].filter(([name]) => own.has(name)).map(([name, value]) => [name, value.toString()]),
    ),
    losses: shown.losses.slice(0, question.epoch?.(sample)).map(({ text }) => text),
    ...(shown.earlierLosses.length > 0 ? { earlierLosses: shown.earlierLosses.map(({ text }) => text) } : {}),
    ...(functions.length > 0 ? { functions: record<string | readonly string[]>(functions) } : {}),
    ...(sample.schedules.size > 0
      ? { schedules: record([...shown.schedules].map(([name, values]) => [name, texts(values)])) }
      : {}),
    ...(symbols.length > 0 ? { symbols: record<string | readonly string[]>(symbols) } : {}),
    claimed: printFloat(difference.claimed, digits),
    derived: printFloat(difference.derived, digits),
    ...(along ? { along } : {}),
    quantity: question.quantity(difference.row),
    component: question.componentwise ? difference.component + 1 : null,
  };
}
