/** The nodes of a formula, those of sums and products with the first and with the last number for the letter. */
import type { Formula } from '../../formula/formula.ts';
import { substituteLetters } from '../../formula/substitute.ts';
import { children } from '../../formula/walk.ts';

export interface EndRange {
  readonly lower: Formula;
  readonly upper: Formula;
}

interface AtEnd {
  readonly node: Formula;
  /** The ranges of the sums and products that it stands in. */
  readonly ranges: readonly EndRange[];
}

/** Sums within sums beyond are taken at their lower ends only. */
const MOST_NESTED = 2;

export function* atEnds(formula: Formula, ranges: readonly EndRange[] = []): Generator<AtEnd> {
  yield { node: formula, ranges };
  if (formula.kind !== 'sum' && formula.kind !== 'product') {
    for (const child of children(formula)) yield* atEnds(child, ranges);
    return;
  }
  const { index, lower, upper, body } = formula;
  yield* atEnds(lower, ranges);
  yield* atEnds(upper, ranges);
  const ends = ranges.length < MOST_NESTED ? [lower, upper] : [lower];
  for (const end of ends)
    yield* atEnds(substituteLetters(body, new Map([[index, end]])), [...ranges, { lower, upper }]);
}
