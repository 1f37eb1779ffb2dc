/** The formulas of Theorems 3.3 and 3.6, Remarks 3.4 and 3.7 and Section 4 of "Backward Error Analysis of Adaptive Gradient Algorithms". */
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../src/formula/one-line.ts';
import { read, refusalOf } from './read-text.ts';
import type { Options } from './read-text.ts';

const free: Options = {
  fixed: new Map([
    ['j', { name: '#j', sort: 'coordinate' }],
    ['n', { name: '#n', sort: 'history' }],
  ]),
};
const theta = '(\\tilde{\\boldsymbol{\\theta}}(t))';
const sized = '\\left(\\tilde{\\boldsymbol{\\theta}}(t)\\right)';

const TABLE: readonly (readonly [name: string, latex: string, formula: string])[] = [
  [
    'eq. 1, state',
    '\\rho \\nu_{j}^{(n)} + (1 - \\rho) \\left(\\nabla_{j} E_{n} \\left(\\boldsymbol{\\theta}^{(n)} \\right) \\right)^{2}',
    '\\rho*\\nu_j^(n) + (1 - \\rho)*(d_j E_n(theta^(n)))^2',
  ],
  [
    'eq. 1, update',
    '\\theta_{j}^{(n)} - \\frac{h}{\\sqrt{\\nu_{j}^{(n+1)} + \\varepsilon}} \\nabla_{j} E_{n} \\left(\\boldsymbol{\\theta}^{(n)} \\right)',
    'theta_j^(n) - (h/sqrt(\\nu_j^(n + 1) + \\varepsilon))*d_j E_n(theta^(n))',
  ],
  [
    'eq. 2, update',
    '\\theta_{j}^{(n)} - h \\frac{m_{j}^{(n+1)} / (1 - \\beta^{n+1})}{\\sqrt{\\nu_{j}^{(n+1)} / (1 - \\rho^{n+1}) + \\varepsilon}}',
    'theta_j^(n) - h*((m_j^(n + 1)/(1 - \\beta^(n + 1)))/sqrt(\\nu_j^(n + 1)/(1 - \\rho^(n + 1)) + \\varepsilon))',
  ],
  [
    'eq. 4',
    `-\\frac{\\nabla_{j}E_{n}${sized}}{R_{j}^{(n)}${sized}} + h\\left(\\frac{\\nabla_{j}E_{n}${sized}\\left(2P_{j}^{(n)}${sized} + \\bar{P}_{j}^{(n)}${sized}\\right)}{2R_{j}^{(n)}${sized}^{3}} - \\frac{\\sum_{i=1}^{p}\\nabla_{ij}E_{n}${sized}\\frac{\\nabla_{i}E_{n}${sized}}{R_{i}^{(n)}${sized}}}{2R_{j}^{(n)}${sized}^{3}}\\right)`,
    '-d_j E_n(theta)/R_j^(n)(theta) + h*((d_j E_n(theta)*(2*P_j^(n)(theta) + \\bar{P}_j^(n)(theta)))/(2*R_j^(n)(theta)^3) - (sum(i=1..p) d_ij E_n(theta)*(d_i E_n(theta)/R_i^(n)(theta)))/(2*R_j^(n)(theta)^3))',
  ],
  [
    'Theorem 3.3, R',
    '\\sqrt{\\sum_{k=0}^{n} \\rho^{n-k} (1-\\rho) \\left(\\nabla_{j} E_{k}(\\boldsymbol{\\theta})\\right)^{2} + \\varepsilon}',
    'sqrt((sum(k=0..n) \\rho^(n - k)*(1 - \\rho)*(d_j E_k(theta))^2) + \\varepsilon)',
  ],
  [
    'Theorem 3.3, P',
    '\\sum_{k=0}^{n} \\rho^{n-k} (1-\\rho) \\nabla_{j} E_{k}(\\boldsymbol{\\theta}) \\sum_{i=1}^{p} \\nabla_{ij} E_{k}(\\boldsymbol{\\theta}) \\sum_{l=k}^{n-1} \\frac{\\nabla_{i} E_{l}(\\boldsymbol{\\theta})}{R_{i}^{(l)}(\\boldsymbol{\\theta})}',
    'sum(k=0..n) \\rho^(n - k)*(1 - \\rho)*d_j E_k(theta)*(sum(i=1..p) d_ij E_k(theta)*(sum(l=k..n - 1) d_i E_l(theta)/R_i^(l)(theta)))',
  ],
  [
    'Theorem 3.3, P bar',
    '\\sum_{k=0}^{n} \\rho^{n-k} (1-\\rho) \\nabla_{j} E_{k}(\\boldsymbol{\\theta}) \\sum_{i=1}^{p} \\nabla_{ij} E_{k}(\\boldsymbol{\\theta}) \\frac{\\nabla_{i} E_{n}(\\boldsymbol{\\theta})}{R_{i}^{(n)}(\\boldsymbol{\\theta})}',
    'sum(k=0..n) \\rho^(n - k)*(1 - \\rho)*d_j E_k(theta)*(sum(i=1..p) d_ij E_k(theta)*(d_i E_n(theta)/R_i^(n)(theta)))',
  ],
  [
    'Remark 3.4, R',
    '\\sqrt{\\left|\\nabla_{j}E(\\boldsymbol{\\theta})\\right|^{2}\\left(1-\\rho^{n+1}\\right)+\\varepsilon}',
    'sqrt(|d_j E(theta)|^2*(1 - \\rho^(n + 1)) + \\varepsilon)',
  ],
  [
    'Remark 3.4, large n',
    `\\frac{1}{\\sqrt{\\left|\\nabla_{j}E${theta}\\right|^{2} + \\varepsilon}} \\left[-\\nabla_{j}E${theta} + h \\frac{\\frac{\\rho}{1-\\rho} \\left|\\nabla_{j}E${theta}\\right|^{2} - \\frac{\\varepsilon}{2}}{\\left|\\nabla_{j}E${theta}\\right|^{2} + \\varepsilon} \\left. \\nabla_{j} \\left\\|\\nabla E(\\boldsymbol{\\theta})\\right\\|_{1,\\varepsilon} \\right|_{\\boldsymbol{\\theta} = \\tilde{\\boldsymbol{\\theta}}(t)} \\right]`,
    '(1/sqrt(|d_j E(theta)|^2 + \\varepsilon))*(-d_j E(theta) + h*(((\\rho/(1 - \\rho))*|d_j E(theta)|^2 - \\varepsilon/2)/(|d_j E(theta)|^2 + \\varepsilon))*d_j ‖[c: d_c E(theta)]‖_(1,\\varepsilon))',
  ],
  [
    'Remark 3.4, the split',
    `\\underbrace{h\\frac{-\\frac{\\varepsilon}{2}}{\\left|\\nabla_{j}E${theta}\\right|^{2}+\\varepsilon}}_{\\text{nonzero steps}} + \\underbrace{h\\rho}_{\\text{memory}}`,
    'h*((-\\varepsilon/2)/(|d_j E(theta)|^2 + \\varepsilon)) + h*\\rho',
  ],
  [
    'Remark 3.4, small gradients',
    `-\\frac{1}{\\sqrt{\\varepsilon}}\\nabla_{j}\\left\\{E${theta} + \\frac{h}{2}\\left\\|\\nabla E${theta}\\right\\|_{1,\\varepsilon}\\right\\}`,
    '-(1/sqrt(\\varepsilon))*d_j (E(theta) + (h/2)*‖[c: d_c E(theta)]‖_(1,\\varepsilon))',
  ],
  [
    'eq. 5',
    `\\sum_{i=1}^{p} \\sqrt{\\varepsilon} \\left(1 + \\frac{\\left|\\nabla_{i} E${theta}\\right|^{2}}{2\\varepsilon}\\right)`,
    'sum(i=1..p) sqrt(\\varepsilon)*(1 + |d_i E(theta)|^2/(2*\\varepsilon))',
  ],
  [
    'Theorem 3.6, L',
    '\\frac{1}{1-\\beta^{n+1}} \\sum_{k=0}^{n} \\beta^{n-k} (1-\\beta) \\sum_{i=1}^{p} \\nabla_{ij} E_{k}(\\boldsymbol{\\theta}) \\sum_{l=k}^{n-1} \\frac{M_{i}^{(l)}(\\boldsymbol{\\theta})}{R_{i}^{(l)}(\\boldsymbol{\\theta})}',
    '(1/(1 - \\beta^(n + 1)))*(sum(k=0..n) \\beta^(n - k)*(1 - \\beta)*(sum(i=1..p) d_ij E_k(theta)*(sum(l=k..n - 1) M_i^(l)(theta)/R_i^(l)(theta))))',
  ],
  [
    'Theorem 3.6, R',
    '\\sqrt{\\sum_{k=0}^{n} \\rho^{n-k} (1-\\rho) \\left(\\nabla_{j} E_{k}(\\boldsymbol{\\theta})\\right)^{2} / \\left(1-\\rho^{n+1}\\right) + \\varepsilon}',
    'sqrt((sum(k=0..n) (\\rho^(n - k)*(1 - \\rho)*(d_j E_k(theta))^2)/(1 - \\rho^(n + 1))) + \\varepsilon)',
  ],
  [
    'Remark 3.7, P',
    '\\left[\\frac{\\rho}{1-\\rho} - \\frac{(n+1)\\rho^{n+1}}{1-\\rho^{n+1}}\\right] \\nabla_{j}E(\\boldsymbol{\\theta}) \\nabla_{j} \\left\\|\\nabla E(\\boldsymbol{\\theta})\\right\\|_{1,\\varepsilon}',
    '(\\rho/(1 - \\rho) - ((n + 1)*\\rho^(n + 1))/(1 - \\rho^(n + 1)))*d_j E(theta)*d_j ‖[c: d_c E(theta)]‖_(1,\\varepsilon)',
  ],
  [
    'Remark 3.7, large gradients',
    `-\\frac{1}{\\left|\\nabla_{j} E${theta}\\right|} \\nabla_{j} \\left\\{ E${theta} + \\frac{h}{2} \\left(\\frac{1+\\beta}{1-\\beta} - \\frac{1+\\rho}{1-\\rho} \\right) \\left\\| \\nabla E${theta} \\right\\|_{1,\\varepsilon} \\right\\}`,
    '-(1/|d_j E(theta)|)*d_j (E(theta) + (h/2)*((1 + \\beta)/(1 - \\beta) - (1 + \\rho)/(1 - \\rho))*‖[c: d_c E(theta)]‖_(1,\\varepsilon))',
  ],
  [
    'Example 3.8',
    `-\\frac{1}{\\sqrt{\\varepsilon}} \\nabla_{j} \\left\\{ E${theta} + \\frac{h}{4\\sqrt{\\varepsilon}} \\cdot \\frac{1+\\beta}{1-\\beta} \\left\\| \\nabla E${theta} \\right\\|^{2} \\right\\}`,
    '-(1/sqrt(\\varepsilon))*d_j (E(theta) + (h/(4*sqrt(\\varepsilon)))*((1 + \\beta)/(1 - \\beta))*‖[c: d_c E(theta)]‖^2)',
  ],
  [
    'gamma of heavy ball',
    '(1 - \\beta^{2n+2}) - 4(n+1)\\beta^{n+1} \\frac{(1-\\beta)}{(1+\\beta)}',
    '(1 - \\beta^(2*n + 2)) - 4*(n + 1)*\\beta^(n + 1)*((1 - \\beta)/(1 + \\beta))',
  ],
];

const VECTORS: readonly (readonly [name: string, latex: string, formula: string, options: Options])[] = [
  [
    'heavy ball',
    '-\\frac{1 - \\beta^{n+1}}{1 - \\beta} \\nabla E\\left(\\tilde{\\boldsymbol{\\theta}}(t)\\right) - \\frac{h\\gamma_n \\left(1 + \\beta\\right)}{2\\left(1 - \\beta\\right)^3} \\nabla^2 E\\left(\\tilde{\\boldsymbol{\\theta}}(t)\\right) \\nabla E\\left(\\tilde{\\boldsymbol{\\theta}}(t)\\right)',
    '-((1 - \\beta^(n + 1))/(1 - \\beta))*d_j E(theta) - ((h*\\gamma_n*(1 + \\beta))/(2*(1 - \\beta)^3))*(sum(i=1..p) d_ji E(theta)*d_i E(theta))',
    { fixed: new Map() },
  ],
  [
    'Section 4',
    '\\frac{1}{1-\\beta} \\nabla E(\\boldsymbol{\\theta}) + \\underbrace{h \\frac{1+\\beta}{4(1-\\beta)^3} \\nabla \\|\\nabla E(\\boldsymbol{\\theta})\\|^2}_{\\text{regularization}}',
    '(1/(1 - \\beta))*d_j E(theta) + h*((1 + \\beta)/(4*(1 - \\beta)^3))*d_j (‖[c: d_c E(theta)]‖^2)',
    { fixed: new Map() },
  ],
  [
    'the modified loss',
    'E(\\boldsymbol{\\theta}) + \\frac{h}{4m} \\sum_{k=0}^{m-1} \\left\\| \\nabla \\widehat{E}_k(\\boldsymbol{\\theta}) \\right\\|^2',
    'E(theta) + (h/(4*m))*(sum(k=0..m - 1) ‖[c: d_c E_k(theta)]‖^2)',
    { fixed: new Map() },
  ],
  [
    'eq. 8 componentwise',
    '-\\frac{\\nabla E(\\theta)}{\\sqrt{|\\nabla E(\\theta)|^{2} + \\varepsilon}} + h \\frac{\\frac{1+\\rho}{1-\\rho}|\\nabla E(\\theta)|^{2} - \\frac{1+\\beta}{1-\\beta}(|\\nabla E(\\theta)|^{2} + \\varepsilon)}{2(|\\nabla E(\\theta)|^{2} + \\varepsilon)^{3/2}} \\nabla \\|\\nabla E(\\theta)\\|_{1,\\varepsilon}',
    '-d_j E(theta)/sqrt(|d_j E(theta)|^2 + \\varepsilon) + h*((((1 + \\rho)/(1 - \\rho))*|d_j E(theta)|^2 - ((1 + \\beta)/(1 - \\beta))*(|d_j E(theta)|^2 + \\varepsilon))/(2*(|d_j E(theta)|^2 + \\varepsilon)^(3/2)))*d_j ‖[c: d_c E(theta)]‖_(1,\\varepsilon)',
    { fixed: new Map(), componentwise: true },
  ],
];

describe('the formulas of the paper are read as they are printed', () => {
  it.each(TABLE)('%s', (_name, latex, formula) => {
    expect(oneLine(read(latex, free), 10_000)).toBe(formula);
  });

  it.each(VECTORS)('%s', (_name, latex, formula, options) => {
    expect(oneLine(read(latex, options), 10_000)).toBe(formula);
  });

  it('needs vector=componentwise for eq. 8', () => {
    expect(
      refusalOf(() =>
        read('-\\frac{\\nabla E(\\theta)}{\\sqrt{|\\nabla E(\\theta)|^{2} + \\varepsilon}}', { fixed: new Map() }),
      ),
    ).toMatch(/^norm-or-absolute-value/);
  });
});
