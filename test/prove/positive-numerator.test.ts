/** Denominators multiplied by: only those that are known to be positive, and what is left is the expression times their product. */
import { describe, expect, it } from 'vitest';
import { plainExponent } from '../../src/expression/core/factor.ts';
import { positiveNumerator } from '../../src/prove/sign/positive-numerator.ts';
import { symbolsOf } from '../../src/prove/sign/symbols-of.ts';
import { probe } from '../../src/rewrite/probe.ts';
import { ample, FACTS, typed } from '../rewrite/typed.ts';

const numeratorOf = (text: string) => positiveNumerator(typed(text), FACTS, ample());
const numberOf = (expression: ReturnType<typeof typed>, seed: number): number => {
  // Every letter between 0 and 1, where all denominators below are positive.
  const found = probe(expression, { n: 3, p: 2, seed });
  if (found === null) throw new Error('no value');
  return found.value;
};

describe('the numerator', () => {
  it.each([
    ['\\frac{x}{q}', 'q'],
    ['\\frac{x}{1-a}+y', '1-a'],
    ['\\frac{1}{1+e}-\\frac{x}{q}', '(1+e)q'],
    ['\\frac{x-1}{2-a}', '2-a'],
    // A square is positive whatever stands in it.
    ['\\frac{y}{x^2}', 'x^2'],
    ['\\frac{y}{x^2}+\\frac{1}{x}', 'x^2'],
    ['\\frac{1}{x}+\\frac{a}{x^2}+x', 'x^2'],
    ['\\frac{1}{(x-2)^2}+\\frac{a}{x-2}', '(x-2)^2'],
    ['\\frac{a}{x-2}+\\frac{b}{(x-2)^2}+x', '(x-2)^2'],
  ])('of %s is it times %s, up to a positive number', (text, below) => {
    const numerator = numeratorOf(text);
    if (numerator === null) throw new Error('nothing found');
    const exponents = numerator.terms.flatMap(({ factors }) => factors.map(({ exponent }) => plainExponent(exponent)));
    expect(exponents.some(exponent => (exponent?.sign() ?? 1) < 0)).toBe(false);
    const ratios = [1, 2, 3].map(
      seed => numberOf(numerator, seed) / (numberOf(typed(text), seed) * numberOf(typed(below), seed)),
    );
    for (const ratio of ratios) {
      expect(ratio).toBeGreaterThan(0);
      expect(ratio / (ratios[0] ?? Number.NaN)).toBeCloseTo(1, 9);
    }
  });
  it.each([
    '\\frac{1}{x}',
    '\\frac{a}{1-m}',
    '\\frac{1}{x-y}',
    '\\sum_{k=0}^{n}\\frac{1}{k-2}',
    // A letter that is summed has no value outside of its sum.
    '\\sum_{k=0}^{n}\\frac{1}{(k+1)^2}',
    '\\sum_{k=0}^{n}\\frac{1}{(n-k+1)^2}',
    '\\sum_{k=0}^{n}\\frac{1}{(x-b^{n-k})^2}',
    '\\sum_{k=0}^{n}\\frac{b^k}{(k+x)^2}',
    '\\sum_{i=1}^{p}\\frac{1}{(\\nabla_iE)^2}',
    // An odd power beside an even one.
    '\\frac{1}{x^3}+\\frac{1}{x^2}',
    '\\frac{1}{x^2}+\\frac{1}{x^3}',
    '\\frac{1}{(x-y)^3}+\\frac{a}{(x-y)^2}',
  ])('of %s is not found: nothing says that what is below is positive', text => expect(numeratorOf(text)).toBeNull());
});

describe('the symbols of an expression', () => {
  it('are those inside of fractions, roots, functions and exponents too', () => {
    expect([...symbolsOf(typed('\\frac{x}{\\sqrt{q+e}}\\phi(y)a^n'))].sort()).toEqual(['a', 'e', 'q', 'x', 'y']);
    expect(symbolsOf(typed('n\\nabla_jE_n')).size).toBe(0);
  });
});
