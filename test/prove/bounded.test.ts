/** Bounds that are uniform in n and in summed times, each kind of factor by itself: what stays below a constant, what stays above one. */
import { describe, expect, it } from 'vitest';
import { withIndices } from '../../src/expression/arithmetic/assumptions.ts';
import {
  add,
  type Expression,
  expressionKey,
  openTerm,
  restrict,
  subtract,
} from '../../src/expression/core/expression.ts';
import type { FactorPower } from '../../src/expression/core/factor.ts';
import { ITERATION_INDEX, ZERO } from '../../src/expression/core/indices.ts';
import { Bounds } from '../../src/prove/limit/bounded.ts';
import { endsOfRanges } from '../../src/prove/limit/ends-of-ranges.ts';
import { lateFacts } from '../../src/prove/limit/late-range.ts';
import { testZero } from '../../src/prove/zero/zero-test.ts';
import { sumOut } from '../../src/rewrite/rules/sums/resum.ts';
import { ample, FACTS, typed } from '../rewrite/typed.ts';

/** Those that stay away from zero only where they are not zero. */
const divisors: Expression[] = [];
const bounds = new Bounds({
  assumptions: FACTS,
  budget: ample(),
  closed: (expression: Expression, under) => sumOut(expression, under, ample()),
  note: divisor => divisors.push(divisor),
});
/** n ≥ 1000 and nothing else. */
const late = lateFacts(FACTS);

/** The factors under a sum over k beside a schedule, which keeps it from being carried out, and what is known of n and k there. */
function under(
  text: string,
  range = 'k=0}^{n',
): { readonly factors: readonly FactorPower[]; readonly facts: typeof FACTS } {
  const [term] = typed(`\\sum_{${range}}\\eta_k ${text}`).terms;
  if (term === undefined) throw new Error('one term was read');
  const { factors, constraints } = openTerm(term);
  return {
    factors: factors.filter(({ factor }) => factor.kind !== 'schedule'),
    facts: withIndices(FACTS, lateFacts(FACTS, constraints)),
  };
}
const isBounded = (text: string, range?: string): boolean => {
  const { factors, facts } = under(text, range);
  return bounds.growth(factors, [], facts.indices) !== null;
};

describe('a product under a sum over 0 ≤ k ≤ n', () => {
  it.each([
    '2^{-k}',
    '2^{k-n}',
    '(-2)^{-k}',
    '(-1)^{k}',
    '(-1)^{n-k}',
    'b^{k}',
    'c^{n-k}',
    'w^{k}',
    // A number n is held down by a power that falls with it, or by another number below.
    '(k+1)b^{k}',
    '(n-k)^3 b^{n-k}',
    '\\frac{n+1}{n+k+1}',
    '\\frac{n-k+1}{n+k+1}',
    '\\frac{(n+1)^2}{(n+k+1)(2n-k+1)}',
    '\\exp(b^{k}-a^{n})',
    '\\exp(b^{k})^{-1}',
    '\\log(1+b^k)',
    '\\log(q+a^{n-k}+b^{k})^2',
    '\\tanh(n+k)',
    '\\tanh(n+k)^2',
    '\\sqrt{1+b^{n+k}}',
    '\\frac1{\\sqrt{q+b^{n+k}}}',
    '\\frac1{q-(-1)^k q\\frac1{2}}',
  ])('%s stays below a constant', text => {
    expect(isBounded(text)).toBe(true);
  });
  it.each([
    '2^{k}',
    '2^{n-k}',
    '(-2)^{k}',
    'u^{k}',
    'b^{-k}',
    'b^{k-n-1}',
    'x^{n+k}',
    '(k+1)',
    '(k+1)b^{n-k}',
    '(k+1)c^{k}',
    '\\frac{n+1}{n-k+1}',
    '\\frac{(n+1)^2}{n+k+1}',
    '\\frac1{n-k}',
    '\\exp(n+k)',
    '\\exp(-n-k)^{-1}',
    '\\tanh(n+k)^{-1}',
    '\\sqrt{1+n+k}',
    '\\log(a^{k}+b^{k})',
    '\\log(1+n+k)',
    '\\log(1+b^k)^{-1}',
    '\\frac1{\\sqrt{b^{n+k}}}',
    '\\frac1{1-b^{n-k}}',
    '\\frac1{1-(-1)^k}',
    '\\left(1+a^{n-k}\\right)^{k}',
    '\\left(2-a^{n-k}\\right)^{k}',
  ])('%s is not known to', text => {
    expect(isBounded(text)).toBe(false);
  });
  it('numbers that a short range keeps small', () => {
    expect(isBounded('(n-k+2)', 'k=n-3}^{n')).toBe(true);
    expect(isBounded('2^{n-k}', 'k=n-3}^{n')).toBe(true);
    expect(isBounded('b^{k-n}', 'k=n-3}^{n')).toBe(true);
    expect(isBounded('w^{k-n}', 'k=n-3}^{n')).toBe(false);
    expect(isBounded('(k+2)', 'k=n-3}^{n')).toBe(false);
  });
});

describe('a sum', () => {
  const stays = (text: string): boolean => bounds.isBounded(typed(text), late);
  it.each([
    '\\sum_{k=0}^{n}b^k',
    '\\sum_{k=0}^{n}b^{n-k}',
    '\\sum_{k=0}^{n}b^k\\frac{n-k+1}{n+1}',
    '\\sum_{k=0}^{n}(k+1)^3b^k',
    '\\sum_{k=0}^{n}x b^k\\tanh(k)',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{n}a^kb^l',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{n}a^{n-k}b^l',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{k}a^kb^{k-l}',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{k}a^{n-k}b^{k-l}',
    '\\sum_{i=1}^{p}\\sum_{k=0}^{n}b^k\\nabla_iE',
  ])('%s stays below a constant', text => {
    expect(stays(text)).toBe(true);
  });
  it.each([
    '\\sum_{k=0}^{n}1',
    '\\sum_{k=0}^{n}c^k',
    '\\sum_{k=0}^{n}b^{-k}',
    '\\sum_{k=0}^{n}b^k(n-k+1)',
    '\\sum_{k=0}^{n}\\frac{1}{k+1}',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{n}a^k',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{n}a^{k+l}b^{-l}',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{k}b^{k-l}',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{k}a^{n-k}b^{-l}',
  ])('%s is not known to', text => {
    expect(stays(text)).toBe(false);
  });
  it('tells what it is divided by', () => {
    divisors.length = 0;
    expect(isBounded('q b^k')).toBe(true);
    expect(divisors).toEqual([]);
    expect(isBounded('\\frac{b^k}{x-y}')).toBe(true);
    expect(divisors).toHaveLength(1);
    expect(subtract(divisors[0] ?? typed('0'), typed('x-y')).terms).toEqual([]);
  });
});

describe('n and more', () => {
  const staysAway = (text: string): boolean => bounds.staysAway(typed(text), late);
  it.each([
    '1+b^n',
    '1-b^n',
    '2-(-1)^n',
    'q+b^n',
    '-1-b^n',
    '3-\\frac1{n}',
    '\\exp(b^n)',
    'n',
    '2^n',
    '2+\\tanh(n)',
    '1+q n^2',
    '1-n',
    'x',
    'x n^2',
    '\\exp(x)(2+b^n)',
    // Positive term by term, whatever the components of the gradient are.
    '\\sum_{i=1}^{p}\\sqrt{(\\nabla_iE)^2+q}+b^n',
    '-b^n-\\sum_{i=1}^{p}\\sqrt{(\\nabla_iE)^2+q}',
  ])('%s stays away from zero', text => {
    expect(staysAway(text)).toBe(true);
  });
  it.each([
    'b^n',
    '1-(-1)^n',
    '\\frac1{n}',
    '2^{-n}',
    '(-2)^{-n}',
    '\\exp(-n)',
    '1+\\tanh(n)',
    'x+b^n',
    '1001-n',
    'b^n-b^{2n}',
    '\\sum_{i=1}^{p}(\\nabla_iE)^2+b^n',
    '0',
  ])('%s is not known to', text => {
    expect(staysAway(text)).toBe(false);
  });
  it('what does not move is told, and stays away where it is not zero', () => {
    divisors.length = 0;
    expect(staysAway('x n^2')).toBe(true);
    expect(divisors).toHaveLength(1);
    expect(subtract(divisors[0] ?? typed('0'), typed('x')).terms).toEqual([]);
    expect(staysAway('2 n^2+1')).toBe(true);
    expect(divisors).toHaveLength(1);
  });
  it.each<readonly [string, readonly string[]]>([
    ['q+\\frac{b^n}{(x-y)^2}', ['x-y']],
    ['q+\\frac{1}{(x-y)^2}+b^n', ['x-y']],
    ['q+b^n\\frac{1}{(x-y)^2}\\sum_{i=1}^{p}(\\nabla_iE)^2', ['x-y']],
    ['q+b^n\\sum_{i=1}^{p}\\frac{(\\nabla_iE)^2}{(\\theta_i)^2}', []],
    ['q+b^n', []],
    ['q+b^n(x-y)^2', []],
  ])('%s tells what it is divided by, without letters of sums', (text, wanted) => {
    divisors.length = 0;
    expect(staysAway(text)).toBe(true);
    expect(divisors.map(expressionKey)).toEqual(wanted.map(each => expressionKey(typed(each))));
  });
});

describe('the ends of ranges', () => {
  it('are those of terms that are there for all large n', () => {
    const later = (text: string): Expression =>
      restrict(typed(text), [{ left: ZERO, right: ITERATION_INDEX, bound: -2000 }]);
    const under = withIndices(FACTS, late);
    expect(endsOfRanges(later('b^n'), under, 0)).toBe(null);
    expect(endsOfRanges(later('b'), under, 0)).toBe(null);
    // [n ≥ 2000] b^n is not negative.
    expect(endsOfRanges(add(typed('x'), later('q b^{2n}')), under, 1)).toHaveLength(1);
    expect(endsOfRanges(add(typed('x'), later('q b^{2n}')), under, -1)).toBe(null);
  });
  const ends = (text: string, sign: 1 | -1 | 0): readonly Expression[] | null =>
    endsOfRanges(typed(text), withIndices(FACTS, late), sign);
  const isSame = (one: Expression, other: Expression): boolean =>
    testZero(subtract(one, other), FACTS, ample()).kind === 'zero';
  it.each([
    ['b^n+2', 0, ['2', '2+b^{1000}']],
    ['b^n-a^{n-1000}', 0, ['0', '-1', 'b^{1000}', 'b^{1000}-1']],
    ['2^{1000-n}', 0, ['0', '1']],
    ['(-1)^n', 0, ['1', '-1']],
    ['(-2)^{-n}', 0, ['0', '2^{-1000}', '-2^{-1000}']],
    ['\\frac1{n}', 0, ['0', '\\frac1{1000}']],
    ['\\frac1{n-999}', 0, ['0', '1']],
    ['\\frac1{2n+1}', 0, ['0', '\\frac1{2001}']],
    ['x\\tanh(n)', 0, ['x', '-x']],
    ['x', 0, ['x']],
    // What is not negative is left out below, and what is not positive above.
    ['x+q n^2', 1, ['x']],
    ['x-q n^2', -1, ['x']],
    ['x+e\\eta_n^2', 1, ['x']],
    ['x+(1-b)\\eta_n^2', 1, ['x']],
    ['x-(1-b)^3\\eta_n^2', -1, ['x']],
  ] as const)('%s, with sign %s', (text, sign, wanted) => {
    const found = ends(text, sign);
    expect(found?.every(end => wanted.some(each => isSame(end, typed(each))))).toBe(true);
    for (const each of wanted) expect(found?.some(end => isSame(end, typed(each)))).toBe(true);
  });
  it.each([
    ['2^n', 0],
    ['u^n', 0],
    ['b^{n-1001}', 0],
    ['n', 0],
    ['\\frac1{n-1000}', 0],
    ['\\exp(-n)', 0],
    ['\\tanh(n)^2', 0],
    ['x+q n^2', 0],
    ['x+q n^2', -1],
    ['x-q n^2', 1],
    ['x+y n^2', 1],
    ['x+q n^3', 1],
    ['x+q\\eta_n', 1],
    ['x+(1-u)\\eta_n^2', 1],
    ['x+(1-b)\\eta_n', 1],
  ] as const)('there are none of %s, with sign %s', (text, sign) => {
    expect(ends(text, sign)).toBe(null);
  });
});
