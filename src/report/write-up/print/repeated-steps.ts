/** Steps about regimes whose right side stands in an earlier display: they are judged, and printed as a sentence. */
import { printRows } from './print-row.ts';
import { type DisplayRow, type Findings, type Step, stepsOf, type WriteUp } from '../model/write-up.ts';

/** By the ids of such steps the first step with the right side. */
export function repeatedSteps(writeUp: WriteUp, { leftOut }: Findings): ReadonlyMap<string, Step> {
  const first = new Map<string, Step>();
  const repeated = new Map<string, Step>();
  for (const step of stepsOf(writeUp)) {
    const [row, ...others] = step.rows;
    if (leftOut.has(step.id) || row?.left.kind !== 'flow' || others.length > 0) continue;
    const right = rightOf(row, writeUp);
    const earlier = first.get(right);
    if (earlier === undefined) first.set(right, step);
    else if (step.opening !== undefined) repeated.set(step.id, earlier);
  }
  return repeated;
}

const rightOf = (row: DisplayRow, { notation, withoutPoint }: WriteUp): string =>
  printRows([{ ...row, relation: '=' }], notation, { width: Number.POSITIVE_INFINITY, withoutPoint }).join('\n');
