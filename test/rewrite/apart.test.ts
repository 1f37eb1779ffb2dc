/** Fractions of a summed index taken apart, and signs of differences of indices as conditions: values, and what is left. */
import { describe, expect, it } from 'vitest';
import { withIndices } from '../../src/expression/arithmetic/assumptions.ts';
import { applyFunction } from '../../src/expression/arithmetic/functions.ts';
import {
  type Expression,
  expressionKey,
  factorExpression,
  restrict,
  subtract,
} from '../../src/expression/core/expression.ts';
import { ITERATION_INDEX, ZERO } from '../../src/expression/core/indices.ts';
import { integerExponent } from '../../src/expression/core/factor.ts';
import { argumentTemplate } from '../../src/expression/core/template.ts';
import { signsAsBrackets } from '../../src/rewrite/rules/brackets.ts';
import { inPartialFractions } from '../../src/rewrite/rules/apart/partial-fractions.ts';
import { inPowerFractions } from '../../src/rewrite/rules/apart/power-fractions.ts';
import { same } from './exact.ts';
import { ample, FACTS, typed } from './typed.ts';

const key = expressionKey;

describe('partial fractions', () => {
  const make = (value: Expression): Expression => inPartialFractions(value, ample());
  /** Denominators of the summed index in one term, at most. */
  const most = ({ terms }: Expression): number =>
    Math.max(
      0,
      ...terms.map(
        ({ factors, sorts }) =>
          factors.filter(
            ({ factor, exponent }) =>
              sorts.length > 0 &&
              factor.kind === 'index' &&
              factor.index.terms.some(([index]) => index >= 0 && index < sorts.length) &&
              (integerExponent(exponent) ?? 0) < 0,
          ).length,
      ),
    );
  it.each([
    ['\\sum_{k=0}^{n}\\frac{1}{(k+1)(k+2)}', 2],
    ['\\sum_{k=0}^{n}\\frac{1}{(k+1)^2(k+3)}', 3],
    ['\\sum_{k=0}^{n}\\frac{1}{(k+1)^2(k+2)^3}', 5],
    ['\\sum_{k=0}^{n}\\frac{b^k}{(k+1)(k+2)(k+4)}', 3],
    // With a polynomial part: none, a constant, one of degree 1 and more.
    ['\\sum_{k=0}^{n}\\frac{k}{(k+1)(k+2)}', 2],
    ['\\sum_{k=0}^{n}\\frac{k}{k+1}', 2],
    ['\\sum_{k=0}^{n}\\frac{k^2}{k+1}', 3],
    ['\\sum_{k=0}^{n}\\frac{(k+3)^3}{(k+1)^2}', 4],
    ['\\sum_{k=0}^{n}\\frac{(k+3)(k-2)}{(k+1)(k+4)}', 3],
    // Counted down, and beside n.
    ['\\sum_{k=0}^{n}\\frac{1}{(n-k+1)(n-k+2)}', 2],
    ['\\sum_{k=0}^{n}\\frac{k}{(n-k+1)(n-k+3)^2}\\nabla_jE', 3],
    ['\\sum_{k=0}^{n}\\sum_{l=0}^{k}\\frac{1}{(k+1)(k+2)(l+1)(l+3)}', 4],
    ['\\sum_{k=1}^{n}\\frac{1}{(2k+1)(2k+3)}', 2],
  ])('%s has %i terms', (text, count) => {
    const after = same(make, text);
    expect(after.terms).toHaveLength(count);
    expect(most(after)).toBeLessThanOrEqual(text.includes('{l=') ? 2 : 1);
  });
  it.each([
    '\\frac{1}{(n+1)(n+2)}',
    '\\sum_{k=0}^{n}\\frac{1}{k+1}',
    '\\sum_{k=0}^{n}\\frac{1}{(k+1)(n+2)}',
    '\\sum_{k=0}^{n}\\frac{1}{(k+1)(n-k+1)}',
    '\\sum_{k=0}^{n}\\frac{1}{(k+1)(2k+1)}',
    '\\sum_{k=0}^{n}k(k+1)',
    '\\sum_{k=0}^{n}\\frac{1}{(k+1)(x+1)}',
  ])('%s stays', text => {
    expect(key(same(make, text))).toBe(key(typed(text)));
  });
});

describe('powers divided by one less them', () => {
  const make = (value: Expression): Expression => inPowerFractions(value, FACTS, ample());
  it.each([
    ['\\sum_{k=1}^{n}\\frac{b^k}{1-b^k}', 2],
    ['\\sum_{k=1}^{n}\\frac{b^{2k}}{1-b^k}', 3],
    ['\\sum_{k=1}^{n}\\frac{b^{n-k}}{1-b^k}', 2],
    ['\\sum_{k=1}^{n}\\frac{b^{2k+1}}{(2-b^k)^2}', 3],
    ['\\sum_{k=0}^{n}\\frac{b^{n-k}}{1-b^{k+1}}\\nabla_jE_k', 2],
  ])('%s has %i terms', (text, count) => {
    expect(same(make, text).terms).toHaveLength(count);
  });
  it.each([
    '\\sum_{k=1}^{n}\\frac{1}{1-b^k}',
    '\\sum_{k=1}^{n}\\frac{b^k}{1-b^{2k}}',
    '\\sum_{k=1}^{n}\\frac{a^kb^k}{1-a^kb^{2k}}',
    '\\sum_{k=1}^{n}\\frac{a^{2k}b^k}{1-a^kb^k}',
    '\\sum_{k=1}^{n}\\frac{a^k}{1-a^kb^k}',
    '\\sum_{k=1}^{n}\\frac{b^n}{1-b^k}',
    '\\sum_{k=1}^{n}\\frac{d^k}{1-b^k}',
    '\\sum_{k=1}^{n}\\frac{b^kw^k}{1-wb^k}',
    '\\frac{b^n}{1-b^n}',
    '\\sum_{k=1}^{n}\\frac{b^k}{3-b^k-a^k}',
    '\\sum_{k=1}^{n}\\frac{b^k}{p-b^k}',
    '\\sum_{k=1}^{n}\\frac{b^k}{1+\\sum_{l=0}^{k}b^l\\eta_l}',
  ])('%s stays', text => {
    expect(key(same(make, text))).toBe(key(typed(text)));
  });
  it('make the sum with every power carried out zero', () => {
    const difference = make(
      typed(
        '\\sum_{k=1}^{n}\\left(\\frac{b^{n-k}}{1-b^k}-2\\frac{b^n}{1-b^k}+\\frac{b^{n+k}}{1-b^k}-b^{n-k}+b^n\\right)',
      ),
    );
    expect(difference.terms).toEqual([]);
  });
});

describe('signs of differences of indices', () => {
  const at = (least = 0, most: number | null = null) =>
    withIndices(
      FACTS,
      FACTS.indices.with([
        { left: ZERO, right: ITERATION_INDEX, bound: -least },
        ...(most === null ? [] : [{ left: ITERATION_INDEX, right: ZERO, bound: most }]),
      ]),
    );
  const make =
    (facts = at()) =>
    (value: Expression): Expression =>
      signsAsBrackets(value, facts, ample());
  const sign = (text: string): string => `\\operatorname{sign}(${text})`;
  it.each([
    'n-3',
    '3-n',
    '2n-5',
    '4-2n',
    'n-p',
    'p-n+1',
    '3n-3p-1',
    '\\frac{n}{2}-1',
    '\\frac{n}{2}-\\frac{3}{4}',
    '\\frac{2n}{3}-2',
    'n-p+\\frac{1}{2}',
    'n+1-1',
    '(n+2)-(p+1)',
    '2n-p',
    'n+p-3',
    '4-n-p',
    'p-2n',
    '2p-3n+1',
    '\\frac{n+p}{2}+\\frac{n-p}{2}-2',
    '\\frac{n}{2}+\\frac{p}{2}-2',
  ])('of %s, and its size, have the values that they should', text => {
    for (const value of [sign(text), `|${text}|`, `${sign(text)}^2`, `x${sign(text)}+|${text}|^3`]) {
      const after = same(make(), value);
      expect(key(after)).not.toContain('sign');
    }
  });
  it.each(['x-n', 'n^2-3', 'n b-2', 'n p-2', 'n+x p', 'x', '\\nabla_jE_n', 'n+b'])('of %s stay', text => {
    expect(key(make()(typed(sign(text))))).toBe(key(typed(sign(text))));
  });
  it('of a form with a fraction stay', () => {
    // n + p/2 − 1 is 0 at n = 0 and p = 2, and n + p − 1 is not.
    const argument = typed('n+\\frac{p}{2}-1');
    const value = factorExpression({
      kind: 'function',
      name: 'sign',
      parity: 'odd',
      order: 0,
      ...argumentTemplate(argument),
    });
    expect(key(make()(value))).toBe(key(value));
  });
  it('of what is another difference in a part of the range stay', () => {
    const late = [{ left: ZERO, right: ITERATION_INDEX, bound: -2 }];
    for (const argument of [
      subtract(restrict(typed('n'), late), typed('3')),
      subtract(typed('n'), restrict(typed('3'), late)),
    ]) {
      const value = applyFunction('sign', 'odd', 0, argument);
      expect(key(make()(value))).toBe(key(value));
    }
  });
  it('are no conditions where the facts tell', () => {
    const conditions = (text: string, least: number, most: number | null = null): number[] =>
      make(at(least, most))(typed(text)).terms.map(({ constraints }) => constraints.length);
    expect(conditions(sign('n-3'), 4)).toEqual([0]);
    // It is 0 at n = 3.
    expect(conditions(sign('n-3'), 3)).toEqual([1]);
    expect(conditions(sign('n-3'), 2).length).toBe(2);
    expect(conditions(sign('n-3'), 0, 2)).toEqual([0]);
    expect(conditions(sign('n-3'), 0, 3)).toEqual([1]);
    expect(conditions(sign('n-3'), 0, 4).length).toBe(2);
    expect(conditions(sign('2n-5'), 3)).toEqual([0]);
    expect(conditions(sign('2n-5'), 2).length).toBe(2);
    expect(conditions(sign('2n-5'), 0, 2)).toEqual([0]);
  });
});
