import { describe, expect, it } from 'vitest';
import { oneLine } from '../../src/formula/one-line.ts';
import { writeFormula } from '../../src/latex/write/write-formula.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';
import { type Options, read, refusalOf } from './read-text.ts';

/** What is typed, how it is understood, and how it is written. */
const TABLE: readonly (readonly [latex: string, meaning: string, written: string])[] = [
  ['\\sum_{q=\\max(0,n-7)}^{n} E_q', 'sum(q=max(0,n - 7)..n) E_q(theta)', '\\sum_{q=\\max(0,n-7)}^{n}'],
  ['\\sum_{q=\\max\\left\\{0,n-7,l\\right\\}}^n a', 'sum(q=max(0,n - 7,l)..n) a', '\\sum_{q=\\max(0,n-7,l)}^{n}'],
  ['\\sum_{q=k}^{\\min(n-1,l)} a', 'sum(q=k..min(n - 1,l)) a', '\\sum_{q=k}^{\\min(n-1,l)}'],
  ['\\sum_{q=1}^{\\min\\{p,3\\}} v_q', 'sum(q=1..min(p,3)) v_q', '\\sum_{q=1}^{\\min(p,3)}'],
  ['\\prod_{q=\\max(1,k)}^{n} \\beta^q', 'product(q=max(1,k)..n) \\beta^q', '\\prod_{q=\\max(1,k)}^{n}'],
  ['\\sum_{\\max(k,0)\\le q<n} a', 'sum(q=max(k,0)..n - 1) a', '\\sum_{q=\\max(k,0)}^{n-1}'],
  ['\\sum_{\\max(k,l-3)<q\\le n} a', 'sum(q=max(k + 1,l - 3 + 1)..n) a', '\\sum_{q=\\max(k+1,l-3+1)}^{n}'],
  ['\\sum_{q\\le\\min(p,3)} v_q', 'sum(q=1..min(p,3)) v_q', '\\sum_{q=1}^{\\min(p,3)}'],
  [
    '\\sum_{q=\\max(0,\\min(k,l))+1}^n a',
    'sum(q=max(0,min(k,l)) + 1..n) a',
    '\\sum_{q=\\max\\left(0,\\min(k,l)\\right)+1}^{n}',
  ],
];

describe('max and min in the bounds of a sum', () => {
  it.each(TABLE)('%s', (latex, meaning, written) => {
    const formula = read(latex);
    expect(oneLine(formula)).toBe(meaning);
    const back = writeFormula(formula, DEFAULT_NOTATION, 'latex');
    expect(back).toContain(written);
    expect(oneLine(read(back))).toBe(meaning);
  });

  it.each([
    ['\\sum_{q=\\max(0)}^n a', 'function-argument at 1:13'],
    ['\\sum_{q=\\max 0}^n a', 'function-argument at 1:14'],
    ['\\sum_{q=\\max}^n a', 'function-argument at 1:9'],
    ['\\sum_{q=\\max(0,n)^2}^n a', 'function-argument at 1:13'],
    ['\\sum_{q=\\max(0,\\beta)}^n a', 'undefined-name at 1:16'],
    ['\\sum_{q=\\max(0,n/2)}^n a', 'index-expression at 1:17'],
    ['\\sum_{q=\\max(0,q)}^n a', 'undefined-name at 1:16'],
    ['\\sum_{n=0}^{n} a', 'index-fixed at 1:7', { fixed: new Map() }],
    ['\\sum_{n=0}^{\\min(n,7)} a', 'index-fixed at 1:7', { fixed: new Map() }],
    ['E_{\\max(0,n)}', 'index-expression at 1:4'],
    ['\\theta_j^{(\\max(n-1,0))}', 'index-expression at 1:12'],
  ] as [latex: string, refusal: string, options?: Options][])('refuses %s', (latex, refusal, options = {}) => {
    expect(refusalOf(() => read(latex, options))).toBe(refusal);
  });
});

describe('an empty group', () => {
  it.each([
    ['{}+ a', 'a'],
    ['a {}+{} b', 'a + b'],
    ['a{ }b', 'a*b'],
    ['\\beta {} \\cdot 2', '\\beta*2'],
  ])('means nothing in %s', (latex, meaning) => {
    expect(oneLine(read(latex))).toBe(meaning);
  });

  it.each(['{}', '\\frac{}{a}', '(\\,)', 'a{}^2', '{}_j a', '\\sqrt{}'])('is no formula in %s', latex => {
    expect(refusalOf(() => read(latex))).toMatch(/^formula-expected/);
  });
});

describe('numbers of several digits', () => {
  const subscript = { notation: { index: 'subscript' } as const };
  it('are one iteration label in subscript notation', () => {
    expect(oneLine(read('E_{12}(\\theta_{10})', subscript))).toBe('E_12(theta^(10))');
    expect(oneLine(read('m_{10,j}', subscript))).toBe('m_j^(10)');
    expect(oneLine(read('\\sum_q v_q m_{10,q}', subscript))).toBe('sum(q=1..p) v_q*m_q^(10)');
  });
  it('are no row of indices', () => {
    expect(refusalOf(() => read('A_{12}'))).toBe('index-expression at 1:4');
    expect(refusalOf(() => read('\\nabla_{10}E'))).toBe('index-expression at 1:9');
    expect(oneLine(read('A_{1,2}'))).toBe('A_12');
  });
});

describe('numbers beside letters', () => {
  it.each([
    ['\\nabla_{1r}E', 'd_{1r} E'],
    ['\\nabla_{12}E', 'd_{12} E'],
    ['\\nabla_{1 \\, r}E', 'd_{1r} E'],
    ['\\nabla_{r1}E', 'd_{r1} E'],
    ['\\nabla_{1ir}E', 'd_{1ir} E'],
    ['\\nabla_{1r,i}E', 'd_{1ri} E'],
    ['\\nabla_{1r}^2E', 'd_{1r} E'],
    ['(\\nabla^2E)_{1r}', 'd_{1r} E'],
    ['\\partial_{1r}K(v)', 'd_{1r} K(v)'],
    ['A_{2r}', 'A_2r'],
  ])('are components one after the other in %s', (latex, expected) => {
    const commas = latex.replace(/_\{[^}]*\}/, `_{${indicesOf(expected)}}`);
    expect(oneLine(read(latex))).toBe(oneLine(read(commas)));
  });
  it.each([
    'v_{1r}',
    '\\theta_{1r}',
    '\\Phi_{1r}(v)',
    'R_{2r}^{(n)}',
    '\\frac{\\partial E}{\\partial\\theta_{1r}}',
    '(\\nabla E)_{1r}',
    '\\nabla_{r+1i}E',
    '\\nabla_{3r-2r}E',
    '\\nabla_{2(r)}E',
    '\\nabla_{1 2}E',
    '\\nabla_{12r}E',
    '\\nabla_{r,12i}E',
  ])('are refused where one component stands, or where they may be one number: %s', latex => {
    expect(refusalOf(() => read(latex))).toMatch(/^index-expression/);
  });
  it('are products where they are typed as such, and in labels and bounds', () => {
    expect(oneLine(read('v_{2\\cdot r}'))).toBe('v_(2*r)');
    expect(oneLine(read('E_{2n}'))).toContain('2*n');
    expect(oneLine(read('\\eta_{2n}'))).toContain('2*n');
    expect(oneLine(read('\\theta_r^{(2n)}'))).toContain('2*n');
    expect(oneLine(read('E_{2n}', { notation: { index: 'subscript' } }))).toContain('2*n');
    expect(oneLine(read('m_{2n,r}', { notation: { index: 'subscript' } }))).toContain('2*n');
  });
  it('are refused in subscript notation where step and component both may be meant', () => {
    const subscript = { notation: { index: 'subscript' } as const };
    expect(refusalOf(() => read('m_{2n}', subscript))).toBe('index-expression at 1:4');
    expect(refusalOf(() => read('\\theta_{2n-1}', subscript))).toBe('index-expression at 1:9');
    expect(oneLine(read('\\|m_{2\\cdot n}\\|', subscript))).toContain('2*n');
  });
});

/** `1r` of `d_{1r} E` with commas. */
const indicesOf = (line: string): string => [...(/_\{?([a-z0-9]+)/.exec(line)?.[1] ?? '')].join(',');

describe('a parenthesis with the step behind the parameters', () => {
  it.each([
    ['\\theta_j(a h)', 'theta_j*(a*h)'],
    ['\\theta_j(\\beta h)', 'theta_j*(\\beta*h)'],
    ['\\tilde\\theta_j(kh)', 'theta_j^(k)'],
    ['\\tilde\\theta_j((k+1)h)', 'theta_j^(k + 1)'],
    ['\\tilde\\theta_j(nh)', 'theta_j'],
    ['m_j^{(n)}(ah)', 'm_j^(n)*(a*h)'],
  ])('%s', (latex, meaning) => {
    expect(oneLine(read(latex))).toBe(meaning);
  });
  it('still needs a known letter', () => {
    expect(refusalOf(() => read('\\theta_j(z h)'))).toBe('undefined-name at 1:10');
  });
});
