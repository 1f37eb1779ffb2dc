/** Logarithms of products as sums: what is taken apart, and where a part may be negative it is not. */
import { describe, expect, it } from 'vitest';
import { type Expression, expressionKey } from '../../src/expression/core/expression.ts';
import { withIndices } from '../../src/expression/arithmetic/assumptions.ts';
import { IndexFacts } from '../../src/expression/core/index-facts.ts';
import { ITERATION_INDEX, ZERO } from '../../src/expression/core/indices.ts';
import { throughLogarithms } from '../../src/rewrite/rules/logarithms.ts';
import { unfold } from '../../src/rewrite/unfold.ts';
import { ample, FACTS, typed } from './typed.ts';

const apart = (value: Expression, facts = FACTS): Expression => throughLogarithms(value, facts, ample());
const key = (value: Expression): string => expressionKey(unfold(value, ample(), FACTS));
const log = (text: string): string => `\\log(${text})`;

describe('a logarithm', () => {
  it.each([
    // Of numbers, by their primes.
    [log('6'), `${log('2')}+${log('3')}`],
    [log('12'), `2${log('2')}+${log('3')}`],
    [log('\\frac{8}{15}'), `3${log('2')}-${log('3')}-${log('5')}`],
    // Of powers and products of what is positive.
    [log('b^3'), `3${log('b')}`],
    [log('b^n'), `n${log('b')}`],
    [log('b^{2n-1}'), `(2n-1)${log('b')}`],
    [log('6^n'), `n${log('2')}+n${log('3')}`],
    [log('\\sqrt b'), `\\frac12${log('b')}`],
    [log('\\frac{1}{b}'), `-${log('b')}`],
    [log('2a b'), `${log('2')}+${log('a')}+${log('b')}`],
    [log('\\frac{2a}{3b^2}'), `${log('2')}-${log('3')}+${log('a')}-2${log('b')}`],
    [log('\\exp(x)'), 'x'],
    [log('b\\exp(2x)'), `${log('b')}+2x`],
    [log('\\exp(x)^3'), '3x'],
    // Of sums, as products of what is not split any more.
    [log('1-b^2'), `${log('1-b')}+${log('1+b')}`],
    [log('2-2b^2'), `${log('2')}+${log('1-b')}+${log('1+b')}`],
    [log('\\frac{1-b}{1+a}'), `${log('1-b')}-${log('1+a')}`],
    [log('(1-b)^2'), `2${log('1-b')}`],
    [log('\\sqrt{1-b}'), `\\frac12${log('1-b')}`],
    [log('b-b^2'), `${log('b')}+${log('1-b')}`],
    [log('1+\\frac{1}{b}'), `${log('1+b')}-${log('b')}`],
    [log('\\frac{1}{b}-1'), `${log('1-b')}-${log('b')}`],
    [log('\\frac{1}{b^2}-\\frac{1}{b}'), `${log('1-b')}-2${log('b')}`],
    [log('(n+1)(n+2)'), `${log('n+1')}+${log('n+2')}`],
    [log('(n+1)^2'), `2${log('n+1')}`],
    [log('2n+2'), `${log('2')}+${log('n+1')}`],
    [log('\\frac{n+1}{n+2}'), `${log('n+1')}-${log('n+2')}`],
    // Beside positive parts the rest stays together, with its sign.
    [log('b x'), `${log('b')}+${log('x')}`],
    [log('2x'), `${log('2')}+${log('x')}`],
    [log('-2x'), `${log('2')}+${log('-x')}`],
    [log('b x y'), `${log('b')}+${log('x y')}`],
    [log('-b v'), `${log('b')}+${log('-v')}`],
    [log('b x^3'), `${log('b')}+${log('x^3')}`],
    [log('b x-b y'), `${log('b')}+${log('x-y')}`],
    [log('(1-b)(x-y)'), `${log('1-b')}+${log('x-y')}`],
    [log('(a-1)(b-1)'), `${log('1-a')}+${log('1-b')}`],
    [log('\\frac{x}{b}'), `${log('x')}-${log('b')}`],
    // To a power, beside others, and inside of them.
    [`${log('2b')}^2`, `(${log('2')}+${log('b')})^2`],
    [`x${log('2b')}+y`, `x${log('2')}+x${log('b')}+y`],
    ['\\cos(\\log(2b))', `\\cos(${log('2')}+${log('b')})`],
    // Of a product over a range.
    [log('\\prod_{k=0}^{n}(1+b^k)'), `\\sum_{k=0}^{n}${log('1+b^k')}`],
    [log('\\prod_{k=0}^{n}(1+b^k)^2'), `2\\sum_{k=0}^{n}${log('1+b^k')}`],
    [log('x\\prod_{k=0}^{n}(2+2b^k)'), `${log('x')}+\\sum_{k=0}^{n}${log('2')}+\\sum_{k=0}^{n}${log('1+b^k')}`],
  ])('%s is %s', (text, wanted) => {
    const before = typed(text);
    const after = apart(before);
    expect(key(after)).toBe(key(typed(wanted)));
    expect(after).not.toBe(before);
  });
  it.each([
    log('x'),
    log('x y'),
    log('x^2'),
    log('x-y'),
    log('e'),
    log('w'),
    log('x^n'),
    log('b'),
    log('n+1'),
    log('1+b'),
    log('a+b'),
    log('\\eta_n'),
    log('\\phi(x)'),
    log('\\sum_{k=0}^{n}\\eta_k'),
    log('\\sum_{i=1}^{p}(\\nabla_iE)^2'),
    '\\exp(2x)',
    '\\phi(2b)',
    'x',
  ])('%s stays as it is', text => {
    const value = typed(text);
    expect(apart(value)).toBe(value);
  });
  it('is taken apart where a letter is known to be positive', () => {
    const value = typed(log('n b'));
    const from = (least: number) =>
      withIndices(FACTS, IndexFacts.TOP.with([{ left: ZERO, right: ITERATION_INDEX, bound: -least }]));
    expect(key(apart(value, from(1)))).toBe(key(typed(`${log('n')}+${log('b')}`)));
    const square = typed(log('n^2'));
    expect(key(apart(square, from(1)))).toBe(key(typed(`2${log('n')}`)));
    expect(apart(square, from(0))).toBe(square);
  });
});
