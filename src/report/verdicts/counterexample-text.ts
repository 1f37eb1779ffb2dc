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

/** Everything of the instance but its losses, a fact each: `n = 2`, `beta = 1/2`. */
export function pointOf(example: CounterexampleReport): string[] {
  const { n, theta, hyperparameters, functions, schedules, symbols } = example;
  return [
    ...(n === undefined ? [] : [`n = ${String(n)}`]),
    ...(Array.isArray(theta) ? [`θ = (${theta.join(', ')})`] : []),
    ...assignments(hyperparameters),
    ...assignments(symbols),
    ...assignments(schedules),
    ...assignments(functions),
  ];
}

const INDENT = '    ';

/** The losses, a line each. */
export function lossLines({ losses, setting }: CounterexampleReport, width: number): string[] {
  if (!Array.isArray(losses)) return [];
  return losses.flatMap((loss, batch) => {
    const name = losses.length === 1 && setting !== undefined && hasOneLoss(setting) ? 'E' : `E_${batch}`;
    return hanging(`${INDENT}${name} = `, harmless(String(loss)), width);
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
