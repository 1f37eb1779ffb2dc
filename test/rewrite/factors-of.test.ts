/** The factors of a sum: their product is the sum, and what has none stays whole. */
import { describe, expect, it } from 'vitest';
import { multiply, sameExpression } from '../../src/expression/core/expression.ts';
import { factorsOf, keyOfFactors } from '../../src/rewrite/factors-of.ts';
import { unfold } from '../../src/rewrite/unfold.ts';
import { ample, typed } from './typed.ts';

const open = (text: string) => unfold(typed(text), ample());

describe('factors of a sum', () => {
  it.each([
    ['1-x^2', 2],
    ['1-a^{2n}', 2],
    ['x^2+2xy+y^2', 2],
    ['x^3-y^3', 2],
    ['(1-ax)(e+y)', 2],
  ])('%s has %d', (text, count) => {
    const whole = open(text);
    const factors = factorsOf(whole);
    expect(factors).toHaveLength(count);
    expect(sameExpression(multiply(...factors), whole)).toBe(true);
  });
  it.each(['1+x^2', '1-a^n', 'x+y', '\\sum_{k=0}^{n}a^k\\nabla_jE_k', '\\sqrt{q}-x'])('%s has none', text => {
    const whole = open(text);
    expect(factorsOf(whole)).toEqual([whole]);
  });
});

describe('the key of the factors of a term', () => {
  const keyOf = (text: string): string => open(text).terms.map(keyOfFactors).join();
  it('is that of every multiple, and of no other power or sum', () => {
    expect(keyOf('3xa^n')).toBe(keyOf('-xa^n'));
    expect(keyOf('xa^n')).not.toBe(keyOf('xa^{n+1}'));
    expect(keyOf('xa^n')).not.toBe(keyOf('x^2a^n'));
    expect(keyOf('\\sum_{k=0}^{n}\\nabla_jE_k')).not.toBe(keyOf('\\sum_{k=0}^{n-1}\\nabla_jE_k'));
  });
});
