/** Sentences with LaTeX in them as a terminal shows them. */
import { expect, it } from 'vitest';
import { plainFormulas } from '../../src/report/text/plain-formulas.ts';

const R = String.raw;

it.each([
  [
    R`where \sum_{k=0}^{n} \nabla_{j} E_{k}(\boldsymbol{\theta}) \ne 0 \text{ in all steps } 0, \dots, n; elsewhere`,
    'where Σ_{k=0}^{n} ∇_j E_k(θ) ≠ 0 in all steps 0, …, n; elsewhere',
  ],
  [R`the weights of m_{j}^{(n+1)} do not fade with n - k`, 'the weights of m_j^(n+1) do not fade with n - k'],
  [R`\sqrt{\frac{1}{1-\beta} + x} \ne 0`, '√(1/(1-β) + x) ≠ 0'],
  [R`\sqrt[3]{x}`, '(x)^{1/3}'],
  [R`\left|\nabla_{j} E\right| \ne \varepsilon`, '|∇_j E| ≠ ε'],
  [R`\tilde{\boldsymbol{\theta}}(t)`, 'θ̃(t)'],
  [R`for \beta_{1} and \eta_{\max}`, 'for β_1 and η_{max}'],
  ['the equation is not uniform in n', 'the equation is not uniform in n'],
])('%s', (latex, plain) => expect(plainFormulas(latex)).toBe(plain));

it('ends for whatever is typed', () => {
  for (const text of ['\\', '{', '}', '\\frac', '\\sqrt[', '_', '^{', '\\text{'])
    expect(plainFormulas(text)).toBeTypeOf('string');
});
