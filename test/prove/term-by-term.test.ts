/** Sums with fractions of their index: zero where every summand is, and what is summed is worth what its terms are. */
import { describe, expect, it } from 'vitest';
import { testZero } from '../../src/prove/zero/zero-test.ts';
import { summandsOf } from '../../src/prove/zero/term-by-term.ts';
import { Random } from '../rewrite/random.ts';
import { ample, FACTS, typed } from '../rewrite/typed.ts';

const vanishes = (text: string): boolean => testZero(typed(text), FACTS, ample(), { probe: false }).kind === 'zero';

/** Two ways to write one summand, and one that differs from both. */
const SUMMANDS: readonly (readonly [string, string, string])[] = [
  [
    '\\frac{\\nabla_iE}{|\\nabla_iE|}-\\frac{\\nabla_iE}{|\\nabla_iE|(1+|\\nabla_iE|/q)}',
    '\\frac{\\nabla_iE}{|\\nabla_iE|+q}',
    '\\frac{\\nabla_iE}{|\\nabla_iE|+2q}',
  ],
  [
    '\\frac{\\nabla_iE}{1+(\\nabla_iE)^2}',
    '\\nabla_iE-\\frac{(\\nabla_iE)^3}{1+(\\nabla_iE)^2}',
    '\\nabla_iE-\\frac{(\\nabla_iE)^2}{1+(\\nabla_iE)^2}',
  ],
  [
    '\\frac{1}{q+(\\nabla_iE)^2}-\\frac{1}{m+(\\nabla_iE)^2}',
    '\\frac{m-q}{(q+(\\nabla_iE)^2)(m+(\\nabla_iE)^2)}',
    '\\frac{q-m}{(q+(\\nabla_iE)^2)(m+(\\nabla_iE)^2)}',
  ],
  [
    '\\frac{\\nabla_{ij}E}{2q+2(\\nabla_iE)^2}',
    '\\frac{\\nabla_{ij}E}{2(q+(\\nabla_iE)^2)}',
    '\\frac{\\nabla_{ij}E}{2q+(\\nabla_iE)^2}',
  ],
];

describe('a sum over coordinates', () => {
  it.each(SUMMANDS)('of %s', (one, other, wrong) => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const random = new Random(seed);
      const factor = random.pick(['1', 'a', '(1-b)', '\\nabla_jE', 'b^n', '\\nabla_{ij}E']);
      const sum = (of: string): string => `\\sum_i\\left(${of}\\right)${factor}`;
      expect(vanishes(`${sum(one)}-${sum(other)}`), factor).toBe(true);
      expect(vanishes(`${sum(one)}-${sum(wrong)}`), factor).toBe(false);
      expect(vanishes(`${sum(one)}-${sum(other)}+a`), factor).toBe(false);
    }
  });
  it('is that of its summand', () => {
    const [summand, ...more] = summandsOf(
      typed('\\sum_i\\frac{\\nabla_iE}{1+(\\nabla_iE)^2}+\\sum_i\\nabla_iE+\\sum_{k=0}^{n}\\nabla_jE_k+a'),
      FACTS,
    );
    expect(more).toEqual([]);
    expect(summand?.terms).toHaveLength(2);
    expect(summand?.body.terms.every(({ sorts }) => sorts.length === 0)).toBe(true);
  });
  it('is left alone where there is no fraction of its index, or one term', () => {
    const one = '\\frac{1}{1+(\\nabla_iE)^2}';
    for (const text of [
      // Other ranges.
      `\\sum_{i=1}^{j-1}${one}-\\sum_{i=j+1}^{p}${one}`,
      `\\sum_{i=2}^{p}${one}-\\sum_{i=3}^{p}${one}`,
      `\\sum_{i=1}^{p}${one}-\\sum_{i=2}^{p}${one}`,
    ]) {
      expect(summandsOf(typed(text), FACTS), text).toEqual([]);
      expect(vanishes(text), text).toBe(false);
    }
    for (const text of ['\\sum_i\\nabla_iE+\\sum_i(\\nabla_iE)^2', '\\sum_i\\frac{1}{1+(\\nabla_iE)^2}+a', 'a+b'])
      expect(summandsOf(typed(text), FACTS)).toEqual([]);
  });
});
