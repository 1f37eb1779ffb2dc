/** Sums turned around, written out and closed at the ends of their ranges, by values at every n from an empty range on. */
import { describe, expect, it } from 'vitest';
import { add, type Expression, expressionKey, multiply, restrict } from '../../src/expression/core/expression.ts';
import { ITERATION_INDEX, ZERO } from '../../src/expression/core/indices.ts';
import { wrap } from '../../src/expression/core/template.ts';
import { collect } from '../../src/rewrite/rules/collect-terms.ts';
import { clearDenominators } from '../../src/rewrite/rules/denominators.ts';
import { Variables } from '../../src/rewrite/polynomial-variables.ts';
import { sumOut } from '../../src/rewrite/rules/sums/resum.ts';
import { countedUp } from '../../src/rewrite/rules/sums/reversed.ts';
import { writeOutShortSums } from '../../src/rewrite/rules/sums/short-sums.ts';
import { N, same, valueAt } from './exact.ts';
import { ample, FACTS, typed } from './typed.ts';

const key = expressionKey;

describe('sums counted from the other end', () => {
  const make = (value: Expression): Expression => countedUp(value, ample());
  it.each([
    '\\sum_{k=0}^{n}\\frac{1}{n-k+1}',
    '\\sum_{k=2}^{n}\\frac{b^k}{(n-k+1)^2}',
    '\\sum_{k=0}^{n-3}\\frac{k}{n-k}',
    '\\sum_{k=0}^{\\min(n,3)}\\frac{1}{n-k+2}',
    '\\sum_{k=\\max(0,n-2)}^{n}\\frac{1}{n-k+1}',
    '\\sum_{k=0}^{n}\\frac{\\eta_n}{n-k+1}',
    '\\sum_{k=0}^{n}\\sum_{i=1}^{p}\\frac{\\nabla_iE}{n-k+1}',
  ])('%s is turned', text => {
    expect(key(same(make, text))).not.toBe(key(typed(text)));
  });
  it.each([
    '\\sum_{k=0}^{n}b^{n-k}\\eta_k',
    '\\sum_{k=0}^{n}b^{n-k}',
    '\\sum_{k=0}^{n}\\frac{1}{(k+1)(n-k+1)}',
    '\\sum_{k=0}^{n}\\frac{1}{2n-2k+1}',
    '\\sum_{k=0}^{n}\\frac{1}{2n-k+1}',
    '\\sum_{k=0}^{n}\\frac{1}{n+p-k+1}',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{n}\\frac{1}{n-k+l+1}',
    '\\sum_{k=0}^{n}\\frac{1}{n+k+1}',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{n}\\frac{1}{(n-k+1)(l-k+n+1)}',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{k}\\frac{1}{(n-k+1)(l+1)}',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{k}\\frac{1}{n-k+1}',
    '\\eta_n',
    // Components are counted from 1, times from 0.
    '\\sum_{i=1}^{p}\\frac{1}{p-i+1}',
  ])('%s stays', text => {
    expect(key(same(make, text))).toBe(key(typed(text)));
    const value = typed(text);
    expect(make(value)).toBe(value);
  });
});

describe('sums of few terms', () => {
  const make = (value: Expression): Expression => writeOutShortSums(value, ample());
  const sumsIn = ({ terms }: Expression): number => terms.filter(({ sorts }) => sorts.length > 0).length;
  it.each([
    ['\\sum_{k=n-1}^{n}\\eta_k', 2],
    ['\\sum_{k=n-2}^{n+1}b^k\\nabla_jE_k', 4],
    ['\\sum_{k=0}^{2}\\eta_{n+k}', 3],
    ['\\sum_{k=0}^{7}\\eta_{n+k}', 8],
  ])('%s has %i terms', (text, count) => {
    const after = same(make, text);
    expect(sumsIn(after)).toBe(0);
    expect(after.terms).toHaveLength(count);
  });
  it.each(['\\sum_{k=0}^{8}\\eta_{n+k}', '\\sum_{k=0}^{n}\\eta_k', '\\sum_{i=1}^{p}\\nabla_iE'])('%s stays', text => {
    expect(key(same(make, text))).toBe(key(typed(text)));
  });
  it('are the same object where there are none', () => {
    for (const text of ['\\sum_{k=0}^{8}\\eta_{n+k}', '\\sum_{k=0}^{n}\\eta_k+b', 'b']) {
      const value = typed(text);
      expect(make(value)).toBe(value);
    }
  });
  it('are none beside a component, which is no time', () => {
    const [term] = typed('\\sum_{i=1}^{p}\\sum_{k=0}^{n}\\eta_k\\nabla_iE').terms;
    if (term === undefined) throw new Error('one term was read');
    const [i, k] = [term.sorts.indexOf('coordinate'), term.sorts.indexOf('history')];
    const between = [
      { left: i, right: k, bound: 0 },
      { left: k, right: i, bound: 1 },
    ];
    const value = { terms: [{ ...term, constraints: [...term.constraints, ...between] }] };
    expect(make(value)).toBe(value);
    // Beside a time too: k − l is known, and i in between is passed over.
    const both = make(typed('\\sum_{i=1}^{p}\\sum_{k=n-1}^{n}\\eta_k\\nabla_iE'));
    expect(both.terms.map(({ sorts }) => sorts)).toEqual([['coordinate'], ['coordinate']]);
  });
  it('keep the indices that follow in their places', () => {
    const after = same(make, '\\sum_{k=n-1}^{n}\\sum_{l=0}^{k}\\sum_{i=1}^{p}\\eta_k\\eta_lb^l');
    expect(after.terms.every(({ sorts }) => sorts.length === 2)).toBe(true);
    const inner = same(make, '\\sum_{k=0}^{n}\\sum_{l=0}^{k}\\sum_{r=l}^{l+1}\\eta_kb^l\\nabla_jE_r');
    expect(inner.terms.every(({ sorts }) => sorts.length === 2)).toBe(true);
  });
  it('stand under what else is asked', () => {
    expect(sumsIn(same(make, '\\sum_{k=\\max(0,n-1)}^{n}\\eta_k'))).toBe(0);
    expect(sumsIn(same(make, '\\sum_{k=\\max(n-2,2)}^{\\min(n,4)}\\eta_k'))).toBe(0);
    expect(sumsIn(same(make, '\\sum_{k=0}^{n}\\sum_{l=k-1}^{k}\\nabla_jE_k\\eta_{l+1}'))).toBe(2);
    expect(sumsIn(same(make, '\\sum_{k=0}^{n}\\sum_{l=k}^{k+1}\\eta_l\\nabla_jE_{l+k}'))).toBe(2);
  });
});

describe('sums in closed form', () => {
  const make = (value: Expression): Expression => sumOut(value, FACTS, ample());
  const hasSum = ({ terms }: Expression): boolean => terms.some(({ sorts }) => sorts.includes('history'));
  it.each([
    '\\sum_{k=0}^{n}b^k',
    '\\sum_{k=1}^{n-2}b^k',
    '\\sum_{k=4}^{n}k',
    '\\sum_{k=n-3}^{2}(k+1)^2',
    '\\sum_{k=0}^{n}b^{n-2k}k^3',
    '\\sum_{k=0}^{n}\\sum_{l=k+1}^{n-1}b^la^k',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{k-2}\\eta_kb^l',
    '\\sum_{k=\\max(0,n-3)}^{n}b^k',
    '\\sum_{k=0}^{\\min(n,3)}2^kb^{3k}',
    '\\sum_{k=0}^{\\min(n,p)}b^k',
    '\\sum_{k=p}^{n}b^k',
    'x\\sum_{k=0}^{n}\\frac{a^k}{b^{k}}',
  ])('%s', text => {
    const after = same(make, text);
    expect(hasSum(after)).toBe(text.includes('\\eta_k'));
  });
  it('are not made of what has no value one place before', () => {
    // 1/n times an empty sum is 0 where n ≥ 1 is asked, and nothing at n = 0.
    const late = restrict(typed('\\frac{1}{n}\\sum_{k=1}^{n}b^k'), [{ left: ZERO, right: ITERATION_INDEX, bound: -1 }]);
    const after = make(late);
    for (const n of N.slice(1)) expect(valueAt(after, n)).toBe(valueAt(late, n));
    expect(valueAt(after, 0)).toBe('0');
    // Without that pole the range that is empty by one is part of the closed form.
    expect(make(typed('\\sum_{k=1}^{n}b^k')).terms.every(({ constraints }) => constraints.length <= 1)).toBe(true);
  });
  it('leave alone what stands in a denominator', () => {
    expect(key(make(typed('\\sum_{k=0}^{n}\\frac{1}{k+1}')))).toBe(key(typed('\\sum_{k=0}^{n}\\frac{1}{k+1}')));
    expect(hasSum(make(typed('\\sum_{k=0}^{n}\\frac{b^k}{(k+2)^2}')))).toBe(true);
  });
});

describe('terms collected by what is summed', () => {
  const groups = (text: string): number | null => collect(typed(text), new Variables())?.length ?? null;
  it.each([
    ['\\sum_{k=0}^{n}\\eta_k\\nabla_jE_k-\\sum_{k=1}^{n+1}\\eta_{k-1}\\nabla_jE_{k-1}', 0],
    ['\\sum_{k=0}^{n}b^k\\nabla_jE_k-b\\sum_{k=0}^{n}b^{k-1}\\nabla_jE_k', 0],
    ['\\sum_{k=0}^{n}b^k\\nabla_jE_{k+1}-\\sum_{k=1}^{n+1}b^{k-1}\\nabla_jE_{k}', 0],
    ['\\sum_{k=0}^{n}b^k\\nabla_jE_k-\\sum_{k=1}^{n}b^k\\nabla_jE_k', 2],
    ['\\sum_{k=0}^{n}b^k\\nabla_jE_k-\\sum_{k=0}^{n}b^{k+1}\\nabla_jE_k', 1],
    ['\\sum_{k=0}^{n}\\nabla_jE_k-\\sum_{k=0}^{n}\\nabla_jE_{k+1}', 2],
    ['x\\nabla_jE-2x\\nabla_jE', 1],
    ['\\sum_{k=0}^{n}2^k\\nabla_jE_k-\\sum_{k=0}^{n}3^k\\nabla_jE_k', 1],
    ['\\sum_{k=0}^{n}k\\nabla_jE_k-\\sum_{k=0}^{n}(1-b)^k\\nabla_jE_k', 1],
    ['x\\theta_j+\\theta_j', 1],
    ['x\\theta_j+\\nabla_jE', 2],
    ['(1-b)^2-1+2b-b^2', 0],
    ['\\frac{1}{1-b}-\\frac{1+b}{1-b^2}', 0],
    // A time begins where its least occurrence has no constant, where it stands alone with one; else at 0.
    ['\\sum_{k=0}^{n}b^k\\eta_{2k+1}-\\sum_{k=1}^{n+1}b^{k-1}\\eta_{2k-1}', 0],
    ['\\sum_{k=0}^{n}b^k\\eta_{n-k}-\\sum_{k=1}^{n+1}b^{k-1}\\eta_{n-k+1}', 0],
    ['\\sum_{k=0}^{n}b^k\\nabla_jE_{k+1}\\eta_{k+3}-\\sum_{k=1}^{n+1}b^{k-1}\\nabla_jE_k\\eta_{k+2}', 0],
    ['\\sum_{k=0}^{n}b^k\\nabla_jE_{k+3}\\eta_{k+1}-\\sum_{k=1}^{n+1}b^{k-1}\\nabla_jE_{k+2}\\eta_k', 0],
    ['\\sum_{k=0}^{n}b^k\\eta_{k+1}\\eta_{n-k}-\\sum_{k=1}^{n+1}b^{k-1}\\eta_k\\eta_{n-k+1}', 0],
    ['\\sum_{k=2}^{n}b^k\\eta_{2k}-b^2\\sum_{k=0}^{n-2}b^k\\eta_{2k+4}', 0],
    ['\\sum_{k=0}^{n}b^k\\nabla_jE_{k+1}\\eta_{k+3}-\\sum_{k=1}^{n+1}b^{k-1}\\nabla_jE_k\\eta_{k+3}', 2],
    // Roots and powers of fractions.
    ['(1-b)^{-3/2}-\\frac{1}{(1-b)\\sqrt{1-b}}', 0],
    ['(1-b)^{-3/2}-\\frac{\\sqrt{1-b}}{(1-b)^2}', 0],
    ['(1-b)^{5/2}-(1-b)^2\\sqrt{1-b}', 0],
    ['(1-b)^{5/2}-(1-b)\\sqrt{1-b}', 1],
    ['\\frac{1}{(\\frac{a}{1-b}+1)^2}-\\frac{(1-b)^2}{(a+1-b)^2}', 0],
    ['\\frac{1}{\\frac{a}{(1-b)^2}+1}-\\frac{(1-b)^2}{a+(1-b)^2}', 0],
    ['\\frac{1}{(\\frac{a}{1-b}+1)^2}-\\frac{1-b}{(a+1-b)^2}', 1],
    ['(\\frac{a}{1-b}+1)^3-\\frac{(a+1-b)^3}{(1-b)^3}', 0],
  ])('%s: %i', (text, wanted) => {
    expect(groups(text)).toBe(wanted);
  });
});

describe('denominators multiplied out', () => {
  const cleared = (text: string): { readonly value: Expression; readonly factors: number } => {
    const factors: Expression[] = [];
    return { value: clearDenominators(typed(text), FACTS, ample(), factors), factors: factors.length };
  };
  it.each([
    ['\\frac{x}{1-b}', 1],
    ['\\frac{x}{1-b}-\\frac{a}{1-a}', 2],
    ['\\frac{x}{n+1}', 1],
    ['\\frac{x}{n-1}', 1],
    ['\\frac{x}{1-b^{n+1}}', 1],
    // Zero at n = 2 alone, and at n = 0 and 1.
    ['\\frac{x}{1-b^{n-2}}', 1],
    ['\\frac{x}{1-b^{n}-b^{n-1}+b^{2n-1}}', 0],
    ['\\frac{x}{\\nabla_jE+q}', 1],
    ['x', 0],
  ])('%s by %i factors', (text, count) => {
    expect(cleared(text).factors).toBe(count);
  });
  it.each([
    ['\\frac{x}{n-1}', 1],
    ['\\frac{x}{n-4}', 4],
    ['\\frac{x}{1-b^{n-2}}', 2],
    ['\\frac{x}{(n-1)^2}', 1],
  ])('%s leaves what stands beside it at its pole', (text, pole) => {
    for (const asked of [
      [{ left: ZERO, right: ITERATION_INDEX, bound: -pole - 1 }],
      [{ left: ITERATION_INDEX, right: ZERO, bound: pole - 1 }],
    ]) {
      const before = add(restrict(typed(text), asked), typed('a'));
      const factors: Expression[] = [];
      const after = clearDenominators(before, FACTS, ample(), factors);
      expect(factors).toHaveLength(1);
      for (const n of N) {
        const by = factors.map(factor => valueAt(factor, n))[0];
        const wanted = valueAt(before, n);
        // m·D, and D itself where m is zero.
        expect(valueAt(after, n), `n = ${n}`).toBe(
          by === '0' ? wanted : valueAt(multiply(before, factors[0] ?? before), n),
        );
      }
    }
  });
  it('nothing is divided by that may be zero, where it is not below a line already', () => {
    const zeroTwice = '1-b^{n}-b^{n-1}+b^{2n-1}';
    const late = restrict(typed(`\\frac{x}{${zeroTwice}}`), [{ left: ZERO, right: ITERATION_INDEX, bound: -2 }]);
    const before = add(late, multiply(typed('a'), wrap(typed(zeroTwice))));
    const after = clearDenominators(before, FACTS, ample());
    for (const n of N) expect(valueAt(after, n), `n = ${n}`).toBe(valueAt(before, n));
    expect(valueAt(after, 1)).toBe('0');
  });
});
