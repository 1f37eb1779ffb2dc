/** Absolute values of weights: right at every time of a range, and none where a sign is not known. */
import { describe, expect, it } from 'vitest';
import { expressionKey } from '../../src/expression/core/expression.ts';
import type { FactorPower } from '../../src/expression/core/factor.ts';
import { IndexFacts } from '../../src/expression/core/index-facts.ts';
import { ITERATION_INDEX, ZERO } from '../../src/expression/core/indices.ts';
import { singlePower } from '../../src/expression/core/single.ts';
import { isWeightFactor, sizeOfWeight } from '../../src/prove/limit/size-of-weight.ts';
import { FACTS, typed } from '../rewrite/typed.ts';

const powerOf = (text: string): FactorPower => {
  const own = singlePower(typed(text));
  if (own === null) throw new Error('one factor was typed');
  return own;
};
/** least ≤ n ≤ most. */
const between = (least: number, most: number): IndexFacts =>
  IndexFacts.NONE.with([
    { left: ZERO, right: ITERATION_INDEX, bound: -least },
    { left: ITERATION_INDEX, right: ZERO, bound: most },
  ]);

describe('the size of a weight', () => {
  it.each([
    ['b^n', 0, 9, 'b^n'],
    ['w^n', 0, 9, 'w^n'],
    ['e^2', 0, 9, 'e^2'],
    ['2^n', 0, 9, '2^n'],
    ['(-1)^n', 0, 9, '1'],
    ['n', 0, 9, 'n'],
    ['n', 1, 9, 'n'],
    ['n', -9, 0, '-n'],
    ['n+1', -1, 9, 'n+1'],
    ['n+1', -9, -1, '-(n+1)'],
    ['n^2', -9, 9, 'n^2'],
    ['(n-1)^3', 1, 9, '(n-1)^3'],
    ['(n-1)^3', -1, 1, '-(n-1)^3'],
    ['\\frac{1}{n+1}', 0, 9, '\\frac{1}{n+1}'],
  ] as const)('%s, %i ≤ n ≤ %i', (text, least, most, wanted) => {
    const size = sizeOfWeight(powerOf(text), FACTS, between(least, most));
    expect(size && expressionKey(size)).toBe(expressionKey(typed(wanted)));
    expect(isWeightFactor(powerOf(text))).toBe(true);
  });
  it.each([
    ['n', -1, 9],
    ['n', -9, 1],
    ['n+1', -2, 0],
    ['(n-1)^3', 0, 2],
    ['t^n', 0, 9],
    ['v^n', 0, 9],
    ['x^n', 0, 9],
    ['\\eta_n', 0, 9],
    ['\\sqrt{1+b}', 0, 9],
    ['\\sqrt{n}', 0, 9],
    ['\\nabla_jE', 0, 9],
  ] as const)('%s has none that is known, %i ≤ n ≤ %i', (text, least, most) => {
    expect(sizeOfWeight(powerOf(text), FACTS, between(least, most))).toBe(null);
  });
  it('is one of letters, numbers and indices alone', () => {
    for (const text of ['\\eta_n', '\\nabla_jE', '\\sqrt{1+b}', '\\phi(x)'])
      expect(isWeightFactor(powerOf(text))).toBe(false);
  });
});
