/** A few of the slips that `npm run slips` makes by the hundred: the first suggestion, made in the text, gives a proved claim. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Dice } from '../fuzz/random.ts';
import { corpus, type DrawnSlip, drawSlip } from './draw.ts';
import { judgeSlip } from './judge-slip.ts';
import { SLIP_KINDS, slipIn, slipped } from './slips.ts';

const SEED = 7;
const SLIPS = 8;
/** Of the slips this share is repaired today, rounded down; it may only be raised. */
const LEAST = 0.75;

const claims = corpus();

describe('slips of the pen', () => {
  it('are repaired by the first suggestion', () => {
    const judged: string[] = [];
    let repaired = 0;
    for (let number = 0; judged.length < SLIPS; number += 1) {
      const drawn = drawSlip(claims, SEED, number);
      const verdict = drawn && judgeSlip(drawn);
      if (verdict?.verdict !== 'refuted') continue;
      judged.push(`${verdict.isRepaired} ${drawn?.claim.id} ${verdict.slip}: ${verdict.suggested}`);
      repaired += verdict.isRepaired ? 1 : 0;
    }
    expect(repaired / SLIPS, judged.join('\n')).toBeGreaterThanOrEqual(LEAST);
  }, 200_000);
  it('keep the letters and macros of the author', () => {
    const claim = claims.find(({ id }) => id === 'momentum-limit');
    if (!claim) throw new Error('the claim is gone');
    const drawn: DrawnSlip = { claim, slips: [], display: claim.display.replace('2(1-\\beta)', '4(1-\\beta)') };
    expect(judgeSlip(drawn)).toMatchObject({ isRepaired: true, suggested: expect.stringMatching(/by `2/) });
  });
});

describe('the generator of slips', () => {
  it('makes the same slip for the same number, of every kind', () => {
    const drawn = Array.from({ length: 600 }, (_, number) => drawSlip(claims, SEED, number));
    expect(drawn.map(each => each?.display)).toEqual(
      Array.from({ length: 600 }, (_, number) => drawSlip(claims, SEED, number)?.display),
    );
    const kinds = new Set(drawn.flatMap(each => each?.slips.map(({ kind }) => kind) ?? []));
    expect([...kinds].sort()).toEqual([...SLIP_KINDS].sort());
    expect(drawn.some(each => each?.slips.length === 2)).toBe(true);
  });
  it('changes one stretch of the text', () => {
    const text = '\\[ x = \\frac{\\beta}{1-\\beta} + 2 \\nabla_{ij} E(\\theta) \\]';
    const slip = slipIn(text, { step: 'h', hyperparameters: ['\\beta', '\\rho'] }, new Dice(1), 'component');
    expect(slip && slipped(text, slip)).toMatch(/\\nabla_\{(?:ii|jj)\}/);
  });
  it('shares no code with the program', () => {
    const folder = new URL('./', import.meta.url).pathname;
    const importing = readdirSync(folder).filter(
      file => file.endsWith('.ts') && /from '[^']*src\//.test(readFileSync(`${folder}${file}`, 'utf8')),
    );
    expect(importing).toEqual(['judge-slip.ts']);
  });
});
