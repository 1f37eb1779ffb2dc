/** A counterexample as lines a person can check by hand: the instance, both values, where they differ. */
import type { CounterexampleReport } from './check-report.ts';
import { harmless, type Paint, plain } from './paint.ts';
import { hanging } from './wrap.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `β`-like letters stay as typed: the key of the instance format is what the user can paste back. */
function assignments(record: unknown): string[] {
  if (!isRecord(record)) return [];
  return Object.entries(record).map(
    ([name, value]) => `${name} = ${Array.isArray(value) ? `(${value.join(', ')})` : String(value)}`,
  );
}

/** Lines without line feeds, each at most `width` columns but for values that cannot be broken. */
export function counterexampleLines(example: CounterexampleReport, width: number, paint: Paint = plain): string[] {
  const { n, theta, losses, hyperparameters, functions, schedules, symbols } = example;
  const point = [
    ...(n === undefined ? [] : [`n = ${String(n)}`]),
    ...(Array.isArray(theta) ? [`θ = (${theta.join(', ')})`] : []),
    ...assignments(hyperparameters),
    ...assignments(symbols),
    ...assignments(schedules),
    ...assignments(functions),
  ].join(', ');
  const lines = hanging('at  ', harmless(point), width);
  const indent = '    ';
  if (Array.isArray(losses)) {
    losses.forEach((loss, batch) => {
      const name = losses.length === 1 && example.setting === 'full-batch' ? 'E' : `E_${batch}`;
      lines.push(...hanging(`${indent}${name} = `, harmless(String(loss)), width));
    });
  }
  const where = example.component === null ? '' : `, component ${example.component}`;
  lines.push(...hanging(indent, `${harmless(example.quantity)}${where}:`, width));
  lines.push(`${indent}${paint('red', 'claimed')}  ${harmless(example.claimed)}`);
  lines.push(`${indent}${paint('green', 'derived')}  ${harmless(example.derived)}`);
  return lines;
}
