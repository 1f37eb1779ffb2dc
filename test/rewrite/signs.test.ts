/** Signs and absolute values taken apart: what is left of each, with hyperparameters at the ends of their domains in mind. */
import { describe, expect, it } from 'vitest';
import { withIndices } from '../../src/expression/arithmetic/assumptions.ts';
import { applyFunction } from '../../src/expression/arithmetic/functions.ts';
import { absolute } from '../../src/expression/arithmetic/power.ts';
import { type Expression, expressionKey, restrict } from '../../src/expression/core/expression.ts';
import { exponentFromForm, exponentOf, type FactorPower } from '../../src/expression/core/factor.ts';
import type { IndexFacts } from '../../src/expression/core/index-facts.ts';
import { ITERATION_INDEX, ZERO } from '../../src/expression/core/indices.ts';
import { abstract } from '../../src/expression/core/template.ts';
import { Rational } from '../../src/number/rational.ts';
import { throughExponentials } from '../../src/rewrite/rules/exponentials.ts';
import { joinSignsAndSizes } from '../../src/rewrite/rules/sign-times-size.ts';
import { Bases } from '../../src/rewrite/rules/bases.ts';
import { takeSignsApart } from '../../src/rewrite/rules/signs-apart.ts';
import { asSignOrSize } from '../../src/rewrite/size-and-sign.ts';
import { unfold } from '../../src/rewrite/unfold.ts';
import { ample, FACTS, typed } from './typed.ts';

const apart = (value: Expression, indices: IndexFacts = FACTS.indices): Expression => {
  const facts = withIndices(FACTS, indices);
  return takeSignsApart(value, facts, { bases: new Bases(facts, ample()), budget: ample() });
};
const key = (value: Expression): string => expressionKey(unfold(value, ample(), FACTS));
const sign = (text: string): string => `\\operatorname{sign}(${text})`;

describe('a sign', () => {
  it.each([
    ['3', '1'],
    ['-2', '-1'],
    ['0', '0'],
    ['b', '1'],
    ['-b', '-1'],
    ['c', '1'],
    ['1-b', '1'],
    ['b-1', '-1'],
    ['1-w', '1'],
    ['1-a b', '1'],
    ['q+e', '1'],
    ['b x', sign('x')],
    ['-x', `-${sign('x')}`],
    ['2x-2y', sign('x-y')],
    ['x b-x a b', sign('x')],
    ['x-x b^{n+1}', sign('x')],
    ['b^n x', sign('x')],
    ['b^{-n} x', sign('x')],
    ['x^3', sign('x')],
    ['x^2', `${sign('x')}^2`],
    ['\\frac{x}{y}', `${sign('x')}${sign('y')}`],
    ['\\frac{x}{q+e}', sign('x')],
    ['\\sqrt{x}', sign('x')],
    ['\\exp(x)y', sign('y')],
    ['b\\nabla_jE', sign('\\nabla_jE')],
    ['(1-b)\\nabla_jE_n', sign('\\nabla_jE_n')],
    ['(\\nabla_jE)^2+q', '1'],
    ['\\sum_{k=0}^{n}b^k', '1'],
    ['x\\sum_{k=0}^{n}b^k', sign('x')],
    ['1-x^2', `-${sign('x-1')}${sign('x+1')}`],
    ['x^2-y^2', `${sign('x-y')}${sign('x+y')}`],
    ['b^2-a^2', `-${sign('a-b')}`],
    ['b^{2n}-a^{2n}', `-${sign('a^n-b^n')}`],
    ['x^2-2x y+y^2', `${sign('x-y')}^2`],
    ['(1-x)(1-y)', `${sign('x-1')}${sign('y-1')}`],
    ['x^4-1', `${sign('x-1')}${sign('x+1')}`],
  ])('of %s is %s', (text, wanted) => {
    expect(key(apart(typed(sign(text))))).toBe(key(typed(wanted)));
  });
  it.each(['x', 'e', 'w', '1-c', '1-u', 'a-b', 'x-y', 'v+1', 'e+f', '\\nabla_jE', 'x^2+e', 'x+q'])(
    'of %s stays',
    text => {
      expect(key(apart(typed(sign(text))))).toBe(key(typed(sign(text))));
    },
  );
});

describe('an absolute value', () => {
  it.each([
    ['-3', '3'],
    ['b', 'b'],
    ['-e', 'e'],
    ['w', 'w'],
    ['1-c', '1-c'],
    ['c-1', '1-c'],
    ['e+f', 'e+f'],
    ['-e-f', 'e+f'],
    ['b x', 'b|x|'],
    ['e x', 'e|x|'],
    ['-2x', '2|x|'],
    ['x^2', 'x^2'],
    ['-x^2', 'x^2'],
    ['x^3', 'x^2|x|'],
    ['x^{-1}y', '|x|^{-1}|y|'],
    ['n x', 'n|x|'],
    ['-n x', 'n|x|'],
    ['b^n x', 'b^n|x|'],
    ['x-x b', '(1-b)|x|'],
    ['x b-x', '(1-b)|x|'],
    ['x-x b^{n}', '(1-b^{n})|x|'],
    ['\\nabla_jE-b\\nabla_jE', '(1-b)|\\nabla_jE|'],
    ['x\\sqrt{y^2+q}', '|x|\\sqrt{y^2+q}'],
    ['(\\nabla_jE)^2+e', '(\\nabla_jE)^2+e'],
    ['\\sum_{k=0}^{n}b^k', '\\sum_{k=0}^{n}b^k'],
    ['1-b', '1-b'],
    ['1-a b', '1-a b'],
    ['a b-1', '1-a b'],
    ['1-b^{n+1}', '1-b^{n+1}'],
    ['a^nb-1', '1-a^nb'],
    ['x^2-x^2b+q', 'x^2-x^2b+q'],
    ['x^2b-x^2-q', 'x^2-x^2b+q'],
    ['(\\nabla_jE)^2-b^{n+1}(\\nabla_jE)^2+q', '(\\nabla_jE)^2-b^{n+1}(\\nabla_jE)^2+q'],
    ['b^{n+1}(\\nabla_jE)^2-(\\nabla_jE)^2-q', '(\\nabla_jE)^2-b^{n+1}(\\nabla_jE)^2+q'],
    ['1-x^2', '|1-x||1+x|'],
    ['4b^2-9a^2', '(2b+3a)|2b-3a|'],
    ['x^3-y^3', '|x-y||x^2+xy+y^2|'],
  ])('of %s is %s', (text, wanted) => {
    expect(key(apart(apart(typed(`|${text}|`))))).toBe(key(apart(typed(wanted))));
  });
  it.each(['x', 'a-b', '1-u', 'x+q', 'v+m', '\\nabla_jE'])('of %s stays', text => {
    expect(key(apart(typed(`|${text}|`)))).toBe(key(typed(`|${text}|`)));
  });
});

describe('an index', () => {
  const from = (least: number): IndexFacts =>
    FACTS.indices.with([{ left: ZERO, right: ITERATION_INDEX, bound: -least }]);
  const upTo = (most: number): IndexFacts => FACTS.indices.with([{ left: ITERATION_INDEX, right: ZERO, bound: most }]);
  it.each([
    [sign('(n-3)x'), from(4), sign('x')],
    [sign('(n-3)x'), upTo(2), `-${sign('x')}`],
    [sign('(n-3)x'), from(3), `${sign('n-3')}${sign('x')}`],
    [sign('(n-3)x'), upTo(3), `${sign('n-3')}${sign('x')}`],
    [sign('x-x b^{n-2}'), from(3), sign('x')],
    ['|n x|', from(0), 'n|x|'],
    ['|n x|', upTo(1), '|n||x|'],
    ['|(n-3)^2x|', upTo(4), '(n-3)^2|x|'],
  ] as const)('%s: %#', (text, facts, wanted) => {
    expect(key(apart(typed(text), facts))).toBe(key(typed(wanted)));
  });
});

describe('a sign or a size in normal form', () => {
  const [own] = typed(sign('x-y')).terms[0]?.factors ?? [];
  if (own?.factor.kind !== 'function') throw new Error('a sign was read');
  const { factor } = own;
  const of = (value: Expression): FactorPower => {
    const [first, ...others] = value.terms[0]?.factors ?? [];
    if (first === undefined || others.length > 0) throw new Error('one factor');
    return first;
  };
  it('is read with its power', () => {
    expect(asSignOrSize(own)).toMatchObject({ kind: 'sign', exponent: 1 });
    expect(asSignOrSize(of(typed(`${sign('x-y')}^3`)))).toMatchObject({ kind: 'sign', exponent: 3 });
    expect(asSignOrSize(of(typed('|x-y|')))).toMatchObject({ kind: 'size', exponent: 1 });
    expect(asSignOrSize(of(typed('|x-y|^{-3}')))).toMatchObject({ kind: 'size', exponent: -3 });
  });
  it('is nothing else', () => {
    expect(asSignOrSize({ ...own, factor: { ...factor, order: 1 } })).toBe(null);
    expect(asSignOrSize({ ...own, factor: { ...factor, name: 'tanh' } })).toBe(null);
    expect(asSignOrSize({ factor, exponent: exponentFromForm({ constant: 0, terms: [[ITERATION_INDEX, 1]] }) })).toBe(
      null,
    );
    for (const text of ['x', '\\exp(x)', '\\sqrt{x}', '\\sqrt{x^2+q}', '\\sqrt{\\sum_{i=1}^{p}(\\nabla_iE)^2}'])
      expect(asSignOrSize(of(typed(text))), text).toBe(null);
    // √(−x²) is no size of x.
    const { template, arguments: args } = abstract(typed('-x^2'), false);
    const half = exponentOf(Rational.of(1, 2));
    expect(asSignOrSize({ factor: { kind: 'template', template, arguments: args }, exponent: half })).toBe(null);
    // Nor is √(x³y²).
    const odd = abstract(typed('x^3y^2'), false);
    const root = { kind: 'template', template: odd.template, arguments: odd.arguments } as const;
    expect(asSignOrSize({ factor: root, exponent: half })).toBe(null);
  });
  it('is taken apart where it stands for all n alike', () => {
    const late = [{ left: ZERO, right: ITERATION_INDEX, bound: -2 }];
    // The condition stays with what the sign or the size is of.
    const both = apart(applyFunction('sign', 'odd', 0, restrict(typed('x y'), late)));
    expect(key(both)).not.toBe(key(typed(`${sign('x')}${sign('y')}`)));
    expect(key(apart(absolute(restrict(typed('x y'), late), FACTS)))).not.toBe(key(typed('|x||y|')));
    expect(key(apart(applyFunction('sign', 'odd', 0, restrict(typed('b'), late))))).not.toBe(key(typed('1')));
    // A sum over all components from n = 2 on: p x, or nothing.
    const summed = restrict(typed('\\sum_{i=1}^{p}x'), late);
    expect(key(apart(absolute(summed, FACTS)))).not.toBe(key(typed('|x|')));
    expect(key(apart(applyFunction('sign', 'odd', 0, summed)))).not.toBe(key(typed(sign('x'))));
  });
});

describe('functions by exponentials', () => {
  const cosine = (text: string): string => `\\cos(${text})`;
  it.each(['\\exp(x)', '\\exp(x)y', '\\exp(x)^3', cosine('x'), `${cosine('x')}+\\sin(x)`, '\\log(q)', 'x'])(
    '%s is the same object',
    text => {
      const value = typed(text);
      expect(throughExponentials(value, FACTS, ample())).toBe(value);
    },
  );
  it.each(['\\sinh(x)', '\\cosh(x)', '\\tanh(x)', '\\exp(x+y)', `${cosine('x')}^2`])('%s is not', text => {
    const value = typed(text);
    expect(expressionKey(throughExponentials(value, FACTS, ample()))).not.toBe(expressionKey(value));
  });
  it.each([
    ['\\exp(\\log(q))', 'q'],
    ['\\exp(3\\log(q))', 'q^3'],
    ['\\exp(-\\log(q))', '\\frac{1}{q}'],
    ['\\exp(\\frac12\\log(q))', '\\sqrt{q}'],
    ['\\exp(n\\log(q))', 'q^n'],
    ['\\exp(-2n\\log(q))', 'q^{-2n}'],
    ['\\exp(2\\log(q)+x)', 'q^2\\exp(x)'],
    ['\\exp(n\\log(a)+\\log(b))', 'a^n b'],
  ])('%s is %s', (text, wanted) => {
    expect(key(throughExponentials(typed(text), FACTS, ample()))).toBe(key(typed(wanted)));
  });
  it.each([
    '\\exp(\\log(q)^2)',
    '\\exp(n^2\\log(q))',
    '\\exp(\\frac{1}{n+1}\\log(q))',
    '\\exp(x\\log(q))',
    '\\exp(\\frac12n\\log(q))',
    '\\exp(n x\\log(q))',
    '\\exp(n p\\log(q))',
    '\\exp(n\\log(a)\\log(b))',
    '\\exp(\\sum_{k=0}^{n}\\log(q))',
    '\\exp(\\sum_{i=1}^{p}\\log(q))',
    '\\exp(\\sum_{k=0}^{n}k\\log(q))',
    '\\exp(\\sum_{k=0}^{n}\\log(\\eta_k))',
  ])('%s is no power', text => {
    const value = typed(text);
    expect(throughExponentials(value, FACTS, ample())).toBe(value);
  });
});

describe('a sign times its absolute value', () => {
  const joined = (text: string): string => key(joinSignsAndSizes(typed(text), FACTS, ample()));
  it.each([
    [`${sign('x')}|x|`, 'x'],
    [`${sign('x')}x`, '|x|'],
    [`${sign('x')}x^3`, '|x|x^2'],
    [`${sign('x')}|x|^3`, '|x|^2x'],
    [`${sign('x')}^2x`, `${sign('x')}|x|`],
    [`${sign('x')}^2|x|`, `${sign('x')}x`],
    [`${sign('x')}^3`, sign('x')],
    [`${sign('x')}^5y`, `${sign('x')}^3y`],
    [`${sign('-2x')}x`, '-|x|'],
    [`${sign('x-y')}|x-y|`, 'x-y'],
    [`${sign('\\nabla_jE')}\\nabla_jE`, '|\\nabla_jE|'],
    [`\\sum_{i=1}^{p}${sign('\\nabla_iE')}\\nabla_iE`, '\\sum_{i=1}^{p}|\\nabla_iE|'],
  ])('%s is %s', (text, wanted) => {
    expect(joined(text)).toBe(key(typed(wanted)));
  });
  it.each([
    sign('x'),
    `${sign('x')}^2`,
    `${sign('x')}y`,
    `${sign('x')}|y|`,
    `${sign('x y')}x`,
    `${sign('x^3')}x^3`,
    // No value at x = 0, or at most 0 there where the other side is 1.
    `${sign('x')}x^{-1}`,
    `${sign('x')}|x|^{-1}`,
    `${sign('x')}^{-1}x`,
    `${sign('x+y')}x+${sign('x+y')}y^2`,
  ])('%s stays', text => {
    const value = typed(text);
    expect(joinSignsAndSizes(value, FACTS, ample())).toBe(value);
  });
});

describe('what is left alone, or taken apart further', () => {
  it('is the same object where nothing is', () => {
    for (const text of ['x+y', sign('x'), '|x|', `${sign('x-y')}+|\\nabla_jE|`]) {
      const value = typed(text);
      expect(apart(value), text).toBe(value);
    }
  });
  it.each([
    // Even and odd whole powers, of symbols and of indices.
    [`|x^2y|`, 'x^2|y|'],
    ['|b^{2n}x|', 'b^{2n}|x|'],
    ['|x^{2n}y+x^{2n}|', 'x^{2n}|y+1|'],
    ['|x^{2n+2}y+x^{2n+2}|', 'x^{2n+2}|y+1|'],
    ['|x^{2n+4}y+x^{2n}|', 'x^{2n}|x^4y+1|'],
    ['|u^ny-u^n|', 'u^n|y-1|'],
    ['|e^ny-e^n|', 'e^n|y-1|'],
    ['|(-2)x|', '2|x|'],
    ['|2^nx|', '2^n|x|'],
    [sign('x^{-3}y'), `${sign('x')}${sign('y')}`],
    [sign('x^{-2}y'), `${sign('x')}^2${sign('y')}`],
    [sign('x^4y'), `${sign('x')}^2${sign('y')}`],
    [sign('x-2x'), `-${sign('x')}`],
    [`|\\sum_{k=0}^{n}(b-1)b^k|`, '1-b^{n+1}'],
    [sign('\\sum_{k=0}^{n}(b-1)b^k'), '-1'],
    [`|-\\sum_{k=0}^{n}b^k|`, '\\sum_{k=0}^{n}b^k'],
    [sign('-\\sum_{k=0}^{n}b^k'), '-1'],
    [sign('-q-e'), '-1'],
    ['|(-1)^nx+(-1)^n|', '|x+1|'],
    ['|(-2)^nx+(-2)^n|', '2^n|x+1|'],
    ['|2^nx+2^n|', '2^n|x+1|'],
    [sign('x q+x e'), sign('x')],
    [`|-x q-x e|`, '|x|(q+e)'],
    [`|x^2y+x^3|`, 'x^2|x+y|'],
    [`|\\frac{x}{y}+\\frac{1}{y}|`, '\\frac{|x+1|}{|y|}'],
    [sign('\\frac{x}{y}+\\frac{1}{y}'), `${sign('x+1')}${sign('y')}`],
    [sign('\\frac{x}{y^2}+\\frac{1}{y}'), `${sign('x+y')}${sign('y')}^2`],
  ])('%s is %s', (text, wanted) => {
    expect(key(apart(apart(typed(text))))).toBe(key(apart(typed(wanted))));
  });
  it.each([
    // A power that may be negative is no size, and its sign stays.
    ['|x^{2n+1}y+x^{2n+1}|', '|x^{2n+1}|', '|y+1|'],
    ['|x^ny+x^n|', '|x^n|', '|y+1|'],
    [sign('x^ny+x^n'), sign('x^n'), sign('y+1')],
  ])('%s is %s times %s', (text, one, other) => {
    expect(key(apart(typed(text)))).toBe(key(typed(`${one}${other}`)));
  });
  it.each([
    '|\\sum_{k=0}^{n}b^k\\nabla_jE_k|',
    sign('\\sum_{k=0}^{n}b^k\\nabla_jE_k'),
    '|\\sum_{i=1}^{p}\\nabla_iE|',
    // No power in common that is the lesser one at every n, or by a whole number.
    '|x^{n}y+x^{3}|',
    sign('x+\\sqrt{x}'),
  ])('%s stays', text => {
    expect(key(apart(typed(text)))).toBe(key(typed(text)));
  });
  it('is at every depth', () => {
    expect(key(apart(typed(`\\sqrt{|b x|+q}`)))).toBe(key(typed(`\\sqrt{b|x|+q}`)));
    expect(key(apart(typed(sign(`x|b y|`))))).toBe(key(apart(typed(sign('x|y|')))));
  });
});
