import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  modulus,
  addition,
  call,
  definition,
  divide,
  gradient,
  index,
  iterate,
  loss,
  multiplication,
  negation,
  number,
  parameter,
  point,
  toPower,
  product,
  quantity,
  root,
  schedule,
  step,
  subtraction,
  sum,
  sumOverCoordinates,
} from '../../src/formula/build.ts';
import type { Formula, Vector } from '../../src/formula/formula.ts';
import { writeDefinition, writeFormula } from '../../src/latex/write/write-formula.ts';
import { Rational } from '../../src/number/rational.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';
import type { Notation } from '../../src/optimizer/model.ts';
import { arbitraryFormula } from '../support/arbitrary-formula.ts';
import { renderStrictly } from '../support/katex-strict.ts';

const n = index('#n');
const j = index('#j');
const i = index('i');
const k = index('k');
const l = index('l');
const c = index('#c');
const one = number(1);
const two = number(2);
const half = number(Rational.of(1, 2));
const beta = parameter('\\beta');
const rho = parameter('\\rho');
const epsilon = parameter('\\varepsilon');
const x = parameter('x');
const gradientOf = (by: Formula, batch: Formula | null): Formula => gradient([by], batch);
const R = (component: Formula, label: Formula): Formula => quantity('R', [component], [label], point());
const m = quantity('m', [j], [addition(n, one)]);
const fullGradient: Vector = { index: '#c', body: gradientOf(c, null) };
const norm = (order: 1 | 2, perturbation: Formula | null): Formula => ({
  kind: 'norm',
  span: null,
  order,
  perturbation,
  argument: fullGradient,
});
const derivative = (by: Formula, argument: Formula): Formula => ({
  kind: 'derivative',
  span: null,
  by: [by],
  argument,
});
const lookAhead: Vector = {
  index: '#c',
  body: subtraction(iterate(c, n), multiplication(step, beta, quantity('m', [c], [n]))),
};

/** Written by hand from what a paper would print. */
const TABLE: readonly (readonly [string, Formula, latex: string, text: string])[] = [
  ['a power of an index', toPower(rho, subtraction(n, k)), '\\rho^{n-k}', 'ρ^{n-k}'],
  ['a name with a subscript', toPower(parameter('\\beta_1'), addition(n, one)), '\\beta_{1}^{n+1}', 'β₁^{n+1}'],
  ['a sum of coefficients', multiplication(subtraction(one, rho), x), '(1 - \\rho) x', '(1 - ρ) x'],
  ['a leading minus', addition(negation(x), beta), '-x + \\beta', '-x + β'],
  ['a subtracted sum', subtraction(x, addition(beta, rho)), 'x - (\\beta + \\rho)', 'x - (β + ρ)'],
  ['a sum of sums', addition(x, addition(beta, rho)), 'x + \\beta + \\rho', 'x + β + ρ'],
  ['a double minus', negation(negation(x)), '-(-x)', '-(-x)'],
  ['a negative number in a sum', addition(x, number(-2)), 'x - 2', 'x - 2'],
  ['a negative coefficient', addition(x, multiplication(number(-2), beta)), 'x - 2 \\beta', 'x - 2 β'],
  ['a negative factor behind', multiplication(x, negation(beta)), 'x (-\\beta)', 'x (-β)'],
  ['a number behind a factor', multiplication(x, two), 'x \\cdot 2', 'x · 2'],
  ['two numbers', multiplication(two, number(3)), '2 \\cdot 3', '2 · 3'],
  ['a fraction as coefficient', multiplication(half, x), '\\frac{1}{2} x', '(1/2) x'],
  ['a number before a fraction', multiplication(two, half), '2 \\cdot \\frac{1}{2}', '2 (1/2)'],
  ['a quotient', divide(addition(x, beta), multiplication(two, rho)), '\\frac{x + \\beta}{2 \\rho}', '(x + β) / (2 ρ)'],
  ['a quotient of quotients', divide(divide(x, beta), rho), '\\frac{x/\\beta}{\\rho}', '(x / β) / ρ'],
  ['a factor behind a quotient', multiplication(divide(x, beta), rho), '\\frac{x}{\\beta} \\rho', '(x / β) ρ'],
  ['a power of a quotient', toPower(divide(x, beta), two), '\\left(\\frac{x}{\\beta}\\right)^{2}', '(x / β)^2'],
  ['a power of a power', toPower(toPower(x, two), k), '(x^{2})^{k}', '(x^2)^k'],
  ['a power of a negative number', toPower(number(-2), k), '(-2)^{k}', '(-2)^k'],
  ['a fractional exponent', toPower(x, number(Rational.of(-3, 2))), 'x^{-3/2}', 'x^{-3/2}'],
  [
    'a real power',
    call('exp', multiplication(beta, call('log', addition(x, epsilon)))),
    '(x + \\varepsilon)^{\\beta}',
    '(x + ε)^β',
  ],
  ['a real power below 1', call('exp', negation(multiplication(beta, call('log', x)))), 'x^{-\\beta}', 'x^{-β}'],
  [
    'no real power',
    call('exp', multiplication(two, call('log', x))),
    '\\exp\\left(2 \\log(x)\\right)',
    'exp(2 log(x))',
  ],
  ['a quotient in an exponent', toPower(x, divide(addition(n, one), two)), 'x^{(n+1)/2}', 'x^{(n+1)/2}'],
  ['a product in an exponent', toPower(x, multiplication(two, addition(n, one))), 'x^{2 (n+1)}', 'x^{2(n+1)}'],
  [
    'a power of a gradient',
    toPower(gradientOf(j, k), two),
    '\\left(\\nabla_{j} E_{k}(\\boldsymbol{\\theta})\\right)^{2}',
    '(∇_j E_k(θ))^2',
  ],
  ['a power behind an argument', toPower(R(j, n), number(3)), 'R_{j}^{(n)}(\\boldsymbol{\\theta})^{3}', 'R_j^(n)(θ)^3'],
  ['a power of a state', toPower(m, two), '(m_{j}^{(n+1)})^{2}', '(m_j^(n+1))^2'],
  [
    'a power of an absolute value',
    toPower(modulus(gradientOf(j, null)), two),
    '\\left|\\nabla_{j} E(\\boldsymbol{\\theta})\\right|^{2}',
    '|∇_j E(θ)|^2',
  ],
  ['a power of a root', toPower(root(x), number(3)), '\\left(\\sqrt{x}\\right)^{3}', '(√(x))^3'],
  ['a third root', root(addition(x, epsilon), 3), '\\sqrt[3]{x + \\varepsilon}', '∛(x + ε)'],
  ['a second derivative', gradient([i, j], k), '\\nabla_{ij} E_{k}(\\boldsymbol{\\theta})', '∇_{ij} E_k(θ)'],
  ['a loss at an iterate', loss(n, point(n)), 'E_{n}(\\boldsymbol{\\theta}^{(n)})', 'E_n(θ^(n))'],
  [
    'a look-ahead gradient',
    gradient([j], n, lookAhead),
    '\\nabla_{j} E_{n}(\\boldsymbol{\\theta}^{(n)} - h \\beta m^{(n)})',
    '∇_j E_n(θ^(n) - h β m^(n))',
  ],
  ['an iterate', iterate(j, addition(n, one)), '\\theta_{j}^{(n+1)}', 'θ_j^(n+1)'],
  ['a sum as last factor', multiplication(x, sum('k', number(0), n, k)), 'x \\sum_{k=0}^{n} k', 'x Σ_{k=0}^{n} k'],
  [
    'a sum as first factor',
    multiplication(sum('k', number(0), n, k), x),
    '\\left(\\sum_{k=0}^{n} k\\right) x',
    '(Σ_{k=0}^{n} k) x',
  ],
  [
    'a sum of a difference',
    sum('k', number(0), n, subtraction(k, one)),
    '\\sum_{k=0}^{n} (k - 1)',
    'Σ_{k=0}^{n} (k - 1)',
  ],
  ['a sum and a term', addition(sum('k', number(0), n, k), x), '\\sum_{k=0}^{n} k + x', 'Σ_{k=0}^{n} k + x'],
  ['a sum over coordinates', sumOverCoordinates('i', iterate(i)), '\\sum_{i=1}^{p} \\theta_{i}', 'Σ_{i=1}^{p} θ_i'],
  ['a product', product('k', one, n, schedule('\\eta', k)), '\\prod_{k=1}^{n} \\eta_{k}', 'Π_{k=1}^{n} η_k'],
  [
    'sums side by side',
    multiplication(sum('k', number(0), n, k), sum('k', number(0), n, k)),
    '\\left(\\sum_{k=0}^{n} k\\right) \\sum_{k=0}^{n} k',
    '(Σ_{k=0}^{n} k) Σ_{k=0}^{n} k',
  ],
  [
    'a letter bound twice',
    sum('k', number(0), n, sum('k', number(0), k, k)),
    '\\sum_{k=0}^{n} \\sum_{l=0}^{k} l',
    'Σ_{k=0}^{n} Σ_{l=0}^{k} l',
  ],
  [
    'a bound letter with a role',
    sum('h', number(0), n, multiplication(step, index('h'))),
    '\\sum_{k=0}^{n} h k',
    'Σ_{k=0}^{n} h k',
  ],
  [
    'a bound letter that is also free',
    multiplication(k, sum('k', number(0), n, k)),
    'k \\sum_{l=0}^{n} l',
    'k Σ_{l=0}^{n} l',
  ],
  ['the norm', norm(2, null), '\\left\\|\\nabla E(\\boldsymbol{\\theta})\\right\\|', '‖∇ E(θ)‖'],
  [
    'the perturbed norm',
    derivative(j, norm(1, epsilon)),
    '\\nabla_{j} \\left\\|\\nabla E(\\boldsymbol{\\theta})\\right\\|_{1,\\varepsilon}',
    '∇_j ‖∇ E(θ)‖_{1,ε}',
  ],
  [
    'a derivative of a product',
    derivative(j, multiplication(x, R(j, n))),
    '\\nabla_{j} \\left(x R_{j}^{(n)}(\\boldsymbol{\\theta})\\right)',
    '∇_j (x R_j^(n)(θ))',
  ],
  ['an elementary function', call('tanh', divide(x, beta)), '\\tanh\\left(\\frac{x}{\\beta}\\right)', 'tanh(x / β)'],
  ['the sign', call('sign', m), '\\operatorname{sign}(m_{j}^{(n+1)})', 'sign(m_j^(n+1))'],
  ['a derived function', toPower(call('\\phi', x, 2), two), "\\phi''(x)^{2}", "ϕ''(x)^2"],
  ['the greater', { kind: 'extremum', span: null, which: 'max', arguments: [x, one] }, '\\max(x, 1)', 'max(x, 1)'],
  [
    'a derivative by a hyperparameter',
    { kind: 'parameter-derivative', span: null, by: '\\beta', argument: addition(beta, x) },
    '\\frac{\\partial}{\\partial \\beta} (\\beta + x)',
    '∂/∂β (β + x)',
  ],
  ['an empty sum', addition(), '0', '0'],
  ['an empty product', multiplication(), '1', '1'],
];

describe('writing formulas', () => {
  it.each(TABLE)('%s in LaTeX', (_, formula, latex) => {
    expect(writeFormula(formula, DEFAULT_NOTATION, 'latex')).toBe(latex);
  });

  it.each(TABLE)('%s in text', (_, formula, __, text) => {
    expect(writeFormula(formula, DEFAULT_NOTATION, 'text')).toBe(text);
  });

  it.each(TABLE)('%s is rendered by KaTeX', (_, formula) => {
    expect(renderStrictly(writeFormula(formula, DEFAULT_NOTATION, 'latex'))).toContain('katex');
  });

  it('writes the paper’s definition of R', () => {
    const weighted = sum(
      'k',
      number(0),
      n,
      multiplication(toPower(rho, subtraction(n, k)), subtraction(one, rho), toPower(gradientOf(j, k), two)),
    );
    const body = root(addition(divide(weighted, subtraction(one, toPower(rho, addition(n, one)))), epsilon));
    expect(writeDefinition(definition('R', ['#j'], ['#n'], body), DEFAULT_NOTATION, 'latex')).toBe(
      'R_{j}^{(n)}(\\boldsymbol{\\theta}) := \\sqrt{\\frac{\\sum_{k=0}^{n} \\rho^{n-k} (1 - \\rho) \\left(\\nabla_{j} E_{k}(\\boldsymbol{\\theta})\\right)^{2}}{1 - \\rho^{n+1}} + \\varepsilon}',
    );
  });

  it('leaves the argument of a definition out where nothing depends on it', () => {
    const gamma = {
      ...definition('\\gamma', ['#n'], [], subtraction(one, toPower(beta, addition(n, one)))),
      indexSorts: ['history' as const],
    };
    expect(writeDefinition(gamma, DEFAULT_NOTATION, 'latex')).toBe('\\gamma_{n} := 1 - \\beta^{n+1}');
  });

  it('keeps formal letters apart from bound ones', () => {
    const body = sum('l', number(0), index('k'), multiplication(index('k'), l));
    expect(
      writeDefinition(
        { ...definition('c', ['l'], ['k'], body), indexSorts: ['coordinate'] },
        DEFAULT_NOTATION,
        'latex',
      ),
    ).toBe('c_{l}^{(k)} := \\sum_{a=0}^{k} k a');
  });
});

const OTHER_LETTERS: Notation = {
  loss: '\\mathcal{L}',
  parameters: 'w',
  step: '\\eta',
  iteration: 't',
  component: 'r',
  dimension: 'd',
  batches: 'b',
  time: 's',
  index: 'superscript',
};
const SUBSCRIPTS: Notation = { ...OTHER_LETTERS, index: 'subscript' };

describe('other letters', () => {
  it.each([
    [OTHER_LETTERS, '\\theta_j^{(n+1)}', iterate(j, addition(n, one)), 'w_{r}^{(t+1)}'],
    [
      OTHER_LETTERS,
      'a gradient',
      gradient([i, j], subtraction(n, one)),
      '\\nabla_{ir} \\mathcal{L}_{t-1}(\\boldsymbol{w})',
    ],
    [
      OTHER_LETTERS,
      'a bound letter that became a role',
      sum('t', number(0), n, multiplication(step, index('t'))),
      '\\sum_{k=0}^{t} \\eta k',
    ],
    [
      OTHER_LETTERS,
      'a sum over coordinates',
      sumOverCoordinates('r', multiplication(iterate(index('r')), iterate(j))),
      '\\sum_{i=1}^{d} w_{i} w_{r}',
    ],
    [SUBSCRIPTS, 'a state', m, 'm_{t+1,r}'],
    [SUBSCRIPTS, 'a power of a state', toPower(m, two), 'm_{t+1,r}^{2}'],
    [SUBSCRIPTS, 'an iterate', iterate(j, n), 'w_{t,r}'],
    [SUBSCRIPTS, 'a quantity', R(i, l), 'R_{l,i}(\\boldsymbol{w})'],
    [
      SUBSCRIPTS,
      'a look-ahead gradient',
      gradient([j], n, lookAhead),
      '\\nabla_{r} \\mathcal{L}_{t}(\\boldsymbol{w}_{t} - \\eta \\beta m_{t})',
    ],
  ])('%o: %s', (notation, _, formula, latex) => {
    expect(writeFormula(formula, notation, 'latex')).toBe(latex);
  });
});

describe('the point of a theorem', () => {
  const f = addition(R(j, n), gradientOf(j, n), iterate(j));
  it('is the solution of the modified equation', () => {
    expect(writeFormula(f, DEFAULT_NOTATION, 'latex', { current: 'moving' })).toBe(
      'R_{j}^{(n)}\\left(\\tilde{\\boldsymbol{\\theta}}(t)\\right) + \\nabla_{j} E_{n}\\left(\\tilde{\\boldsymbol{\\theta}}(t)\\right) + \\tilde{\\theta}_{j}(t)',
    );
    expect(writeFormula(f, DEFAULT_NOTATION, 'text', { current: 'moving' })).toBe(
      'R_j^(n)(θ̃(t)) + ∇_j E_n(θ̃(t)) + θ̃_j(t)'.normalize('NFD'),
    );
  });
  it('is the iterate in a map', () => {
    expect(writeFormula(f, DEFAULT_NOTATION, 'latex', { current: 'iterate' })).toBe(
      'R_{j}^{(n)}(\\boldsymbol{\\theta}^{(n)}) + \\nabla_{j} E_{n}(\\boldsymbol{\\theta}^{(n)}) + \\theta_{j}^{(n)}',
    );
  });
});

describe('random formulas', () => {
  it.each([DEFAULT_NOTATION, OTHER_LETTERS, SUBSCRIPTS])('are rendered by KaTeX without a warning', notation => {
    fc.assert(
      fc.property(arbitraryFormula(4), formula => {
        expect(renderStrictly(writeFormula(formula, notation, 'latex'))).toContain('katex');
      }),
      { numRuns: 150 },
    );
  });

  it('are written on one line of text without a backslash', () => {
    fc.assert(
      fc.property(arbitraryFormula(4), formula => {
        expect(writeFormula(formula, DEFAULT_NOTATION, 'text')).toMatch(/^[^\\\n]+$/);
      }),
    );
  });

  it('are refused beyond reasonable depth', () => {
    let deep: Formula = x;
    for (let depth = 0; depth < 20_000; depth += 1) deep = root(deep);
    expect(() => writeFormula(deep, DEFAULT_NOTATION, 'latex')).toThrow('nested more than');
  });
});
