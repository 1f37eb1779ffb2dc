/** What cannot be read for certain is refused, at its place and with what helps: a misreading would be worse. */
import { describe, expect, it } from 'vitest';
import { read } from '../reading.ts';

const R = String.raw;
const rule = (rows: string, where = '', notation = R`loss=L step=\eta`): string =>
  `<!-- !modeq notation ${notation} -->\n<!-- !modeq optimizer x\n${where === '' ? '' : `where ${where}`} -->\n$$ ${rows} $$\n`;

/** The code and the place, as text, of the first problem. */
function refusalOf(text: string): string {
  const { optimizers, problems } = read(text, 'notes.md');
  const [first] = problems;
  const place = first?.span ? first.span.source.text.slice(first.span.start, first.span.end) : '';
  return optimizers.length > 0 ? 'read' : `${first?.code ?? 'nothing'}: ${place.slice(0, 60)}`;
}

describe('what is not certain', () => {
  it.each([
    [
      'two samples in one step',
      R`\theta_{t+1} = \theta_t - \eta(\nabla L_{i_t}(\theta_t) + \nabla L_{j_t}(\theta_t))`,
      '',
      'two-samples',
    ],
    [
      'a mean of quotients',
      R`\theta_{t+1} = \theta_t - \eta\frac1{|B_t|}\sum_{i\in B_t}\frac{\nabla L_i(\theta_t)}{\max(1,\|\nabla L_i(\theta_t)\|)}`,
      '',
      'mean-not-linear',
    ],
    [
      'a mean of gradients at points of their own',
      R`\theta_{t+1} = \theta_t - \eta\frac1{|B_t|}\sum_{i\in B_t}\nabla L_i(\theta_t - \eta\nabla L_i(\theta_t))`,
      '',
      'mean-not-linear',
    ],
    [
      'a sample beside the mean over all',
      R`\theta_{t+1} = \theta_t - \eta\nabla L_{i_t}(\theta_t) + \eta\frac1N\sum_{i=1}^N\nabla L_i(\theta_t)`,
      '',
      'two-samples',
    ],
    [
      "the step's own loss beside the mean over all",
      R`\theta_{t+1} = \theta_t - \eta\Bigl(\frac1N\sum_{i=1}^N\nabla L_i(\theta_t) - \nabla L_t(\theta_t)\Bigr)`,
      '',
      'two-samples',
    ],
    [
      'samples that a prime tells apart',
      R`\theta_{t+1} = \theta_t - \eta(\nabla L(\theta_t;\xi_t) + \nabla L(\theta_t;\xi_t'))`,
      '',
      'two-samples',
    ],
    [
      'numbers of samples that a prime tells apart',
      R`\theta_{t+1} = \theta_t - \eta(\nabla L_{i_t}(\theta_t) + \nabla L_{i_t'}(\theta_t))`,
      '',
      'two-samples',
    ],
    [
      'a product over all components',
      R`\theta_{t+1} = \theta_t - \eta\Bigl(\prod_{i=1}^{p}\theta_{t,i}\Bigr)\nabla L_t(\theta_t)`,
      '',
      'product-of-gradients',
    ],
    [
      'a product of gradients over all components',
      R`\theta_{t+1} = \theta_t - \eta\prod_{i}\nabla_i L_t(\theta_t)`,
      '',
      'product-of-gradients',
    ],
    [
      'a product of gradients over all steps',
      R`\theta_{t+1} = \theta_t - \eta\nabla L_t(\theta_t)\prod_{s=0}^{t}\frac{1}{1+\|\nabla L_s(\theta_s)\|^2}`,
      '',
      'product-of-gradients',
    ],
    [
      'losses under two accents',
      R`\theta_{t+1} = \theta_t - \eta(\nabla L_t(\theta_t) - \nabla\tilde L_t(\theta_t))`,
      '',
      'two-losses',
    ],
    [
      'one sample without a label at two points',
      R`d_t = \nabla L(\theta_t;\xi) - \nabla L(\theta_{t-1};\xi), \quad \theta_{t+1} = \theta_t - \eta d_t`,
      '',
      'sample-label',
    ],
    [
      'a mean of squares',
      R`\theta_{t+1} = \theta_t - \eta\,\frac1B\sum_{i=1}^B(\nabla L_i(\theta_t))^2`,
      '',
      'mean-not-linear',
    ],
    [
      'a gradient along a step that depends on the point',
      R`\theta \leftarrow \theta - \eta\nabla_\theta L(\theta - \eta\nabla L(\theta))`,
      '',
      'several-points',
    ],
    [
      'a name read before its row',
      R`\theta \leftarrow \theta - \eta u, \quad u \leftarrow \nabla L(\theta)`,
      '',
      'read-before-given',
    ],
    [
      'cases that leave a step out',
      R`\eta_t = \begin{cases}\eta & t < T \\ 2\eta & t > T\end{cases}, \quad \theta_{t+1} = \theta_t - \eta_t\nabla L(\theta_t)`,
      'T > 0',
      'cases-value',
    ],
    [
      'a letter with two labels',
      R`\theta_{t+1} = \theta_k - \eta\nabla L(\theta_k)`,
      '',
      'index|undefined|bad-label|left-side',
    ],
    ['a rule that goes on elsewhere', R`v_t = \beta v_{t-1} + \nabla L(\theta_{t-1})`, R`\beta in (0,1)`, 'no-update'],
    [
      'a value that is set and made again in one step',
      R`v = 0, \quad v \leftarrow \beta v + \nabla L(\theta), \quad \theta \leftarrow \theta - \eta v`,
      R`\beta in (0,1)`,
      'two-readings',
    ],
    [
      'a first value beside rows without labels',
      R`v_0 = 1, \quad v \leftarrow \beta v + \nabla L(\theta), \quad \theta \leftarrow \theta - \eta v`,
      R`\beta in (0,1)`,
      'unlabelled-start',
    ],
    [
      'a dot between two vectors',
      R`\theta_{t+1} = \theta_t - \eta(\nabla L(\theta_t) \cdot \theta_t)\theta_t`,
      '',
      'two-readings',
    ],
    [
      'a dot between two vectors in a state',
      R`v_{t+1} = \rho v_t + (1-\rho)\nabla L(\theta_t) \cdot \nabla L(\theta_t), \quad \theta_{t+1} = \theta_t - \eta\nabla L(\theta_t)/\sqrt{v_{t+1} + \epsilon}`,
      R`\rho in (0,1), \epsilon > 0`,
      'two-readings',
    ],
  ])('%s', (_, rows, where, code) => {
    expect(refusalOf(rule(rows, where))).toMatch(new RegExp(`^(?:${code})`));
  });

  it.each([
    R`\theta_{t+1} = \theta_t - \eta\frac{1}{\sqrt{v_t + \epsilon}} \cdot \nabla L(\theta_t)`,
    R`\theta_{t+1} = \theta_t - \eta v_t \cdot \nabla L(\theta_t)`,
    R`\theta_{t+1} = \theta_t - \eta v_t * \nabla L(\theta_t) * v_t`,
    R`\theta_{t+1} = \theta_t - \eta\,\mathrm{sign}(v_t) \cdot v_t \cdot \nabla L(\theta_t)`,
  ])('a dot that can only be the product component by component: %s', update => {
    const rows = R`v_t = \rho v_{t-1} + (1-\rho)(\nabla L(\theta_t))^2, \quad ${update}`;
    expect(refusalOf(rule(rows, R`\rho in (0,1), \epsilon > 0`))).toBe('read');
  });

  it('a continuation of nothing', () => {
    const text = `${R`<!-- !modeq optimizer y continue -->`}\n$$ x = y $$\n`;
    expect(refusalOf(text)).toMatch(/^nothing-to-continue/);
  });

  it('the gradient with a label and without one', () => {
    const rows = R`m_t = \beta m_{t-1} + g, \quad \theta_{t+1} = \theta_t - \eta(m_t + g_t)`;
    expect(refusalOf(rule(rows, R`\beta in (0,1)`, R`step=\eta gradient=g`))).toMatch(
      /^(?:gradient-label|missing-label)/,
    );
  });
});
