/** The stream of claims of one seed: claim number `at` is the same however many are drawn. */
import type { FuzzClaim } from './claim.ts';
import { drawEquation } from './equations.ts';
import { drawIdentity } from './identities.ts';
import { drawInequality } from './inequalities.ts';
import { drawLimit } from './known-limits.ts';
import { Dice } from './random.ts';

/** Draws that come to nothing before the generator gives up. */
const TRIES = 400;

export function claimNumber(seed: number, at: number): FuzzClaim {
  const dice = new Dice(Math.imul(seed, 1_000_003) + at);
  const draw = dice.weighted<(dice: Dice) => FuzzClaim | null>([
    [6, drawIdentity],
    [1.5, drawLimit],
    [1.5, drawInequality],
    [2, each => drawEquation(each, at)],
  ]);
  for (let turn = 0; turn < TRIES; turn += 1) {
    const claim = draw(dice);
    if (claim) return claim;
  }
  throw new Error(`no claim after ${TRIES} draws (seed ${seed}, number ${at})`);
}
