/**
 * Claims of known truth before the prover alone, without a sample: what is false is never proved, and what is true and was
 * proved stays so. The numbers of the true claims that have no proof yet stand below; the list may only shrink.
 */
import { describe, expect, it } from 'vitest';
import { documentOf } from './claim.ts';
import { claimNumber } from './generate.ts';
import { proveAll } from './judge.ts';

const SEED = 11;
const GROUP = 10;
const GROUPS = 40;
/** Steps a claim. */
const STEPS = 200_000;
/** True claims that are not proved today. */
const OPEN: ReadonlySet<number> = new Set([119, 215, 231, 376]);

describe('the prover alone', () => {
  for (let group = 0; group < GROUPS; group += 1) {
    const numbers = Array.from({ length: GROUP }, (_, at) => group * GROUP + at);
    it(`claims ${numbers[0]} to ${numbers[GROUP - 1]}`, () => {
      const claims = numbers.map(at => claimNumber(SEED, at));
      const outcomes = proveAll(claims, STEPS);
      const wrong = claims.flatMap((claim, at) => {
        const [number, outcome] = [group * GROUP + at, outcomes[at] ?? 'missing'];
        const mistaken = claim.truth ? outcome !== 'proved' && !OPEN.has(number) : outcome === 'proved';
        return mistaken || outcome.startsWith('internal') || outcome === 'unreadable'
          ? [`${number} is ${claim.truth}, but ${outcome}: ${claim.failsAt ?? ''}\n${documentOf(claim)}`]
          : [];
      });
      expect(wrong).toEqual([]);
    });
  }
});
