/** Terms taken into sums, and factors taken into products: each from the least n or the least index on at which it holds. */
import { describe, expect, it } from 'vitest';
import { withIndices } from '../../src/expression/arithmetic/assumptions.ts';
import {
  add,
  type Expression,
  expressionKey,
  restrict,
  substituteIndices,
} from '../../src/expression/core/expression.ts';
import { IndexFacts } from '../../src/expression/core/index-facts.ts';
import { ITERATION_INDEX, ZERO } from '../../src/expression/core/indices.ts';
import { variableForm } from '../../src/number/linear-form.ts';
import { absorbEnds } from '../../src/rewrite/rules/sums/absorb-ends.ts';
import { joinProducts } from '../../src/rewrite/rules/join-products.ts';
import { sumOut } from '../../src/rewrite/rules/sums/resum.ts';
import { N, same, valueAt } from './exact.ts';
import { ample, FACTS, typed, typedInClaim } from './typed.ts';

const key = expressionKey;
const from = (least: number) => ({ left: ZERO, right: ITERATION_INDEX, bound: -least });
const upTo = (most: number) => ({ left: ITERATION_INDEX, right: ZERO, bound: most });
const fromN = (least: number, most: number | null = null): IndexFacts =>
  IndexFacts.TOP.with([from(least), ...(most === null ? [] : [upTo(most)])]);

describe('a term taken into its sum', () => {
  const absorbed = (value: Expression, facts = IndexFacts.TOP): Expression => absorbEnds(value, facts, ample());
  it.each([
    ['\\eta_{n+1}+\\sum_{k=0}^{n}\\eta_k', 0, '\\sum_{k=0}^{n+1}\\eta_k'],
    ['\\eta_0+\\sum_{k=1}^{n}\\eta_k', 0, '\\sum_{k=0}^{n}\\eta_k'],
    ['\\sum_{k=0}^{n}\\eta_k-\\eta_n', 0, '\\sum_{k=0}^{n-1}\\eta_k'],
    ['\\sum_{k=0}^{n}\\eta_k-\\eta_0', 0, '\\sum_{k=1}^{n}\\eta_k'],
    ['2x b^{n+1}\\eta_{n+1}+2x\\sum_{k=0}^{n}b^k\\eta_k', 0, '2x\\sum_{k=0}^{n+1}b^k\\eta_k'],
    ['3\\eta_n-3\\sum_{k=0}^{n}\\eta_k', 0, '-3\\sum_{k=0}^{n-1}\\eta_k'],
    ['\\eta_n+\\sum_{k=1}^{n-1}\\eta_k', 1, '\\sum_{k=1}^{n}\\eta_k'],
    ['\\eta_0+\\sum_{k=1}^{n-1}\\eta_k', 1, '\\sum_{k=0}^{n-1}\\eta_k'],
    ['\\sum_{k=1}^{n}\\eta_k-\\eta_n', 1, '\\sum_{k=1}^{n-1}\\eta_k'],
    ['\\sum_{k=1}^{n}\\eta_k-\\eta_1', 1, '\\sum_{k=2}^{n}\\eta_k'],
    ['\\eta_1+\\sum_{k=2}^{n}\\eta_k', 1, '\\sum_{k=1}^{n}\\eta_k'],
    ['\\eta_0+\\eta_1+\\sum_{k=2}^{n}\\eta_k', 1, '\\sum_{k=0}^{n}\\eta_k'],
    ['x+\\eta_{n+1}+\\sum_{k=0}^{n}\\eta_k', 0, 'x+\\sum_{k=0}^{n+1}\\eta_k'],
    // Sums side by side.
    ['\\sum_{k=0}^{n}\\eta_k+\\sum_{k=n+1}^{n+3}\\eta_k', 0, '\\sum_{k=0}^{n+3}\\eta_k'],
    ['x\\sum_{k=3}^{n}\\eta_k+x\\sum_{k=0}^{2}\\eta_k', 2, 'x\\sum_{k=0}^{n}\\eta_k'],
  ])('%s is one from n = %i on', (text, least, wanted) => {
    expect(key(absorbed(typed(text), fromN(least)))).toBe(key(typed(wanted)));
    expect(key(absorbed(typed(text), fromN(least + 3)))).toBe(key(typed(wanted)));
    for (let n = least; n < least + 5; n += 1) expect(valueAt(typed(text), n)).toBe(valueAt(typed(wanted), n));
    if (least === 0) return;
    // One n earlier it is another thing.
    const before = typed(text);
    expect(absorbed(before, fromN(least - 1)).terms.length).toBeGreaterThan(typed(wanted).terms.length);
  });
  it.each([
    '\\eta_n',
    '\\sum_{k=0}^{n}\\eta_k',
    '2\\eta_{n+1}+\\sum_{k=0}^{n}\\eta_k',
    '\\eta_{n+1}+2\\sum_{k=0}^{n}\\eta_k',
    '\\sum_{k=0}^{n}\\eta_k-\\eta_{n+1}',
    '\\sum_{k=0}^{n}\\eta_k+\\eta_n',
    '\\sum_{k=0}^{n}\\eta_k+\\eta_0',
    '\\sum_{k=1}^{n+1}\\eta_k-\\eta_0',
    '\\sum_{k=0}^{n}\\eta_k+\\eta_{n+2}',
    'x\\eta_{n+1}+\\sum_{k=0}^{n}\\eta_k',
    '\\nabla_jE_{n+1}+\\sum_{k=0}^{n}\\eta_k',
    '\\sum_{i=1}^{p}\\nabla_iE-\\nabla_jE',
    '\\eta_{n+1}+\\sum_{k=0}^{n}\\sum_{l=0}^{n}\\eta_k\\eta_l',
    '\\sum_{k=0}^{n}\\eta_k+\\sum_{k=n+2}^{n+4}\\eta_k',
    '\\sum_{k=0}^{n}\\eta_k+\\sum_{k=n}^{n+4}\\eta_k',
    '\\sum_{k=0}^{n}\\eta_k+2\\sum_{k=n+1}^{n+4}\\eta_k',
    '\\sum_{k=0}^{n}\\eta_k+\\sum_{k=n+1}^{n+4}b^k\\eta_k',
    '\\sum_{k=0}^{n}\\eta_k-\\sum_{k=n+1}^{n+4}\\eta_k',
    // As many factors, but others, or other powers of them.
    '\\sum_{k=0}^{n}\\eta_k+\\sum_{k=n+1}^{n+4}b^k',
    '\\sum_{k=0}^{n}b^k+\\sum_{k=n+1}^{n+4}a^k',
    '\\sum_{k=0}^{n}b^k+\\sum_{k=n+1}^{n+4}b^{2k}',
    '\\sum_{k=0}^{n}\\eta_k+\\sum_{k=n+1}^{n+4}\\eta_k^2',
    '\\sum_{k=0}^{n}\\eta_k+\\sum_{k=n+1}^{n+4}\\eta_{k+1}',
  ])('%s is the same object', text => {
    const value = typed(text);
    expect(absorbed(value, fromN(4))).toBe(value);
  });
  it('belongs to a sum under a condition that is known, and to no other', () => {
    const single = restrict(typed('\\eta_{n+1}'), [from(2)]);
    const sum = typed('\\sum_{k=0}^{n}\\eta_k');
    const late = add(typed('\\eta_{n+1}'), restrict(sum, [from(2)]));
    expect(absorbed(late, fromN(1))).toBe(late);
    expect(key(absorbed(late, fromN(2)))).toBe(key(typed('\\sum_{k=0}^{n+1}\\eta_k')));
    for (const value of [add(single, sum), add(single, restrict(sum, [from(2)]))])
      expect(absorbed(value, fromN(1))).toBe(value);
  });
  it('joins sums where both are known not to end before they begin', () => {
    const value = typed('\\sum_{k=1}^{n-1}\\eta_k+\\sum_{k=n}^{2}\\eta_k');
    const wanted = key(typed('\\sum_{k=1}^{2}\\eta_k'));
    expect(key(absorbed(value, fromN(1, 3)))).toBe(wanted);
    expect(key(absorbed(value, fromN(1, 4)))).not.toBe(wanted);
    expect(key(absorbed(value, fromN(0, 3)))).not.toBe(wanted);
  });
});

describe('a factor taken into its product', () => {
  const C = (upper: string): string => `\\prod_{i=0}^{${upper}}\\eta_i`;
  const B = (upper: string): string => `\\prod_{i=0}^{${upper}}b^i`;
  const joined = (value: Expression, facts = IndexFacts.TOP): Expression =>
    joinProducts(value, withIndices(FACTS, facts), ample());
  const sum = (body: string, least = 0): string => `\\sum_{k=${least}}^{n}${body}`;
  it.each([
    [sum(`\\eta_{k+1}${C('k')}`), sum(C('k+1'))],
    [sum(`\\frac{${C('k')}}{\\eta_k}`), sum(C('k-1'))],
    [sum(`\\eta_{k+1}^2(${C('k')})^2`), sum(`(${C('k+1')})^2`)],
    [sum(`\\eta_{k+1}^3(${C('k')})^2`), sum(`\\eta_{k+1}(${C('k+1')})^2`)],
    [sum(`\\frac{(${C('k')})^2}{\\eta_k^3}`), sum(`\\frac{(${C('k-1')})^2}{\\eta_k}`)],
    [sum(`\\frac{1}{\\eta_{k+1}${C('k')}}`), sum(`\\frac{1}{${C('k+1')}}`)],
    [sum(`\\frac{\\eta_k}{${C('k')}}`), sum(`\\frac{1}{${C('k-1')}}`)],
    [sum(`\\eta_{k}${C('k-1')}`), sum(C('k'))],
    [sum(`\\eta_{k-1}${C('k-2')}`, 1), sum(C('k-1'), 1)],
    [sum(`\\frac{${C('k-1')}}{\\eta_{k-1}}`, 1), sum(C('k-2'), 1)],
    [sum(`\\eta_{k+1}\\eta_{k+2}x${C('k')}`), sum(`x${C('k+2')}`)],
    // Powers of one number: C(k) b^{qk} is C(k + q) times a power without k.
    [sum(`b^k${B('k')}`), sum(`\\frac{1}{b}${B('k+1')}`)],
    [sum(`b^{2k}${B('k')}`), sum(`\\frac{1}{b^3}${B('k+2')}`)],
    [sum(`b^{-k}${B('k')}`), sum(B('k-1'))],
    [sum(`b^{-2k}${B('k')}`, 1), sum(`b^{-1}${B('k-2')}`, 1)],
    [sum(`b^{2k}(${B('k')})^2`), sum(`\\frac{1}{b^2}(${B('k+1')})^2`)],
    [sum(`b^{k}${B('k+1')}`), sum(`\\frac{1}{b^2}${B('k+2')}`)],
    [sum(`\\frac{b^{k}}{${B('k')}}`), sum(`\\frac{1}{${B('k-1')}}`)],
    [sum('2^k\\prod_{i=0}^{k}2^i'), sum('\\frac12\\prod_{i=0}^{k+1}2^i')],
    [sum('b^n b^k\\prod_{i=0}^{k}b^i'), sum('b^{n-1}\\prod_{i=0}^{k+1}b^i')],
    // From the first index on at which the range is empty by one.
    [sum(`\\frac{${C('k-1')}}{\\eta_{k-1}}`, 1), sum(C('k-2'), 1)],
    [
      `\\sum_{l=0}^{n}\\sum_{k=0}^{n}\\eta_{k+1}\\eta_{l+1}(${C('k')})(${C('l')})`,
      `\\sum_{l=0}^{n}\\sum_{k=0}^{n}(${C('k+1')})(${C('l+1')})`,
    ],
    [`3x${sum(`\\eta_{k+1}${C('k')}`)}+y`, `3x${sum(C('k+1'))}+y`],
  ])('%s is %s', (text, wanted) => {
    const after = same(joined, text);
    expect(key(after)).toBe(key(typed(wanted)));
    expect(key(after)).not.toBe(key(typed(text)));
  });
  it.each([
    // At the first index the range would be empty by more than one.
    sum(`\\eta_{k-1}${C('k-2')}`),
    sum(`\\frac{${C('k-1')}}{\\eta_{k-1}}`),
    sum(`b^{-2k}${B('k')}`),
    sum(`b^{k}${B('k-2')}`),
    // Less of the factor than of the product, or more of it than there is.
    sum(`\\eta_{k+1}(${C('k')})^2`),
    sum(`\\frac{\\eta_{k+1}}{${C('k')}}`),
    sum(`\\frac{${C('k')}}{\\eta_{k+1}}`),
    sum(`\\eta_k${C('k')}`),
    sum(`\\eta_{k+2}${C('k')}`),
    sum(`b^{k}(${B('k')})^2`),
    sum(`a^{k}${B('k')}`),
    sum(`b^{n}${B('k')}`),
    // No summed index, or twice it.
    `\\eta_{n+1}${C('n')}`,
    `b^{n}${B('n')}`,
    sum(`\\eta_{2k+1}${C('2k')}`),
    sum(`\\eta_k`),
    sum(C('k')),
    // Two summed indices, a power that is none of the index alone, or not of the factors of the product.
    `\\sum_{l=0}^{n}\\sum_{k=0}^{n}b^{k}${B('k+l')}`,
    sum(`b^{k}\\prod_{i=0}^{k}a^{i}`),
    sum('b^{k}\\prod_{i=0}^{k}b^{2i}'),
    sum('2^{k}\\prod_{i=0}^{k}3^{i}'),
    sum('b^{k}\\prod_{i=0}^{n}b^{i}'),
    sum('\\eta_{k+1}^{-1}\\prod_{i=0}^{k}\\eta_i'),
    sum('\\eta_{k+1}\\prod_{i=0}^{k}\\eta_i^2'),
  ])('%s is the same object', text => {
    const value = typed(text);
    expect(joined(value)).toBe(value);
  });
});

it.each([
  'b^{k}\\prod_{i=0}^{k}b^{i+1}',
  'b^{k}\\prod_{i=0}^{k}b^{i}\\eta_i',
  'b^{2k}\\prod_{i=0}^{k}b^{2i+1}x',
  '\\eta_{k+1}\\prod_{i=0}^{k}(\\eta_i+1)',
  '\\eta_{k}\\prod_{i=0}^{k}(2\\eta_i+1)',
  '\\eta_{k}^2\\prod_{i=0}^{k-1}(x-\\eta_i^2)',
  '\\frac{\\eta_{k}}{\\prod_{i=0}^{k}(2+\\eta_i)}',
  '3^{k}\\prod_{i=0}^{k}3^{i}2^{i}',
])('Σ_k %s keeps its value at every n', body => {
  for (const least of [0, 1, 2]) same(value => joinProducts(value, FACTS, ample()), `\\sum_{k=${least}}^{n}${body}`);
});

describe('a product beside a part of the factor next to it', () => {
  const over = (from: string, to: string, factor = '1-\\eta_i'): string => `\\prod_{i=${from}}^{${to}}(${factor})`;
  const sum = (body: string, least = 0, most = 'n'): string => `\\sum_{k=${least}}^{${most}}${body}`;
  const joined = (value: Expression, facts = IndexFacts.TOP): Expression =>
    joinProducts(value, withIndices(FACTS, facts), ample());
  it.each([
    // At the lower end, at the upper one, and where a product from 0 on is divided by.
    [sum(`\\eta_k${over('k+1', 'n')}`), `${sum(over('k+1', 'n'))}-${sum(over('k', 'n'))}`],
    [sum(`\\eta_k${over('0', 'k-1')}`), `${sum(over('0', 'k-1'))}-${sum(over('0', 'k'))}`],
    [
      sum(`\\frac{\\eta_k}{${over('0', 'k', 'a-\\eta_i')}}`),
      `${sum(`\\frac{a}{${over('0', 'k', 'a-\\eta_i')}}`)}-${sum(`\\frac{1}{${over('0', 'k-1', 'a-\\eta_i')}}`)}`,
    ],
    [
      sum(`x\\eta_k${over('0', 'k-1', 'x-3\\eta_i')}`),
      `\\frac{x}{3}(x${sum(over('0', 'k-1', 'x-3\\eta_i'))}-${sum(over('0', 'k', 'x-3\\eta_i'))})`,
    ],
    // More of the part than there is in the factor.
    [
      sum(`\\eta_k^2${over('0', 'k-1')}`),
      `${sum(over('0', 'k-1'))}-${sum(over('0', 'k'))}-${sum(`\\eta_k${over('0', 'k')}`)}`,
    ],
    // A power of a letter is split, one with another letter in it too.
    [sum(`b^{k}${over('0', 'k-1', '1-b^i')}`), `${sum(over('0', 'k-1', '1-b^i'))}-${sum(over('0', 'k', '1-b^i'))}`],
    [
      sum(`b^{k+2}${over('0', 'k-1', '1-b^i')}`),
      `b^2(${sum(over('0', 'k-1', '1-b^i'))}-${sum(over('0', 'k', '1-b^i'))})`,
    ],
    [
      sum(`b^{n+k}${over('0', 'k-1', '1-b^i')}`),
      `b^n(${sum(over('0', 'k-1', '1-b^i'))}-${sum(over('0', 'k', '1-b^i'))})`,
    ],
    // Several terms of the factor that do not move.
    [
      sum(`\\eta_k${over('0', 'k-1', '1+x-\\eta_i')}`),
      `${sum(over('0', 'k-1', '1+x-\\eta_i'))}+${sum(`x${over('0', 'k-1', '1+x-\\eta_i')}`)}-${sum(over('0', 'k', '1+x-\\eta_i'))}`,
    ],
    [
      sum(`\\eta_k${over('0', 'k-1', 'b^n-\\eta_i')}`),
      `b^n${sum(over('0', 'k-1', 'b^n-\\eta_i'))}-${sum(over('0', 'k', 'b^n-\\eta_i'))}`,
    ],
    // Two ends that move, one of which has its part beside it.
    [
      `\\sum_{l=0}^{n}\\sum_{k=0}^{l}\\eta_k${over('k+1', 'l')}`,
      `\\sum_{l=0}^{n}\\sum_{k=0}^{l}${over('k+1', 'l')}-\\sum_{l=0}^{n}\\sum_{k=0}^{l}${over('k', 'l')}`,
    ],
    [
      `\\sum_{l=0}^{n}\\sum_{k=0}^{l}\\eta_{l+1}${over('k', 'l')}`,
      `\\sum_{l=0}^{n}\\sum_{k=0}^{l}${over('k', 'l')}-\\sum_{l=0}^{n}\\sum_{k=0}^{l}${over('k', 'l+1')}`,
    ],
    // A product of two parts is one.
    [
      sum(`b^k\\eta_k${over('0', 'k-1', '1-b^i\\eta_i')}`),
      `${sum(over('0', 'k-1', '1-b^i\\eta_i'))}-${sum(over('0', 'k', '1-b^i\\eta_i'))}`,
    ],
  ])('%s is %s', (text, wanted) => {
    const before = typedInClaim(text);
    const after = joined(before);
    expect(key(after)).toBe(key(typedInClaim(wanted)));
    expect(key(after)).not.toBe(key(before));
    for (const n of N) expect(valueAt(after, n), `n = ${n}`).toBe(valueAt(before, n));
  });
  it.each([
    // Not the factor next to it, or one that is there for certain only from a later index on.
    sum(`\\eta_{k}${over('0', 'k')}`),
    sum(`\\eta_{k+1}${over('0', 'k-1')}`),
    sum(`\\eta_{k}${over('k+2', 'n')}`),
    sum(`\\eta_{k-1}${over('0', 'k-2')}`),
    sum(`\\frac{\\eta_{k-1}}{${over('0', 'k-1')}}`),
    sum(`\\eta_k${over('k+1', 'n-1')}`),
    sum(`\\eta_k${over('k+1', 'n')}`, 0, 'n+1'),
    // No index that is summed, or several times it.
    `\\eta_{n+1}${over('0', 'n')}`,
    sum(`\\eta_{2k}${over('0', '2k-1')}`),
    // Another power of the product, or of the part.
    sum(`\\eta_{k+1}(${over('0', 'k')})^2`),
    sum(`\\frac{\\eta_{k}}{(${over('0', 'k')})^2}`),
    sum(`\\frac{\\eta_{k+1}}{${over('0', 'k')}}`),
    sum(`\\frac{1}{\\eta_k}${over('0', 'k-1')}`),
    sum(`\\sqrt{\\eta_k}${over('0', 'k-1')}`),
    sum(`\\eta_k${over('0', 'k-1', '1-\\eta_i^2')}`),
    sum(`b^{2k}${over('0', 'k-1', '1-b^i')}`),
    sum(`\\eta_k${over('0', 'k-1', '1-b^i\\eta_i')}`),
    // Two terms that move, or a part that is a sum.
    sum(`\\eta_k${over('0', 'k-1', '1-b^i-\\eta_i')}`),
    sum(`b^k${over('0', 'k-1', '1-\\sum_{l=0}^{i}b^i\\eta_l')}`),
    // Nothing beside it.
    sum(over('0', 'k')),
    sum(over('k+1', 'n')),
  ])('%s is the same object', text => {
    const value = typedInClaim(text);
    expect(joined(value)).toBe(value);
  });
  it('is taken through from the n and the index on at which the range is empty by one', () => {
    const back = new Map([[ITERATION_INDEX, variableForm(ITERATION_INDEX, -4)]]);
    const value = substituteIndices(typedInClaim(sum(`\\eta_k${over('k+1', 'n+2')}`, 0, '2')), back);
    expect(joined(value, fromN(4))).not.toBe(value);
    expect(joined(value, fromN(3))).toBe(value);
    const empty = typedInClaim(sum(`\\eta_{k+1}${over('0', 'k')}`, -1, '2'));
    expect(joined(empty)).not.toBe(empty);
  });
});

describe('a sum between ends that compete', () => {
  const make = (text: string, facts: IndexFacts): string =>
    key(sumOut(typed(text), withIndices(FACTS, facts), ample()));
  it('ends where the tighter one does, and is cut where neither is', () => {
    const lower = '\\sum_{k=\\max(0,n-5)}^{n}b^k';
    expect(make(lower, fromN(0, 5))).toBe(make('\\sum_{k=0}^{n}b^k', fromN(0, 5)));
    expect(make(lower, fromN(5))).toBe(make('\\sum_{k=n-5}^{n}b^k', fromN(5)));
    expect(make(lower, fromN(4))).not.toBe(make('\\sum_{k=n-5}^{n}b^k', fromN(4)));
    expect(make(lower, fromN(0, 6))).not.toBe(make('\\sum_{k=0}^{n}b^k', fromN(0, 6)));
    const upper = '\\sum_{k=0}^{\\min(n,5)}b^k';
    expect(make(upper, fromN(0, 5))).toBe(make('\\sum_{k=0}^{n}b^k', fromN(0, 5)));
    expect(make(upper, fromN(5))).toBe(make('\\sum_{k=0}^{5}b^k', fromN(5)));
    expect(make(upper, fromN(4))).not.toBe(make('\\sum_{k=0}^{5}b^k', fromN(4)));
    expect(make(upper, fromN(0, 6))).not.toBe(make('\\sum_{k=0}^{n}b^k', fromN(0, 6)));
  });
  it.each([
    '\\sum_{k=0}^{n}\\eta_k',
    '\\sum_{k=0}^{n}\\sqrt{k+1}',
    '\\sum_{k=0}^{n}b^k\\sqrt{k+1}',
    '\\sum_{k=0}^{n}\\frac{1}{k+1}',
    'b',
  ])('%s is the same object', text => {
    const value = typed(text);
    expect(sumOut(value, FACTS, ample())).toBe(value);
  });
  it.each(['\\sum_{i=1}^{j}b', '\\sum_{i=j}^{p}b', '\\sum_{i=j+1}^{p}b', '\\sum_{i=1}^{j-1}b', '\\sum_{i=1}^{p}b'])(
    'over components, %s has one term for each end',
    text => {
      const { terms } = sumOut(typed(text), FACTS, ample());
      expect(terms.every(({ sorts }) => sorts.length === 0)).toBe(true);
      expect(terms.length).toBeLessThanOrEqual(3);
    },
  );
});
