/** Samples at which conditions hold: drawn like any others, and changed where they do not. The same seed gives the same ones. */
import { SeededNumbers } from '../../base/seeded-numbers.ts';
import { type SamplePool, samplesOf } from '../sample/arbitrary-sample.ts';
import { Draw } from '../sample/draw-sample.ts';
import type { Sample } from '../sample/sample.ts';
import type { Satisfier } from './satisfy.ts';

const SEED_STRIDE = 2_654_435;

/** The samples of a space, those that do not satisfy the conditions changed where that can be done. */
export function satisfying(satisfier: Satisfier): SamplePool {
  return (space, seed, count) => {
    return samplesOf(space, seed, count).flatMap((sample, at): Sample[] => {
      // What holds nowhere is asked of no more samples.
      if (satisfier.hasGivenUp) return [];
      const numbers = new SeededNumbers(seed * SEED_STRIDE + at);
      const draw = new Draw({ nextInt: (from, to) => numbers.integer(from, to) });
      return [satisfier.satisfied(sample, draw) ?? sample];
    });
  };
}
