import { describe, expect, it } from 'vitest';
import { oneLine } from '../../src/formula/one-line.ts';
import type { Notation } from '../../src/optimizer/model.ts';
import { read, refusalOf } from './read-text.ts';
import type { Options } from './read-text.ts';

const LETTERS: Partial<Notation> = {
  loss: '\\mathcal{L}',
  parameters: 'w',
  step: '\\alpha',
  iteration: 't',
  time: '\\tau',
  component: 'r',
  dimension: 'd',
  batches: 'N',
};
const letters: Options = {
  notation: LETTERS,
  fixed: new Map([
    ['r', { name: '#j', sort: 'coordinate' }],
    ['t', { name: '#n', sort: 'history' }],
  ]),
};

describe('other letters', () => {
  it.each([
    ['\\nabla_r\\mathcal{L}_t(w^{(t)})', 'd_j E_n(theta^(n))'],
    ['\\mathcal L(\\tilde{\\mathbf w}(\\tau))', 'E(theta)'],
    ['w_r^{(t)} - \\alpha m_r^{(t+1)}', 'theta_j^(n) - h*m_j^(n + 1)'],
    [
      '\\sum_{k=0}^{t}\\rho^{t-k}\\sum_{i=1}^d\\nabla_{ir}\\mathcal L_k',
      'sum(k=0..n) \\rho^(n - k)*(sum(i=1..p) d_ij E_k(theta))',
    ],
    ['\\frac1N\\sum_{k=0}^{N-1}\\mathcal L_k', '(1/m)*(sum(k=0..m - 1) E_k(theta))'],
    ['\\sum_{n=0}^t E_n', null],
    ['\\sum_{n=0}^t \\rho^n', 'sum(n=0..n) \\rho^n'],
    ['\\sum_{j=1}^d v_j', 'sum(j=1..p) v_j'],
    ['\\theta', null],
    ['h', null],
    ['E', null],
  ])('%s', (latex, expected) => {
    if (expected === null) expect(refusalOf(() => read(latex, letters))).toMatch(/^undefined-name/);
    else expect(oneLine(read(latex, letters))).toBe(expected);
  });

  it('ignores accents and bold on the loss and the parameters only', () => {
    expect(oneLine(read('\\bar{E}_k(\\hat{\\mathbf{\\theta}})'))).toBe('E_k(theta)');
    expect(refusalOf(() => read('\\bar{M}_j^{(n)}'))).toBe('undefined-name at 1:1');
  });

  it('lets a default letter be a name, and keeps its role where it stands bare', () => {
    expect(oneLine(read('\\frac1m\\sum_{q=0}^{m-1}m_j^{(q)}'))).toBe('(1/m)*(sum(q=0..m - 1) m_j^(q))');
  });

  it('lets a bound letter and a state share a letter', () => {
    expect(oneLine(read('\\sum_{m=0}^n\\beta^m m_j^{(n-m)}'))).toBe('sum(m=0..n) \\beta^m*m_j^(n - m)');
  });
});

const subscript: Options = {
  where: 'optimizer',
  notation: {
    loss: 'F',
    parameters: 'w',
    step: '\\eta',
    iteration: 't',
    time: 's',
    component: 'r',
    index: 'subscript',
  },
};

describe('sizes', () => {
  it.each(['\\Big/', '\\big/', '\\bigm/', '\\bigg/'])('%s is a slash', slash => {
    expect(oneLine(read(`h ${slash} (1 + n)`))).toBe(oneLine(read('h / (1 + n)')));
  });
  it.each(['\\Bigl/', '\\bigr/'])('%s is none', slash => {
    expect(refusalOf(() => read(`h ${slash} (1 + n)`))).not.toBeNull();
  });
});

describe('labels in the subscript', () => {
  it.each([
    ['\\beta m_{t-1} + (1-\\beta) g_t', '\\beta*m_j^(n - 1) + (1 - \\beta)*g_j^(n)'],
    ['\\nabla F_t(w_{t-1})', 'd_j E_n(theta^(n - 1))'],
    [
      'w_{t-1} - \\eta\\hat m_t/(\\sqrt{\\nu_t}+\\varepsilon)',
      'theta_j^(n - 1) - (h*\\hat{m}_j^(n))/(sqrt(\\nu_j^(n)) + \\varepsilon)',
    ],
    ['m_t/(1-\\beta_1^t)', 'm_j^(n)/(1 - \\beta_1^n)'],
    ['g_t^2', 'g_j^(n)^2'],
    ['g_t\\odot g_t', 'g_j^(n)*g_j^(n)'],
    ['w_{t,r}', 'theta_j^(n)'],
    ['w_{r,t-1}', 'theta_j^(n - 1)'],
    ['m_{tr}', 'm_j^(n)'],
    ['m_t^{(r)}', 'm_j^(n)'],
    ['R_{t,r}(w)^3', 'R_j^(n)(theta)^3'],
    ['R_{t,r}(w_{t-1})', 'R_j^(n)(theta^(n - 1))'],
    ['\\nabla_r F_t(w_{t-1} - \\eta\\beta m_{t-1})', 'd_j E_n([c: theta_c^(n - 1) - h*\\beta*m_c^(n - 1)])'],
    ['\\sum_{k=1}^t\\beta^{t-k}g_k', 'sum(k=1..n) \\beta^(n - k)*g_j^(k)'],
    ['\\sum_{k=1}^t\\sum_{i=1}^p g_{k,i}', 'sum(k=1..n) (sum(i=1..p) g_i^(k))'],
    ['m_0', 'm_j^(0)'],
    ['\\gamma_t', '\\gamma_n'],
  ])('%s', (latex, expected) => {
    expect(oneLine(read(latex, { ...subscript, fixed: new Map() }))).toBe(expected);
  });

  it.each([
    ['m', 'missing-label at 1:1'],
    ['m_r', 'missing-label at 1:1'],
    ['m_{t,k}', 'undefined-name at 1:6'],
    ["w_t'", 'unexpected-prime at 1:1'],
  ])('%s is refused: %s', (latex, refusal) => {
    expect(refusalOf(() => read(latex, { ...subscript, fixed: new Map() }))).toBe(refusal);
  });
});
