/** The variables of polynomials: every power that fits comes back as it was, and the expected factors divide. */
import { describe, expect, it } from 'vitest';
import { type Expression, expressionKey, factorExpression, multiply } from '../../src/expression/core/expression.ts';
import { fractionFrom } from '../../src/rewrite/rules/collect-terms.ts';
import { Variables } from '../../src/rewrite/polynomial-variables.ts';
import { multiplyMonomials, multiplyPolynomials, polynomialKey } from '../../src/algebra/polynomial.ts';
import { addExponents, exponentFromForm, exponentOf, type FactorPower } from '../../src/expression/core/factor.ts';
import { Rational } from '../../src/number/rational.ts';
import { ITERATION_INDEX } from '../../src/expression/core/indices.ts';
import { variableForm } from '../../src/number/linear-form.ts';
import { typed } from './typed.ts';

const powersOf = (text: string) => typed(text).terms[0]?.factors ?? [];
const put = (variables: Variables, monomial: Parameters<Variables['factorPowers']>[0]): Expression =>
  multiply(...variables.factorPowers(monomial).map(({ factor, exponent }) => factorExpression(factor, exponent)));

describe('a root', () => {
  it.each([
    ['\\nabla_jE', false],
    ['\\eta_n', false],
    ['\\phi(x)', false],
    ['b', true],
    ['2^n', true],
    ['\\frac{1}{(1-b)^2+a}', true],
  ])('of %s: a power of a variable is %s', (text, wanted) => {
    const half = exponentOf(Rational.of(1, 2));
    const factor = powersOf(text)[0]?.factor;
    if (factor === undefined) throw new Error('a factor was read');
    expect(new Variables().monomial({ factor, exponent: half }) !== null).toBe(wanted);
  });
});

describe('a product of powers', () => {
  it.each([
    'b',
    'b^2',
    '\\frac{1}{b}',
    '\\sqrt{b}',
    'b^{3/2}',
    'b^n',
    'b^{n+1}',
    'b^{2n-3}',
    '\\sqrt{b}b^n',
    'a^n b^{n+2}a^3',
    '2^n',
    '\\sqrt{2}',
    '\\nabla_jE',
    '\\frac{1}{\\theta_j}',
    '\\eta_n^2',
    '\\phi(x)^3',
    '\\sqrt{(\\nabla_jE)^2+q}',
    '\\frac{1}{((\\nabla_jE)^2+q)^{3/2}}',
    '\\frac{b^n\\eta_n}{\\sqrt{(\\nabla_jE)^2+q}}',
    '(1-b)^{n+2}',
    '|\\nabla_jE|',
    '|\\nabla_jE|\\nabla_jE',
  ])('%s', text => {
    for (const order of [1, -1]) {
      const variables = new Variables();
      const powers = powersOf(text);
      // Variables that exist already, in the other order.
      for (const own of order === 1 ? [] : [...powers].reverse()) variables.monomial(own);
      if (order === -1) variables.power('b', ITERATION_INDEX);
      if (order === -1) for (const { factor } of powers) variables.monomial({ factor, exponent: exponentOf(1) });
      const monomial = variables.monomialOf(powers);
      if (monomial === null) throw new Error('it fits');
      const alone = powers.flatMap(each => (each.factor.kind === 'index' ? [] : [variables.monomial(each) ?? []]));
      for (const each of [monomial, ...alone]) expect([...each].sort((x, y) => x[0] - y[0])).toEqual(each);
      expect(expressionKey(put(variables, monomial))).toBe(expressionKey(typed(text)));
      const inverse = multiplyMonomials([], monomial, -1);
      expect(expressionKey(multiply(put(variables, monomial), put(variables, inverse)))).toBe(
        expressionKey(typed('1')),
      );
    }
  });
  it('is one of an absolute value and its argument in the order in which they were met', () => {
    for (const first of ['\\nabla_jE', '|\\nabla_jE|']) {
      const variables = new Variables();
      variables.monomialOf(powersOf(first));
      for (const own of powersOf('(\\nabla_jE)^3')) {
        const monomial = variables.monomial(own) ?? [];
        expect(monomial).toHaveLength(2);
        expect([...monomial].sort((x, y) => x[0] - y[0])).toEqual(monomial);
      }
    }
  });
  it.each(['\\sqrt[3]{b}', '\\sqrt[3]{(\\nabla_jE)^2+q}', '\\sqrt{\\eta_n}', '\\sqrt{\\phi(x)}'])(
    '%s fits none',
    text => {
      expect(new Variables().monomialOf(powersOf(text))).toBe(null);
    },
  );
  it('tells g from |g|, and joins them', () => {
    const variables = new Variables();
    const of = (text: string) => JSON.stringify(variables.monomialOf(powersOf(text)));
    expect(of('(\\nabla_jE)^2')).toBe(of('|\\nabla_jE|^2'));
    expect(of('(\\nabla_jE)^{-2}')).toBe(of('\\frac{1}{|\\nabla_jE|^2}'));
    expect(of('\\nabla_jE')).not.toBe(of('|\\nabla_jE|'));
    const [odd, squared, absolute] = ['(\\nabla_jE)^3', '\\nabla_jE', '|\\nabla_jE|^2'].map(text =>
      variables.monomialOf(powersOf(text)),
    );
    expect(multiplyMonomials(squared ?? [], absolute ?? [])).toEqual(odd);
    const below = variables.monomialOf(powersOf('\\frac{1}{\\nabla_jE}'));
    expect(multiplyMonomials(below ?? [], absolute ?? [])).toEqual(squared);
  });
  it('comes back with its indices', () => {
    const variables = new Variables();
    const [b, n] = [variables.symbol('b'), variables.index(ITERATION_INDEX)];
    const monomial = [
      [b, 1],
      [n, 2],
    ] as const;
    expect(expressionKey(put(variables, monomial))).toBe(expressionKey(typed('n^2b')));
    expect(variables.monomialOf(variables.factorPowers(monomial))).toEqual(monomial);
    const below = [[n, -1]] as const;
    expect(variables.monomialOf(variables.factorPowers(below))).toEqual(below);
    // Indices first, then hyperparameters without an index in their exponents, then with one, then everything else.
    const all = [...monomial, ...(variables.monomialOf(powersOf('a^n\\eta_n')) ?? [])];
    const kinds = variables
      .factorPowers(all)
      .map(({ factor }) => (factor.kind === 'symbol' ? factor.name : factor.kind));
    expect(kinds.slice(0, 3)).toEqual(['index', 'b', 'a']);
    expect(kinds).toHaveLength(4);
  });
  it('is one power of each hyperparameter, and none to the power 0', () => {
    const variables = new Variables();
    const [whole, root] = ['b', '\\sqrt{b}'].map(text => variables.monomialOf(powersOf(text)) ?? []);
    const [own] = root ?? [];
    if (own === undefined || whole === undefined) throw new Error('both fit');
    expect(variables.factorPowers([...whole, own])).toHaveLength(1);
    expect(expressionKey(put(variables, [...whole, own]))).toBe(expressionKey(typed('b^{3/2}')));
    expect(variables.factorPowers([...whole, [own[0], -2]])).toEqual([]);
  });
  it('is empty for powers to the 0', () => {
    const variables = new Variables();
    for (const text of ['b', '2^n', '\\sqrt{b}', '\\nabla_jE', '\\eta_n', '\\phi(x)', '\\sqrt{(\\nabla_jE)^2+q}']) {
      const [own] = powersOf(text);
      if (own === undefined) throw new Error('a factor was read');
      expect(variables.monomial({ factor: own.factor, exponent: exponentOf(0) }), text).toEqual([]);
    }
  });
  it('keeps what has an index in its exponent apart from what has none', () => {
    const variables = new Variables();
    const [own] = powersOf('\\eta_n');
    if (own === undefined) throw new Error('a factor was read');
    const form = { constant: 0, terms: [[ITERATION_INDEX, 1] as const] };
    const raised = (shift: number): FactorPower => ({
      factor: own.factor,
      exponent: addExponents(exponentFromForm(form), exponentOf(shift)),
    });
    const [plain, later] = [variables.monomialOf([raised(0)]), variables.monomialOf([raised(2)])];
    expect(plain).toHaveLength(1);
    expect(later).toHaveLength(2);
    expect(multiplyMonomials(plain ?? [], variables.monomialOf([own, own]) ?? [])).toEqual(later);
    expect(expressionKey(put(variables, later ?? []))).toBe(
      expressionKey(multiply(factorExpression(own.factor, exponentFromForm(form)), typed('\\eta_n^2'))),
    );
    // η^{n+1/2} is no multiple of any unit.
    const half = addExponents(exponentFromForm(form), exponentOf(Rational.of(1, 2)));
    expect(variables.monomialOf([{ factor: own.factor, exponent: half }])).toBe(null);
  });
  it('has one variable for each thing', () => {
    const variables = new Variables();
    expect(variables.symbol('b')).toBe(variables.symbol('b'));
    expect(variables.symbol('a')).not.toBe(variables.symbol('b'));
    expect(variables.power('b', ITERATION_INDEX)).not.toBe(variables.symbol('b'));
    expect(variables.get(variables.index(ITERATION_INDEX))).toEqual({ kind: 'index', index: ITERATION_INDEX });
    expect(() => variables.get(99)).toThrow();
  });
});

describe('the factors that are expected', () => {
  const variables = new Variables();
  const polynomial = (text: string) => {
    const found = fractionFrom(typed(text), variables);
    if (found === null || found.below.length > 0) throw new Error(`${text} is a polynomial`);
    return found.above;
  };
  it.each([
    ['1-b', '1+b', 2],
    ['1-b', '1-a', 2],
    ['1-b^n', '1-b', 2],
    ['1-b^{n+1}', '1+b^{n+1}', 2],
    ['1-b^{n+2}', 'a-b', 2],
    ['1-a b', '1-a', 2],
    ['n', 'n+1', 1],
    ['n+1', 'n+2', 2],
    ['n-1', 'n+1', 2],
    ['(1-b)^2', '1-a', 2],
    ['1+b^n', '1+a', 2],
    ['1+b^{n+2}', '1+b', 2],
    ['1-b^n', '1+b^n', 2],
    ['a-b', 'a+1', 2],
    ['a b-1', 'b+1', 2],
    ['n+2', 'n-1', 2],
    ['n+1', '1-b^{n+1}', 2],
  ] as const)('(%s)(%s) has %d', (left, right, count) => {
    const product = multiplyPolynomials(polynomial(left), polynomial(right));
    const { powers } = variables.factor(product);
    expect(powers).toHaveLength(count);
    expect(powers.some(({ count: times }) => times === 2)).toBe(left.includes('^2'));
  });
  it('are the same in whichever order the variables were met', () => {
    for (const first of ['b', 'b^n', 'a b^n', 'b^na']) {
      const own = new Variables();
      own.monomialOf(powersOf(first));
      const found = fractionFrom(typed('1-2b^{n+1}+b^{2n+2}'), own);
      expect(
        own.factor(found?.above ?? []).powers.map(({ count }) => count),
        first,
      ).toEqual([2]);
      const product = fractionFrom(typed('1-2a b+a^2b^2'), own);
      expect(
        own.factor(product?.above ?? []).powers.map(({ count }) => count),
        first,
      ).toEqual([2]);
    }
  });
  it.each([
    '1-b',
    '1+b',
    'a-b',
    'a b-1',
    'n+1',
    'n+2',
    'n-1',
    '1-b^n',
    '1+b^n',
    '1-b^{n+1}',
    '1+b^{n+1}',
    '1-b^{n+2}',
    '1+b^{n+2}',
  ])('%s is one of a polynomial that is too large for others', text => {
    const own = new Variables();
    const from = (each: string) => fractionFrom(typed(each), own)?.above ?? [];
    const [base, sum] = [from(text), from('1+a+b+d+x')];
    const large = multiplyPolynomials(multiplyPolynomials(sum, sum), multiplyPolynomials(sum, sum));
    const keys = own.factor(multiplyPolynomials(base, large)).powers.map(each => polynomialKey(each.base));
    expect(keys).toContain(polynomialKey(own.factor(base).powers[0]?.base ?? []));
    expect(own.factor(large).powers).toHaveLength(1);
  });
  it('are forms of indices', () => {
    expect(polynomialKey(variables.form(variableForm(ITERATION_INDEX, 3)))).toBe(polynomialKey(polynomial('n+3')));
    expect(polynomialKey(variables.form(variableForm(ITERATION_INDEX, 3)))).not.toBe(polynomialKey(polynomial('n+2')));
  });
});
