import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readShard, unitsOfShard } from '../../src/base/shard.ts';

describe('shards', () => {
  it('are written i/N with 1 ≤ i ≤ N', () => {
    expect(readShard('2/8')).toEqual({ number: 2, of: 8 });
    for (const text of ['0/2', '3/2', '1', '1/', '/2', '1/2/3', '-1/2', '1.5/2', ' 1/2', '1/99999999999999999'])
      expect(readShard(text), text).toBeNull();
  });
  it('have every unit once, and about as many each', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 30 }), (count, of) => {
        const units = Array.from({ length: count }, (_, at) => at);
        const parts = Array.from({ length: of }, (_, at) => unitsOfShard(units, { number: at + 1, of }));
        expect(parts.flat().sort((a, b) => a - b)).toEqual(units);
        const sizes = parts.map(part => part.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
