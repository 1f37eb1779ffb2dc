/** What is surely positive, without any exception, and beside each case the nearest one that is not. */
import { describe, expect, it } from 'vitest';
import { withIndices } from '../../src/expression/arithmetic/assumptions.ts';
import { isSurelyPositive } from '../../src/expression/arithmetic/sure-sign.ts';
import { hasThinZeros, hasValues } from '../../src/expression/arithmetic/thin-zeros.ts';
import { ITERATION_INDEX, ZERO } from '../../src/expression/core/indices.ts';
import { FACTS, typed } from '../rewrite/typed.ts';

/** n ≥ least. */
const from = (least: number) =>
  withIndices(FACTS, FACTS.indices.with([{ left: ZERO, right: ITERATION_INDEX, bound: -least }]));
/** Nothing is: n ≤ −1. */
const NOTHING = withIndices(FACTS, FACTS.indices.with([{ left: ITERATION_INDEX, right: ZERO, bound: -1 }]));

describe('above zero wherever there is a value', () => {
  it.each([
    '1',
    'q',
    'c',
    'm',
    'u',
    '1+e',
    'q+e',
    'e+w+\\frac{1}{2}',
    '1+x^2',
    '1+x^2y^4',
    // Below one: the first or any other factor, to the power one at least.
    '1-a',
    '1-w',
    '1-w^2',
    '1-ac',
    '1-cd',
    '1-a^{n+1}',
    '1-a^{n+1}c^n',
    '1-c^na^{n+1}',
    '2-2a',
    // Pairs of which the one outweighs the other.
    'x^2-a^{n+1}x^2+q',
    'x^2y^2-ax^2y^2+q',
    'ax^2-a^{n+2}x^2+1',
    // At most one, with room.
    '2-c',
    '3-2c',
    '2-a^n',
    '1+a^n',
    // Integers.
    'n+1',
    'p',
    'n+p',
    '(n+1)^{-1}',
    '(n+1)(1+x^2)',
    '\\frac{q}{n+1}',
    // Sums that are never empty, and sums beside a number.
    '\\sum_{k=0}^{n}a^k',
    '1+\\sum_{k=1}^{n}a^k',
    '1+\\sum_{i=1}^{p}(\\nabla_iE)^2',
    '1+\\sum_{k=0}^{n}\\sum_{l=0}^{k}a^l',
    '\\sum_{k=0}^{n}a^kk+1',
    // Quotients, roots, functions and products of what is.
    '\\frac{1}{1-a}',
    '\\frac{1}{q+e}',
    '\\sqrt{q+e}',
    '\\frac{q}{\\sqrt{1+x^2}}',
    '\\exp(x)',
    '\\exp(x)\\cosh(y)',
    '\\prod_{k=1}^{n}(1+b^k)',
    '\\prod_{k=1}^{n}(1-b^k)',
    '\\prod_{k=1}^{n}(e+b^k)',
  ])('%s', text => {
    expect(isSurelyPositive(typed(text), FACTS)).toBe(true);
    // Then it vanishes nowhere, and its negative is not positive.
    expect(isSurelyPositive(typed(`-(${text})`), FACTS)).toBe(false);
  });

  it.each([
    '0',
    '-1',
    'e',
    'w',
    'v',
    'x',
    'x^2',
    'e+f',
    'e+x^2',
    '1+x',
    '1+x^3',
    '1-x^2',
    '1+xy',
    '1+v',
    '-q-e',
    'q-e',
    // Pairs that leave nothing above zero, whose larger part may be negative, and that do not outweigh each other.
    'x^2-a^{n+1}x^2',
    'x-ax+q',
    'x^2-2ax^2+q',
    'ax^2-x^2+q',
    'x^2-a^{-n}x^2+q',
    'x^2-2x^2+q',
    'x^2-a^{n+1}y^2+q',
    '1-c',
    '1-u',
    '1-m',
    '1-e',
    '1-2a',
    '1-cx',
    '1-ax',
    '1-am',
    '1-a-b',
    '1-a^n',
    '1-c^{n+1}',
    '1-a^{n-1}',
    '1-a^{-1}',
    '1-a^{n+1}b^{n-1}',
    '1-a^nc^{n+1}',
    'n',
    'n-1',
    'n^2',
    '3-n',
    '\\frac{1}{n-1}',
    '\\sum_{k=1}^{n}a^k',
    '\\sum_{k=2}^{n+1}a^k',
    '\\sum_{k=0}^{n}(k-1)a^k',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{k-1}a^l',
    '\\sum_{i=1}^{p}(\\nabla_iE)^2',
    '1-\\sum_{k=0}^{n}a^k',
    '\\frac{1}{x}',
    '\\frac{1}{1-m}',
    '\\frac{1}{1+x}',
    '\\exp(x)-1',
    '\\sinh(x)',
    '\\tanh(q)',
    '\\phi(x)',
    '\\nabla_jE',
    '\\eta_n',
    '\\prod_{k=1}^{n}(x+b^k)',
    '\\prod_{k=1}^{n}\\nabla_jE_k',
  ])('not %s', text => {
    expect(isSurelyPositive(typed(text), FACTS)).toBe(false);
  });

  it('depends on what is known of n', () => {
    const at = (text: string, least: number): boolean => isSurelyPositive(typed(text), from(least));
    expect([at('n', 0), at('n', 1)]).toEqual([false, true]);
    expect([at('n-3', 3), at('n-3', 4)]).toEqual([false, true]);
    expect([at('1-a^{n-1}', 1), at('1-a^{n-1}', 2)]).toEqual([false, true]);
    expect([at('\\sum_{k=1}^{n}a^k', 0), at('\\sum_{k=1}^{n}a^k', 1)]).toEqual([false, true]);
    expect([at('\\sum_{k=3}^{n-2}a^k', 4), at('\\sum_{k=3}^{n-2}a^k', 5)]).toEqual([false, true]);
    // An even power of a number below zero is above it.
    expect([at('(2-n)^2', 2), at('(2-n)^2', 3), at('(2-n)^3', 3)]).toEqual([false, true, false]);
  });

  it('says anything of nothing', () => {
    for (const text of ['-1', 'x', '0']) {
      expect(isSurelyPositive(typed(text), NOTHING)).toBe(true);
      expect(hasThinZeros(typed(text), NOTHING)).toBe(true);
    }
  });
});

describe('zero on a thin set only, whatever the integers are', () => {
  it.each([
    '1',
    'x',
    'e',
    'x^n',
    '\\nabla_jE',
    '\\nabla_jE_n',
    '\\theta_j',
    '\\eta_n',
    'n+1',
    'p',
    'x-1',
    'x-y',
    'x-x^2',
    'x^{n+1}-1',
    'x^{n+1}-x^{-1}',
    'x^{n}-x^{-\\frac{1}{2}}',
    'nx+(n+1)y',
    'x\\eta_n-x^2\\eta_{n-1}',
    '\\frac{1}{x-y}',
    '\\sqrt{1-a}',
    '\\exp(x)',
    '1+\\sum_{k=0}^{n}a^k',
    '\\sum_{k=0}^{n}a^k+x^2',
    '\\prod_{k=1}^{n}(x+b^k)',
    '\\prod_{k=1}^{n}(1-b^k)',
  ])('%s', text => {
    expect(hasThinZeros(typed(text), FACTS)).toBe(true);
  });

  it.each([
    '0',
    'n',
    'n-3',
    'nx',
    'p-1',
    'x^n-1',
    'x^{n}-x^{3}',
    'x^{2n}-x^{n+1}',
    'nx-3x^2(n-1)',
    '\\nabla_jE-\\nabla_jE_n',
    '\\phi(x)',
    'K(\\nabla E)',
    '\\sinh(x)',
    '\\sum_{k=1}^{n}x^k',
    '\\sum_{k=0}^{n}(k-1)',
    'x-\\phi(x)',
    'x-\\sqrt{x^2+x}',
  ])('not known of %s', text => {
    expect(hasThinZeros(typed(text), FACTS)).toBe(false);
  });

  it('depends on what is known of n', () => {
    const at = (text: string, least: number): boolean => hasThinZeros(typed(text), from(least));
    expect([at('n', 0), at('n', 1)]).toEqual([false, true]);
    expect([at('n-3', 3), at('n-3', 4)]).toEqual([false, true]);
    expect([at('2-n', 2), at('2-n', 3)]).toEqual([false, true]);
    expect([at('x^n-x^3', 3), at('x^n-x^3', 4)]).toEqual([false, true]);
  });
});

describe('a value off a thin set, whatever the integers are', () => {
  it.each([
    '0',
    'x',
    '\\frac{1}{x}',
    'x^n',
    'n',
    '(n-3)^2',
    '\\frac{1}{n+1}',
    '\\frac{1}{x-y}',
    '\\sqrt{q}',
    '\\sqrt{e}',
    '\\sqrt{1+x^2}',
    '\\sqrt{1-a^{n}}',
    '\\frac{1}{\\sqrt{1-a^{n+1}}}',
    '(1+a)^n',
    '(1-a)^{n-4}',
    '(x-y)^n',
    '\\phi(x)',
    '\\exp(\\frac{1}{x})',
    '\\sqrt{\\exp(x)}',
    'K(\\nabla E)',
    '\\nabla_jE_n',
    '\\prod_{k=1}^{n}(x+b^k)',
    '\\frac{1}{\\prod_{k=1}^{n}(1-b^k)}',
    '\\sqrt{\\prod_{k=1}^{n}(1-b^k)}',
    '\\sum_{k=1}^{n}\\frac{1}{k}',
    '\\sum_{k=0}^{n}\\frac{x^k}{k+1}',
  ])('%s', text => {
    expect(hasValues(typed(text), FACTS)).toBe(true);
  });

  it.each([
    '\\sqrt{x}',
    '\\frac{1}{n}',
    '\\frac{1}{n-3}',
    '\\sqrt{n+1}',
    '\\sqrt{x-y}',
    '\\sqrt{1-x^2}',
    '\\frac{1}{1-a^n}',
    '\\frac{1}{\\sqrt{1-a^n}}',
    '(n-x)^{-1}(n-3)^{-1}',
    '\\log(q)',
    '\\phi(\\frac{1}{n})',
    'K(\\frac{1}{n}\\nabla E)',
    '\\frac{1}{\\phi(x)}',
    '\\sqrt{\\phi(x)}',
    '\\sqrt{K(\\nabla E)}',
    '\\frac{1}{K(\\nabla E)}',
    '\\sum_{k=0}^{n}\\frac{1}{k}',
    '\\sqrt{\\prod_{k=1}^{n}(x+b^k)}',
  ])('not known of %s', text => {
    expect(hasValues(typed(text), FACTS)).toBe(false);
  });
});
