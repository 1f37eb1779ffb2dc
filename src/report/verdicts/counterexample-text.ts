/** A counterexample as lines a person can check by hand: the instance, both values, where they differ. */
import { hasOneLoss } from '../../notation/settings.ts';
import { type ShownLetters, USUAL_LETTERS } from '../../document/shown-letters.ts';
import { unicodeName } from '../../latex/write/write-unicode.ts';
import type { CounterexampleReport } from './check-report.ts';
import { harmless, type Paint, plain } from '../text/paint.ts';
import { shortPair } from '../text/short-decimal.ts';
import { hanging } from '../text/wrap.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `β`-like letters stay as typed: the key of the instance format is what the user can paste back. */
function assignments(record: unknown): string[] {
  if (!isRecord(record)) return [];
  return Object.entries(record).map(
    ([name, value]) => `${name} = ${Array.isArray(value) ? vectorText(value) : String(value)}`,
  );
}

/** As many equal components as this, one after the other, are written as the first and the last of them. */
const LONG_STRETCH = 12;

/** A vector's components: (1, 0, …, 0) where many are equal. The JSON document has them all. */
function vectorText(values: readonly unknown[]): string {
  const texts = values.map(String);
  const shown: string[] = [];
  for (let from = 0; from < texts.length; ) {
    const other = texts.findIndex((text, at) => at > from && text !== texts[from]);
    const to = other < 0 ? texts.length : other;
    const stretch = texts.slice(from, to);
    shown.push(...(stretch.length >= LONG_STRETCH ? [stretch[0] ?? '', '…', stretch[0] ?? ''] : stretch));
    from = to;
  }
  return `(${shown.join(', ')})`;
}

/** All digits, also of those that Float64 holds beyond 2^53. */
export const integerText = (value: unknown): string =>
  typeof value === 'number' && Number.isInteger(value) ? BigInt(value).toString() : String(value);

/** Everything of the instance but its losses, a fact each: `n = 2`, `beta = 1/2`. */
export function pointOf(example: CounterexampleReport, letters: ShownLetters = USUAL_LETTERS): string[] {
  const { iteration, first, dimension: size, parameters } = letters;
  const { n, theta, dimension, hyperparameters, functions, schedules, symbols } = example;
  return [
    ...(n === undefined ? [] : [`${plainLetter(iteration)} = ${integerText(typeof n === 'number' ? n + first : n)}`]),
    ...(dimension === undefined ? [] : [`${plainLetter(size)} = ${integerText(dimension)}`]),
    ...(dimension === undefined && Array.isArray(theta) && theta.length >= LONG_STRETCH
      ? [`${plainLetter(size)} = ${theta.length}`]
      : []),
    ...(dimension === undefined && Array.isArray(theta) ? [`${plainLetter(parameters)} = ${vectorText(theta)}`] : []),
    ...assignments(hyperparameters),
    ...assignments(symbols),
    ...assignments(schedules),
    ...assignments(functions),
  ];
}

const INDENT = '    ';

/** As many equal losses as this, one after the other, are one line. */
const LONG_RUN = 4;

interface Run {
  readonly from: number;
  readonly to: number;
  readonly loss: string;
}

function runsOf(losses: readonly string[]): Run[] {
  const runs: Run[] = [];
  for (const [at, loss] of losses.entries()) {
    const last = runs.at(-1);
    if (last?.loss === loss) runs[runs.length - 1] = { ...last, to: at };
    else runs.push({ from: at, to: at, loss });
  }
  const each = ({ from, to, loss }: Run): Run[] =>
    Array.from({ length: to - from + 1 }, (_, at) => ({ from: from + at, to: from + at, loss }));
  return runs.flatMap(run => (run.to - run.from + 1 >= LONG_RUN ? [run] : each(run)));
}

/** The losses, a line each but for many equal ones, those before the first among them. */
export function lossLines(
  { losses, earlierLosses, setting }: CounterexampleReport,
  width: number,
  letters: ShownLetters = USUAL_LETTERS,
): string[] {
  if (!Array.isArray(losses)) return [];
  const name = plainLetter(letters.loss);
  const numbered = (at: number): string =>
    `${name}_${at + letters.losses < 0 ? `{${at + letters.losses}}` : at + letters.losses}`;
  const earlier = Array.isArray(earlierLosses) ? earlierLosses.map(String) : [];
  return [
    ...earlier
      .map((loss, at) => hanging(`${INDENT}${numbered(-1 - at)} = `, harmless(loss), width))
      .reverse()
      .flat(),
    ...runsOf(losses.map(String)).flatMap(({ from, to, loss }) => {
      const isOnly = losses.length === 1 && setting !== undefined && hasOneLoss(setting);
      const which = from === to ? numbered(from) : `${numbered(from)} = … = ${numbered(to)}`;
      return hanging(`${INDENT}${isOnly ? name : which} = `, harmless(loss), width);
    }),
  ];
}

/** A letter as plain text has it. */
const plainLetter = (letter: string): string => harmless(unicodeName(letter));

/** What differs there, and in which component. */
export function quantityLines({ quantity, component }: CounterexampleReport, width: number): string[] {
  const where = component === null ? '' : `, component ${component}`;
  return hanging(INDENT, `${harmless(quantity)}${where}:`, width);
}

/** The words for the two values, padded to one width. */
export const USUAL_SIDES: readonly [string, string] = ['claimed', 'derived'];

/** How a counterexample is written: the letters of the document, and what its two values are called. */
export interface Wording {
  readonly letters?: ShownLetters;
  readonly sides?: readonly [string, string];
}

/** Lines without line feeds, with as many digits as one compares (the JSON document has them all), each at most `width` columns but for values that cannot be broken. */
export function counterexampleLines(
  example: CounterexampleReport,
  width: number,
  { letters, sides = USUAL_SIDES }: Wording = {},
  paint: Paint = plain,
): string[] {
  const [claimed, derived] = sides;
  const widest = Math.max(claimed.length, derived.length);
  const [left, right] = shortPair(example.claimed, example.derived);
  const values = [
    `${INDENT}${paint('red', claimed.padEnd(widest))}  ${harmless(left)}`,
    `${INDENT}${paint('green', derived.padEnd(widest))}  ${harmless(right)}`,
  ];
  return [
    ...hanging('at  ', harmless(pointOf(example, letters).join(', ')), width),
    ...lossLines(example, width, letters),
    ...quantityLines(example, width),
    // The left side first.
    ...(claimed === USUAL_SIDES[0] ? values : values.reverse()),
  ];
}
