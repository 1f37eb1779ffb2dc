/**
 * Limits where hyperparameters are near the ends of their domains, each by itself: Σ(2β)^k has a limit for β < 1/2 only, Σ(2β − ρ)^k none for large
 * β beside small ρ, which samples with small ones do not show. A side that grows ever faster at one of them leaves the statement open.
 */
import { Rational } from '../../number/rational.ts';
import { Draw, drawSample } from '../sample/draw-sample.ts';
import { corners } from '../sample/corners.ts';
import type { Sample } from '../sample/sample.ts';
import { SeededNumbers } from '../../base/seeded-numbers.ts';
import { compareSides } from '../numeric/compare-sides.ts';
import type { Searched, SearchTask } from './search-task.ts';

const NO_LIMIT = 'a side has no limit that shows where hyperparameters are near the ends of their domains';
/** Sequences that are looked at, and samples among which they are found where conditions let few through. */
const LOOKED_AT = 8;
const MOST_DRAWN = 80;

export function searchLimit({ question, holds, seed, digits }: Omit<SearchTask, 'formulas'>): Searched {
  const numbers = new SeededNumbers(seed);
  const draw = new Draw({ nextInt: (from, to) => numbers.integer(from, to) });
  const space = { ...question.space, decay: 'wide' } as const;
  let open: string | null = null;
  const isFound = (sample: Sample): boolean => {
    const said = compareSides(question, sample, digits);
    if (said.kind === 'unusable' && said.grows === true) open ??= NO_LIMIT;
    return said.kind === 'differ';
  };
  let looked = 0;
  for (let drawn = 0; drawn < MOST_DRAWN && looked < LOOKED_AT; drawn += 1) {
    const sample = drawSample(space, draw);
    if (!holds(sample)) continue;
    looked += 1;
    if (isFound(sample)) return { found: sample, open: null };
  }
  for (const scalars of NEAR.flatMap(near => corners(space.declarations, near, draw))) {
    const drawn = drawSample(space, draw, { n: 1, dimension: 1, letters: new Map() });
    const sample = { ...drawn, scalars: new Map([...drawn.scalars, ...scalars]) };
    if (open === null && holds(sample) && isFound(sample)) return { found: sample, open: null };
  }
  return { found: null, open };
}

/** How near to the ends. */
const NEAR = [Rational.of(1, 10), Rational.of(1, 100)];
