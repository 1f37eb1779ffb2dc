/**
 * 300 claims of known truth through the whole judge: nothing false is taken for right, nothing true is refuted, nothing
 * crashes. `npm run fuzz` does the same by the thousand.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentOf, type FuzzClaim } from './claim.ts';
import { claimNumber } from './generate.ts';
import { isWrong, type Judged, judgeAll } from './judge.ts';

const CLAIMS = 300;
const SEED = 1;
const INSTANCES = 60;
/** Of the true claims this share is proved today, rounded down; it may only be raised. Wanted: 0.97. */
const LEAST_PROVED = 0.97;

const numbers = Array.from({ length: CLAIMS }, (_, at) => at);
let judged: { readonly claim: FuzzClaim; readonly verdict: Judged }[] = [];
const judgedOf = (wanted: (claim: FuzzClaim) => boolean): typeof judged => judged.filter(({ claim }) => wanted(claim));
const told = ({ claim, verdict }: (typeof judged)[number]): string =>
  `${verdict.verdict} (${verdict.message ?? ''}) though ${claim.truth ? 'true' : `false at ${claim.failsAt}`}:\n${documentOf(claim)}`;

describe('claims of known truth', () => {
  beforeAll(() => {
    const claims = numbers.map(at => claimNumber(SEED, at));
    const verdicts = judgeAll(claims, { instances: INSTANCES });
    judged = claims.flatMap((claim, at) => {
      const verdict = verdicts[at];
      return verdict ? [{ claim, verdict }] : [];
    });
  }, 600_000);

  it('are drawn of every kind, true and false, and read', () => {
    expect(judged.length).toBe(CLAIMS);
    for (const kind of ['identity', 'limit', 'inequality', 'equation'])
      for (const truth of [true, false])
        expect(
          judgedOf(claim => claim.kind === kind && claim.truth === truth).length,
          `${kind} ${truth}`,
        ).toBeGreaterThan(5);
    expect(judged.filter(({ verdict }) => verdict.verdict === 'unreadable').map(told)).toEqual([]);
  });
  it('get no wrong verdict', () => {
    const wrong = judged.filter(({ claim, verdict }) => isWrong(claim, verdict));
    expect(wrong.map(told)).toEqual([]);
  });
  it(`are proved where they are true, ${Math.round(100 * LEAST_PROVED)} % of them at least`, () => {
    const right = judgedOf(({ truth }) => truth);
    const proved = right.filter(({ verdict }) => verdict.verdict === 'proved');
    console.log(`${proved.length} of ${right.length} true claims are proved`);
    expect(proved.length / right.length).toBeGreaterThanOrEqual(LEAST_PROVED);
  });
  it('are refuted where they are false, as a rule', () => {
    const wrong = judgedOf(({ truth }) => !truth);
    const refuted = wrong.filter(({ verdict }) => verdict.verdict === 'refuted');
    expect(refuted.length / wrong.length).toBeGreaterThanOrEqual(0.5);
  });
});

describe('the generator', () => {
  it('draws the same claim for the same number', () => {
    for (const at of [0, 17, 120]) expect(documentOf(claimNumber(7, at))).toBe(documentOf(claimNumber(7, at)));
  });
  it('shares no code with the program', () => {
    const folder = new URL('./', import.meta.url).pathname;
    const own = readdirSync(folder).filter(file => file.endsWith('.ts'));
    const importing = own.filter(file => /from '[^']*src\//.test(readFileSync(`${folder}${file}`, 'utf8')));
    expect(importing).toEqual(['judge.ts']);
  });
});
