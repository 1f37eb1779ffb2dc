/**
 * A few claims in every way of writing the same: what is proved stays proved, nothing is refuted. `npm run rewritten` does it
 * with all of them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInBlocks, rewritten } from './documents.ts';
import { judgeRewritten } from './judge-rewritten.ts';
import { WAYS } from './ways.ts';

/** Of the claims that a way changes, each so manieth. */
const EVERY = 20;

describe('claims and optimizers in another spelling', () => {
  it.each(WAYS)(
    '%s: what is proved stays proved',
    way => {
      const { changed, textOf } = rewritten(way, 1);
      const chosen = changed.filter((_, at) => at % EVERY === Math.min(3, changed.length - 1));
      expect(chosen.length).toBeGreaterThan(0);
      const text = textOf(chosen);
      // Without the prover both sides are compared in numbers: the spelling says the same.
      const [first] = chosen;
      expect(
        [...judgeRewritten(text, new Set(first === undefined ? [] : [first]), 'off', 12)].map(({ verdict }) => verdict),
      ).not.toContain('refuted');
      const open = [...judgeRewritten(text, new Set(chosen), 'on', 12)].filter(({ verdict }) => verdict !== 'proved');
      expect(open).toEqual([]);
    },
    100_000,
  );
});

describe('the rewritings', () => {
  it('change what they are meant to change, the same for the same seed', () => {
    const least = { bar: 60, average: 40, name: 40, inline: 4, order: 20, complement: 60 };
    for (const way of WAYS) {
      const { changed, textOf } = rewritten(way, 2);
      expect(changed.length, way).toBeGreaterThanOrEqual(least[way]);
      expect(rewritten(way, 2).textOf(changed)).toBe(textOf(changed));
    }
  });
  it('begin with all annotated displays', () => {
    const kinds = builtInBlocks().map(({ kind }) => kind);
    expect(kinds.filter(kind => kind === 'optimizer').length).toBeGreaterThanOrEqual(10);
    expect(kinds.filter(kind => kind === 'claim').length).toBeGreaterThan(80);
  });
  it('share no code with the program', () => {
    const folder = new URL('./', import.meta.url).pathname;
    const importing = readdirSync(folder).filter(
      file => file.endsWith('.ts') && /from '[^']*src\//.test(readFileSync(`${folder}${file}`, 'utf8')),
    );
    expect(importing).toEqual(['judge-rewritten.ts']);
  });
});
