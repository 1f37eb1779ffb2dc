/** Expressions taken apart: what is one term or one factor, and what is linear in its factors; a range or a condition makes each another thing. */
import { describe, expect, it } from 'vitest';
import { type Expression, restrict } from '../../src/expression/core/expression.ts';
import { factorKey } from '../../src/expression/core/factor.ts';
import { indexName, ITERATION_INDEX, ZERO } from '../../src/expression/core/indices.ts';
import { isPlainTerm, linearParts, singlePower, singleTerm } from '../../src/expression/core/single.ts';
import { typed } from '../rewrite/typed.ts';

/** From n = 3 on. */
const late = (text: string): Expression => restrict(typed(text), [{ left: ZERO, right: ITERATION_INDEX, bound: -3 }]);
const SUMMED = ['\\sum_{i=1}^{p}\\nabla_iE', '\\sum_{i=1}^{j}\\nabla_iE', '\\sum_{k=0}^{n}\\eta_k'].map(typed);

describe('one term', () => {
  it.each(['3', 'x', '-2x', '2x y^2', 'b^n', 'n', '\\nabla_jE'])('%s is one', text => {
    const value = typed(text);
    expect(singleTerm(value)).toBe(value.terms[0]);
    expect(value.terms.every(isPlainTerm)).toBe(true);
  });
  it.each(['0', 'x+y', '1+x', 'x-y+1'])('%s is none', text => expect(singleTerm(typed(text))).toBe(null));
  it('is neither summed nor under a condition', () => {
    for (const value of [...SUMMED, late('x'), late('1'), late('\\sum_{k=0}^{n}\\eta_k')]) {
      expect(value.terms).toHaveLength(1);
      expect(value.terms.some(isPlainTerm)).toBe(false);
      expect(singleTerm(value)).toBe(null);
    }
  });
});

describe('one power', () => {
  it.each(['x', 'x^2', 'x^{-1}', 'b^n', 'n', '\\sqrt{1+b}', '\\nabla_jE'])('%s is one', text => {
    const value = typed(text);
    expect(singlePower(value)).toBe(value.terms[0]?.factors[0]);
  });
  it.each(['0', '1', '2', '2x', '-x', 'x y', 'x+y', '1+x'])('%s is none', text =>
    expect(singlePower(typed(text))).toBe(null),
  );
  it('is neither summed nor under a condition', () => {
    for (const value of [...SUMMED, late('x')]) expect(singlePower(value)).toBe(null);
  });
});

describe('numbers and multiples of factors', () => {
  const partsOf = (text: string): unknown => {
    const linear = linearParts(typed(text));
    return linear && [linear.constant.toString(), partNames(linear)];
  };
  const partNames = ({ parts }: NonNullable<ReturnType<typeof linearParts>>): string[] =>
    parts.map(({ factor, by }) => `${by.toString()} ${factorKey(factor, indexName)}`).sort();
  const named = (...names: string[]): string[] =>
    names
      .map(name => {
        const [by = '', text = ''] = name.split(' ');
        const own = singlePower(typed(text));
        if (own === null) throw new Error('one factor was typed');
        return `${by} ${factorKey(own.factor, indexName)}`;
      })
      .sort();
  it.each([
    ['0', '0', []],
    ['3', '3', []],
    ['x', '0', ['1 x']],
    ['2-3x', '2', ['-3 x']],
    ['x-\\frac{y}{2}-1', '-1', ['1 x', '-1/2 y']],
    ['\\nabla_jE+x', '0', ['1 \\nabla_jE', '1 x']],
  ])('%s', (text, constant, names) => {
    expect(partsOf(text)).toEqual([constant, named(...names)]);
  });
  it.each(['x y', 'x^2', '1+x y', '\\frac{1}{x}', 'x+b^n', '\\sqrt{1+b}'])('%s has others', text =>
    expect(linearParts(typed(text))).toBe(null),
  );
  it('are neither summed nor under a condition', () => {
    for (const value of [...SUMMED, late('x'), late('1')]) expect(linearParts(value)).toBe(null);
  });
});
