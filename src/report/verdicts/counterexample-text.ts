/** A counterexample as lines a person can check by hand: the instance, both values, where they differ. */
import { hasOneLoss } from '../../notation/settings.ts';
import type { CounterexampleReport } from './check-report.ts';
import { harmless, type Paint, plain } from '../text/paint.ts';
import { hanging } from '../text/wrap.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `β`-like letters stay as typed: the key of the instance format is what the user can paste back. */
function assignments(record: unknown): string[] {
  if (!isRecord(record)) return [];
  return Object.entries(record).map(
    ([name, value]) => `${name} = ${Array.isArray(value) ? `(${value.join(', ')})` : String(value)}`,
  );
}

/** All digits, also of those that Float64 holds beyond 2^53. */
export const integerText = (value: unknown): string =>
  typeof value === 'number' && Number.isInteger(value) ? BigInt(value).toString() : String(value);

/** Everything of the instance but its losses, a fact each: `n = 2`, `beta = 1/2`. */
export function pointOf(example: CounterexampleReport): string[] {
  const { n, theta, dimension, hyperparameters, functions, schedules, symbols } = example;
  return [
    ...(n === undefined ? [] : [`n = ${integerText(n)}`]),
    ...(dimension === undefined ? [] : [`p = ${integerText(dimension)}`]),
    ...(dimension === undefined && Array.isArray(theta) ? [`θ = (${theta.join(', ')})`] : []),
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

/** The losses, a line each but for many equal ones. */
export function lossLines({ losses, setting }: CounterexampleReport, width: number): string[] {
  if (!Array.isArray(losses)) return [];
  return runsOf(losses.map(String)).flatMap(({ from, to, loss }) => {
    const name =
      losses.length === 1 && setting !== undefined && hasOneLoss(setting)
        ? 'E'
        : from === to
          ? `E_${from}`
          : `E_${from} = … = E_${to}`;
    return hanging(`${INDENT}${name} = `, harmless(loss), width);
  });
}

/** What differs there, and in which component. */
export function quantityLines({ quantity, component }: CounterexampleReport, width: number): string[] {
  const where = component === null ? '' : `, component ${component}`;
  return hanging(INDENT, `${harmless(quantity)}${where}:`, width);
}

/** Lines without line feeds, each at most `width` columns but for values that cannot be broken. */
export function counterexampleLines(example: CounterexampleReport, width: number, paint: Paint = plain): string[] {
  return [
    ...hanging('at  ', harmless(pointOf(example).join(', ')), width),
    ...lossLines(example, width),
    ...quantityLines(example, width),
    `${INDENT}${paint('red', 'claimed')}  ${harmless(example.claimed)}`,
    `${INDENT}${paint('green', 'derived')}  ${harmless(example.derived)}`,
  ];
}
