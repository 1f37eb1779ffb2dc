/** Where in its sequence a member stands: `n = 5`, or `n = 5, s = 1/1000`. */
import type { CounterexampleReport } from './check-report.ts';

export function placeOf({ n, along }: CounterexampleReport): string {
  return [...(n === undefined ? [] : [`n = ${String(n)}`]), ...(typeof along === 'string' ? [along] : [])].join(', ');
}
