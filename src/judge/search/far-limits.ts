/**
 * Limits where hyperparameters are large: Σ(2β)^k has a limit for β < 1/2 only, which samples with small β do not show. A side that
 * grows ever faster at one of them leaves the statement open.
 */
import { Draw, drawSample } from '../sample/draw-sample.ts';
import { SeededNumbers } from '../../base/seeded-numbers.ts';
import { compareSides } from '../numeric/compare-sides.ts';
import type { Searched, SearchTask } from './search-task.ts';

/** Sequences that are looked at, and samples among which they are found where conditions let few through. */
const LOOKED_AT = 8;
const MOST_DRAWN = 80;

export function searchLimit({ question, holds, seed, digits }: Omit<SearchTask, 'formulas'>): Searched {
  const numbers = new SeededNumbers(seed);
  const draw = new Draw({ nextInt: (from, to) => numbers.integer(from, to) });
  const space = { ...question.space, decay: 'wide' } as const;
  let open: string | null = null;
  let looked = 0;
  for (let drawn = 0; drawn < MOST_DRAWN && looked < LOOKED_AT; drawn += 1) {
    const sample = drawSample(space, draw);
    if (!holds(sample)) continue;
    looked += 1;
    const said = compareSides(question, sample, digits);
    if (said.kind === 'differ') return { found: sample, open: null };
    if (said.kind === 'unusable' && said.grows === true) open ??= `${said.reason} where hyperparameters are large`;
  }
  return { found: null, open };
}
