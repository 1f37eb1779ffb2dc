/**
 * Momentum whose carry a_n is zero in some step, where ratios of cumulative products have no value. Worked by hand for
 * m^{(n+1)} = a_n m^{(n)} + ∇E_n, p = 1: with W(n,k) = a_{k+1} … a_n and F^{(l)} = Σ_k W(l,k) E_k′ the coefficients are
 * f_0 = −F^{(n)} and f_1 = −Σ_k W(n,k) E_k″ Σ_{l=k}^{n−1} F^{(l)} − ½ F^{(n)} Σ_k W(n,k) E_k″.
 */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/document/read/read-document.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { evaluateCoefficients } from '../../src/evaluate/evaluate-equation.ts';
import { readInstance } from '../../src/evaluate/instance/read-instance.ts';

const LOSSES = ['x1^2/2', 'x1^3', 'x1', 'x1^2'];
const momentum = (carry: string, where: string): string => String.raw`
% !modeq optimizer o
${where}
\[ m_j^{(n+1)} = ${carry} m_j^{(n)} + \nabla_j E_n(\theta^{(n)}), \quad \theta_j^{(n+1)} = \theta_j^{(n)} - h m_j^{(n+1)} \]
`;

async function values(text: string, instance: object): Promise<readonly (readonly string[])[]> {
  const [optimizer] = readDocument({ name: 'test.tex', text }).optimizers;
  if (optimizer === undefined) throw new Error('the optimizer was read');
  const equation = deriveModifiedEquation(optimizer, { order: 1, setting: 'mini-batch' });
  const read = await readInstance(JSON.stringify(instance), optimizer);
  if (!equation.ok || !read.ok) throw new Error('derived and read');
  const { coefficients, definitions } = equation.value;
  const result = evaluateCoefficients(
    { coefficients, definitions, declarations: optimizer.declarations },
    read.value,
    20,
  );
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.value;
}

describe('a carry that vanishes', () => {
  it('in a schedule', async () => {
    const text = momentum(String.raw`\beta_n`, String.raw`% !modeq where \beta_n schedule`);
    const instance = { n: 3, theta: ['1/3'], losses: LOSSES, schedules: { beta: ['1/2', '0', '1/3', '1/4'] } };
    expect(await values(text, instance)).toEqual([['-0.94444444444444444444'], ['-1.2638888888888888889']]);
  });
  it.each([
    [3, ['-1.1', '-1.4933333333333333333']],
    [0, ['-0.33333333333333333333', '-0.16666666666666666667']],
  ])('as (n − 1)/(n + 2), at n = %i', async (n, expected) => {
    const found = await values(momentum(String.raw`\frac{n-1}{n+2}`, ''), {
      n,
      theta: ['1/3'],
      losses: LOSSES.slice(0, n + 1),
    });
    expect(found.flat()).toEqual(expected);
  });
});

/** (−½)^{n−k}: F^{(l)} = 1/3, 1/6, 11/12, 5/24. */
describe('a carry that is negative', () => {
  it('has its equation as a hyperparameter', async () => {
    const text = momentum('c', '% !modeq where c \\in (-1,1)');
    const instance = { n: 3, theta: ['1/3'], losses: LOSSES, hyperparameters: { c: '-1/2' } };
    expect(await values(text, instance)).toEqual([['-0.20833333333333333333'], ['-0.61197916666666666667']]);
  });
  it.each([
    ['-\\frac12', '', {}],
    ['-\\beta', '% !modeq where \\beta \\in (0,1)', { hyperparameters: { '\\beta': '1/2' } }],
  ])('as %s it has the same', async (carry, where, more) => {
    const instance = { n: 3, theta: ['1/3'], losses: LOSSES, ...more };
    expect(await values(momentum(carry, where), instance)).toEqual([
      ['-0.20833333333333333333'],
      ['-0.61197916666666666667'],
    ]);
  });
});

/** The rule by an independent run in 160 digits, as in independent/modified.py: g_{n−1} beside 1/(1 − β^n), whose sums are empty in the first step. */
describe('a correction that belongs to the step before', () => {
  const text = String.raw`
% !modeq optimizer o before-first=zero
% !modeq where \beta in (0,1), \rho in (0,1), \varepsilon > 0
\begin{align}
  m_j^{(n+1)} &= \beta m_j^{(n)} + (1-\beta)\nabla_jE_n(\theta^{(n)}), \\
  v_j^{(n+1)} &= \rho v_j^{(n)} + (1-\rho)(\nabla_jE_n(\theta^{(n)}))^2, \\
  \theta_j^{(n+1)} &= \theta_j^{(n)} - h\left(1 + (\nabla_jE_n(\theta^{(n)}) - \nabla_jE_{n-1}(\theta^{(n-1)}))^2\right)
    \frac{m_j^{(n+1)}/(1-\beta^{n+1})}{\sqrt{v_j^{(n+1)}/(1-\rho^{n+1}) + \varepsilon}}
\end{align}
`;
  it('has a value in the first step', async () => {
    const hyperparameters = { beta: '3/5', rho: '3/4', epsilon: '1/5' };
    const instance = {
      n: 0,
      theta: ['1/4', '-1/2'],
      losses: ['x1^2/2 + x1*x2/3 - x2 + x1^3/7'],
      hyperparameters,
    };
    expect(await values(text, instance)).toEqual([
      ['-0.24199141278018638881', '1.653941560358819682'],
      ['0.27350452764570674077', '-0.080445542793240856376'],
    ]);
  });
});
