import { describe, expect, it } from 'vitest';
import { oneLine } from '../../src/formula/one-line.ts';
import { modelOf, optimizerOf, optimizerText, problemsOf, read } from './reading.ts';

const adamw = String.raw`
  \nu_j^{(n+1)} &= \rho \nu_j^{(n)} + (1-\rho) (\nabla_j E_n(\theta^{(n)}))^2 \\
  \theta_j^{(n+1)} &= (1 - h\lambda) \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)}) / \sqrt{\nu_j^{(n+1)} + \varepsilon}`;

describe('optimizers as they are typed', () => {
  it('takes rows with their own earlier value as states', () => {
    expect(modelOf(optimizerOf(adamw, String.raw`\rho in (0,1), \varepsilon > 0, \lambda >= 0`))).toEqual([
      String.raw`\nu_j^(n + 1) = \rho*\nu_j^(n) + (1 - \rho)*(d_j E_n(theta^(n)))^2`,
      String.raw`theta_j^(n + 1) = (1 - h*\lambda)*theta_j^(n) - (h*d_j E_n(theta^(n)))/sqrt(\nu_j^(n + 1) + \varepsilon)`,
    ]);
  });

  it('reads rows of vectors componentwise', () => {
    const rows = String.raw`
      \mathbf m^{(n+1)} &= \beta \mathbf m^{(n)} + (1-\beta) \nabla E_n(\boldsymbol\theta^{(n)}), \\
      \mathbf v^{(n+1)} &= \mathbf v^{(n)} + \nabla E_n(\boldsymbol\theta^{(n)})^2, \quad n = 0, 1, \ldots \\
      \boldsymbol\theta^{(n+1)} &= \boldsymbol\theta^{(n)} - h \mathbf m^{(n+1)} / \sqrt{\mathbf v^{(n+1)} + \varepsilon}`;
    expect(modelOf(optimizerOf(rows, String.raw`\beta in (0,1), \varepsilon > 0`))).toEqual([
      String.raw`\boldsymbol{m}_j^(n + 1) = \beta*\boldsymbol{m}_j^(n) + (1 - \beta)*d_j E_n(theta^(n))`,
      String.raw`\boldsymbol{v}_j^(n + 1) = \boldsymbol{v}_j^(n) + (d_j E_n(theta^(n)))^2`,
      String.raw`theta_j^(n + 1) = theta_j^(n) - (h*\boldsymbol{m}_j^(n + 1))/sqrt(\boldsymbol{v}_j^(n + 1) + \varepsilon)`,
    ]);
  });

  it('names intermediate quantities, with or without a label', () => {
    const rows = String.raw`
      g_j^{(n)} &:= \nabla_j E_n(\theta^{(n)}) + \lambda \theta_j^{(n)}, \quad c := \frac{1}{1+\lambda} \\
      \theta_j^{(n+1)} &= \theta_j^{(n)} - h c g_j^{(n)}`;
    expect(modelOf(optimizerOf(rows, String.raw`\lambda >= 0`))).toEqual([
      String.raw`g_j^(n) := d_j E_n(theta^(n)) + \lambda*theta_j^(n)`,
      String.raw`c := 1/(1 + \lambda)`,
      'theta_j^(n + 1) = theta_j^(n) - h*c*g_j^(n)',
    ]);
  });

  it('takes initial rows, also with the first gradient', () => {
    const rows = String.raw`
      m_j^{(0)} &= \nabla_j E_0(\theta^{(0)}), & m_j^{(n+1)} &= \beta m_j^{(n)} + \nabla_j E_n(\theta^{(n)}), \\
      \theta_j^{(n+1)} &= \theta_j^{(n)} - h m_j^{(n+1)}`;
    expect(modelOf(optimizerOf(rows, String.raw`\beta in [0,1)`))[0]).toBe(
      String.raw`m_j^(n + 1) = \beta*m_j^(n) + d_j E_n(theta^(n)) from d_j E_0(theta^(0))`,
    );
  });

  it('reads two-step rules, look-ahead points and schedules', () => {
    const rows = String.raw`
      y_j^{(n)} &= \theta_j^{(n)} + \mu (\theta_j^{(n)} - \theta_j^{(n-1)}) \\
      \theta_j^{(n+1)} &= y_j^{(n)} - h \eta_n \nabla_j E_n(y^{(n)})`;
    expect(modelOf(optimizerOf(rows, String.raw`\mu in [0,1), \eta_n schedule`))).toEqual([
      String.raw`y_j^(n) := theta_j^(n) + \mu*(theta_j^(n) - theta_j^(n - 1))`,
      String.raw`theta_j^(n + 1) = (theta_j^(n) + \mu*(theta_j^(n) - theta_j^(n - 1))) - h*\eta_n*d_j E_n([c: theta_c^(n) + \mu*(theta_c^(n) - theta_c^(n - 1))])`,
    ]);
  });

  it('reads abstract functions of numbers and of vectors', () => {
    const rows = String.raw`
      m_j^{(n+1)} &= \beta m_j^{(n)} + \Phi(\nabla E_n(\theta^{(n)}))_j \\
      \theta_j^{(n+1)} &= \theta_j^{(n)} - h \phi(m_j^{(n+1)}) \psi(K(\nabla E_n(\theta^{(n)})))`;
    const where = String.raw`\beta in (0,1), \phi odd smooth, \psi(x) = \tanh(x/\delta), \delta > 0, K : vector -> scalar smooth, \Phi : vector -> vector smooth`;
    const optimizer = optimizerOf(rows, where);
    expect(optimizer.declarations.map(({ kind, name }) => `${name}: ${kind}`)).toEqual([
      '\\beta: scalar',
      '\\phi: function',
      '\\psi: function',
      '\\delta: scalar',
      'K: vector-function',
      '\\Phi: vector-function',
    ]);
  });

  it('shifts subscript labels that count from 1', () => {
    const rows = String.raw`
      g_t &= \nabla f_t(x_{t-1}) \\ m_t &\leftarrow \beta m_{t-1} + (1-\beta) g_t \\ x_t &\leftarrow x_{t-1} - \alpha \eta_t m_t/(1-\beta^t)`;
    const notation = String.raw`index=subscript loss=f parameters=x step=\alpha iteration=t time=s`;
    expect(modelOf(optimizerOf(rows, String.raw`\beta in (0,1), \eta_t schedule`, notation))).toEqual([
      String.raw`m_j^(n + 1) = \beta*m_j^(n) + (1 - \beta)*g_j^(n + 1)`,
      'g_j^(n) := d_j E_(n - 1)(theta^(n - 1))',
      String.raw`theta_j^(n + 1) = theta_j^(n) - (h*\eta_n*m_j^(n + 1))/(1 - \beta^(n + 1))`,
    ]);
  });

  it('reads components beside subscript labels, and rows that count from 0', () => {
    const rows = String.raw`m_{t+1,j} = \beta m_{t,j} + \nabla_j f_t(x_t) \\ x_{t+1,j} = x_{t,j} - \eta m_{t+1,j}`;
    const notation = String.raw`index=subscript loss=f parameters=x step=\eta iteration=t time=s`;
    expect(modelOf(optimizerOf(rows, String.raw`\beta in (0,1)`, notation))).toEqual([
      String.raw`m_j^(n + 1) = \beta*m_j^(n) + d_j E_n(theta^(n))`,
      'theta_j^(n + 1) = theta_j^(n) - h*m_j^(n + 1)',
    ]);
  });

  it('reads schedules by formula with the iteration in the subscript', () => {
    const rows = String.raw`\gamma_n &:= \frac{1}{n+1} \\ \theta_j^{(n+1)} &= \theta_j^{(n)} - h \gamma_n \nabla_j E_n(\theta^{(n)})`;
    expect(modelOf(optimizerOf(rows))).toEqual([
      '\\gamma^(n) := 1/(n + 1)',
      'theta_j^(n + 1) = theta_j^(n) - h*\\gamma^(n)*d_j E_n(theta^(n))',
    ]);
  });
});

describe('labels of claims about an optimizer', () => {
  it('are those of its document', () => {
    const rows = String.raw`m_j^{(n)} = \beta m_j^{(n-1)} + \nabla_j E_n(\theta^{(n)}), \quad \theta_j^{(n+1)} = \theta_j^{(n)} - h m_j^{(n)}`;
    const text = `${optimizerText(rows, '\\beta in (0,1)')}\n% !modeq claim c\n\\[ m_j^{(n)} = \\nabla_j E_n(\\theta) \\]`;
    const [statement] = read(text).claims[0]?.statements ?? [];
    expect(statement && [statement.kind, oneLine(statement.left)]).toEqual(['expansion', 'm_j^(n + 1)']);
  });
});

describe('refused optimizers', () => {
  const update = String.raw`\theta_j^{(n+1)} = \theta_j^{(n)} - h `;
  const cases: [problem: string, rows: string, where: string][] = [
    ['no-update 3:1', String.raw`m_j^{(n+1)} = \beta m_j^{(n)}`, String.raw`\beta in (0,1)`],
    ['two-updates 4:2', `${update} \\theta_j^{(n)} \\\\\n ${update} \\theta_j^{(n)}`, ''],
    ['state-never-updated 3:45', `${update} m_j^{(n+1)}`, ''],
    ['undefined-name 3:45', `${update} \\mu \\theta_j^{(n)}`, ''],
    ['state-not-linear 3:1', `m_j^{(n+1)} = (m_j^{(n)})^2, \\quad ${update} m_j^{(n+1)}`, ''],
    ['shift-not-small 3:61', `${update} \\nabla_j E_n(\\theta^{(n)} + \\theta^{(n)})`, ''],
    ['update-not-small 3:24', String.raw`\theta_j^{(n+1)} = \theta_j^{(n)} - \nabla_j E_n(\theta^{(n)})`, ''],
    ['declared-and-defined 4:1', `\\beta := 1 \\\\ ${update} \\beta`, String.raw`\beta in (0,1)`],
    ['left-side 3:1', `a + b = 1 \\\\ ${update} 1`, ''],
    ['row-without-relation 3:1', `\\theta_j^{(n)} \\le 1 \\\\ ${update} 1`, ''],
    ['index-bound-again 3:70', `${update} \\sum_{i=1}^p \\sum_{i=1}^p 1`, ''],
    ['unbalanced-brace 3:45', `${update} {1`, ''],
  ];
  it.each(cases)('%s', (problem, rows, where) => {
    const [first = ''] = problemsOf(optimizerText(rows, where));
    expect(first.split(' ')[0]).toBe(problem.split(' ')[0]);
    expect(first).toMatch(/ \d+:\d+$/);
  });

  it('points at the place', () => {
    expect(problemsOf(optimizerText(`${update} \\mu \\theta_j^{(n)}`))).toEqual(['undefined-name 3:40']);
  });

  it('refuses keys, and a claim about a refused optimizer is unreadable', () => {
    const text = `${optimizerText('\\theta_j^{(n)} = 1', '').replace('optimizer x', 'optimizer x order=1')}
% !modeq claim c about=x
\\[ \\dot\\theta_j = 0 \\]`;
    expect(problemsOf(text)).toEqual(['unknown-key 1:22', 'c: refused-optimizer 6:24']);
  });
});
